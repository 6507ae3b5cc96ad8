"""Templates that fill a plan in a minute: those that the program brings, and those made of the clinic's own plans."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from clinic.care import defaults
from clinic.care.defaults import Default, DefaultVersion
from clinic.care.plans.facts import Aim, PlanFacts, Prescribed
from clinic.care.plans.queries import plan as plan_by_id
from clinic.care.plans.the_row import PlanContent, plan_content
from clinic.care.signatures import Clinician, NotForYou

PREFIX = "template."


class Template(NamedTuple):
    """A plan to start from: its words, frequency, goals and interventions, and where the defaults come from."""

    key: str
    name: str
    source: str
    number: int
    impairments: str
    precautions: str
    phases: tuple[tuple[int, int], ...]
    discharge_when: str
    goals: tuple[Aim, ...]
    interventions: tuple[Prescribed, ...]

    def facts(self, *, from_on: date, type_id: int | None) -> PlanFacts:
        """Return the template as what a person would have written, its goals due from ``from_on``."""
        weeks = sum(weeks for _, weeks in self.phases)
        due = {"LT": from_on + timedelta(weeks=weeks), "ST": from_on + timedelta(weeks=max(weeks // 2, 1))}
        return PlanFacts(
            values={
                "impairments": self.impairments,
                "precautions": self.precautions,
                "phases": [list(phase) for phase in self.phases],
                "from_on": from_on,
                "type_id": type_id,
                "least_apart": 2,
                "reevaluate_every": 6,
                "discharge_when": self.discharge_when,
            },
            goals=tuple(aim._replace(baseline_on=from_on, due_on=due[aim.term]) for aim in self.goals),
            interventions=self.interventions,
        )


def templates() -> list[Template]:
    """Return the templates that the clinic uses, the program's first."""
    return [template_of(one) for one in defaults.every(PREFIX) if not one.value["retired"]]


def template_of(one: Default) -> Template:
    """Return a clinical default as a template."""
    value = one.value
    return Template(
        key=one.key.removeprefix(PREFIX),
        name=one.label,
        source=one.source,
        number=one.number,
        impairments=value["impairments"],
        precautions=value["precautions"],
        phases=tuple((per_week, weeks) for per_week, weeks in value["phases"]),
        discharge_when=value["discharge_when"],
        goals=tuple(_aim(goal) for goal in value["goals"]),
        interventions=tuple(Prescribed(**given) for given in value["interventions"]),
    )


def keep_as_template(
    *, plan_id: int, name: str, replaces: str, source: str, confirmed: bool, by: Clinician, now: datetime
) -> DefaultVersion:
    """Make a template of a plan: a new one, or a new version of ``replaces``; no date and no baseline goes along.

    The caller commits. Raises ``NotFound``, ``NotForYou`` and ``Unacceptable``.
    """
    if not by.is_therapist:
        raise NotForYou("A template belongs to a therapist.")
    plan = plan_by_id(plan_id)
    value = _value(plan_content(plan))
    reason = f"Kept from a plan by {by.name}"
    if not replaces:
        return defaults.add(
            prefix=PREFIX,
            label=name,
            value=value,
            source=source,
            reason=reason,
            confirmed=confirmed,
            by=by.actor,
            now=now,
        )
    before = defaults.current(PREFIX + replaces)
    return defaults.change(
        key=before.key,
        value=value,
        label=name or before.label,
        source=source,
        reason=reason,
        confirmed=confirmed,
        seen=before.number,
        by=by.actor,
        now=now,
    )


def _aim(goal: dict[str, Any]) -> Aim:
    target = goal["target"]
    return Aim(**{**goal, "target": None if target is None else Decimal(str(target))})


def _value(content: PlanContent) -> dict[str, Any]:
    plan = content.plan
    return {
        "impairments": plan.impairments,
        "precautions": plan.precautions,
        "phases": plan.phases,
        "discharge_when": plan.discharge_when,
        "goals": [
            {
                "term": goal.term,
                "function": goal.function,
                "measure": goal.measure,
                "measured": goal.measured,
                "unit": goal.unit,
                "target": None if goal.target is None else float(goal.target),
                "comparison": goal.comparison,
                "condition": goal.condition,
            }
            for goal in content.goals
        ],
        "interventions": [
            {
                "kind": row.kind,
                "category": row.category,
                "name": row.name,
                "side": row.side,
                "dose": row.dose,
                "minutes": row.minutes,
                "why": row.why,
            }
            for row in content.interventions
            if not row.stopped
        ],
        "retired": False,
    }
