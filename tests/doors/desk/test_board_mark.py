"""An open board asks whether its day has changed: no for its own mark, yes after whatever it draws has changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from clinic.database import database, transaction
from clinic.scheduling import booking
from clinic.scheduling.practice.be_away import take_time_off
from clinic.scheduling.practice.close import close
from clinic.scheduling.practice.hours import remove_dated_hours, set_dated_hours
from tests.cast import CAST, KIM, NOW, at
from tests.visitor import Visitor

DAY = date(2026, 11, 25)
CHANGES: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "a booking": (
        booking.book,
        {"patient_id": CAST.ada, "therapist_id": CAST.dana, "type_id": CAST.follow_up, "starts_at": at(9, day=1)},
    ),
    "a closure": (
        close,
        {"location_id": 1, "starts_at": at(9, day=1), "ends_at": at(10, day=1), "label": "Fire drill"},
    ),
    "time off": (
        take_time_off,
        {"therapist_id": CAST.dana, "starts_at": at(9, day=1), "ends_at": at(10, day=1), "label": "Away"},
    ),
    "dated hours": (set_dated_hours, {"therapist_id": CAST.dana, "on": DAY, "spans": [(540, 600)]}),
    "a day off": (set_dated_hours, {"therapist_id": CAST.dana, "on": DAY, "spans": []}),
}


def asked(kim: Visitor) -> dict[str, str]:
    """Return what the board on screen asks with."""
    mark = kim.get(f"/desk/days/{DAY}").text.partition('data-mark="')[2].partition('"')[0]
    return {"If-None-Match": f'"{mark}"', "X-Passive": "1"}


@pytest.mark.parametrize("change", CHANGES)
def test_a_board_is_told_of_a_change_and_only_then(app: Flask, change: str) -> None:
    kim = Visitor(app).sign_in("kim")
    mark = asked(kim)
    before = kim.get(f"/desk/days/{DAY}/version", headers=mark).status_code
    verb, facts = CHANGES[change]
    database.session.rollback()
    with transaction():
        verb(**facts, by=KIM, now=NOW)
    database.session.rollback()

    changed = kim.get(f"/desk/days/{DAY}/version", headers=mark).status_code
    anew = kim.get(f"/desk/days/{DAY}/version", headers=asked(kim)).status_code

    assert (before, changed, anew) == (304, 200, 304)


def test_hours_that_hold_again_are_a_change(app: Flask) -> None:
    kim = Visitor(app).sign_in("kim")
    with transaction():
        set_dated_hours(therapist_id=CAST.dana, on=DAY, spans=[(540, 600)], by=KIM, now=NOW)
    mark = asked(kim)
    database.session.rollback()
    with transaction():
        remove_dated_hours(therapist_id=CAST.dana, on=DAY, by=KIM, now=NOW)

    assert kim.get(f"/desk/days/{DAY}/version", headers=mark).status_code == 200
