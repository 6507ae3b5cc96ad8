"""Move an appointment to another time or therapist, and back."""

from datetime import datetime, timedelta
from typing import Any

from clinic import audit
from clinic.audit import Actor
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.letters_owed import owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.place import check_time, hold_time, let_go, parties
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.rules import is_late
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, touch
from clinic.timetable.intervals import Interval


class NotByLink(Refusal):
    """A patient may not move this appointment themselves: its type does not allow it, or it is too late."""


class NothingToMoveBack(Refusal):
    """The last change of this appointment was no move."""


def move(
    *,
    appointment_id: int,
    starts_at: datetime,
    by: Actor,
    now: datetime,
    therapist_id: int | None = None,
    seen: int | None = None,
    agreed_on_the_phone: bool = False,
    reason: str = "",
) -> Appointment:
    """Move a booked appointment, keeping its length and its calendar identity; the caller commits.

    A confirmation is cleared, unless the patient moves it themselves or agreed on the phone. Raises ``NotNow``,
    ``NotByLink``, ``ChangedBySomebody``, ``TimeTaken``, and what ``place.check_time`` raises.
    """
    appointment = appointment_to_change(appointment_id, seen=seen)
    if appointment.status != Status.BOOKED:
        raise NotNow(f"This appointment is {appointment.status} and cannot be moved.")
    target = therapist_id or appointment.therapist_id
    if (starts_at, target) == (appointment.starts_at, appointment.therapist_id):
        return appointment
    before = _facts(appointment)
    _put(appointment, starts_at=starts_at, therapist_id=target, by=by, now=now, reason=reason)
    if not (by.is_patient or agreed_on_the_phone):
        appointment.confirmed_at, appointment.confirmed_how, appointment.confirmed_by = None, "", ""
    if appointment.starts_at.isoformat() != before["starts_at"]:
        appointment.told_by_phone_at = now if agreed_on_the_phone else None
    appointment.call_wanted_at, appointment.call_wanted_why = None, ""
    _settle(appointment, "moved", before=before, by=by, now=now, reason=reason)
    return appointment


def move_back(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Undo the last move: the old time, therapist and confirmation; the caller commits.

    Raises ``NothingToMoveBack`` when something else happened since, and what ``move`` raises.
    """
    appointment = appointment_to_change(appointment_id, seen=seen)
    last = next(iter(audit.entries_about(appointment.key, limit=1)), None)
    if last is None or last.what != "moved" or appointment.status != Status.BOOKED:
        raise NothingToMoveBack("There is no move to undo.")
    before, old = _facts(appointment), last.before
    _put(
        appointment,
        starts_at=datetime.fromisoformat(old["starts_at"]),
        therapist_id=old["therapist_id"],
        by=by,
        now=now,
        reason=last.reason or appointment.exception_reason,
    )
    appointment.confirmed_at = datetime.fromisoformat(old["confirmed_at"]) if old["confirmed_at"] else None
    appointment.confirmed_how, appointment.confirmed_by = old["confirmed_how"], old["confirmed_by"]
    _settle(appointment, "moved back", before=before, by=by, now=now, reason="")
    return appointment


def _put(
    appointment: Appointment, *, starts_at: datetime, therapist_id: int, by: Actor, now: datetime, reason: str
) -> None:
    meeting = parties(
        patient_id=appointment.patient_id,
        therapist_id=therapist_id,
        type_id=appointment.type_id,
        booked_before=True,
    )
    _check_link(appointment, by=by, now=now, may_move=meeting.kind.patients_may_move)
    when = Interval(starts_at, starts_at + (appointment.ends_at - appointment.starts_at))
    check_time(meeting, when, now=now, reason=reason, may_be_past=not by.is_patient)
    changed = starts_at != appointment.starts_at
    let_go(appointment)
    appointment.starts_at, appointment.ends_at, appointment.therapist_id = when.start, when.end, therapist_id
    appointment.moved_at = now
    if reason:
        appointment.exception_reason = reason
    hold_time(appointment, practice.needs_of(meeting.kind, minutes=appointment.minutes))
    if changed:
        appointment.revision += 1
        appointment.ics_sequence += 1


def _check_link(appointment: Appointment, *, by: Actor, now: datetime, may_move: bool) -> None:
    notice = timedelta(hours=practice.clinic().notice_hours)
    if by.is_patient and (not may_move or is_late(appointment.starts_at, notice=notice, now=now)):
        raise NotByLink("This visit can no longer be moved here. Please call the clinic.")


def _facts(appointment: Appointment) -> dict[str, Any]:
    confirmed_at = appointment.confirmed_at
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "therapist_id": appointment.therapist_id,
        "room_id": appointment.room_id,
        "confirmed_at": confirmed_at.isoformat() if confirmed_at else None,
        "confirmed_how": appointment.confirmed_how,
        "confirmed_by": appointment.confirmed_by,
    }


def _settle(
    appointment: Appointment, what: str, *, before: dict[str, Any], by: Actor, now: datetime, reason: str
) -> None:
    touch(appointment, now=now)
    if appointment.starts_at.isoformat() != before["starts_at"]:
        owe_letter(appointment, "moved", now=now)
    audit.record(
        what,
        about=appointment.key,
        by=by,
        now=now,
        patient_id=appointment.patient_id,
        before=before,
        after=_facts(appointment),
        reason=reason,
    )
