"""What the office alone reads of the practice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import or_, select

from clinic.audit import Entry
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import NotFound
from clinic.scheduling.practice.fields import known_id
from clinic.scheduling.practice.models import (
    AppointmentType,
    DatedHours,
    Equipment,
    Room,
    Therapist,
    TimeOff,
    TypeNeed,
    WorkingHours,
)

Thing = TypeVar("Thing", Room, Equipment, AppointmentType)


class Period(NamedTuple):
    """Weekly hours that hold from a date, until another or for good; ``spans`` are (weekday, from, until)."""

    from_on: date
    until_on: date | None
    spans: list[tuple[int, int, int]]


class DatedDay(NamedTuple):
    """A date on which other hours hold; no ``spans`` is a day off."""

    on: date
    spans: list[tuple[int, int]]


def one(model: type[Thing], id_: int) -> Thing:
    """Return a room, a device or a kind of appointment. Raises ``NotFound``."""
    sentence = "There is no such thing here."
    found = database.session.get(model, known_id(id_, sentence))
    if found is None:
        raise NotFound(sentence)
    return found


def therapist_of(user_id: int) -> Therapist | None:
    """Return the row of a user who treats, or treated."""
    return database.session.scalars(select(Therapist).where(Therapist.user_id == user_id)).first()


def needs_written(type_id: int) -> list[tuple[str, int, int]]:
    """Return what a kind of appointment needs, as it was written: (what, from minute, until minute)."""
    rows = database.session.execute(
        select(TypeNeed.kind, TypeNeed.from_minute, TypeNeed.until_minute)
        .where(TypeNeed.type_id == type_id)
        .order_by(TypeNeed.id)
    )
    return [(kind, first, until) for kind, first, until in rows]


def periods(therapist_id: int, *, since: date) -> list[Period]:
    """Return a therapist's weekly hours that hold on ``since`` or later, period by period."""
    rows = database.session.scalars(
        select(WorkingHours)
        .where(
            WorkingHours.therapist_id == therapist_id,
            or_(WorkingHours.until_on.is_(None), WorkingHours.until_on >= since),
        )
        .order_by(WorkingHours.from_on, WorkingHours.weekday, WorkingHours.starts)
    )
    found: dict[tuple[date, date | None], list[tuple[int, int, int]]] = defaultdict(list)
    for row in rows:
        if row.until_on is None or row.until_on >= row.from_on:
            found[row.from_on, row.until_on].append((row.weekday, row.starts, row.ends))
    return [Period(from_on, until_on, spans) for (from_on, until_on), spans in found.items()]


def dated_days(therapist_id: int, *, since: date) -> list[DatedDay]:
    """Return the dates from ``since`` on which other hours hold than the weekly ones."""
    rows = database.session.scalars(
        select(DatedHours)
        .where(DatedHours.therapist_id == therapist_id, DatedHours.on >= since)
        .order_by(DatedHours.on, DatedHours.starts)
    )
    found: dict[date, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        spans = found[row.on]
        if row.starts is not None and row.ends is not None:
            spans.append((row.starts, row.ends))
    return [DatedDay(on, spans) for on, spans in found.items()]


def coming_time_off(therapist_id: int, *, now: datetime) -> Sequence[TimeOff]:
    """Return when a therapist is or will be away, the next time first."""
    return database.session.scalars(
        select(TimeOff)
        .where(TimeOff.therapist_id == therapist_id, TimeOff.canceled_at.is_(None), TimeOff.ends_at > now)
        .order_by(TimeOff.starts_at)
    ).all()


def deeds_between(*, first: datetime, until: datetime) -> list[str]:
    """Return what was done at all from ``first`` to before ``until``, by name."""
    query = select(Entry.what).where(Entry.at >= first, Entry.at < until).distinct().order_by(Entry.what)
    return list(database.session.scalars(query))


def patient_names(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of patients by id."""
    rows = database.session.execute(select(Patient.id, Patient.name).where(Patient.id.in_(set(ids))))
    return {row.id: row.name for row in rows}


def thing_names(model: type[Any]) -> dict[int, str]:
    """Return the names of all rooms, devices or kinds of appointment by id, of those out of use too."""
    return {row.id: row.name for row in database.session.execute(select(model.id, model.name))}
