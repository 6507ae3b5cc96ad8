"""Read what is taken."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from clinic.database import database
from clinic.scheduling.holds.models import Hold
from clinic.timetable.grid import begin_of, cell_at, cell_from
from clinic.timetable.intervals import Interval


def between(
    *,
    first: datetime,
    until: datetime,
    holders: Iterable[str] | None = None,
    patient: str = "",
    besides: str | None = None,
) -> dict[str, int]:
    """Return what is taken from ``first`` to ``until`` as bitmaps by holder; bit n is the n-th cell from ``first``.

    Only ``holders`` where given, else all but patients, of whom only ``patient`` counts. The holds of the owner
    ``besides`` do not count. What one owner holds of one holder in a day is taken for one stretch: that is so for
    visits, and time off over a lunch break harms nobody.
    """
    begin = cell_at(first)
    hold = Hold.__table__.c
    query = (
        select(hold.holder, func.min(hold.cell), func.max(hold.cell))
        .where(hold.cell >= begin, hold.cell < cell_from(until))
        .group_by(hold.holder, hold.owner)
    )
    if holders is not None:
        query = query.where(hold.holder.in_(list(holders)))
    else:
        query = query.where(or_(hold.holder < "patient:", hold.holder > "patient;", hold.holder == patient))
    if besides is not None:
        query = query.where(hold.owner != besides)
    taken: dict[str, int] = defaultdict(int)
    for holder, lowest, highest in database.session.connection().execute(query):
        taken[holder] |= (1 << (highest + 1 - begin)) - (1 << (lowest - begin))
    return taken


def busy(holder: str, *, first: datetime, until: datetime) -> list[Interval]:
    """Return when ``holder`` is taken between two moments, in order, stretches joined."""
    rows = database.session.scalars(
        select(Hold.cell)
        .where(Hold.holder == holder, Hold.cell >= cell_at(first), Hold.cell < cell_from(until))
        .distinct()
        .order_by(Hold.cell)
    )
    stretches: list[list[int]] = []
    for cell in rows:
        if stretches and stretches[-1][1] == cell:
            stretches[-1][1] = cell + 1
        else:
            stretches.append([cell, cell + 1])
    return [Interval(begin_of(a), begin_of(b)) for a, b in stretches]


def owners_between(holder_prefix: str, interval: Interval, *, owners: str = "") -> list[str]:
    """Return who holds time of holders that start with ``holder_prefix`` in ``interval``, by first cell.

    ``owners`` narrows to owner keys that start with it, such as ``appointment:``.
    """
    return _owners(Hold.holder.startswith(holder_prefix, autoescape=True), interval, owners)


def owners_of(holder: str, interval: Interval, *, owners: str = "") -> list[str]:
    """Return who holds time of exactly ``holder`` in ``interval``, by first cell; ``owners`` narrows as above."""
    return _owners(Hold.holder == holder, interval, owners)


def _owners(whose: ColumnElement[bool], interval: Interval, owners: str) -> list[str]:
    query = (
        select(Hold.owner, Hold.cell)
        .where(
            whose,
            Hold.owner.startswith(owners, autoescape=True),
            Hold.cell >= cell_at(interval.start),
            Hold.cell < cell_from(interval.end),
        )
        .order_by(Hold.cell, Hold.owner)
    )
    return list(dict.fromkeys(owner for owner, _ in database.session.execute(query)))
