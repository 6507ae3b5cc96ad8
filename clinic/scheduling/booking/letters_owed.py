"""Owe the patient the letter about a booking, in the booking's own transaction."""

from datetime import datetime, timedelta

from clinic import outbox
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment

CHANGES = ("booked", "moved", "canceled")


def owe_letter(appointment: Appointment, kind: str, *, now: datetime) -> None:
    """Owe a ``booked``, ``moved`` or ``canceled`` letter, due after the clinic's grace; nothing about the past."""
    due_at = now + timedelta(minutes=practice.clinic().grace_minutes)
    not_after = appointment.starts_at
    if not_after <= now:
        return
    outbox.owe(
        about=appointment.key,
        occasion=str(appointment.revision),
        kind=kind,
        patient_id=appointment.patient_id,
        due_at=min(due_at, not_after - timedelta(seconds=1)),
        not_after=not_after,
        now=now,
    )
