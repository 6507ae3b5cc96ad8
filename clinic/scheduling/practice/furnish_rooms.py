"""Rooms."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import NotFound
from clinic.scheduling.practice.fields import known_id
from clinic.scheduling.practice.in_use import let_nobody_book, refuse_if_held
from clinic.scheduling.practice.models import Room
from clinic.scheduling.practice.names import free_name
from clinic.scheduling.practice.order import last_place


def add_room(*, name: str, by: Actor, now: datetime) -> Room:
    """Add a room, the last to be taken; the caller commits. Raises ``NameTaken`` and ``Unacceptable``."""
    place = let_nobody_book()
    room = Room(location_id=place.id, name=free_name(Room, name), position=last_place(Room) + 1)
    database.session.add(room)
    database.session.flush()
    audit.record("room added", about=f"room:{room.id}", by=by, now=now, after={"name": room.name})
    return room


def rename_room(*, room_id: int, name: str, by: Actor, now: datetime) -> Room:
    """Rename a room; the caller commits. Raises ``NotFound``, ``NameTaken`` and ``Unacceptable``."""
    let_nobody_book()
    room = _room(room_id)
    before = room.name
    room.name = free_name(Room, name, but=room.id)
    about = f"room:{room.id}"
    audit.record("room renamed", about=about, by=by, now=now, before={"name": before}, after={"name": room.name})
    return room


def retire_room(*, room_id: int, by: Actor, now: datetime) -> Room:
    """Take a room out of use; the caller commits. Raises ``InUse`` while visits are booked in it."""
    let_nobody_book()
    room = _room(room_id)
    if room.retired_at is None:
        refuse_if_held(f"room:{room.id}", now=now, sentence="Visits are booked in this room. Move them first.")
        room.retired_at = now
        audit.record("room retired", about=f"room:{room.id}", by=by, now=now)
    return room


def restore_room(*, room_id: int, by: Actor, now: datetime) -> Room:
    """Take a room into use again; the caller commits."""
    room = _room(room_id)
    if room.retired_at is not None:
        room.retired_at = None
        audit.record("room restored", about=f"room:{room.id}", by=by, now=now)
    return room


def _room(room_id: int) -> Room:
    sentence = "There is no such room."
    found = database.session.get(Room, known_id(room_id, sentence), with_for_update=True)
    if found is None:
        raise NotFound(sentence)
    return found
