"""What the pages of a plan of care show: the draft with its hints, the plan in force with where it stands."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

from clinic.care import plans, signatures
from clinic.care.episodes import Episode
from clinic.care.notes.measures import measures
from clinic.care.notes.queries import how_it_stands
from clinic.care.plans import Plan
from clinic.care.plans.certify import STEPS
from clinic.care.plans.codes import search_codes
from clinic.care.plans.compare import frequency_words, what_changed
from clinic.care.plans.progress import hint_on_target
from clinic.care.plans.queries import certification_steps_of, diagnoses_of, interventions_of, plans_of
from clinic.care.plans.standing_of import Standing
from clinic.care.plans.the_row import plan_content
from clinic.doors import wording
from clinic.doors.plan_to_book import left_to_book
from clinic.doors.treatment.apart import apart
from clinic.doors.treatment.charts import Chart
from clinic.doors.treatment.note_view import goal_lines
from clinic.doors.treatment.plan_time import plan_time
from clinic.doors.treatment.plan_values import plan_values
from clinic.refusals import Refusal
from clinic.scheduling import practice

FACES = ("gait retraining", "manual therapy", "exercise", "home care")


def draft_facts(plan: Plan, typed: Mapping[str, str], refusal: Refusal | None) -> dict[str, Any]:
    """Return what the page of a draft shows; ``typed`` is laid over what stands in it."""
    content, known = plan_content(plan), measures()
    return {
        "plan": content.plan,
        "content": content,
        "values": plan_values(content) | dict(typed),
        "apart": apart(plan_values(content), typed, refusal),
        "diagnoses": content.diagnoses,
        "codes": search_codes(typed.get("diagnosis", ""), on=wording.today()),
        "typed": typed.get("diagnosis", ""),
        "known": known,
        "older_goals": goal_lines(plan.episode_id, known, up_to=plan.number - 1),
        "type_choices": [(kind.id, f"{kind.name} {kind.length}") for kind in practice.types()],
        "measure_choices": [(one.key, one.label) for one in known.values()],
        "missing": plans.what_the_plan_lacks(content),
        "hints": _hints(content, known),
    }


def in_force_facts(chart: Chart, episode: Episode, plan: Plan) -> dict[str, Any]:
    """Return what the page of a signed plan shows."""
    rows = interventions_of(plan.id)
    standing = how_it_stands(episode, zone=wording.zone(), today=wording.today())
    older = [one for one in plans_of(episode.id) if one.is_signed and one.number < plan.number]
    return {
        "plan": plan,
        "diagnoses": diagnoses_of(plan.id),
        "goals": goal_lines(episode.id, measures(), up_to=plan.number),
        "faces": [(kind, [row for row in rows if row.kind == kind]) for kind in FACES],
        "standing": standing,
        "time": plan_time(standing, zone=wording.zone(), today=wording.today()) if standing is not None else None,
        "steps": certification_steps_of(plan.id),
        "step_words": STEPS,
        "signed_by": signatures.signatures_of(plan.key),
        "changes": what_changed(older[0], plan) if older else [],
        "book_href": _book_href(chart, standing),
        "weeks": _weeks(plan),
        "frequency": frequency_words(plan),
    }


def _hints(content: Any, known: Mapping[str, Any]) -> dict[int, str]:
    """Return for a goal why its target is nearer than what matters, by the place of the goal."""
    found = {}
    for place, goal in enumerate(content.goals):
        measure = known.get(goal.measure)
        if measure is not None and goal.baseline is not None and goal.target is not None:
            words = hint_on_target(baseline=goal.baseline, target=goal.target, mcid=measure.mcid)
            if words:
                found[place] = words
    return found


def _book_href(chart: Chart, standing: Standing | None) -> str | None:
    """Return the way to the desk's course screen with all that is left to book; None for who may not open the desk."""
    left = left_to_book(chart.patient, standing) if standing is not None and chart.by.is_therapist else None
    return url_for("desk.new_course", patient_id=chart.patient.id, **left) if left else None


def _weeks(plan: Plan) -> list[int]:
    return [per_week for per_week, count in plan.phases for _ in range(count)]
