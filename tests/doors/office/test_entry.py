"""Who may enter the office, and that every page of it is well made."""

import pytest
from flask import Flask

from tests.doors.office.conftest import words
from tests.visitor import Visitor

PAGES = (
    "/office/",
    "/office/people",
    "/office/people/new",
    "/office/people/2",
    "/office/location",
    "/office/rooms",
    "/office/rooms/1",
    "/office/devices/1",
    "/office/types",
    "/office/types/new",
    "/office/types/3",
    "/office/hours",
    "/office/hours/1",
    "/office/closures",
    "/office/settings",
    "/office/trail",
)
HUGE = "99999999999999999999"


@pytest.mark.parametrize("page", PAGES)
def test_a_manager_opens_every_page(max_: Visitor, page: str) -> None:
    assert max_.get(page).status_code == 200


@pytest.mark.parametrize("who", ["kim", "dana", "sam"])
def test_nobody_else_does(app: Flask, who: str) -> None:
    visitor = Visitor(app).sign_in(who)

    assert {visitor.get(page).status_code for page in PAGES} == {403}


def test_somebody_unsigned_is_asked_to_sign_in(app: Flask) -> None:
    assert {Visitor(app).get(page).status_code for page in PAGES} == {302}


@pytest.mark.parametrize("number", ["0", "999", HUGE])
def test_numbers_that_were_made_up_lead_nowhere(max_: Visitor, number: str) -> None:
    pages = [f"/office/{what}/{number}" for what in ("people", "rooms", "devices", "types", "hours")]

    assert {page: max_.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


@pytest.mark.parametrize("number", ["0", "999", HUGE])
def test_nor_does_anything_that_is_sent_to_them(max_: Visitor, number: str) -> None:
    spans = {"week-from_on": "2026-12-01", "date-on": "2026-12-01", "away-starts_on": "2026-12-01", "away-label": "A"}
    person = {"name": "Ann", "email": "ann@clinic.example", "version": "1", "new_password": "three quiet words"}
    kind = {
        "purpose": "other",
        "token": "tele",
        "length": "30",
        "performed_by": "therapist",
    }
    paths = [
        f"/office/people/{number}",
        f"/office/people/{number}/password",
        f"/office/people/{number}/disable",
        f"/office/people/{number}/enable",
        f"/office/rooms/{number}",
        f"/office/rooms/{number}/retire",
        f"/office/devices/{number}",
        f"/office/devices/{number}/restore",
        f"/office/types/{number}",
        f"/office/types/{number}/retire",
        f"/office/hours/{number}/week",
        f"/office/hours/{number}/dates",
        f"/office/hours/{number}/away",
        f"/office/hours/1/away/{number}/cancel",
        f"/office/closures/{number}/reopen",
        f"/office/order/rooms/{number}",
        "/office/order/patients/1",
    ]

    found = {path: max_.post(path, {**spans, **person, **kind}).status_code for path in paths}

    assert found == dict.fromkeys(paths, 404)


def test_a_form_without_its_token_changes_nothing(max_: Visitor) -> None:
    answer = max_.open("POST", "/office/rooms", data={"room-name": "Room 9"})

    assert answer.status_code == 400
    assert "Room 9" not in words(max_.get("/office/rooms"))


def test_the_overview_says_that_letters_are_paused(max_: Visitor) -> None:
    max_.post("/office/settings/letters/pause")

    answer = max_.get("/office/")

    assert "Letters have been paused since" in words(answer)
