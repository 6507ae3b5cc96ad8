"""Read appointments, as screens show them: rows, not entities."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from clinic.database import Instant, database
from clinic.people.accounts.models import User
from clinic.people.patients.models import Patient
from clinic.scheduling.booking.models import Appointment, Course, Kept
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import AppointmentType, Closure, DatedHours, Room, Therapist, TimeOff
from clinic.timetable.zones import day_bounds


def in_course(number: int | None, visits: int | None) -> str:
    """Return which visit of how many: 4/12; empty for one that belongs to no course."""
    return f"{number}/{visits}" if number is not None and visits is not None else ""


class Row(NamedTuple):
    """One appointment with the names of all it brings together."""

    id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    version: int
    patient_id: int
    patient: str
    called: str
    born_on: date | None
    phone: str
    email: str
    channel: str
    therapist_id: int
    therapist: str
    type_id: int
    type: str
    purpose: str
    token: str
    room: str | None
    confirmed_at: datetime | None
    arrived_at: datetime | None
    began_at: datetime | None
    canceled_at: datetime | None
    cancel_reason: str
    canceled_late: bool
    call_wanted_at: datetime | None
    call_wanted_why: str
    told_by_phone_at: datetime | None
    told_at: datetime | None
    desk_note: str
    entered_afterwards: bool
    exception_reason: str
    moved_at: datetime | None
    booked_at: datetime
    course_id: int | None
    course_number: int | None
    course_visits: int | None
    devices: str
    inactive_at: datetime | None
    deceased_at: datetime | None

    @property
    def in_course(self) -> str:
        """Which visit of how many, such as 4/12; empty for one that belongs to no course."""
        return in_course(self.course_number, self.course_visits)

    @property
    def key(self) -> str:
        """What letters, holds and the trail call it."""
        return f"appointment:{self.id}"

    @property
    def told_in(self) -> list[str]:
        """What the letters that tell of it are about: itself, and the course it belongs to."""
        return [self.key] if self.course_id is None else [self.key, f"course:{self.course_id}"]

    @property
    def gets_letters(self) -> bool:
        """Whether letters can reach the patient."""
        return bool(self.email) and self.channel == "email" and not self.gone

    @property
    def gone(self) -> str:
        """Why nobody rings the patient: Deceased, or Inactive; empty for one who comes."""
        if self.deceased_at is not None:
            return "Deceased"
        return "Inactive" if self.inactive_at is not None else ""

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@cache
def _rows() -> Select[Any]:
    a, p, t = Appointment, Patient, AppointmentType
    rows: Any = (
        select(
            a.id,
            a.starts_at,
            a.ends_at,
            a.status,
            a.version,
            a.patient_id,
            p.name,
            p.called,
            p.born_on,
            p.phone,
            p.email,
            p.channel,
            a.therapist_id,
            User.name,
            a.type_id,
            t.name,
            t.purpose,
            t.token,
            Room.name,
            a.confirmed_at,
            a.arrived_at,
            a.began_at,
            a.canceled_at,
            a.cancel_reason,
            a.canceled_late,
            a.call_wanted_at,
            a.call_wanted_why,
            a.told_by_phone_at,
            a.told_at,
            a.desk_note,
            a.entered_afterwards,
            a.exception_reason,
            a.moved_at,
            a.booked_at,
            a.course_id,
            a.course_number,
            Course.visits,
            a.devices,
            p.inactive_at,
            p.deceased_at,
        )
        .outerjoin(Course, Course.id == a.course_id)
        .join(p, p.id == a.patient_id)
        .join(Therapist, Therapist.id == a.therapist_id)
        .join(User, User.id == Therapist.user_id)
        .join(t, t.id == a.type_id)
        .outerjoin(Room, Room.id == a.room_id)
    )
    whole: Select[Any] = rows
    return whole


def _read(query: Select[Any], **asked: Any) -> list[Row]:
    return [Row(*row) for row in database.session.execute(query, asked)]


def _starts_between() -> ColumnElement[bool]:
    return and_(Appointment.starts_at >= bindparam("first"), Appointment.starts_at < bindparam("until"))


def appointment(appointment_id: int) -> Row | None:
    """Return one appointment, or None."""
    if not 0 < appointment_id < 2**31:
        return None
    return next(iter(_read(_rows().where(Appointment.id == appointment_id))), None)


def on_day(day: date, *, zone: ZoneInfo, therapist_id: int | None = None) -> list[Row]:
    """Return all appointments that start on a local day, canceled ones too, by start."""
    bounds = day_bounds(day, zone)
    query = _rows().where(Appointment.starts_at >= bounds.start, Appointment.starts_at < bounds.end)
    if therapist_id is not None:
        query = query.where(Appointment.therapist_id == therapist_id)
    return _read(query.order_by(Appointment.starts_at, Appointment.id))


class Slot(NamedTuple):
    """One appointment as the board draws it: no more columns than that, since a day has many."""

    id: int
    starts_at: datetime
    ends_at: datetime
    status: str
    version: int
    patient: str
    born_on: date | None
    therapist_id: int
    type: str
    token: str
    confirmed_at: datetime | None
    arrived_at: datetime | None
    course_number: int | None
    course_visits: int | None


@cache
def _slots() -> Select[Any]:
    a, p, t = Appointment, Patient, AppointmentType
    slots: Any = (
        select(
            a.id,
            a.starts_at,
            a.ends_at,
            a.status,
            a.version,
            p.name,
            p.born_on,
            a.therapist_id,
            t.name,
            t.token,
            a.confirmed_at,
            a.arrived_at,
            a.course_number,
            Course.visits,
        )
        .outerjoin(Course, Course.id == a.course_id)
        .join(p, p.id == a.patient_id)
        .join(t, t.id == a.type_id)
        .where(_starts_between())
        .order_by(a.starts_at, a.id)
    )
    whole: Select[Any] = slots
    return whole


def slots_on_day(day: date, *, zone: ZoneInfo) -> list[Slot]:
    """Return the same, as the board draws it."""
    bounds = day_bounds(day, zone)
    slots = database.session.connection().execute(_slots(), {"first": bounds.start, "until": bounds.end})
    return [Slot(*slot) for slot in slots]


def between(*, first: datetime, until: datetime, ids: Sequence[int] | None = None) -> list[Row]:
    """Return the appointments that start from ``first`` to before ``until``, by start; only ``ids`` where given."""
    query = _rows().where(Appointment.starts_at >= first, Appointment.starts_at < until)
    if ids is not None:
        query = query.where(Appointment.id.in_(ids))
    return _read(query.order_by(Appointment.starts_at, Appointment.id))


def by_keys(keys: Sequence[str]) -> list[Row]:
    """Return the appointments that holds call ``appointment:12`` and so on, by start; other keys are left out."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("appointment:")]
    return _read(_rows().where(Appointment.id.in_(ids)).order_by(Appointment.starts_at, Appointment.id))


def appointments_of(patient_id: int, *, now: datetime, limit: int = 60) -> tuple[list[Row], list[Row]]:
    """Return a patient's coming appointments, the next one first, and the past and canceled ones, the last first."""
    mine = _rows().where(Appointment.patient_id == patient_id)
    stands = Appointment.status != Status.CANCELED.value
    coming = mine.where(Appointment.ends_at > now, stands).order_by(Appointment.starts_at)
    past = mine.where(or_(Appointment.ends_at <= now, ~stands)).order_by(Appointment.starts_at.desc())
    return _read(coming.limit(limit)), _read(past.limit(limit))


class DayVersion(NamedTuple):
    """How many appointments a day has, and a mark of all that its board shows."""

    visits: int
    mark: str


def day_version(day: date, *, zone: ZoneInfo) -> DayVersion:
    """Return what changes with every change of a local day: visits, times kept, closures, time off and dated hours."""
    bounds = day_bounds(day, zone)
    asked = {"first": bounds.start, "until": bounds.end, "on": day}
    rows = [tuple(row) for row in database.session.connection().execute(_marks(), asked)]
    visits = next(row[1] for row in rows if row[0] == "visits")
    return DayVersion(int(visits), f"{crc32(repr(rows).encode()):x}")


@cache
def _marks() -> Select[Any]:
    """Return the query of all that changes with a day: what it is, its id, from when until when, whose, and words."""
    nothing = cast(null(), Instant)
    visits: Any = select(
        literal("visits").label("what"),
        func.count().label("id"),
        nothing.label("starts_at"),
        nothing.label("ends_at"),
        func.coalesce(func.sum(Appointment.version), 0).label("whose"),
        # Two visits that exchanged their days leave count and versions alike, but not which they are.
        cast(func.coalesce(func.sum(Appointment.id), 0), String).label("words"),
    ).where(_starts_between())
    hours = (DatedHours.starts, func.coalesce(cast(DatedHours.ends, String), ""))
    dated: Any = select(literal("dated"), DatedHours.therapist_id, nothing, nothing, *hours)
    every = union_all(
        visits,
        _touching(Kept, Kept.user_id, cast(Kept.until, String)),
        _touching(Closure, literal(0), Closure.label).where(Closure.canceled_at.is_(None)),
        _touching(TimeOff, TimeOff.therapist_id, TimeOff.label).where(TimeOff.canceled_at.is_(None)),
        dated.where(DatedHours.on == bindparam("on")),
    ).subquery()
    return select(every).order_by(every.c.what, every.c.id, every.c.whose)


def _touching(what: type[Kept | Closure | TimeOff], *columns: Any) -> Select[Any]:
    rows: Any = select(literal(what.__tablename__), what.id, what.starts_at, what.ends_at, *columns)
    whole: Select[Any] = rows.where(what.starts_at < bindparam("until"), what.ends_at > bindparam("first"))
    return whole


def without_a_status(*, before: datetime, since: datetime) -> list[Row]:
    """Return the visits since then that were over ``before``, and of which nobody said what became."""
    return _read(_without_a_status(), first=since, until=before)


def count_without_a_status(*, before: datetime, since: datetime) -> int:
    """Return how many there are of those."""
    return _count(_without_a_status, first=since, until=before)


@cache
def _without_a_status() -> Select[Any]:
    unfinished = (Status.BOOKED.value, Status.ARRIVED.value, Status.IN_SESSION.value)
    return (
        _rows()
        .where(_starts_between(), Appointment.ends_at <= bindparam("until"), Appointment.status.in_(unfinished))
        .order_by(Appointment.starts_at, Appointment.id)
    )


def _count(query: Callable[[], Select[Any]], **asked: datetime) -> int:
    return int(database.session.scalar(_counted(query), asked) or 0)


@cache
def _counted(query: Callable[[], Select[Any]]) -> Select[Any]:
    """Return the query that counts what another finds."""
    return query().with_only_columns(func.count(Appointment.id), maintain_column_froms=True).order_by(None)


def _open(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(Appointment.status == Status.BOOKED.value, Appointment.starts_at > now)


def still_comes() -> ColumnElement[bool]:
    """Ask whether the patient is one to ring: neither inactive nor deceased."""
    return and_(Patient.inactive_at.is_(None), Patient.deceased_at.is_(None))


def unconfirmed(*, first: datetime, until: datetime) -> list[Row]:
    """Return the booked visits from ``first`` to ``until`` that nobody confirmed, of patients who still come."""
    return _read(_unconfirmed(), first=first, until=until)


def count_unconfirmed(*, first: datetime, until: datetime) -> int:
    """Return how many there are of those."""
    return _count(_unconfirmed, first=first, until=until)


@cache
def _unconfirmed() -> Select[Any]:
    nobody = (Appointment.status == Status.BOOKED.value, Appointment.confirmed_at.is_(None), still_comes())
    return _rows().where(_starts_between(), *nobody).order_by(Appointment.starts_at, Appointment.id)


def calls_wanted(*, now: datetime) -> list[Row]:
    """Return the visits whose patients asked for another time and still come, by when they asked."""
    return _read(_calls_wanted(), now=now)


@cache
def _calls_wanted() -> Select[Any]:
    wanted = (_open(bindparam("now")), Appointment.call_wanted_at.is_not(None), still_comes())
    return _rows().where(*wanted).order_by(Appointment.call_wanted_at, Appointment.id)


def last_visit_of(patient_id: int, *, now: datetime) -> datetime | None:
    """Return when a patient was last here."""
    return database.session.scalar(
        select(func.max(Appointment.starts_at)).where(
            Appointment.patient_id == patient_id,
            Appointment.status == Status.COMPLETED.value,
            Appointment.starts_at < now,
        )
    )


def next_visits_of(patient_ids: Sequence[int], *, now: datetime) -> dict[int, Row]:
    """Return the next booked visit of each of these patients who has one."""
    query = _rows().where(Appointment.patient_id.in_(patient_ids), _open(now - timedelta(minutes=15)))
    found: dict[int, Row] = {}
    for row in _read(query.order_by(Appointment.starts_at)) if patient_ids else ():
        found.setdefault(row.patient_id, row)
    return found


def next_visit_of(patient_id: int, *, now: datetime) -> Row | None:
    """Return a patient's next booked visit."""
    mine = _rows().where(Appointment.patient_id == patient_id, _open(now - timedelta(minutes=15)))
    return next(iter(_read(mine.order_by(Appointment.starts_at).limit(1))), None)
