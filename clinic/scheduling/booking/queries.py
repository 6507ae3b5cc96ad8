"""Read appointments, as screens show them: rows, not entities."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.patients.models import Patient
from clinic.scheduling.booking.models import Appointment, Course
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import AppointmentType, Room, Therapist
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
def rows() -> Select[Any]:
    """Return the query for rows, to be narrowed and ordered; built anew each time."""
    a, p, t = Appointment, Patient, AppointmentType
    found: Any = (
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
    whole: Select[Any] = found
    return whole


def read(query: Select[Any], **asked: Any) -> list[Row]:
    """Return the rows that a query made of ``rows`` finds."""
    return [Row(*row) for row in database.session.execute(query, asked)]


def starts_between() -> ColumnElement[bool]:
    """Ask whether an appointment starts from the moment bound to ``first`` to before that bound to ``until``."""
    return and_(Appointment.starts_at >= bindparam("first"), Appointment.starts_at < bindparam("until"))


def appointment(appointment_id: int) -> Row | None:
    """Return one appointment, or None."""
    if not 0 < appointment_id < 2**31:
        return None
    return next(iter(read(rows().where(Appointment.id == appointment_id))), None)


def on_day(day: date, *, zone: ZoneInfo, therapist_id: int | None = None) -> list[Row]:
    """Return all appointments that start on a local day, canceled ones too, by start."""
    bounds = day_bounds(day, zone)
    query = rows().where(Appointment.starts_at >= bounds.start, Appointment.starts_at < bounds.end)
    if therapist_id is not None:
        query = query.where(Appointment.therapist_id == therapist_id)
    return read(query.order_by(Appointment.starts_at, Appointment.id))


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
        .where(starts_between())
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
    query = rows().where(Appointment.starts_at >= first, Appointment.starts_at < until)
    if ids is not None:
        query = query.where(Appointment.id.in_(ids))
    return read(query.order_by(Appointment.starts_at, Appointment.id))


def by_keys(keys: Sequence[str]) -> list[Row]:
    """Return the appointments that holds call ``appointment:12`` and so on, by start; other keys are left out."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("appointment:")]
    return read(rows().where(Appointment.id.in_(ids)).order_by(Appointment.starts_at, Appointment.id))


def appointments_of(patient_id: int, *, now: datetime, limit: int = 60) -> tuple[list[Row], list[Row]]:
    """Return a patient's coming appointments, the next one first, and the past and canceled ones, the last first."""
    mine = rows().where(Appointment.patient_id == patient_id)
    stands = Appointment.status != Status.CANCELED.value
    coming = mine.where(Appointment.ends_at > now, stands).order_by(Appointment.starts_at)
    past = mine.where(or_(Appointment.ends_at <= now, ~stands)).order_by(Appointment.starts_at.desc())
    return read(coming.limit(limit)), read(past.limit(limit))


def still_open(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Ask whether an appointment is booked and lies ahead of ``now``."""
    return and_(Appointment.status == Status.BOOKED.value, Appointment.starts_at > now)


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
    query = rows().where(Appointment.patient_id.in_(patient_ids), still_open(now - timedelta(minutes=15)))
    found: dict[int, Row] = {}
    for row in read(query.order_by(Appointment.starts_at)) if patient_ids else ():
        found.setdefault(row.patient_id, row)
    return found


def next_visit_of(patient_id: int, *, now: datetime) -> Row | None:
    """Return a patient's next booked visit."""
    mine = rows().where(Appointment.patient_id == patient_id, still_open(now - timedelta(minutes=15)))
    return next(iter(read(mine.order_by(Appointment.starts_at).limit(1))), None)
