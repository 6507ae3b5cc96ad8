"""Book an appointment."""

import uuid
from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.letters_owed import owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.needs import needs_of
from clinic.scheduling.booking.place import Parties, check_time, hold_time, parties, span
from clinic.scheduling.practice.models import Clinic
from clinic.timetable.intervals import Interval


class AlreadyBooked(Refusal):
    """This very form was used before, for something else."""


class InCourse(NamedTuple):
    """Which visit of which course an appointment is, and the devices it needs beside those of its type."""

    course_id: int
    number: int
    devices: tuple[str, ...] = ()


def book(
    *,
    patient_id: int,
    therapist_id: int,
    type_id: int,
    starts_at: datetime,
    by: Actor,
    now: datetime,
    request_id: str | None = None,
    reason: str = "",
    desk_note: str = "",
    source: str = "desk",
    lane: int = 0,
    reinstated_from_id: int | None = None,
    course: InCourse | None = None,
    told_with_course: bool = False,
) -> Appointment:
    """Book an appointment, hold its time, and owe the patient a letter; the caller commits.

    The same ``request_id`` gives back the first result. ``reason`` lets the desk book outside hours, and up to seven
    days back. A visit that is ``told_with_course`` owes no letter of its own. Raises ``TimeTaken``, and what
    ``place.parties`` and ``place.check_time`` raise. What whoever books kept of that time, they keep no longer.
    """
    same = {
        "patient_id": patient_id,
        "therapist_id": therapist_id,
        "type_id": type_id,
        "starts_at": starts_at,
        "exception_reason": reason,
    }
    before = _already(request_id, **same)
    if before is not None:
        return before
    meeting = parties(patient_id=patient_id, therapist_id=therapist_id, type_id=type_id)
    when = span(starts_at, meeting.kind.length)
    check_time(meeting, when, now=now, reason=reason, may_be_past=not by.is_patient, keeper=by.user_id)
    clinic = practice.clinic()
    appointment = _new(meeting, when, clinic=clinic, by=by, now=now)
    appointment.request_id, appointment.desk_note, appointment.source = request_id, desk_note, source
    appointment.exception_reason, appointment.lane = reason, lane
    appointment.reinstated_from_id = reinstated_from_id
    if course is not None:
        appointment.course_id, appointment.course_number = course.course_id, course.number
        appointment.devices = " ".join(course.devices)
    twin = _write_down(appointment, **same)
    if twin is not None:
        return twin
    hold_time(appointment, needs_of(meeting.kind, devices=appointment.devices.split()))
    if not told_with_course:
        owe_letter(appointment, "booked", now=now, grace_minutes=clinic.grace_minutes)
    audit.record(
        "booked",
        about=appointment.key,
        by=by,
        now=now,
        patient_id=patient_id,
        after={
            "starts_at": starts_at,
            "therapist_id": therapist_id,
            "type_id": type_id,
            "room_id": appointment.room_id,
        },
        reason=reason,
    )
    return appointment


def _already(request_id: str | None, **same: Any) -> Appointment | None:
    """Return what this form has booked. Raises ``AlreadyBooked`` where that was something else, or stands no longer."""
    if request_id is None:
        return None
    found = database.session.scalars(select(Appointment).where(Appointment.request_id == request_id)).first()
    if found is None:
        return None
    if found.is_canceled:
        raise AlreadyBooked("What this form booked was canceled since. Open a new one to book again.")
    if any(getattr(found, name) != value for name, value in same.items()):
        raise AlreadyBooked("This form has already booked something else. Open a new one to book again.")
    return found


def _write_down(appointment: Appointment, **same: Any) -> Appointment | None:
    """Insert the row; where this very form is quicker elsewhere, return what that has booked instead."""
    try:
        with database.session.begin_nested() if appointment.request_id is not None else nullcontext():
            database.session.add(appointment)
            database.session.flush()
    except IntegrityError:
        twin = _already(appointment.request_id, **same)
        if twin is None:
            raise
        return twin
    return None


def _new(meeting: Parties, when: Interval, *, clinic: Clinic, by: Actor, now: datetime) -> Appointment:
    return Appointment(
        location_id=meeting.location.id,
        patient_id=meeting.patient.id,
        therapist_id=meeting.therapist.id,
        type_id=meeting.kind.id,
        starts_at=when.start,
        ends_at=when.end,
        devices="",
        entered_afterwards=when.start < now,
        ics_uid=f"a-{uuid.uuid4()}@{clinic.mailbox.rpartition('@')[2]}",
        ics_stamp=now.replace(microsecond=0),
        booked_at=now,
        booked_by=by.name,
    )
