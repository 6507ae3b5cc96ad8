"""Put an appointment at a time: check hours and people, hold therapist and patient, choose room and devices."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple, TypeVar

from sqlalchemy import delete

from clinic.database import database
from clinic.people.accounts.roles import Role
from clinic.people.patients.models import Patient
from clinic.scheduling import holds, practice
from clinic.scheduling.booking.let_go_of_kept import tidy_kept
from clinic.scheduling.booking.models import Appointment, Resource
from clinic.scheduling.booking.refusals import (
    Away,
    Closed,
    InThePast,
    NoLongerHere,
    NotQualified,
    OffGrid,
    OutsideHours,
    TooFar,
)
from clinic.scheduling.booking.rules import ENTERED_AFTERWARDS, FARTHEST, is_on_grid, lies_within
from clinic.scheduling.holds import Claim, TimeTaken
from clinic.scheduling.practice.models import AppointmentType, Location
from clinic.scheduling.practice.queries import local_day
from clinic.timetable.intervals import Interval
from clinic.timetable.supply import Need

Row = TypeVar("Row", Patient, AppointmentType)


@dataclass(frozen=True)
class Meeting:
    """With whom, for what and where somebody meets, read and found fit for it."""

    therapist: practice.Colleague
    kind: AppointmentType
    location: Location


@dataclass(frozen=True)
class Parties(Meeting):
    """The same, and the patient: all that an appointment brings together."""

    patient: Patient


class Taken(NamedTuple):
    """A room or a device that was taken, such as ``room:1``, and for how long."""

    holder: str
    when: Interval


def parties(*, patient_id: int, therapist_id: int, type_id: int, booked_before: bool = False) -> Parties:
    """Read who meets for what, and lock the location's hours against change.

    Raises ``NoLongerHere`` for a patient, therapist or type that is unknown or no longer active, and ``NotQualified``.
    What was ``booked_before`` may be of a kind that is offered no longer.
    """
    patient = _active(Patient, patient_id, "patient_id", "This patient is not in the register, or no longer active.")
    found = meeting(therapist_id=therapist_id, type_id=type_id, booked_before=booked_before)
    return Parties(found.therapist, found.kind, found.location, patient)


def meeting(*, therapist_id: int, type_id: int, booked_before: bool = False) -> Meeting:
    """Read the same of somebody who is not known yet; it raises as ``parties`` does."""
    known = 0 < therapist_id < 2**31
    location = practice.lock_location_of(therapist_id) if known else None
    colleague = practice.colleague(therapist_id) if known else None  # read now, since they may leave until we have it
    if location is None or colleague is None:
        raise NoLongerHere("This therapist does not work here.", field="therapist_id")
    kind = database.session.get_one(AppointmentType, type_id) if booked_before else _offered(type_id)
    if not colleague.roles & {Role(role) for role in kind.performed_by.split()}:
        raise NotQualified(f"{colleague.name} may not perform this kind of appointment: {kind.name}.", field="type_id")
    return Meeting(colleague, kind, location)


def _offered(type_id: int) -> AppointmentType:
    return _active(AppointmentType, type_id, "type_id", "This kind of appointment is not offered.")


def _active(model: type[Row], id_: int, field: str, sentence: str) -> Row:
    found = database.session.get(model, id_) if 0 < id_ < 2**31 else None
    gone = found is None or any(
        getattr(found, column, None) is not None for column in ("inactive_at", "deceased_at", "retired_at")
    )
    if found is None or gone:
        raise NoLongerHere(sentence, field=field)
    return found


def check_time(
    meeting: Meeting, when: Interval, *, now: datetime, reason: str, may_be_past: bool, keeper: int | None = None
) -> None:
    """Refuse a time that cannot be: off the grid, past, absurdly far, closed, time off, outside hours without a reason.

    Whoever checks is about to take time, so what was kept too long is given back first, and what the user ``keeper``
    keeps then.
    """
    tidy_kept(now=now, keeper=keeper, within=when)
    if not is_on_grid(when.start):
        raise OffGrid("Appointments start on five minutes, such as 9:00 or 9:05.", field="starts_at")
    if when.start - now > FARTHEST:
        raise TooFar("That is more than two years ahead.", field="starts_at")
    _check_past(when, now=now, reason=reason, may_be_past=may_be_past)
    for closure in practice.closures(first=when.start, until=when.end):
        raise Closed(f"The clinic is closed then ({closure.label}).", field="starts_at")
    if any(away.therapist_id == meeting.therapist.id for away in practice.time_off(first=when.start, until=when.end)):
        raise Away(f"{meeting.therapist.name} is away then.", field="starts_at")
    day = local_day(when.start, meeting.location.tz)
    hours = practice.open_hours(
        [meeting.therapist.id], zone=meeting.location.tz, first=day, last=day, with_closures=False
    )
    if not reason and not lies_within(when, hours[meeting.therapist.id]):
        raise OutsideHours(
            f"{meeting.therapist.name} does not work then. To book all the same, give a reason.", field="starts_at"
        )


def _check_past(when: Interval, *, now: datetime, reason: str, may_be_past: bool) -> None:
    if when.start >= now:
        return
    if not may_be_past:
        raise InThePast("That time has passed.", field="starts_at")
    if when.start < now - ENTERED_AFTERWARDS:
        raise InThePast(
            "That time has passed. A visit is entered afterwards within seven days; this is longer ago.",
            field="starts_at",
        )
    if not reason:
        raise InThePast("That time has passed. To enter the visit afterwards, give a reason.", field="starts_at")


def span(starts_at: datetime, minutes: int) -> Interval:
    """Return the time of an appointment of ``minutes`` from ``starts_at``."""
    return Interval(starts_at, starts_at + timedelta(minutes=minutes))


def hold_time(appointment: Appointment, needs: Sequence[Need]) -> None:
    """Hold the time of everybody and everything the appointment needs, and note the room and devices chosen.

    Raises as ``claim_time`` does.
    """
    when = Interval(appointment.starts_at, appointment.ends_at)
    taken = claim_time(
        appointment.key,
        when,
        therapist_id=appointment.therapist_id,
        patient_id=appointment.patient_id,
        needs=needs,
        lane=appointment.lane,
    )
    appointment.room_id = None
    for holder, used in taken:
        database.session.add(
            Resource(appointment_id=appointment.id, holder=holder, starts_at=used.start, ends_at=used.end)
        )
        if holder.startswith("room:"):
            appointment.room_id = int(holder.partition(":")[2])


def claim_time(
    owner: str, when: Interval, *, therapist_id: int, patient_id: int | None, needs: Sequence[Need], lane: int = 0
) -> list[Taken]:
    """Take the time of a therapist, of a patient where one is known, and of rooms and devices for ``owner``.

    The first free room or device in the clinic's order is taken; if the key refuses one, the next. Raises
    ``TimeTaken`` when the therapist or the patient is taken, or all candidates of a kind are; it names which.
    """
    people = [Claim(f"therapist:{therapist_id}", when, lane)]
    if patient_id is not None:
        people.append(Claim(f"patient:{patient_id}", when))
    candidates = _candidates(when.start, needs)
    taken = holds.taken_of([*people, *chain.from_iterable(candidates.values())])
    while True:
        if busy := taken & {claim.holder for claim in people}:
            raise TimeTaken(busy, _who_is_taken(busy))
        chosen = [_first_free(kind, claims, taken) for kind, claims in candidates.items()]
        try:
            holds.take(owner, [*people, *chosen])
        except TimeTaken as just_now:
            if just_now.holders <= taken:
                raise
            taken |= just_now.holders
            continue
        return [Taken(claim.holder, claim.interval) for claim in chosen]


def let_go(appointment: Appointment) -> None:
    """Give back all time of the appointment, and its room and devices."""
    holds.release(appointment.key)
    database.session.execute(delete(Resource).where(Resource.appointment_id == appointment.id))


def _who_is_taken(holders: Iterable[str]) -> str:
    """Say which of therapist and patient is taken."""
    kinds = {holder.partition(":")[0] for holder in holders}
    if kinds == {"patient"}:
        return "The patient already has an appointment at that time."
    if kinds == {"therapist"}:
        return "The therapist's time has just been taken."
    return "Therapist and patient are both taken at that time."


def _candidates(starts_at: datetime, needs: Sequence[Need]) -> dict[str, list[Claim]]:
    """Return what might be claimed for each need, by its kind, in the clinic's order."""
    supply = practice.resources() if needs else {}
    return {
        need.kind: [Claim(holder, _time_of(need, starts_at)) for holder in supply.get(need.kind, [])]
        for need in sorted(needs, key=lambda need: need.kind)
    }


def _time_of(need: Need, starts_at: datetime) -> Interval:
    return Interval(starts_at + timedelta(minutes=need.from_minute), starts_at + timedelta(minutes=need.until_minute))


def _first_free(kind: str, claims: Sequence[Claim], taken: Collection[str]) -> Claim:
    for claim in claims:
        if claim.holder not in taken:
            return claim
    raise TimeTaken([claim.holder for claim in claims] or [kind], f"No {kind} is free at that time.")
