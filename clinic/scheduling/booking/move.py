"""Move an appointment to another time or therapist, or several at once, and back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from clinic import audit
from clinic.audit import Actor
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.answered import CONFIRMED, bring_back, end_answered, note_answered
from clinic.scheduling.booking.letters_owed import letter_was_claimed, owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.needs import needs_of
from clinic.scheduling.booking.place import Parties, check_time, hold_time, let_go, parties
from clinic.scheduling.booking.refusals import InThePast, NotNow
from clinic.scheduling.booking.rules import is_late
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, refuse_if_changed, touch
from clinic.timetable.intervals import Interval


class NotByLink(Refusal):
    """A patient may not move this appointment themselves: its type does not allow it, or it is too late."""


class NothingToMoveBack(Refusal):
    """The last change of this appointment was no move."""


class SomeCannotMove(Refusal):
    """Of several appointments some cannot move where they should; ``why`` has the refusal of each, by its id."""

    def __init__(self, why: dict[int, Refusal]) -> None:
        super().__init__(next(iter(why.values())).sentence)
        self.why = why


class Change(NamedTuple):
    """Where an appointment is to go. ``therapist_id`` None keeps the therapist; ``seen`` is the version shown."""

    appointment_id: int
    starts_at: datetime
    therapist_id: int | None = None
    seen: int | None = None


class _Step(NamedTuple):
    """One appointment on its way: what it was, where it goes, and the reason that lets it go outside hours.

    ``is_undo`` is true of one that goes back, which may have begun meanwhile.
    """

    appointment: Appointment
    before: dict[str, Any]
    starts_at: datetime
    therapist_id: int
    reason: str = ""
    is_undo: bool = False


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

    A confirmation is cleared, unless the patient moves it themselves or agreed on the phone. What lies ahead stays
    ahead, or no letter would tell of it. Raises ``NotNow``, ``NotByLink``, ``ChangedBySomebody``, ``InThePast``,
    ``TimeTaken``, and what ``place.check_time`` raises.
    """
    change = Change(appointment_id, starts_at, therapist_id, seen)
    try:
        moved = move_together([change], by=by, now=now, agreed_on_the_phone=agreed_on_the_phone, reason=reason)
    except SomeCannotMove as refusal:
        raise refusal.why[appointment_id] from None
    return moved[0]


def move_together(
    changes: Sequence[Change],
    *,
    by: Actor,
    now: datetime,
    agreed_on_the_phone: bool = False,
    reason: str = "",
) -> list[Appointment]:
    """Move several booked appointments at once, and return them in the order of ``changes``; the caller commits.

    All give their time back before any takes another, so that they may exchange it. Each owes its own letter. Raises
    ``SomeCannotMove`` with the refusal of each that cannot, and ``NotNow`` and ``ChangedBySomebody`` of the first.
    """
    steps = [_step(change, reason) for change in sorted(changes, key=lambda change: change.appointment_id)]
    going = [step for step in steps if _goes(step)]
    _rearrange(going, by=by, now=now)
    for step in going:
        appointment = step.appointment
        if not (by.is_patient or agreed_on_the_phone):
            end_answered(appointment, CONFIRMED)
        if appointment.starts_at.isoformat() != step.before["starts_at"]:
            appointment.told_by_phone_at = now if agreed_on_the_phone else None
        appointment.call_wanted_at, appointment.call_wanted_why = None, ""
        _settle(appointment, "moved", before=step.before, by=by, now=now, reason=reason)
    by_id = {step.appointment.id: step.appointment for step in steps}
    return [by_id[change.appointment_id] for change in changes]


def move_back(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Undo the last move: the old time and therapist, what was confirmed, told and wished; the caller commits.

    A time that has passed meanwhile comes back only while no letter has told of the move. Raises
    ``NothingToMoveBack`` when something else happened since, and what ``move`` raises.
    """
    try:
        return move_back_together([appointment_id], by=by, now=now, seen={appointment_id: seen})[0]
    except SomeCannotMove as refusal:
        raise refusal.why[appointment_id] from None


def move_back_together(
    ids: Iterable[int], *, by: Actor, now: datetime, seen: dict[int, int | None] | None = None
) -> list[Appointment]:
    """Undo the last move of several appointments at once; the caller commits. Raises as ``move_back`` does."""
    steps: list[tuple[_Step, dict[str, Any]]] = []
    for id_ in sorted(ids):
        appointment = appointment_to_change(id_, seen=(seen or {}).get(id_))
        last = next(iter(audit.entries_about(appointment.key, limit=1)), None)
        if last is None or last.what != "moved" or appointment.status != Status.BOOKED:
            raise NothingToMoveBack("There is no move to undo.")
        old, reason = last.before, last.reason or appointment.exception_reason
        starts_at = datetime.fromisoformat(old["starts_at"])
        steps.append((_Step(appointment, _facts(appointment), starts_at, old["therapist_id"], reason, True), old))
    _rearrange([step for step, _ in steps], by=by, now=now)
    for step, old in steps:
        appointment = step.appointment
        bring_back(appointment, old)
        _settle(appointment, "moved back", before=step.before, by=by, now=now, reason="")
    return [step.appointment for step, _ in steps]


def _step(change: Change, reason: str) -> _Step:
    appointment = appointment_to_change(change.appointment_id)
    therapist_id = change.therapist_id or appointment.therapist_id
    step = _Step(appointment, _facts(appointment), change.starts_at, therapist_id, reason)
    if _goes(step):  # what is there already was clicked twice
        refuse_if_changed(appointment, change.seen)
    if appointment.status != Status.BOOKED:
        raise NotNow(f"This appointment is {appointment.status} and cannot be moved.")
    return step


def _goes(step: _Step) -> bool:
    return (step.starts_at, step.therapist_id) != (step.appointment.starts_at, step.appointment.therapist_id)


def _rearrange(steps: Sequence[_Step], *, by: Actor, now: datetime) -> None:
    """Put each appointment where it goes, once all have given back their time, in the order of time."""
    why: dict[int, Refusal] = {}
    meetings: dict[int, Parties] = {}
    for step in steps:
        try:
            meetings[step.appointment.id] = _may_go(step, by=by, now=now)
        except Refusal as refusal:
            why[step.appointment.id] = refusal
    for step in steps:
        let_go(step.appointment)
    for step in sorted(steps, key=lambda step: step.starts_at):
        if step.appointment.id in why:
            continue
        try:
            _put(step, meetings[step.appointment.id], now=now)
        except Refusal as refusal:
            why[step.appointment.id] = refusal
    if why:
        raise SomeCannotMove(why)


def _may_go(step: _Step, *, by: Actor, now: datetime) -> Parties:
    appointment = step.appointment
    meeting = parties(
        patient_id=appointment.patient_id,
        therapist_id=step.therapist_id,
        type_id=appointment.type_id,
        booked_before=True,
    )
    _check_link(appointment, by=by, now=now, may_move=meeting.kind.patients_may_move)
    _check_ahead(step, now=now)
    reason = step.reason or ("moved back" if step.is_undo and step.starts_at < now else "")
    check_time(meeting, _when(step), now=now, reason=reason, may_be_past=not by.is_patient)
    return meeting


def _when(step: _Step) -> Interval:
    return Interval(step.starts_at, step.starts_at + (step.appointment.ends_at - step.appointment.starts_at))


def _put(step: _Step, meeting: Parties, *, now: datetime) -> None:
    appointment, when = step.appointment, _when(step)
    changed = when.start != appointment.starts_at
    appointment.starts_at, appointment.ends_at, appointment.therapist_id = when.start, when.end, step.therapist_id
    appointment.moved_at = now
    if step.reason:
        appointment.exception_reason = step.reason
    devices = appointment.devices.split()
    hold_time(appointment, needs_of(meeting.kind, devices=devices, minutes=appointment.minutes))
    if changed:
        appointment.revision += 1
        appointment.ics_sequence += 1


def _check_link(appointment: Appointment, *, by: Actor, now: datetime, may_move: bool) -> None:
    notice = timedelta(hours=practice.clinic().notice_hours)
    if by.is_patient and (not may_move or is_late(appointment.starts_at, notice=notice, now=now)):
        raise NotByLink("This visit can no longer be moved here. Please call the clinic.")


def _check_ahead(step: _Step, *, now: datetime) -> None:
    """Refuse to bring what lies ahead into the past, but for the undo of a move of which no letter has told yet."""
    if not step.starts_at <= now < step.appointment.starts_at:
        return
    if not step.is_undo or letter_was_claimed(step.appointment, "moved"):
        raise InThePast(
            "That time has passed. To enter a visit that took place, book it afterwards and cancel this one.",
            field="starts_at",
        )


def _facts(appointment: Appointment) -> dict[str, Any]:
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "therapist_id": appointment.therapist_id,
        "room_id": appointment.room_id,
        **note_answered(appointment),
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
