"""Claim the next letter that is due, so that no two workers write the same one."""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import aliased

from clinic.database import database
from clinic.outbox.models import LEASED, OPEN, OWED, SKIPPED, Letter

LEASE = timedelta(minutes=5)


def claim_next(*, now: datetime, letter_id: int | None = None) -> Letter | None:
    """Lease the open letter that is due first, and return it; None if nothing is due. The caller commits.

    A letter is passed over while an older one about the same thing is leased or waits to be tried again: a calendar
    that reads an update after its cancellation brings the event back. A visit's letter also waits for the one that
    tells its course. A lease that ran out is taken over.
    """
    older = aliased(Letter)
    under_way = or_(older.state == LEASED, and_(older.state == OWED, older.tries > 0))
    in_the_way = exists().where(
        older.id < Letter.id,
        or_(
            and_(older.about == Letter.about, under_way),
            and_(Letter.after != "", older.about == Letter.after, older.state.in_(OPEN)),
        ),
    )
    due = or_(Letter.state == OWED, and_(Letter.state == LEASED, Letter.leased_until < now))
    query = select(Letter).where(Letter.state.in_(OPEN), due, ~in_the_way)
    query = query.where(Letter.id == letter_id) if letter_id is not None else query.where(Letter.try_at <= now)
    letter = database.session.scalars(
        query.order_by(Letter.try_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Letter)
        .execution_options(populate_existing=True)
    ).first()
    if letter is None:
        return None
    letter.state = LEASED
    letter.leased_until = now + LEASE
    return letter


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
