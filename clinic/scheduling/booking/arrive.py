"""The patient is here."""

from datetime import datetime

from clinic.audit import Actor
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.steps import step


def arrive(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Note that the patient is here; the caller commits. Raises what ``steps.step`` raises."""
    appointment = step(appointment_id, Status.ARRIVED, start_from=frozenset({Status.BOOKED}), by=by, now=now, seen=seen)
    appointment.arrived_at = appointment.arrived_at or now
    return appointment
