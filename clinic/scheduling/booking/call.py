"""The call list: who must be rung, and who has been."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, touch


def want_call(*, appointment_id: int, why: str, by: Actor, now: datetime) -> Appointment:
    """Put the appointment on the call list, as the patient asked; the caller commits."""
    appointment = appointment_to_change(appointment_id)
    if appointment.status != Status.BOOKED or appointment.starts_at <= now:
        raise NotNow("This visit can no longer be changed here. Please call the clinic.")
    appointment.call_wanted_at, appointment.call_wanted_why = now, why
    _note(appointment, "asked for a call", by=by, now=now, reason=why)
    return appointment


def settle_call(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Take the appointment's wish for a call off the list: it was rung; the caller commits."""
    appointment = appointment_to_change(appointment_id, seen=seen)
    appointment.call_wanted_at, appointment.call_wanted_why = None, ""
    appointment.told_by_phone_at = now
    _note(appointment, "called", by=by, now=now)
    return appointment


def mark_told(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Note that the patient was told by voice what no letter tells them: the time, or that it is canceled.

    With a visit of a course all its coming ones are told. The caller commits.
    """
    appointment = appointment_to_change(appointment_id, seen=seen)
    for each in (appointment, *_others_of_its_course(appointment, now=now)):
        each.told_by_phone_at = now
        _note(each, "told by voice", by=by, now=now)
    return appointment


def _others_of_its_course(appointment: Appointment, *, now: datetime) -> Sequence[Appointment]:
    """Lock and return the coming visits that are told in the same breath: nobody rings twelve times for a course."""
    if appointment.course_id is None or appointment.is_canceled:
        return []
    return database.session.scalars(
        select(Appointment)
        .where(
            Appointment.course_id == appointment.course_id,
            Appointment.id != appointment.id,
            Appointment.status == Status.BOOKED.value,
            Appointment.starts_at > now,
            Appointment.told_by_phone_at.is_(None),
        )
        .order_by(Appointment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _note(appointment: Appointment, what: str, *, by: Actor, now: datetime, reason: str = "") -> None:
    touch(appointment, now=now)
    audit.record(what, about=appointment.key, by=by, now=now, patient_id=appointment.patient_id, reason=reason)
