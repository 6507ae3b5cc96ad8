"""Read the times that are kept while callers think."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from clinic.database import database
from clinic.scheduling.booking.models import Kept


def kept_by(user_id: int, *, now: datetime) -> Kept | None:
    """Return the time that a user keeps, if it has not run out."""
    return database.session.scalars(select(Kept).where(Kept.user_id == user_id, Kept.until > now)).first()


def not_in_the_way(user_id: int, *, now: datetime) -> list[str]:
    """Return the keys of kept times that do not keep this user from booking: their own, and what has run out."""
    found = database.session.scalars(select(Kept.id).where(or_(Kept.user_id == user_id, Kept.until <= now)))
    return [f"kept:{id_}" for id_ in found]


def kept_between(*, first: datetime, until: datetime, now: datetime) -> Sequence[Kept]:
    """Return the times kept from ``first`` to before ``until``, by start."""
    return database.session.scalars(_kept_between(), {"first": first, "until": until, "now": now}).all()


@cache
def _kept_between() -> Select[Any]:
    touching = (Kept.starts_at < bindparam("until"), Kept.ends_at > bindparam("first"))
    return select(Kept).where(*touching, Kept.until > bindparam("now")).order_by(Kept.starts_at, Kept.id)
