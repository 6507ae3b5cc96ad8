"""Owe the patient the letter about a booking, in the booking's own transaction."""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic import outbox
from clinic.database import database
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment, Course

CHANGES = ("booked", "moved", "canceled")


def owe_letter(appointment: Appointment, kind: str, *, now: datetime, grace_minutes: int | None = None) -> None:
    """Owe a ``booked``, ``moved`` or ``canceled`` letter, due after the clinic's grace; nothing about the past.

    ``grace_minutes`` is given by who has read the clinic already.
    """
    not_after = appointment.starts_at
    if not_after <= now:
        return
    due_at = now + timedelta(minutes=practice.clinic().grace_minutes if grace_minutes is None else grace_minutes)
    outbox.owe(
        about=appointment.key,
        after="" if appointment.course_id is None else f"course:{appointment.course_id}",
        occasion=str(appointment.revision),
        kind=kind,
        patient_id=appointment.patient_id,
        due_at=min(due_at, not_after - timedelta(seconds=1)),
        not_after=not_after,
        now=now,
    )


def letter_was_claimed(appointment: Appointment, kind: str) -> bool:
    """Lock the letter about the appointment's last change, and say whether it went out or may be about to."""
    letter = database.session.scalars(
        select(outbox.Letter)
        .where(
            outbox.Letter.about == appointment.key,
            outbox.Letter.kind == kind,
            outbox.Letter.occasion == str(appointment.revision),
        )
        .with_for_update()
    ).first()
    return letter is not None and (letter.state in (outbox.LEASED, outbox.SENT) or letter.tries > 0)


def owe_course_letter(course: Course, *, last_at: datetime, now: datetime) -> None:
    """Owe the one letter that tells all dates of a course; ``last_at`` is when its last visit starts."""
    if last_at <= now:
        return
    due_at = now + timedelta(minutes=practice.clinic().grace_minutes)
    outbox.owe(
        about=course.key,
        occasion=str(course.revision),
        kind="course",
        patient_id=course.patient_id,
        due_at=min(due_at, last_at - timedelta(seconds=1)),
        not_after=last_at,
        now=now,
    )
