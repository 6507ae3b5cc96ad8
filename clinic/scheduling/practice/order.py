"""The clinic's order: of columns on the board, of rooms and devices to take, of kinds to choose from."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.scheduling.practice.models import AppointmentType, Equipment, Room, Therapist

Ordered = type[Therapist] | type[Room] | type[Equipment] | type[AppointmentType]
WHAT: dict[str, Ordered] = {
    "therapists": Therapist,
    "rooms": Room,
    "devices": Equipment,
    "types": AppointmentType,
}
KEYS = {"therapists": "therapist", "rooms": "room", "devices": "equipment", "types": "type"}


def last_place(model: Ordered) -> int:
    """Return the highest place that is taken; -1 where there is none."""
    last = database.session.scalar(select(func.max(model.position)))
    return -1 if last is None else int(last)


def put_earlier(*, what: str, id_: int, by: Actor, now: datetime) -> None:
    """Let one of ``what`` change places with the one before it; the caller commits. The first one stays the first.

    Those who treat no longer have no place.
    """
    model: Any = WHAT[what]
    query = select(model).order_by(model.position, model.id).with_for_update()
    if model is Therapist:
        query = query.where(Therapist.left_at.is_(None))
    rows: list[Any] = list(database.session.scalars(query))
    place = next((place for place, row in enumerate(rows) if row.id == id_), 0)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
        for position, row in enumerate(rows):
            row.position = position
        about = f"{KEYS[what]}:{id_}"
        before, after = {"place": place + 1}, {"place": place}
        audit.record("order changed", about=about, by=by, now=now, before=before, after=after)
