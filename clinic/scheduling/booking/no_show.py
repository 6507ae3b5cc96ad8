"""The patient did not come."""

from datetime import datetime

from clinic.audit import Actor
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.steps import NotYet, step


def no_show(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Note that the patient did not come; the caller commits. The time stays held: they may come late.

    Raises ``NotYet`` before the visit's start, and what ``steps.step`` raises.
    """
    appointment = step(appointment_id, Status.NO_SHOW, start_from=frozenset({Status.BOOKED}), by=by, now=now, seen=seen)
    if now < appointment.starts_at:
        raise NotYet("The visit has not started yet. To give the time away, cancel it.")
    appointment.no_show_at = appointment.no_show_at or now
    return appointment
