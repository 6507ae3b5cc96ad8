"""Save the draft of a plan: all that stands in the form, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.care.plans.check import check_plan
from clinic.care.plans.codes import code_on
from clinic.care.plans.facts import Aim, PlanFacts
from clinic.care.plans.models import Goal, Intervention, Plan, PlanDiagnosis
from clinic.care.plans.the_row import PlanContent, plan_content, plan_to_change
from clinic.care.signatures import Clinician
from clinic.database import database, set_columns
from clinic.refusals import Unacceptable
from clinic.scheduling.practice.models import AppointmentType

COLUMNS = (
    "impairments",
    "precautions",
    "amount",
    "phases",
    "from_on",
    "type_id",
    "least_apart",
    "therapist_only",
    "treadmill_at",
    "reevaluate_every",
    "prognosis",
    "discharge_when",
    "agreed_on",
    "why_changed",
)
AIM_COLUMNS = "term function measure measured unit baseline baseline_on target comparison condition due_on"


def save_plan(*, plan_id: int, facts: PlanFacts, seen: int, by: Clinician, now: datetime, today: date) -> Plan:
    """Write down what the form holds; the caller commits.

    Raises ``NotFound``, ``AlreadySigned``, ``PlanSavedElsewhere`` unless the draft is as ``seen``, and
    ``Unacceptable`` beside the first field that cannot be: then nothing is saved.
    """
    plan = plan_to_change(plan_id, seen=seen)
    check_plan(facts, today=today)
    type_id = facts.values.get("type_id")
    if type_id is not None and database.session.get(AppointmentType, type_id) is None:
        raise Unacceptable("Choose the type of the visits.", field="type_id")
    content = plan_content(plan)
    changed = set_columns(plan, {name: facts.values[name] for name in COLUMNS if name in facts.values})
    if facts.diagnoses is not None and _write_diagnoses(content, facts.diagnoses, today):
        changed.append("diagnoses")
    if facts.goals is not None and _write_goals(content, facts.goals):
        changed.append("goals")
    if facts.interventions is not None and _write_interventions(content, facts):
        changed.append("interventions")
    if changed:
        plan.version += 1
        plan.saved_at, plan.saved_by = now, by.name
        audit.record(
            "plan saved",
            about=plan.key,
            by=by.actor,
            now=now,
            patient_id=plan.patient_id,
            after={"fields": sorted(set(changed))},
        )
    return plan


def _write_diagnoses(content: PlanContent, codes: Sequence[str], today: date) -> bool:
    wanted = list(dict.fromkeys(codes))
    if [row.code for row in content.diagnoses] == wanted:
        return False
    kept = {row.code: row.title for row in content.diagnoses}
    rows = [(code, kept[code]) if code in kept else _known(code, today) for code in wanted]
    for row in content.diagnoses:
        database.session.delete(row)
    database.session.flush()
    database.session.add_all(
        PlanDiagnosis(plan_id=content.plan.id, position=place, code=code, title=title)
        for place, (code, title) in enumerate(dict(rows).items())
    )
    return True


def _known(code: str, today: date) -> tuple[str, str]:
    found = code_on(code, on=today)
    return found.code, found.title


def _write_goals(content: PlanContent, aims: Sequence[Aim]) -> bool:
    before = {row.id: row for row in content.goals}
    changed = False
    for aim in aims:
        values = {name: getattr(aim, name) for name in AIM_COLUMNS.split()}
        row = before.pop(aim.goal_id or 0, None)
        if row is None:
            code = _next_code(content.plan, aim.term)
            database.session.add(Goal(episode_id=content.plan.episode_id, plan_id=content.plan.id, code=code, **values))
            database.session.flush()
            changed = True
            continue
        if row.term != aim.term:
            row.code = _next_code(content.plan, aim.term)
        changed |= bool(set_columns(row, values))
    for row in before.values():
        database.session.delete(row)
        changed = True
    database.session.flush()
    return changed


def _next_code(plan: Plan, term: str) -> str:
    """Return the next free identifier: one that was signed is never given to another goal."""
    query = select(Goal.code).where(Goal.episode_id == plan.episode_id, Goal.code.startswith(term))
    taken = [int(code[2:]) for code in database.session.scalars(query) if code[2:].isdigit()]
    return f"{term}{max(taken, default=0) + 1}"


def _write_interventions(content: PlanContent, facts: PlanFacts) -> bool:
    after: list[dict[str, Any]] = [
        {"position": place, **row._asdict()} for place, row in enumerate(facts.interventions or ())
    ]
    names = list(after[0]) if after else []
    old = [{name: getattr(row, name) for name in names} for row in content.interventions]
    if old == after and len(content.interventions) == len(after):
        return False
    for row in content.interventions:
        database.session.delete(row)
    database.session.flush()
    database.session.add_all(Intervention(plan_id=content.plan.id, **values) for values in after)
    return True
