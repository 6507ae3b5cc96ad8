"""Keep what a caller answered to the emergency sentence."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.care.intake.models import Screening
from clinic.care.intake.sentence import ANSWERS, KEYS, VERSION, YES_OR_UNSURE
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal, Unacceptable


class Emergency(Refusal):
    """The caller needs help now: nothing is booked."""

    def __init__(self) -> None:
        super().__init__("This is an emergency: read the script. No visit is booked today.", field="screening")


def screen(
    *,
    answer: str,
    complaint: Sequence[str],
    by: Actor,
    now: datetime,
    patient_id: int | None = None,
    caller_name: str = "",
    caller_phone: str = "",
    request_id: str | None = None,
) -> Screening:
    """Write the answer down, with the sentence's version, who asked, and when; the caller commits.

    The same ``request_id`` gives back the first. Raises ``Unacceptable`` for an answer that is none.
    """
    if answer not in ANSWERS:
        raise Unacceptable("Read the sentence aloud, and press 0 or 1.", field="screening")
    twin = _already(request_id)
    if twin is not None:
        return twin
    known = database.session.get(Patient, patient_id) if patient_id is not None and 0 < patient_id < 2**31 else None
    screening = Screening(
        patient_id=known.id if known else None,
        caller_name=(known.name if known else caller_name.strip())[:120],
        caller_phone=(known.phone if known else caller_phone.strip())[:40],
        complaint=[key for key in complaint if key in KEYS],
        sentence_version=VERSION,
        answer=answer,
        asked_at=now,
        asked_by=by.name,
        user_id=by.user_id,
        request_id=request_id,
    )
    try:
        with database.session.begin_nested():
            database.session.add(screening)
    except IntegrityError:
        twin = _already(request_id)
        if twin is None:
            raise
        return twin
    what = "told to the therapists" if answer == YES_OR_UNSURE else "emergency sentence asked"
    audit.record(what, about=f"screening:{screening.id}", by=by, now=now)  # names nobody: that would tell the answer
    return screening


def name_the_caller(*, request_id: str, name: str, phone: str) -> None:
    """Keep the name and number that were taken after the sentence was answered; the caller commits."""
    database.session.execute(
        update(Screening)
        .where(Screening.request_id == request_id, Screening.patient_id.is_(None), Screening.seen_at.is_(None))
        .values(caller_name=name.strip()[:120], caller_phone=phone.strip()[:40])
    )


def link_screening(*, request_id: str, appointment_id: int, patient_id: int) -> None:
    """Note for which visit, and of whom, the sentence was answered; the caller commits."""
    database.session.execute(
        update(Screening)
        .where(Screening.request_id == request_id, Screening.appointment_id.is_(None))
        .values(appointment_id=appointment_id, patient_id=patient_id)
    )


def _already(request_id: str | None) -> Screening | None:
    if request_id is None:
        return None
    return database.session.scalars(select(Screening).where(Screening.request_id == request_id)).first()
