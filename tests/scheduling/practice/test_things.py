"""Therapists, rooms, devices and kinds of appointment, and their order."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clinic.database import database
from clinic.people.accounts import Role
from clinic.people.accounts.models import User
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.practice.devices import add_device, rename_device, restore_device, retire_device
from clinic.scheduling.practice.furnish_rooms import add_room, rename_room, restore_room, retire_room
from clinic.scheduling.practice.in_use import InUse
from clinic.scheduling.practice.kinds import add_type, change_type, restore_type, retire_type
from clinic.scheduling.practice.models import Equipment, Room
from clinic.scheduling.practice.office_queries import (
    dated_days,
    needs_written,
    one,
    patient_names,
    periods,
    therapist_of,
    thing_names,
)
from clinic.scheduling.practice.order import put_earlier
from clinic.scheduling.practice.therapists import add_therapist, change_therapist, let_therapist_leave
from tests.cast import CAST, NOW, at
from tests.scheduling.practice.conftest import HOSTILE, MADE_UP, last_entry

LETTERS = {"license_number": "PT-12", "credentials": "PT", "focus": "spine"}
KIND: dict[str, Any] = {
    "name": "Run lab",
    "purpose": "other",
    "token": "gait",
    "length": 50,
    "turnover": 10,
    "performed_by": [Role.THERAPIST, Role.STUDENT],
    "patients_may_move": False,
    "needs": [("room", 0, 50), ("treadmill", 10, 40)],
}


def test_a_user_treats_leaves_and_treats_again_in_the_same_column(act: Callable[..., Any]) -> None:
    kim = database.session.get_one(User, CAST.kim)
    first = act(add_therapist, user=kim, **LETTERS)
    act(let_therapist_leave, therapist_id=first.id)
    left = [colleague.name for colleague in practice.colleagues()]
    again = act(add_therapist, user=kim, **{**LETTERS, "credentials": "PT, OCS"})

    assert left == ["Dana Ruiz", "Noor Haddad", "Sam Osei"]
    assert (again.id, again.position, again.credentials, again.left_at) == (first.id, 3, "PT, OCS", None)
    assert last_entry(f"therapist:{first.id}") == ("therapist added", "Kim Alder")


def test_what_is_known_of_a_therapist_changes(act: Callable[..., Any]) -> None:
    act(change_therapist, therapist_id=CAST.dana, **LETTERS)

    dana = therapist_of(2)
    assert dana is not None
    assert (dana.license_number, dana.credentials, dana.focus) == ("PT-12", "PT", "spine")


@pytest.mark.parametrize("field", LETTERS)
@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if text.strip()])
def test_words_about_a_therapist_that_cannot_be_are_refused(act: Callable[..., Any], field: str, text: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(change_therapist, therapist_id=CAST.dana, **{**LETTERS, field: text})

    assert caught.value.field == field


def test_a_therapist_with_visits_cannot_leave_but_past_ones_do_not_count(
    act: Callable[..., Any], book: Callable[..., Any]
) -> None:
    visit = book()

    with pytest.raises(InUse) as caught:
        act(let_therapist_leave, therapist_id=CAST.dana)
    gone = act(let_therapist_leave, therapist_id=CAST.dana, now=at(12))

    assert caught.value.owners == [visit.key]
    assert gone.left_at == at(12)


def test_a_room_or_device_with_visits_stays(act: Callable[..., Any], book: Callable[..., Any]) -> None:
    visit = book(type_id=CAST.gait_lab)

    with pytest.raises(InUse) as room:
        act(retire_room, room_id=CAST.room_1)
    with pytest.raises(InUse) as device:
        act(retire_device, device_id=CAST.treadmill)

    assert (room.value.owners, device.value.owners) == ([visit.key], [visit.key])
    assert [found.name for found in practice.rooms()] == ["Room 1", "Room 2"]


def test_a_room_is_added_renamed_retired_and_restored(act: Callable[..., Any]) -> None:
    room = act(add_room, name="  Gym   hall ")
    act(rename_room, room_id=room.id, name="Hall 'A' 🌿")
    act(retire_room, room_id=room.id)
    left = [found.name for found in practice.rooms()]
    act(restore_room, room_id=room.id)

    assert left == ["Room 1", "Room 2"]
    assert [found.name for found in practice.rooms()] == ["Room 1", "Room 2", "Hall 'A' 🌿"]
    assert last_entry(f"room:{room.id}") == ("room restored", "Kim Alder")


def test_a_device_is_added_renamed_retired_and_restored(act: Callable[..., Any]) -> None:
    device = act(add_device, name="Camera", kind="video")
    act(rename_device, device_id=device.id, name="Camera 2")
    act(retire_device, device_id=device.id)
    left = [found.name for found in practice.equipment()]
    act(restore_device, device_id=device.id)

    assert left == ["Treadmill 1"]
    assert [found.name for found in practice.equipment()] == ["Treadmill 1", "Camera 2"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_names_that_cannot_be_are_refused(act: Callable[..., Any], text: str) -> None:
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (add_room, {}),
        (rename_room, {"room_id": 1}),
        (add_device, {"kind": "video"}),
        (rename_device, {"device_id": 1}),
        (add_type, {name: fact for name, fact in KIND.items() if name != "name"}),
    ]
    refused = []
    for verb, facts in acts:
        with pytest.raises(Unacceptable) as caught:
            act(verb, name=text, **facts)
        refused.append(caught.value.field)

    assert refused == ["name"] * len(acts)


@pytest.mark.parametrize("id_", MADE_UP)
def test_ids_that_were_made_up_are_not_found(act: Callable[..., Any], id_: int) -> None:
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (change_therapist, {"therapist_id": id_, **LETTERS}),
        (let_therapist_leave, {"therapist_id": id_}),
        (rename_room, {"room_id": id_, "name": "A"}),
        (retire_room, {"room_id": id_}),
        (restore_room, {"room_id": id_}),
        (rename_device, {"device_id": id_, "name": "A"}),
        (retire_device, {"device_id": id_}),
        (restore_device, {"device_id": id_}),
        (change_type, {"type_id": id_, **KIND}),
        (retire_type, {"type_id": id_}),
        (restore_type, {"type_id": id_}),
    ]
    for verb, facts in acts:
        with pytest.raises(NotFound):
            act(verb, **facts)

    with pytest.raises(NotFound):
        one(Room, id_)
    assert practice.colleagues(with_left=True)[0].active


def test_a_device_of_an_unknown_kind_is_refused(act: Callable[..., Any]) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(add_device, name="Laser", kind="laser")

    assert caught.value.field == "kind"


def test_a_kind_is_added_and_changed_with_what_it_needs(act: Callable[..., Any]) -> None:
    kind = act(add_type, **KIND)
    first = needs_written(kind.id)
    act(change_type, type_id=kind.id, **{**KIND, "length": 30, "needs": [("video", 0, 30)]})

    assert (kind.position, kind.performed_by, kind.length) == (1, "student therapist", 30)
    assert (first, needs_written(kind.id)) == ([("room", 0, 50), ("treadmill", 10, 40)], [("video", 0, 30)])
    assert last_entry(f"type:{kind.id}") == ("type changed", "Kim Alder")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", "party"),
        ("token", "pink"),
        ("length", None),
        ("length", 0),
        ("length", 42),
        ("length", 485),
        ("length", 10**30),
        ("turnover", -5),
        ("turnover", 7),
        ("performed_by", []),
        ("performed_by", [Role.RECEPTION, Role.MANAGER]),
        ("needs", [("room", 0, 55)]),
        ("needs", [("room", 10, 10)]),
        ("needs", [("room", -5, 10)]),
        ("needs", [("room", 0, 12)]),
        ("needs", [("laser", 0, 10)]),
        ("needs", [("room", 0, 10), ("room", 20, 30)]),
    ],
)
def test_a_kind_that_cannot_be_is_refused(act: Callable[..., Any], field: str, value: Any) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(change_type, **{"type_id": CAST.gait_lab, **KIND, field: value})

    assert caught.value.field == field
    assert needs_written(CAST.gait_lab) == [("room", 0, 45), ("treadmill", 10, 40)]


def test_a_kind_is_offered_no_longer_and_again(act: Callable[..., Any]) -> None:
    act(retire_type, type_id=CAST.evaluation)
    left = [kind.name for kind in practice.types()]
    act(restore_type, type_id=CAST.evaluation)

    assert left == ["Follow-up", "Gait lab"]
    assert [kind.name for kind in practice.types()] == ["Evaluation", "Follow-up", "Gait lab"]


def test_one_comes_earlier_and_the_first_stays_the_first(act: Callable[..., Any]) -> None:
    act(put_earlier, what="therapists", id_=CAST.sam)
    act(put_earlier, what="therapists", id_=CAST.dana)
    act(put_earlier, what="types", id_=999)

    assert [colleague.name for colleague in practice.colleagues()] == ["Dana Ruiz", "Sam Osei", "Noor Haddad"]
    assert last_entry("therapist:3") == ("order changed", "Kim Alder")


def test_the_office_reads_names_and_hours(act: Callable[..., Any]) -> None:
    found = periods(CAST.dana, since=NOW.date())

    assert thing_names(Equipment) == {1: "Treadmill 1"}
    assert patient_names([1, 3, 999]) == {1: "Ada Moore", 3: "Cleo Hayes"}
    assert [(period.from_on, period.until_on, len(period.spans)) for period in found] == [(date(2026, 1, 1), None, 10)]
    assert dated_days(CAST.dana, since=NOW.date()) == []
