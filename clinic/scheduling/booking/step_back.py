"""Take back an arrival, a beginning, a completion or a no-show."""

from datetime import datetime

from clinic.audit import Actor
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.steps import change_status
from clinic.scheduling.booking.the_row import appointment_to_change
from clinic.scheduling.practice.queries import local_day

MOMENTS = {
    Status.ARRIVED: "arrived_at",
    Status.IN_SESSION: "began_at",
    Status.COMPLETED: "completed_at",
    Status.NO_SHOW: "no_show_at",
}


ENDS = frozenset({Status.COMPLETED, Status.NO_SHOW})


class DayIsOver(Refusal):
    """What became of a visit may be taken back on the day it was noted; an arrival that led nowhere, later too."""


def step_back(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Take the appointment back to the status it had before; the caller commits.

    Raises ``NotNow`` when there is no step to take back, and ``DayIsOver``.
    """
    appointment = appointment_to_change(appointment_id, seen=seen)
    moment = MOMENTS.get(Status(appointment.status))
    if moment is None:
        raise NotNow(f"This appointment is {appointment.status}; there is no step to take back.")
    zone = practice.location().tz
    taken_at = getattr(appointment, moment) or appointment.starts_at
    if appointment.status in ENDS and local_day(taken_at, zone) != local_day(now, zone):
        raise DayIsOver("That was noted on an earlier day and stays.")
    setattr(appointment, moment, None)
    change_status(appointment, _before(appointment), what="stepped back", by=by, now=now)
    return appointment


def _before(appointment: Appointment) -> Status:
    if appointment.status == Status.COMPLETED and appointment.began_at:
        return Status.IN_SESSION
    if appointment.status in (Status.COMPLETED, Status.IN_SESSION) and appointment.arrived_at:
        return Status.ARRIVED
    return Status.BOOKED
