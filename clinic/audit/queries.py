"""Read the trail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from clinic.audit.models import Entry
from clinic.database import database


def entries_about(about: str, *, limit: int = 100) -> Sequence[Entry]:
    """Return the entries about one thing, such as ``appointment:12``, newest first."""
    return database.session.scalars(
        select(Entry).where(Entry.about == about).order_by(Entry.id.desc()).limit(limit)
    ).all()


def entries_between(
    *,
    first: datetime,
    until: datetime,
    user_id: int | None = None,
    patient_id: int | None = None,
    what: str = "",
    before_id: int | None = None,
    limit: int = 100,
) -> Sequence[Entry]:
    """Return the entries from ``first`` to before ``until``, newest first; ``before_id`` pages on."""
    query = select(Entry).where(Entry.at >= first, Entry.at < until)
    if user_id is not None:
        query = query.where(Entry.user_id == user_id)
    if patient_id is not None:
        query = query.where(Entry.patient_id == patient_id)
    if what:
        query = query.where(Entry.what == what)
    if before_id is not None:
        query = query.where(Entry.id < before_id)
    return database.session.scalars(query.order_by(Entry.id.desc()).limit(limit)).all()
