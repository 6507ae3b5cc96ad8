"""Sign a plan of care, and sign after a student."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.care import episodes, signatures
from clinic.care.episodes.the_row import refuse_closed
from clinic.care.plans.begin import refuse_assistants
from clinic.care.plans.codes import NoSuchCode, code_on
from clinic.care.plans.missing import Lacking, lacking
from clinic.care.plans.models import Goal, Plan
from clinic.care.plans.the_row import PlanContent, plan_content, plan_to_change
from clinic.care.signatures import AUTHOR, COSIGNER, Clinician, NotForYou, Signature
from clinic.database import database
from clinic.refusals import NotFound, Refusal


class PlanNotComplete(Refusal):
    """Parts are missing; ``missing`` names each with its field."""

    status = 422

    def __init__(self, parts: list[Lacking]) -> None:
        self.missing = parts
        names = "; ".join(part.sentence for part in parts[:3])
        super().__init__(f"{len(parts)} thing{'' if len(parts) == 1 else 's'} before you sign: {names}.")


def what_the_plan_lacks(content: PlanContent) -> list[Lacking]:
    """Return what a plan lacks before it can be signed; its codes must hold on the day from which it runs."""
    plan = content.plan
    older = select(Goal.id).where(Goal.episode_id == plan.episode_id, Goal.plan_id != plan.id, Goal.term == "LT")
    has_older_goals = database.session.scalars(older).first() is not None
    return [*_unusable_codes(content), *lacking(content, has_older_goals=has_older_goals)]


def _unusable_codes(content: PlanContent) -> Iterator[Lacking]:
    """Yield what is wrong with each code: a new version takes over those of the one before, which may have ended."""
    from_on = content.plan.from_on
    if from_on is None:
        return
    for row in content.diagnoses:
        try:
            code_on(row.code, on=from_on)
        except NoSuchCode as refusal:
            yield Lacking("diagnosis", refusal.sentence)


def sign_plan(*, plan_id: int, seen: int, by: Clinician, now: datetime) -> Plan:
    """Sign a version of a plan: from now on it and its rows never change, and it is in force. The caller commits.

    Raises ``NotFound``, ``AlreadySigned``, ``PlanSavedElsewhere``, ``NotForYou``, ``EpisodeClosed``, and
    ``PlanNotComplete``.
    """
    plan = plan_to_change(plan_id, seen=seen)
    refuse_assistants(by)
    refuse_closed(episodes.episode(plan.episode_id))
    content = plan_content(plan)
    parts = what_the_plan_lacks(content)
    if parts:
        raise PlanNotComplete(parts)
    plan.author_id, plan.author = by.user_id, by.name
    plan.cosigner_id = None if by.is_therapist else by.supervisor_id
    if not by.is_therapist and plan.cosigner_id is None:
        raise NotForYou("Nobody is named who signs after you. Ask the manager to enter your supervisor.")
    database.session.flush()
    content_hash = signatures.hash_of(plan_content(plan).facts())
    signatures.put_signature(about=plan.key, part=AUTHOR, content_hash=content_hash, by=by, now=now)
    plan.version += 1
    plan.signed_at, plan.content_hash = now, content_hash
    audit.record("plan signed", about=plan.key, by=by.actor, now=now, patient_id=plan.patient_id)
    return plan


def cosign_plan(*, plan_id: int, by: Clinician, now: datetime) -> Signature:
    """Sign after a student; the caller commits. Raises ``NotFound``, ``NotForYou`` and ``AlreadySigned``."""
    plan = database.session.get(Plan, plan_id) if 0 < plan_id < 2**31 else None
    if plan is None or not plan.is_signed:
        raise NotFound("There is no such plan to sign.")
    if plan.cosigner_id is None or not by.is_therapist or by.user_id == plan.author_id:
        raise NotForYou("Only a therapist may sign after a student.")
    found = signatures.put_signature(about=plan.key, part=COSIGNER, content_hash=plan.content_hash, by=by, now=now)
    audit.record("plan co-signed", about=plan.key, by=by.actor, now=now, patient_id=plan.patient_id)
    return found


def plan_is_as_signed(plan: Plan) -> bool:
    """Say whether a signed plan still has the content that its signature stands for."""
    return signatures.hash_of(plan_content(plan).facts()) == plan.content_hash


def signed_plans() -> list[Plan]:
    """Return every signed plan, for a check of their content."""
    return list(database.session.scalars(select(Plan).where(Plan.signed_at.is_not(None))))
