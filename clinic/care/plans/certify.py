"""Note what was done for a plan's certification."""

from datetime import date, datetime

from clinic import audit
from clinic.audit import Actor
from clinic.care.defaults.check import printable
from clinic.care.plans.models import CertificationStep, Plan
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable

STEPS = {
    "sent": "Sent to the referrer",
    "no answer": "Asked again, no answer",
    "verbal order": "Verbal order",
    "signed": "Signed by the referrer",
}


def note_certification(
    *, plan_id: int, step: str, on: date, words: str, by: Actor, now: datetime, today: date
) -> CertificationStep:
    """Note a step of a signed plan's certification, with its evidence in ``words``; the caller commits.

    Raises ``NotFound`` and ``Unacceptable``.
    """
    plan = database.session.get(Plan, plan_id, with_for_update=True) if 0 < plan_id < 2**31 else None
    if plan is None:
        raise NotFound("There is no such plan.")
    if plan.signed_at is None:
        raise Unacceptable("Sign the plan first; then it can be sent.", field="step")
    if step not in STEPS:
        raise Unacceptable("Choose what was done.", field="step")
    if on > today:
        raise Unacceptable("That day is still to come.", field="on")
    evidence = printable("words", " ".join(words.split()), most=200)
    found = CertificationStep(plan_id=plan_id, step=step, on=on, words=evidence, noted_at=now, noted_by=by.name)
    database.session.add(found)
    audit.record(
        "certification noted",
        about=plan.key,
        by=by,
        now=now,
        patient_id=plan.patient_id,
        after={"step": step, "on": on},
    )
    return found
