"""What changes with every change of a day, so that a board knows when to be drawn anew."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, bindparam, cast, func, literal, null, select, union_all

from clinic.database import Instant, database
from clinic.scheduling.booking.models import Appointment, Kept
from clinic.scheduling.booking.queries import starts_between
from clinic.scheduling.practice.models import Closure, DatedHours, TimeOff
from clinic.timetable.zones import day_bounds


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
    ).where(starts_between())
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
