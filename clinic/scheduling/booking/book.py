"""Book an appointment."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.letters_owed import owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.place import Parties, check_time, hold_time, parties, span
from clinic.timetable.intervals import Interval


class AlreadyBooked(Refusal):
    """This very form was used before, for something else."""


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
) -> Appointment:
    """Book an appointment, hold its time, and owe the patient a letter; the caller commits.

    The same ``request_id`` gives back the first result. ``reason`` lets the desk book outside hours, and up to seven
    days back. Raises ``TimeTaken``, and what ``place.parties`` and ``place.check_time`` raise.
    """
    before = _already(request_id, patient_id=patient_id, therapist_id=therapist_id, starts_at=starts_at)
    if before is not None:
        return before
    meeting = parties(patient_id=patient_id, therapist_id=therapist_id, type_id=type_id)
    when = span(starts_at, meeting.kind.length)
    check_time(meeting, when, now=now, reason=reason, may_be_past=not by.is_patient)
    appointment = _new(meeting, when, by=by, now=now)
    appointment.request_id, appointment.desk_note, appointment.source = request_id, desk_note, source
    appointment.exception_reason, appointment.lane = reason, lane
    appointment.reinstated_from_id = reinstated_from_id
    try:
        with database.session.begin_nested():
            database.session.add(appointment)
    except IntegrityError:
        twin = _already(request_id, patient_id=patient_id, therapist_id=therapist_id, starts_at=starts_at)
        if twin is None:
            raise
        return twin
    hold_time(appointment, practice.needs_of(meeting.kind))
    owe_letter(appointment, "booked", now=now)
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


def _already(request_id: str | None, *, patient_id: int, therapist_id: int, starts_at: datetime) -> Appointment | None:
    if request_id is None:
        return None
    found = database.session.scalars(select(Appointment).where(Appointment.request_id == request_id)).first()
    if found is None:
        return None
    if (found.patient_id, found.therapist_id, found.starts_at) != (patient_id, therapist_id, starts_at):
        raise AlreadyBooked("This form has already booked another time. Open a new one to book again.")
    return found


def _new(meeting: Parties, when: Interval, *, by: Actor, now: datetime) -> Appointment:
    return Appointment(
        location_id=meeting.location.id,
        patient_id=meeting.patient.id,
        therapist_id=meeting.therapist.id,
        type_id=meeting.kind.id,
        starts_at=when.start,
        ends_at=when.end,
        entered_afterwards=when.start < now,
        ics_uid=f"a-{uuid.uuid4()}@{practice.clinic().mailbox.rpartition('@')[2]}",
        ics_stamp=now.replace(microsecond=0),
        booked_at=now,
        booked_by=by.name,
    )
