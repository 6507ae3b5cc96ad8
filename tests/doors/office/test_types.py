"""What a kind of appointment needs follows its length, and its name is there once."""

from typing import Any

from clinic.scheduling import practice
from clinic.scheduling.practice.office_queries import needs_written
from tests.cast import CAST
from tests.doors.office.conftest import error_beside, fresh, value_of
from tests.visitor import Visitor

GAIT_LAB: dict[str, Any] = {
    "name": "Gait lab",
    "purpose": "other",
    "token": "gait",
    "length": "45",
    "turnover": "10",
    "performed_by": ["therapist", "assistant"],
    "room_needed": "y",
    "treadmill_needed": "y",
}
MINUTES = ("room_from", "room_until", "treadmill_from", "treadmill_until")


def test_what_is_needed_to_the_end_is_so_in_a_longer_visit_too(max_: Visitor) -> None:
    page = max_.get("/office/types/3")
    minutes = {name: value_of(page, name) for name in MINUTES}

    answer = max_.post("/office/types/3", {**GAIT_LAB, **minutes, "length": "60"})

    assert minutes == {"room_from": "", "room_until": "", "treadmill_from": "10", "treadmill_until": "40"}
    assert answer.status_code == 303
    assert fresh(lambda: needs_written(CAST.gait_lab)) == [("room", 0, 60), ("treadmill", 10, 40)]


def test_a_form_that_is_sent_twice_adds_one_kind(max_: Visitor) -> None:
    statuses = [max_.post("/office/types/new", {**GAIT_LAB, "name": "Run lab"}).status_code for _ in range(2)]

    assert statuses == [303, 409]
    assert [kind.name for kind in fresh(practice.types)].count("Run lab") == 1


def test_a_name_that_another_kind_has_is_kept_and_refused_beside_its_field(max_: Visitor) -> None:
    answer = max_.post("/office/types/3", {**GAIT_LAB, "name": "follow-up"})

    assert answer.status_code == 409
    assert error_beside(answer, "name") == "There is one called Follow-up already. Please choose another name."
    assert value_of(answer, "name") == "follow-up"
