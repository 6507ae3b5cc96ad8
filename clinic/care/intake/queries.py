"""Read the answers to the emergency sentence."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.care.intake.models import Screening
from clinic.care.intake.sentence import YES_OR_UNSURE
from clinic.database import database

SHOWN_FOR = timedelta(days=7)


def unseen_emergencies(*, now: datetime) -> Sequence[Screening]:
    """Return the callers who were sent to the emergency department and of whom no therapist took note, oldest first."""
    return database.session.scalars(
        select(Screening)
        .where(Screening.answer == YES_OR_UNSURE, Screening.seen_at.is_(None), Screening.asked_at > now - SHOWN_FOR)
        .order_by(Screening.asked_at)
    ).all()


def screening_of(request_id: str) -> Screening | None:
    """Return the answer that was given on one form."""
    return database.session.scalars(select(Screening).where(Screening.request_id == request_id)).first()


def was_asked(appointment_id: int) -> Screening | None:
    """Return the answer that belongs to a visit, if the sentence was asked for it."""
    query = select(Screening).where(Screening.appointment_id == appointment_id)
    return database.session.scalars(query.order_by(Screening.id.desc()).limit(1)).first()
