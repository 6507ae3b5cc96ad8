"""Claim the next letter that is due, so that no two workers write the same one."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from clinic.database import Instant, database
from clinic.outbox.models import IS_OPEN, LEASED, OPEN, OWED, SKIPPED, Letter

LEASE = timedelta(minutes=5)
BY_ID = update(Letter).where(Letter.id == bindparam("letter_id"))
"""Built once, since a worker says it for every letter."""


class Due(NamedTuple):
    """A letter that is due, as it stands; nobody else can claim it until whoever asked has committed.

    ``follows`` says that an earlier letter about the same thing, or about its course, has been written.
    """

    id: int
    about: str
    after: str
    occasion: str
    kind: str
    patient_id: int | None
    not_after: datetime
    handed: bool
    address: str
    facts: dict[str, Any] | None
    raw: bytes | None
    follows: bool


def next_due(*, now: datetime, letter_id: int | None = None) -> Due | None:
    """Return the open letter that is due first, for the caller to lease or to skip; None if nothing is due.

    A letter is passed over while an older one about the same thing is leased or waits to be tried again: a calendar
    that reads an update after its cancellation brings the event back. A visit's letter also waits for the one that
    tells its course. A lease that ran out is taken over.
    """
    asked = {"now": now} if letter_id is None else {"now": now, "letter_id": letter_id}
    connection = database.session.connection()
    query = _next_due(one=letter_id is not None, on_sqlite=connection.dialect.name == "sqlite")
    row = connection.execute(query, asked).first()
    return None if row is None else Due._make(row)


def lease(letter: Due, *, now: datetime, **written: Any) -> None:
    """Lease ``letter``, with what was written of it meanwhile; the caller commits."""
    leased = {"letter_id": letter.id, "state": LEASED, "leased_until": now + LEASE}
    database.session.connection().execute(BY_ID, {**leased, **written})


@cache
def _next_due(*, one: bool, on_sqlite: bool) -> Select[Any]:
    """Return the query, built once since a worker asks it for every letter; for ``one`` letter, due or not.

    SQLite takes the index by state, and with it all letters that are owed, unless it is told that most are open.
    """
    is_open: Any = func.likely(IS_OPEN) if on_sqlite else IS_OPEN
    older, now = aliased(Letter), bindparam("now", type_=Instant())
    earlier = and_(older.about == Letter.about, older.id < Letter.id)
    under_way = or_(older.state == LEASED, and_(older.state == OWED, older.tries > 0))
    of_its_course = and_(older.about == Letter.after, older.id < Letter.id, older.state.in_(OPEN))
    # two questions, since one with "or" finds no index
    in_the_way = or_(exists().where(earlier, under_way), and_(Letter.after != "", exists().where(of_its_course)))
    in_no_hands = or_(Letter.state == OWED, Letter.leased_until < now)
    related = older.about.in_((Letter.about, Letter.after))
    columns = [getattr(Letter, name) for name in Due._fields[:-1]]
    return (
        select(*columns, exists().where(related, older.id < Letter.id, older.message_id != ""))
        .where(
            is_open,
            in_no_hands,
            ~in_the_way,
            Letter.id == bindparam("letter_id") if one else Letter.try_at <= now,
        )
        .order_by(Letter.try_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Letter)
    )


def give_up_old(*, now: datetime) -> int:
    """Skip every open letter that has lost its use, and return how many; the caller commits."""
    stale = (
        update(Letter)
        .where(
            Letter.state.in_(OPEN),
            Letter.not_after <= now,
            or_(Letter.leased_until.is_(None), Letter.leased_until < now),
        )
        .values(state=SKIPPED, ended_at=now, outcome="Too late to be of use")
        .execution_options(synchronize_session=False)
    )
    return int(getattr(database.session.execute(stale), "rowcount", 0))


def close_open(about: str, *, why: str, now: datetime, kinds: tuple[str, ...]) -> None:
    """Skip the letters of ``kinds`` about a thing that no worker has begun; the caller commits."""
    database.session.execute(
        update(Letter)
        .where(Letter.about == about, Letter.state == OWED, Letter.tries == 0, Letter.kind.in_(kinds))
        .values(state=SKIPPED, ended_at=now, outcome=why)
        .execution_options(synchronize_session=False)
    )
