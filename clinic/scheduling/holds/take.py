"""Take time and give it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling.holds.models import Hold, Stretch
from clinic.timetable.grid import cell_at, cells
from clinic.timetable.intervals import Interval

_INSERT = insert(Hold).returning(Hold.cell)


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
    session.execute(
        insert(Stretch),
        [
            {"owner": owner, "holder": holder, "lane": lane, "first": span.start, "until": span.stop}
            for holder, span, lane in wanted
        ],
    )


def _taken(rows: list[tuple[str, int, int]]) -> set[str]:
    wanted = {(holder, cell, lane) for holder, cell, lane in rows}
    cells_wanted = [cell for _, cell, _ in rows]
    found = database.session.execute(
        select(Hold.holder, Hold.cell, Hold.lane).where(
            Hold.holder.in_({holder for holder, _, _ in rows}), Hold.cell.between(min(cells_wanted), max(cells_wanted))
        )
    )
    return {row.holder for row in found if (row.holder, row.cell, row.lane) in wanted}


def release(owner: str) -> None:
    """Give back all time that ``owner`` holds; the caller commits."""
    database.session.execute(delete(Hold).where(Hold.owner == owner))
    database.session.execute(delete(Stretch).where(Stretch.owner == owner))


def tidy(*, before: datetime) -> int:
    """Forget the time that was taken before ``before``, and return how many cells it was; the caller commits."""
    database.session.execute(delete(Stretch).where(Stretch.until <= cell_at(before)))
    done = database.session.execute(delete(Hold).where(Hold.cell < cell_at(before)))
    return int(getattr(done, "rowcount", 0))
