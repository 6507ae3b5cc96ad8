"""The visit is over."""

from datetime import datetime

from clinic.audit import Actor
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.steps import step


def complete(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Complete the visit, also where no step before was noted; the caller commits. Raises what ``step`` raises."""
    appointment = step(
        appointment_id,
        Status.COMPLETED,
        start_from=frozenset({Status.BOOKED, Status.ARRIVED, Status.IN_SESSION}),
        by=by,
        now=now,
        seen=seen,
    )
    appointment.completed_at = appointment.completed_at or now
    return appointment
