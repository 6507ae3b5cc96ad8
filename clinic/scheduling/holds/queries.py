"""Read what is taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from clinic.database import database
from clinic.scheduling.holds.models import Stretch
from clinic.timetable.grid import CELLS_A_DAY, begin_of, cell_at, cell_from
from clinic.timetable.intervals import Interval, merge

LONGEST = 2 * CELLS_A_DAY
"""No claim is longer: a visit lasts hours, and time off is claimed a working day at a time."""


def between(
    *,
    first: datetime,
    until: datetime,
    holders: Iterable[str] | None = None,
    patient: str = "",
    besides: Sequence[str] = (),
) -> dict[str, int]:
    """Return what is taken from ``first`` to ``until`` as bitmaps by holder; bit n is the n-th cell from ``first``.

    What is left out is as in ``by_day``.
    """
    return by_day([(cell_at(first), cell_from(until))], holders=holders, patient=patient, besides=besides)[0]


def by_day(
    days: Sequence[tuple[int, int]],
    *,
    holders: Iterable[str] | None = None,
    patient: str = "",
    besides: Sequence[str] = (),
) -> list[dict[str, int]]:
    """Return what is taken on each of ``days`` (first cell, cell after the last; in order) as bitmaps by holder.

    Only ``holders`` where given, else all but patients, of whom only ``patient`` counts. The time of the owners
    ``besides`` does not count. All days are read at once.
    """
    taken: list[dict[str, int]] = [defaultdict(int) for _ in days]
    query = _taken(by_holders=holders is not None, with_besides=bool(besides))
    asked: dict[str, Any] = {"begin": days[0][0], "end": days[-1][1], "patient": patient, "besides": list(besides)}
    rows = database.session.connection().execute(query, {**asked, "holders": list(holders or ())}).all()
    today, last = 0, len(days) - 1
    begin, end = days[0]
    for first, until, together in rows:
        while first >= end and today < last:
            today += 1
            begin, end = days[today]
        names = together.split(",")
        if until > begin:  # else it lies on a day between, on which nobody works
            _take(taken[today], names, (1 << until - begin) - (1 << first - begin if first > begin else 1))
        if until > end:
            for later in range(today + 1, last + 1):
                if until > days[later][0]:
                    _take(taken[later], names, (1 << until - days[later][0]) - 1)
    return taken


def _take(taken: dict[str, int], names: Sequence[str], bits: int) -> None:
    for name in names:
        taken[name] |= bits


@cache
def _taken(*, by_holders: bool, with_besides: bool) -> Select[Any]:
    """Return the query of ``by_day``, built once for each way to ask.

    Visits often begin and end together, and one row for all of them is read faster than a row for each.
    """
    stretch = Stretch.__table__.c
    spans: Any = select(stretch.first, stretch.until, func.aggregate_strings(stretch.holder, ","))
    query = _touching(spans, bindparam("begin"), bindparam("end"))
    if by_holders:
        query = query.where(stretch.holder.in_(bindparam("holders", expanding=True)))
    else:
        anybody_else = ~stretch.holder.between("patient:", "patient;")
        query = query.where(or_(anybody_else, stretch.holder == bindparam("patient")))
    if with_besides:
        query = query.where(stretch.owner.not_in(bindparam("besides", expanding=True)))
    return query.group_by(stretch.first, stretch.until).order_by(stretch.first, stretch.until)


def busy(holder: str, *, first: datetime, until: datetime) -> list[Interval]:
    """Return when ``holder`` is taken between two moments, in order, stretches joined."""
    begin, end = cell_at(first), cell_from(until)
    spans: Any = select(Stretch.first, Stretch.until)
    rows = database.session.execute(_touching(spans, begin, end).where(Stretch.holder == holder))
    return merge(Interval(begin_of(max(a, begin)), begin_of(min(b, end))) for a, b in rows)


def owners_between(holder_prefix: str, interval: Interval, *, owners: str = "") -> list[str]:
    """Return who holds time of holders that start with ``holder_prefix`` in ``interval``, by first cell.

    ``owners`` narrows to owner keys that start with it, such as ``appointment:``.
    """
    return _owners(Stretch.holder.startswith(holder_prefix, autoescape=True), interval, owners)


def owners_of(holder: str, interval: Interval, *, owners: str = "") -> list[str]:
    """Return who holds time of exactly ``holder`` in ``interval``, by first cell; ``owners`` narrows as above."""
    return _owners(Stretch.holder == holder, interval, owners)


def _owners(whose: ColumnElement[bool], interval: Interval, owners: str) -> list[str]:
    query = (
        _touching(select(Stretch.owner), cell_at(interval.start), cell_from(interval.end))
        .where(whose, Stretch.owner.startswith(owners, autoescape=True))
        .order_by(Stretch.first, Stretch.owner)
    )
    return list(dict.fromkeys(database.session.scalars(query)))


def _touching(query: Select[Any], begin: Any, end: Any) -> Select[Any]:
    return query.where(Stretch.first >= begin - LONGEST, Stretch.first < end, Stretch.until > begin)
