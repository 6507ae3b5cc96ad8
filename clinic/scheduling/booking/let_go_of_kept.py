"""Give back a time that was kept while a caller thought."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.scheduling import holds
from clinic.scheduling.booking.models import Kept
from clinic.timetable.intervals import Interval

CLOCK = Actor(name="Gaitkeeper")


def let_go_of_kept(*, user_id: int | None, now: datetime) -> bool:
    """Give back the time that a user keeps, and say whether there was one; the caller commits."""
    if user_id is None:
        return False
    found = _locked(Kept.user_id == user_id)
    for kept in found:
        _let_go(kept, by=Actor(name=kept.name, user_id=user_id), now=now)
    return bool(found)


def tidy_kept(*, now: datetime, keeper: int | None = None, within: Interval | None = None) -> int:
    """Give back every time that was kept too long, and what the user ``keeper`` keeps ``within`` another time.

    The caller commits. Return how many they were.
    """
    which: list[ColumnElement[bool]] = [Kept.until <= now]
    if keeper is not None and within is not None:
        which.append(and_(Kept.user_id == keeper, Kept.starts_at < within.end, Kept.ends_at > within.start))
    found = _locked(or_(*which))
    for kept in found:
        if kept.until <= now:
            _let_go(kept, by=CLOCK, now=now, reason="Nobody booked it in time.")
        else:
            _let_go(kept, by=Actor(name=kept.name, user_id=keeper), now=now)
    return len(found)


def _locked(which: ColumnElement[bool]) -> list[Kept]:
    """Lock them in one order; one that somebody else is giving back is waited for, since they may yet be refused."""
    query = select(Kept).where(which).order_by(Kept.id).execution_options(populate_existing=True)
    return list(database.session.scalars(query.with_for_update()))


def _let_go(kept: Kept, *, by: Actor, now: datetime, reason: str = "") -> None:
    holds.release(kept.key)
    database.session.execute(delete(Kept).where(Kept.id == kept.id))
    database.session.expunge(kept)
    audit.record("kept time let go", about=kept.key, by=by, now=now, reason=reason)
