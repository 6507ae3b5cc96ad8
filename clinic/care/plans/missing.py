"""What a plan of care still lacks before it can be signed."""

from collections.abc import Iterator
from typing import NamedTuple

from clinic.care.plans.models import Goal
from clinic.care.plans.the_row import PlanContent


class Lacking(NamedTuple):
    """A part that is missing: the form's field, and what to do there."""

    field: str
    sentence: str


def lacking(content: PlanContent, *, has_older_goals: bool) -> list[Lacking]:
    """Return what the plan lacks, in the order of the screen.

    The least that a payer asks is a diagnosis, long-term goals, type, amount, frequency and duration (Noridian
    plan-of-care page, updated 2025-09-08).
    """
    return list(_parts(content, has_older_goals))


def _parts(content: PlanContent, has_older_goals: bool) -> Iterator[Lacking]:
    plan = content.plan
    if not content.diagnoses:
        yield Lacking("diagnosis", "A diagnosis code")
    if not plan.impairments:
        yield Lacking("impairments", "Impairments and what they hinder")
    if not has_older_goals and not any(goal.term == "LT" for goal in content.goals):
        yield Lacking("add_goal", "A long-term goal")
    for place, goal in enumerate(content.goals):
        yield from _of_goal(goal, place)
    yield from _of_interventions(content)
    for name, words, there in (
        ("per_week_1", "How often, and for how many weeks", plan.phases),
        ("from_on", "From which day", plan.from_on),
        ("type_id", "The type of the visits", plan.type_id),
        ("prognosis", "Prognosis", plan.prognosis),
        ("discharge_when", "When it is done: discharge criteria", plan.discharge_when),
        ("why_changed", "Why the plan changes", plan.number == 1 or plan.why_changed),
    ):
        if not there:
            yield Lacking(name, words)


def _of_interventions(content: PlanContent) -> Iterator[Lacking]:
    if not content.interventions:
        yield Lacking("add_intervention", "What is to be done")
    for row in content.interventions:
        if not row.why:
            yield Lacking(f"intervention.{row.position}.why", f"Why {row.name}")
        if not row.dose:
            yield Lacking(f"intervention.{row.position}.dose", f"How much of {row.name}")


def _of_goal(goal: Goal, place: int) -> Iterator[Lacking]:
    parts = (
        ("function", "what they will do", goal.function),
        ("measured", "what is measured", goal.measured or goal.measure),
        ("baseline", "where it starts", goal.baseline is not None),
        ("baseline_on", "the day of the start", goal.baseline_on),
        ("target", "the target", goal.target is not None),
        ("due_on", "until when", goal.due_on),
    )
    for name, words, there in parts:
        if not there:
            yield Lacking(f"goal.{place}.{name}", f"Goal {goal.code}: {words}")
