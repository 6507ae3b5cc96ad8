"""Begin a version of a plan: empty, or as the version in force."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.care.episodes.the_row import episode_to_change, refuse_closed
from clinic.care.plans.models import Intervention, Plan, PlanDiagnosis
from clinic.care.plans.queries import diagnoses_of, draft_of, interventions_of, plans_of
from clinic.care.signatures import Clinician, NotForYou
from clinic.database import Base, columns_of, database
from clinic.people.accounts.roles import Role

COPIED = (
    "impairments precautions amount phases from_on type_id least_apart therapist_only treadmill_at reevaluate_every "
    "prognosis discharge_when"
)


def begin_plan(*, episode_id: int, by: Clinician, now: datetime, today: date) -> Plan:
    """Return the draft of an episode's plan, begun now if there is none; the caller commits.

    A new version starts from the one in force, whose goals stay as they are. Raises ``NotFound``, ``NotForYou`` and
    ``EpisodeClosed``.
    """
    refuse_assistants(by)
    episode = episode_to_change(episode_id)
    refuse_closed(episode)
    draft = draft_of(episode_id)
    if draft is not None:
        return draft
    before = next(iter(plans_of(episode_id)), None)
    plan = Plan(
        episode_id=episode_id,
        patient_id=episode.patient_id,
        number=before.number + 1 if before else 1,
        author_id=by.user_id,
        author=by.name,
        from_on=today,
        created_at=now,
        saved_at=now,
        saved_by=by.name,
    )
    if before is not None:
        for name in COPIED.split():
            setattr(plan, name, getattr(before, name))
    try:
        with database.session.begin_nested():
            database.session.add(plan)
    except IntegrityError:
        draft = draft_of(episode_id)
        if draft is None:
            raise
        return draft
    if before is not None:
        copies = [
            (PlanDiagnosis, diagnoses_of(before.id)),
            (Intervention, [row for row in interventions_of(before.id) if not row.stopped]),
        ]
        for model, rows in copies:
            database.session.add_all(_copy(model, row, plan.id) for row in rows)
    audit.record("plan begun", about=plan.key, by=by.actor, now=now, patient_id=plan.patient_id)
    return plan


def refuse_assistants(by: Clinician) -> None:
    """Raise ``NotForYou`` unless a therapist, or a student whom one signs after, writes the plan."""
    if not by.is_therapist and Role.STUDENT not in by.roles:
        raise NotForYou("A plan of care belongs to a therapist.")


def _copy(model: Any, row: Base, plan_id: int) -> Any:
    return model(plan_id=plan_id, **columns_of(row, leave_out=("id", "plan_id")))
