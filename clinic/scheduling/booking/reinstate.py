"""Bring a canceled appointment back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.scheduling import practice
from clinic.scheduling.booking.answered import CALLED, bring_back
from clinic.scheduling.booking.book import InCourse, book
from clinic.scheduling.booking.letters_owed import letter_was_claimed, owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.needs import needs_of
from clinic.scheduling.booking.place import check_time, hold_time, parties
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, touch
from clinic.timetable.intervals import Interval


def reinstate(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Bring a canceled appointment back at its old time, and return it; the caller commits.

    While its cancellation letter has not been claimed the same row lives on; within the clinic's grace, so does what
    was told by voice and the wish for a call, unless something else happened since. After that the letter counts as
    gone out, and a calendar that was told CANCEL must not see that event again: a new appointment is booked, and the
    old one's link leads to it. A second click changes nothing. Raises ``NotNow``, ``TimeTaken``, and what
    ``place.check_time`` raises.
    """
    appointment = appointment_to_change(appointment_id)
    if appointment.status == Status.BOOKED and seen is not None and seen < appointment.version:
        return appointment
    appointment = appointment_to_change(appointment_id, seen=seen)
    if not appointment.is_canceled:
        raise NotNow(f"This appointment is {appointment.status}; there is nothing to reinstate.")
    successor = database.session.scalars(
        select(Appointment).where(Appointment.reinstated_from_id == appointment.id)
    ).first()
    if successor is not None and successor.is_canceled:
        return reinstate(appointment_id=successor.id, by=by, now=now)
    if successor is not None:
        return successor
    reason = appointment.exception_reason or ("reinstated" if appointment.starts_at < now else "")
    if appointment.told_canceled or letter_was_claimed(appointment, "canceled"):
        again = book(
            patient_id=appointment.patient_id,
            therapist_id=appointment.therapist_id,
            type_id=appointment.type_id,
            starts_at=appointment.starts_at,
            by=by,
            now=now,
            reason=reason,
            desk_note=appointment.desk_note,
            reinstated_from_id=appointment.id,
            course=_place_in_course(appointment),
        )
        after = {"appointment": again.id}
        about = appointment.key
        audit.record("reinstated", about=about, by=by, now=now, patient_id=appointment.patient_id, after=after)
        return again
    _revive(appointment, by=by, now=now, reason=reason)
    return appointment


def _place_in_course(appointment: Appointment) -> InCourse | None:
    if appointment.course_id is None or appointment.course_number is None:
        return None
    return InCourse(appointment.course_id, appointment.course_number, tuple(appointment.devices.split()))


def _revive(appointment: Appointment, *, by: Actor, now: datetime, reason: str) -> None:
    meeting = parties(
        patient_id=appointment.patient_id,
        therapist_id=appointment.therapist_id,
        type_id=appointment.type_id,
        booked_before=True,
    )
    when = Interval(appointment.starts_at, appointment.ends_at)
    ended = _ended(appointment, now=now)
    check_time(meeting, when, now=now, reason=reason, may_be_past=not by.is_patient)
    appointment.status, appointment.canceled_at = Status.BOOKED.value, None
    appointment.canceled_by, appointment.cancel_reason, appointment.canceled_late = "", "", False
    bring_back(appointment, ended, CALLED)
    hold_time(appointment, needs_of(meeting.kind, devices=appointment.devices.split(), minutes=appointment.minutes))
    appointment.revision += 1
    appointment.ics_sequence += 1
    touch(appointment, now=now)
    owe_letter(appointment, "booked", now=now)
    audit.record(
        "reinstated",
        about=appointment.key,
        by=by,
        now=now,
        patient_id=appointment.patient_id,
        before={"status": Status.CANCELED.value},
        after={"status": Status.BOOKED.value},
    )


def _ended(appointment: Appointment, *, now: datetime) -> dict[str, Any]:
    """Return what the cancellation ended, if it is the last that happened and is taken back at once."""
    last = next(iter(audit.entries_about(appointment.key, limit=1)), None)
    grace = timedelta(minutes=practice.clinic().grace_minutes)
    if last is None or last.what != "canceled" or now - last.at > grace or appointment.starts_at <= now:
        return {}
    return last.before
