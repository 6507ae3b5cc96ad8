"""Closures in the office: once however often the button is pressed, and never of what is past."""

from clinic.scheduling import practice
from tests.cast import at
from tests.doors.office.conftest import error_beside, fresh, value_of
from tests.visitor import Visitor

SNOW = {"starts_on": "2026-12-01", "label": "Snow"}


def closures() -> list[str]:
    """Return the labels of all closures."""
    return [one.label for one in practice.closures(first=at(0, day=-999), until=at(0, day=999))]


def test_a_closure_is_entered_once_however_often_the_button_is_pressed(max_: Visitor) -> None:
    statuses = [max_.post("/office/closures", SNOW).status_code for _ in range(2)]

    assert (statuses, fresh(closures)) == ([303, 303], ["Snow"])


def test_a_year_that_was_mistyped_is_refused_beside_the_day(max_: Visitor) -> None:
    answer = max_.post("/office/closures", {**SNOW, "starts_on": "2025-12-01"})

    assert answer.status_code == 422
    assert error_beside(answer, "starts_on") == "That time has passed already."
    assert (value_of(answer, "starts_on"), value_of(answer, "label")) == ("2025-12-01", "Snow")
    assert fresh(closures) == []


def test_time_off_that_is_past_is_refused_beside_the_day(max_: Visitor) -> None:
    answer = max_.post("/office/hours/1/away", {"away-starts_on": "2025-12-01"})

    assert answer.status_code == 422
    assert error_beside(answer, "away-starts_on") == "That time has passed already."
