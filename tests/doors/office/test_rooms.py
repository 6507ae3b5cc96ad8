"""Rooms, equipment and kinds of appointment in the office."""

from collections.abc import Callable
from typing import Any

import pytest

from clinic.scheduling import practice
from clinic.scheduling.booking.queries import appointment
from clinic.scheduling.practice.office_queries import needs_written
from tests.doors.office.conftest import HOSTILE, error_beside, fresh, value_of, visits_in, words
from tests.visitor import Visitor

KIND = {
    "name": "Run lab",
    "purpose": "other",
    "token": "gait",
    "length": "50",
    "turnover": "10",
    "performed_by": ["therapist", "student"],
    "patients_may_move": "y",
    "room_needed": "y",
    "treadmill_needed": "y",
    "treadmill_from": "10",
    "treadmill_until": "40",
}


def test_a_room_and_a_device_are_added_last(max_: Visitor) -> None:
    max_.post("/office/rooms", {"room-name": "  Gym   hall "})
    max_.post("/office/devices", {"device-name": "Camera", "device-kind": "video"})

    assert [room.name for room in fresh(practice.rooms)] == ["Room 1", "Room 2", "Gym hall"]
    assert [(one.name, one.kind) for one in practice.equipment()] == [
        ("Treadmill 1", "treadmill"),
        ("Camera", "video"),
    ]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_cannot_be_is_refused_beside_its_field(max_: Visitor, typed: str) -> None:
    added = max_.post("/office/rooms", {"room-name": typed})
    renamed = max_.post("/office/devices/1", {"name": typed})

    assert (added.status_code, renamed.status_code) == (422, 422)
    assert error_beside(added, "room-name")
    assert error_beside(renamed, "name")
    assert [one.name for one in fresh(practice.equipment)] == ["Treadmill 1"]


@pytest.mark.parametrize("kind", ["", "laser", "treadmill\x00"])
def test_a_device_is_of_a_kind_that_exists(max_: Visitor, kind: str) -> None:
    answer = max_.post("/office/devices", {"device-name": "Laser", "device-kind": kind})

    assert answer.status_code == 422
    assert error_beside(answer, "device-kind") == "Please choose what kind of device it is."
    assert value_of(answer, "device-name") == "Laser"


def test_a_room_is_renamed_and_comes_earlier(max_: Visitor) -> None:
    max_.post("/office/rooms/2", {"name": "Window room"})
    max_.post("/office/order/rooms/2")

    assert [room.name for room in fresh(practice.rooms)] == ["Window room", "Room 1"]


def test_a_room_with_visits_stays_in_use_and_the_visits_are_named(max_: Visitor, book: Callable[..., Any]) -> None:
    visit = book().id

    answer = max_.post("/office/rooms/1/retire")

    assert answer.status_code == 409
    assert "Visits are booked in this room. Move them first." in words(answer)
    assert visits_in(answer) == [str(visit)]
    assert "Tue Nov 24, 9:00 am Ada Moore, Follow-up with Dana Ruiz" in words(answer)


def test_a_room_without_visits_goes_out_of_use_and_comes_back(max_: Visitor) -> None:
    max_.post("/office/rooms/2/retire")
    left = [room.name for room in fresh(practice.rooms)]
    max_.post("/office/rooms/2/restore")

    assert left == ["Room 1"]
    assert [room.name for room in fresh(practice.rooms)] == ["Room 1", "Room 2"]


def test_a_kind_is_added_with_what_it_needs(max_: Visitor) -> None:
    answer = max_.post("/office/types/new", KIND)

    kind = fresh(practice.types)[-1]
    assert answer.status_code == 303
    assert (kind.name, kind.length, kind.turnover, kind.performed_by, kind.patients_may_move) == (
        "Run lab",
        50,
        10,
        "student therapist",
        True,
    )
    assert needs_written(kind.id) == [("room", 0, 50), ("treadmill", 10, 40)]


def test_a_kind_is_shown_as_it_is_and_saved_unchanged(max_: Visitor) -> None:
    page = max_.get("/office/types/3")
    fields = {name: value_of(page, name) for name in ("length", "turnover", "treadmill_from", "treadmill_until")}

    assert fields == {"length": "45", "turnover": "10", "treadmill_from": "10", "treadmill_until": "40"}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in."),
        ("name", "x" * 300, "This is too long: at most 60 characters."),
        ("purpose", "party", "Please choose what it is for."),
        ("token", "pink", "Please choose its color on the board."),
        ("length", "", "This must be a whole number from 5 to 480 in steps of 5."),
        ("length", "42", "This must be a whole number from 5 to 480 in steps of 5."),
        ("length", "99999999999999999999", "This must be a whole number from 5 to 480 in steps of 5."),
        ("turnover", "-5", "This must be a whole number from 0 to 60 in steps of 5."),
        ("performed_by", "reception", "Please choose who may perform it."),
        (
            "treadmill_until",
            "55",
            "What is needed must lie within the 50 minutes, in steps of 5.",
        ),
        (
            "treadmill_until",
            "5",
            "What is needed must lie within the 50 minutes, in steps of 5.",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(max_: Visitor, field: str, typed: str, sentence: str) -> None:
    answer = max_.post("/office/types/new", {**KIND, field: typed})

    assert answer.status_code == 422
    assert error_beside(answer, field) == sentence
    assert len(fresh(practice.types)) == 3


def test_a_kind_that_is_changed_leaves_what_is_booked_alone(max_: Visitor, book: Callable[..., Any]) -> None:
    visit = book()

    answer = max_.post("/office/types/2", {**KIND, "length": "60"})

    row = fresh(lambda: appointment(visit.id))
    assert (answer.status_code, row.type, row.minutes) == (303, "Run lab", 40)


def test_a_kind_is_offered_no_longer_and_again(max_: Visitor) -> None:
    max_.post("/office/types/1/retire")
    left = [kind.name for kind in fresh(practice.types)]
    max_.post("/office/types/1/restore")
    max_.post("/office/order/types/2")

    assert left == ["Follow-up", "Gait lab"]
    assert [kind.name for kind in fresh(practice.types)] == ["Follow-up", "Evaluation", "Gait lab"]
