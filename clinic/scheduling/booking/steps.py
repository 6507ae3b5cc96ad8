"""One step of a visit's day, from one status to the next."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, refuse_if_changed, touch
from clinic.scheduling.practice.queries import local_day


class NotYet(Refusal):
    """The visit's day, or its hour, has not come."""


def step(
    appointment_id: int, to: Status, *, start_from: frozenset[Status], by: Actor, now: datetime, seen: int | None
) -> Appointment:
    """Take an appointment to ``to``, from one of ``start_from``; already being there changes nothing.

    Raises ``NotNow`` from anywhere else, and ``NotYet`` before the visit's own day.
    """
    appointment = appointment_to_change(appointment_id)
    if appointment.status == to:
        return appointment
    refuse_if_changed(appointment, seen)
    if Status(appointment.status) not in start_from:
        raise NotNow(f"This appointment is {appointment.status}; it cannot become {to.value}.")
    zone = practice.location().tz
    if local_day(appointment.starts_at, zone) > local_day(now, zone):
        raise NotYet("This visit is on a later day.")
    change_status(appointment, to, what=to.value, by=by, now=now)
    return appointment


def change_status(appointment: Appointment, to: Status, *, what: str, by: Actor, now: datetime) -> None:
    """Write the new status down and record it."""
    before = appointment.status
    appointment.status = to.value
    touch(appointment, now=now)
    audit.record(
        what,
        about=appointment.key,
        by=by,
        now=now,
        patient_id=appointment.patient_id,
        before={"status": before},
        after={"status": to.value},
    )
