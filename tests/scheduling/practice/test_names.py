"""Rooms, devices and kinds of appointment go by their names, so each name is there once."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.people.accounts import Role
from clinic.scheduling import practice
from clinic.scheduling.practice.devices import add_device, rename_device
from clinic.scheduling.practice.furnish_rooms import add_room, rename_room, retire_room
from clinic.scheduling.practice.kinds import add_type, change_type
from clinic.scheduling.practice.names import NameTaken
from tests.cast import CAST

Act = Callable[..., Any]
KIND: dict[str, Any] = {
    "purpose": "other",
    "token": "gait",
    "length": 30,
    "turnover": 0,
    "performed_by": [Role.THERAPIST],
    "patients_may_move": False,
    "needs": [],
}


def test_a_button_that_is_pressed_twice_adds_one_room(act: Act) -> None:
    act(add_room, name="Gym")

    with pytest.raises(NameTaken) as refused:
        act(add_room, name=" gYM ")

    assert (refused.value.sentence, refused.value.field, refused.value.status) == (
        "There is one called Gym already. Please choose another name.",
        "name",
        409,
    )
    assert [room.name for room in practice.rooms()] == ["Room 1", "Room 2", "Gym"]


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        (rename_room, {"room_id": CAST.room_2, "name": "room 1"}),
        (add_device, {"kind": "treadmill", "name": "treadmill 1"}),
        (add_type, {**KIND, "name": "FOLLOW-UP"}),
        (change_type, {**KIND, "type_id": CAST.gait_lab, "name": "Follow-up"}),
    ],
)
def test_a_name_that_another_has_is_refused(act: Act, verb: Callable[..., Any], facts: dict[str, Any]) -> None:
    with pytest.raises(NameTaken):
        act(verb, **facts)

    assert [room.name for room in practice.rooms()] == ["Room 1", "Room 2"]
    assert [device.name for device in practice.equipment()] == ["Treadmill 1"]
    assert [kind.name for kind in practice.types()] == ["Evaluation", "Follow-up", "Gait lab"]


def test_what_is_out_of_use_keeps_its_name_since_it_may_come_back(act: Act) -> None:
    act(retire_room, room_id=CAST.room_2)

    with pytest.raises(NameTaken):
        act(add_room, name="Room 2")


def test_a_name_may_change_its_spelling_and_be_that_of_another_sort(act: Act) -> None:
    act(rename_room, room_id=CAST.room_1, name="ROOM 1")
    act(rename_device, device_id=CAST.treadmill, name="Room 2")

    assert practice.rooms()[0].name == "ROOM 1"
    assert practice.equipment()[0].name == "Room 2"
