"""Read the practice: who works here, with what, and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, bindparam, cast, func, literal, select, union_all

from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.scheduling.practice.models import (
    AppointmentType,
    Clinic,
    Closure,
    DatedHours,
    Equipment,
    Location,
    Room,
    Therapist,
    TimeOff,
    TypeNeed,
    WorkingHours,
)
from clinic.timetable.hours import DayException, WeeklySpan, open_intervals
from clinic.timetable.intervals import Interval, merge, subtract
from clinic.timetable.supply import Need
from clinic.timetable.zones import day_bounds

FOR_EVER = timedelta(days=3 * 366)


class Colleague(NamedTuple):
    """Somebody who treats, as screens name them; ``id`` is the therapist's."""

    id: int
    user_id: int
    name: str
    credentials: str
    focus: str
    roles: frozenset[Role]
    active: bool

    @property
    def initials(self) -> str:
        """First letters of the first and last name."""
        parts = self.name.split()
        return (parts[0][:1] + parts[-1][:1]).upper() if parts else "?"

    @property
    def key(self) -> str:
        """What holds call this therapist."""
        return f"therapist:{self.id}"


def _read(query: Select[Any], **asked: Any) -> Iterable[Any]:
    """Read rows past the mapper, which takes longer than the database; what waits to be written is written first."""
    session = database.session()
    session.flush()
    return session.connection().execute(query, asked)


def clinic() -> Clinic:
    """Return the one row of what a manager may set."""
    return database.session.scalars(select(Clinic)).one()


def location() -> Location:
    """Return the clinic's location; one for now."""
    found: Location = database.session.scalars(_location()).one()
    return found


@cache
def _location() -> Select[Any]:
    return select(Location).order_by(Location.id).limit(1)


def lock_location(location_id: int, *, changing: bool = False) -> Location:
    """Lock the location's row until the transaction ends, and return it.

    Those who book share the lock, so that hours and closures stand still under them; who changes those has it alone.
    """
    return database.session.scalars(
        select(Location)
        .where(Location.id == location_id)
        .with_for_update(read=not changing)
        .execution_options(populate_existing=True)
    ).one()


def lock_location_of(therapist_id: int) -> Location | None:
    """Share the lock of the location where a therapist works, as ``lock_location`` does; None for an unknown one."""
    found: Location | None = database.session.scalars(_location_of(), {"therapist_id": therapist_id}).first()
    return found


@cache
def _location_of() -> Select[Any]:
    where: Any = select(Therapist.location_id).where(Therapist.id == bindparam("therapist_id"))
    query = select(Location).where(Location.id == where.scalar_subquery())
    return query.with_for_update(read=True).execution_options(populate_existing=True)


def colleague(therapist_id: int) -> Colleague | None:
    """Return one of those who treat; None for who does not, or no longer."""
    row = database.session.connection().execute(_colleague(), {"therapist_id": therapist_id}).first()
    return None if row is None else Colleague._make((*row[:6], True))


@cache
def _colleague() -> Select[Any]:
    return _colleagues(False).where(Therapist.id == bindparam("therapist_id"))


def colleagues(*, with_left: bool = False) -> list[Colleague]:
    """Return those who treat, in the clinic's order."""
    rows = _read(_colleagues(with_left))
    return [Colleague._make((*row[:6], row[6] is None)) for row in rows]


@cache
def _colleagues(with_left: bool) -> Select[Any]:
    columns = (Therapist.id, User.id, User.name, Therapist.credentials, Therapist.focus, User.roles, Therapist.left_at)
    rows: Any = select(*columns).join(User, User.id == Therapist.user_id)
    whole: Select[Any] = rows.order_by(Therapist.position, Therapist.id)
    return whole if with_left else whole.where(Therapist.left_at.is_(None))


def types(*, with_retired: bool = False) -> Sequence[AppointmentType]:
    """Return the kinds of appointment, in the clinic's order."""
    return database.session.scalars(_types(with_retired)).all()


@cache
def _types(with_retired: bool) -> Select[Any]:
    query = select(AppointmentType).order_by(AppointmentType.position, AppointmentType.id)
    return query if with_retired else query.where(AppointmentType.retired_at.is_(None))


def needs_of(kind: AppointmentType, *, minutes: int | None = None) -> list[Need]:
    """Return what an appointment of this kind needs; a room also for its turnover.

    ``minutes`` is its own length, where that is not the present length of its kind: what is needed to the end is
    needed to its own end.
    """
    length = minutes or kind.length
    rows = _read(_needs(), type_id=kind.id, length=length)
    found = []
    for need, first, until in rows:
        to_the_end = until >= min(kind.length, length)
        turnover = kind.turnover if need == "room" and to_the_end else 0
        found.append(Need(need, first, (length if to_the_end else until) + turnover))
    return found


@cache
def _needs() -> Select[Any]:
    need = TypeNeed.__table__.c
    needs: Any = select(need.kind, need.from_minute, need.until_minute)
    mine = (need.type_id == bindparam("type_id"), need.from_minute < bindparam("length"))
    whole: Select[Any] = needs.where(*mine).order_by(need.id)
    return whole


def rooms(*, with_retired: bool = False) -> Sequence[Room]:
    """Return the rooms, in the clinic's order."""
    query = select(Room).order_by(Room.position, Room.id)
    return database.session.scalars(query if with_retired else query.where(Room.retired_at.is_(None))).all()


def equipment(*, with_retired: bool = False) -> Sequence[Equipment]:
    """Return the devices, in the clinic's order."""
    query = select(Equipment).order_by(Equipment.position, Equipment.id)
    return database.session.scalars(query if with_retired else query.where(Equipment.retired_at.is_(None))).all()


def resources() -> dict[str, list[str]]:
    """Return what may be needed, by kind: what holds call each room and device, in the clinic's order."""
    found: dict[str, list[str]] = {"room": []}
    for what, kind, id_ in _read(_resources()):
        found.setdefault(kind, []).append(f"{what}:{id_}")
    return found


@cache
def _resources() -> Select[Any]:
    a_room, a_device = literal("room"), literal("equipment")
    room: Any = select(a_room.label("what"), a_room.label("kind"), Room.id.label("id"), Room.position.label("position"))
    device: Any = select(a_device, Equipment.kind, Equipment.id, Equipment.position)
    both = union_all(room.where(Room.retired_at.is_(None)), device.where(Equipment.retired_at.is_(None))).subquery()
    return select(both.c.what, both.c.kind, both.c.id).order_by(both.c.what, both.c.position, both.c.id)


def closures(*, first: datetime, until: datetime) -> Sequence[Closure]:
    """Return the closures that touch the time from ``first`` to ``until``."""
    return database.session.scalars(_closures(), {"first": first, "until": until}).all()


@cache
def _closures() -> Select[Any]:
    touching = (Closure.starts_at < bindparam("until"), Closure.ends_at > bindparam("first"))
    return select(Closure).where(Closure.canceled_at.is_(None), *touching).order_by(Closure.starts_at)


def _shut(*, first: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    rows = _read(_closed_times(), first=first, until=until)
    return [(starts, ends) for starts, ends in rows]


@cache
def _closed_times() -> Select[Any]:
    closed: Any = _closures()
    whole: Select[Any] = closed.with_only_columns(Closure.starts_at, Closure.ends_at)
    return whole


def time_off(*, first: datetime, until: datetime) -> Sequence[TimeOff]:
    """Return the time off that touches the time from ``first`` to ``until``."""
    return database.session.scalars(_time_off(), {"first": first, "until": until}).all()


@cache
def _time_off() -> Select[Any]:
    touching = (TimeOff.starts_at < bindparam("until"), TimeOff.ends_at > bindparam("first"))
    return select(TimeOff).where(TimeOff.canceled_at.is_(None), *touching).order_by(TimeOff.starts_at)


def open_hours(
    therapist_ids: Iterable[int], *, zone: ZoneInfo, first: date, last: date, with_closures: bool = True
) -> dict[int, list[Interval]]:
    """Return each therapist's open time on the local days ``first`` to ``last``, less closures unless told not to."""
    ids = list(therapist_ids)
    found: dict[int, list[Interval]] = {id_: [] for id_ in ids}
    for day in open_days(ids, zone=zone, first=first, last=last, with_closures=with_closures):
        for id_, number in day.whose.items():
            found[id_] += day.spans[number]
    return {id_: merge(spans) for id_, spans in found.items()}


class OpenDay(NamedTuple):
    """The open time of one day, once for all who share it, and the number of each therapist's in it."""

    spans: list[list[Interval]]
    whose: dict[int, int]


def open_days(
    ids: Sequence[int], *, zone: ZoneInfo, first: date, last: date, with_closures: bool = True
) -> Iterator[OpenDay]:
    """Yield the same a day at a time, worked out only as far as it is asked for; what it needs is read at once."""
    weekly, dated = _weekly(ids, first, last), _dated(ids, first, last)
    shut: list[Interval] = []
    if with_closures:
        whole = Interval(day_bounds(first, zone).start, day_bounds(last, zone).end)
        shut = [Interval(starts, ends) for starts, ends in _shut(first=whole.start, until=whole.end)]
    for passed in range((last - first).days + 1):
        on = first + timedelta(days=passed)
        hours, whose = weekly[on.weekday()]
        spans = [open_intervals(weekly=of, exceptions=(), zone=zone, first=on, last=on) for of in hours]
        if on in dated:
            whose = {**whose, **{id_: len(spans) + n for n, id_ in enumerate(dated[on])}}
            spans += [
                open_intervals(weekly=(), exceptions=of, zone=zone, first=on, last=on) for of in dated[on].values()
            ]
        yield OpenDay([list(subtract(each, shut)) for each in spans] if shut else spans, whose)


class _Weekday(NamedTuple):
    """The hours of a weekday, once for all who share them, and the number of each therapist's in them."""

    hours: list[list[WeeklySpan]]
    whose: dict[int, int]


def _weekly(ids: Sequence[int], first: date, last: date) -> list[_Weekday]:
    """Return the hours by weekday."""
    days = (last - first).days + 1
    asked = {
        "one": ids[0] if ids else 0,
        "first": first,
        "last": last,
        "weekdays": [(first + timedelta(days=n)).weekday() for n in range(min(7, days))],
    }
    spans: list[WeeklySpan] = []
    worked: list[dict[str, tuple[int, ...]]] = [defaultdict(tuple) for _ in range(7)]
    rows = _read(_weekly_rows(of_one=len(ids) == 1), **asked)
    for number, (weekday, starts, ends, from_on, until_on, together) in enumerate(rows):
        spans.append(_weekly_span(weekday, starts, ends, from_on, until_on))
        for id_ in together.split(","):
            worked[weekday][id_] += (number,)
    return [_weekday(ids, of_weekday, spans) for of_weekday in worked]


def _weekday(ids: Sequence[int], worked: Mapping[str, tuple[int, ...]], spans: Sequence[WeeklySpan]) -> _Weekday:
    numbers: dict[tuple[int, ...], int] = {}
    whose = {id_: numbers.setdefault(worked.get(str(id_), ()), len(numbers)) for id_ in ids}
    return _Weekday([[spans[number] for number in shared] for shared in numbers], whose)


@lru_cache(maxsize=4096)
def _weekly_span(weekday: int, starts: int, ends: int, from_on: date, until_on: date | None) -> WeeklySpan:
    return WeeklySpan(weekday, wall_time(starts), wall_time(ends), from_on, until_on)


@cache
def _weekly_rows(*, of_one: bool) -> Select[Any]:
    """Return the query of the spans with the ids of those who work them: colleagues share their hours."""
    row = WorkingHours.__table__.c
    span = (row.weekday, row.starts, row.ends, row.from_on, row.until_on)
    rows: Any = select(*span, func.aggregate_strings(cast(row.therapist_id, String), ","))
    whole: Select[Any] = rows.where(
        row.from_on <= bindparam("last"),
        row.weekday.in_(bindparam("weekdays", expanding=True)),
        row.until_on.is_(None) | (row.until_on >= bindparam("first")),
    ).group_by(*span)
    return whole.where(row.therapist_id == bindparam("one")) if of_one else whole


def _dated(ids: Sequence[int], first: date, last: date) -> dict[date, dict[int, list[DayException]]]:
    """Return the exceptions of these therapists by day."""
    found: dict[date, dict[int, list[DayException]]] = {}
    rows = _read(_dated_rows(), first=first, last=last)
    for therapist_id, on, starts, ends in rows:
        if therapist_id in ids:
            spans = () if starts is None or ends is None else ((wall_time(starts), wall_time(ends)),)
            found.setdefault(on, {}).setdefault(therapist_id, []).append(DayException(on, spans))
    return found


@cache
def _dated_rows() -> Select[Any]:
    row = DatedHours.__table__.c
    rows: Any = select(row.therapist_id, row.on, row.starts, row.ends)
    whole: Select[Any] = rows.where(row.on.between(bindparam("first"), bindparam("last"))).order_by(row.id)
    return whole


def worked_weekdays() -> list[int]:
    """Return the weekdays (0 is Monday) on which anybody works, in order; the working week if nobody does yet."""
    found = sorted(database.session.scalars(select(WorkingHours.weekday).distinct()).all())
    return found or list(range(5))


def wall_time(minutes: int) -> time:
    """Return the time of day that is ``minutes`` after midnight; 1440 is the midnight after."""
    return time(minutes // 60 % 24, minutes % 60)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the date on the wall at ``instant``."""
    return instant.astimezone(UTC).astimezone(zone).date()
