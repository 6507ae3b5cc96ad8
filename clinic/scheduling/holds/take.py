"""Take time and give it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling.holds.models import Hold, Stretch
from clinic.timetable.grid import cell_at, cells
from clinic.timetable.intervals import Interval

_INSERT = insert(Hold).returning(Hold.cell)
_INSERT_STRETCHES = insert(Stretch)


class Claim(NamedTuple):
    """Ask for the time of one holder, such as ``therapist:3``, on one lane."""

    holder: str
    interval: Interval
    lane: int = 0


class TimeTaken(Refusal):
    """Somebody else has that time; ``holders`` names whose it is that is taken."""

    def __init__(self, holders: Iterable[str], sentence: str = "") -> None:
        self.holders = frozenset(holders)
        super().__init__(sentence or "That time has just been taken.", field="starts_at")


def take(owner: str, claims: Iterable[Claim]) -> None:
    """Take all claims for ``owner`` or none of them; the caller commits. Raises ``TimeTaken``.

    Rows go in sorted, so that two who want the same cells wait for each other in one order and never in a ring. They
    go in by one statement, which RETURNING makes of them: a pipeline of many would, whenever the key refuses one, log
    that it was broken off.
    """
    wanted = {(claim.holder, cells(claim.interval), claim.lane) for claim in claims}
    rows = sorted({(holder, cell, lane) for holder, span, lane in wanted for cell in span})
    if not rows:
        return
    session = database.session
    try:
        with session.begin_nested():
            session.connection().execute(
                _INSERT, [{"holder": h, "cell": c, "lane": lane, "owner": owner} for h, c, lane in rows]
            )
    except IntegrityError as conflict:
        raise TimeTaken(_taken(rows)) from conflict
    session.connection().execute(
        _INSERT_STRETCHES,
        [
            {"owner": owner, "holder": holder, "lane": lane, "first": span.start, "until": span.stop}
            for holder, span, lane in sorted(wanted, key=lambda one: (one[0], one[1].start, one[2]))
        ],
    )


def taken_of(claims: Iterable[Claim]) -> set[str]:
    """Return those holders of ``claims`` of whose time somebody has a part already."""
    return _taken([(claim.holder, cell, claim.lane) for claim in claims for cell in cells(claim.interval)])


def _taken(rows: Sequence[tuple[str, int, int]]) -> set[str]:
    """Ask the key itself, so that what is read here is what would refuse."""
    if not rows:
        return set()
    wanted = set(rows)
    cells_wanted = [cell for _, cell, _ in rows]
    asked = {"holders": sorted({row[0] for row in rows}), "first": min(cells_wanted), "last": max(cells_wanted)}
    found = database.session.connection().execute(_held(), asked)
    return {holder for holder, cell, lane in found if (holder, cell, lane) in wanted}


@cache
def _held() -> Select[Any]:
    held: Any = select(Hold.holder, Hold.cell, Hold.lane)
    query: Select[Any] = held.where(
        Hold.holder.in_(bindparam("holders", expanding=True)), Hold.cell.between(bindparam("first"), bindparam("last"))
    )
    return query


def release(owner: str) -> None:
    """Give back all time that ``owner`` holds; the caller commits."""
    database.session.execute(delete(Hold).where(Hold.owner == owner))
    database.session.execute(delete(Stretch).where(Stretch.owner == owner))


def tidy(*, before: datetime) -> int:
    """Forget the time that was taken before ``before``, and return how many cells it was; the caller commits."""
    database.session.execute(delete(Stretch).where(Stretch.until <= cell_at(before)))
    done = database.session.execute(delete(Hold).where(Hold.cell < cell_at(before)))
    return int(getattr(done, "rowcount", 0))
