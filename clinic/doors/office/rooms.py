"""Rooms and equipment."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField

from clinic import clock
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer, press
from clinic.doors.office.fields import TextField
from clinic.doors.threshold import Form, actor
from clinic.scheduling import practice
from clinic.scheduling.practice.devices import add_device, rename_device, restore_device, retire_device
from clinic.scheduling.practice.furnish_rooms import add_room, rename_room, restore_room, retire_room
from clinic.scheduling.practice.models import Equipment, Room
from clinic.scheduling.practice.office_queries import one

DEVICES = {"treadmill": "Treadmill", "video": "Video"}
STEPS: dict[str, dict[str, Callable[..., Any]]] = {
    "rooms": {"retire": retire_room, "restore": restore_room},
    "devices": {"retire": retire_device, "restore": restore_device},
}


class RoomForm(Form):
    """A room."""

    name = TextField("Name")


class DeviceForm(Form):
    """A device."""

    name = TextField("Name")
    kind = SelectField("Kind", choices=DEVICES, validate_choice=False)


@door.get("/rooms", endpoint="rooms")
def show() -> ResponseReturnValue:
    """Show all rooms and equipment."""
    return _list()


@door.post("/rooms", endpoint="add_room")
def add_a_room() -> ResponseReturnValue:
    """Add a room."""
    form, by, now = RoomForm(prefix="room-"), actor(), clock.now()
    return answer(
        form,
        lambda: add_room(name=form.name.data or "", by=by, now=now),
        page=partial(_list, room=form),
        to=lambda: url_for("office.rooms"),
    )


@door.post("/devices", endpoint="add_device")
def add_a_device() -> ResponseReturnValue:
    """Add a device."""
    form, by, now = DeviceForm(prefix="device-"), actor(), clock.now()
    return answer(
        form,
        lambda: add_device(name=form.name.data or "", kind=form.kind.data or "", by=by, now=now),
        page=partial(_list, device=form),
        to=lambda: url_for("office.rooms"),
    )


@door.get("/<any('rooms','devices'):what>/<int:id_>", endpoint="room")
def show_one(what: str, id_: int) -> ResponseReturnValue:
    """Show one room or device, to change it."""
    thing = _thing(what, id_)
    return _one(what, id_, RoomForm(data={"name": thing.name}))


@door.post("/<any('rooms','devices'):what>/<int:id_>", endpoint="rename_room")
def rename(what: str, id_: int) -> ResponseReturnValue:
    """Rename a room or a device."""
    form, by, now = RoomForm(), actor(), clock.now()

    def work() -> None:
        name = form.name.data or ""
        if what == "rooms":
            rename_room(room_id=id_, name=name, by=by, now=now)
        else:
            rename_device(device_id=id_, name=name, by=by, now=now)

    return answer(form, work, page=partial(_one, what, id_, form), to=lambda: url_for("office.rooms"))


@door.post("/<any('rooms','devices'):what>/<int:id_>/<any('retire','restore'):step>", endpoint="room_step")
def take(what: str, id_: int, step: str) -> ResponseReturnValue:
    """Take a room or a device out of use, or into use again."""
    by, now = actor(), clock.now()
    key = {"rooms": "room_id", "devices": "device_id"}[what]

    def page(*, why: Why | None = None) -> str:
        return _one(what, id_, RoomForm(formdata=None, data={"name": _thing(what, id_).name}), why=why)

    return press(lambda: STEPS[what][step](**{key: id_}, by=by, now=now), page=page, to=url_for("office.rooms"))


def _thing(what: str, id_: int) -> Room | Equipment:
    return one(Room, id_) if what == "rooms" else one(Equipment, id_)


def _list(*, room: RoomForm | None = None, device: DeviceForm | None = None, why: Why | None = None) -> str:
    return render_template(
        "office/rooms.html",
        rooms=practice.rooms(with_retired=True),
        devices=practice.equipment(with_retired=True),
        kinds=DEVICES,
        room=room or RoomForm(formdata=None, prefix="room-"),
        device=device or DeviceForm(formdata=None, prefix="device-"),
        why=why,
    )


def _one(what: str, id_: int, form: RoomForm, *, why: Why | None = None) -> str:
    return render_template("office/room.html", what=what, thing=_thing(what, id_), form=form, why=why)
