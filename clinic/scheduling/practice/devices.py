"""Equipment, of which an appointment needs any one of a kind."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.practice.fields import known_id
from clinic.scheduling.practice.in_use import let_nobody_book, refuse_if_held
from clinic.scheduling.practice.models import Equipment
from clinic.scheduling.practice.names import free_name
from clinic.scheduling.practice.order import last_place

KINDS = ("treadmill", "video")


def add_device(*, name: str, kind: str, by: Actor, now: datetime) -> Equipment:
    """Add a device, the last of its kind to be taken; the caller commits.

    Raises ``NameTaken`` and ``Unacceptable``.
    """
    if kind not in KINDS:
        raise Unacceptable("Please choose what kind of device it is.", field="kind")
    place = let_nobody_book()
    name = free_name(Equipment, name)
    device = Equipment(location_id=place.id, name=name, kind=kind, position=last_place(Equipment) + 1)
    database.session.add(device)
    database.session.flush()
    audit.record("device added", about=f"equipment:{device.id}", by=by, now=now, after={"name": device.name})
    return device


def rename_device(*, device_id: int, name: str, by: Actor, now: datetime) -> Equipment:
    """Rename a device; the caller commits. Raises ``NotFound``, ``NameTaken`` and ``Unacceptable``."""
    let_nobody_book()
    device = _device(device_id)
    before = device.name
    device.name = free_name(Equipment, name, but=device.id)
    about = f"equipment:{device.id}"
    audit.record("device renamed", about=about, by=by, now=now, before={"name": before}, after={"name": device.name})
    return device


def retire_device(*, device_id: int, by: Actor, now: datetime) -> Equipment:
    """Take a device out of use; the caller commits. Raises ``InUse`` while visits are booked on it."""
    let_nobody_book()
    device = _device(device_id)
    if device.retired_at is None:
        refuse_if_held(f"equipment:{device.id}", now=now, sentence="Visits are booked on this device. Move them first.")
        device.retired_at = now
        audit.record("device retired", about=f"equipment:{device.id}", by=by, now=now)
    return device


def restore_device(*, device_id: int, by: Actor, now: datetime) -> Equipment:
    """Take a device into use again; the caller commits."""
    device = _device(device_id)
    if device.retired_at is not None:
        device.retired_at = None
        audit.record("device restored", about=f"equipment:{device.id}", by=by, now=now)
    return device


def _device(device_id: int) -> Equipment:
    sentence = "There is no such device."
    found = database.session.get(Equipment, known_id(device_id, sentence), with_for_update=True)
    if found is None:
        raise NotFound(sentence)
    return found
