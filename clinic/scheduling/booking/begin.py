"""The visit begins."""

from datetime import datetime

from clinic.audit import Actor
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.steps import step


def begin(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Begin the visit, also where nobody noted the arrival; the caller commits. Raises what ``steps.step`` raises."""
    appointment = step(
        appointment_id,
        Status.IN_SESSION,
        start_from=frozenset({Status.BOOKED, Status.ARRIVED}),
        by=by,
        now=now,
        seen=seen,
    )
    appointment.began_at = appointment.began_at or now
    return appointment
