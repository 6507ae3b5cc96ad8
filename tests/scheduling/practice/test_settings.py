"""The clinic's founding, its settings, and where it is."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic import audit
from clinic.refusals import ChangedMeanwhile, NotFound, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.practice.change_clinic import change_clinic, pause_letters, resume_letters
from clinic.scheduling.practice.change_location import VisitsAhead, change_location
from clinic.scheduling.practice.settle import AlreadySettled, settle
from tests import engines
from tests.cast import KIM, NOW
from tests.scheduling.practice.conftest import HOSTILE, MADE_UP, last_entry

SETTINGS: dict[str, Any] = {
    "name": "Riverside Clinic",
    "mailbox": "desk@riverside.example",
    "notice_hours": 24,
    "grace_minutes": 3,
    "remind_hours": 72,
    "remind_day_before": True,
    "idle_minutes": 15,
    "letters_per_hour": 1000,
    "feed_initials": False,
}
PLACE: dict[str, Any] = {
    "location_id": 1,
    "name": "Main Street",
    "address": "12 Main Street",
    "phone": "(919) 555-0142",
    "zone": "America/New_York",
}
FOUNDING = {
    "clinic_name": "Riverside Clinic",
    "mailbox": "desk@riverside.example",
    "location_name": "Main Street",
    "address": "12 Main Street",
    "phone": "(919) 555-0142",
    "zone": "America/New_York",
}


def test_a_clinic_is_founded_once(engine: Any) -> None:
    app = engines.make_app(engine.copy("empty"))
    with app.app_context():
        from clinic.database import transaction

        with transaction():
            place = settle(**FOUNDING, by=KIM, now=NOW)
        with transaction(), pytest.raises(AlreadySettled):
            settle(**FOUNDING, by=KIM, now=NOW)

        assert (place.phone, practice.clinic().name, practice.clinic().version) == (
            "+19195550142",
            "Riverside Clinic",
            1,
        )
    engines.close(app)


def test_settings_change_and_the_trail_keeps_only_what_did(act: Callable[..., Any]) -> None:
    clinic = act(change_clinic, **{**SETTINGS, "notice_hours": 48})

    entry = audit.entries_about("clinic:1")[0]
    assert (clinic.notice_hours, clinic.version) == (48, 2)
    assert (entry.what, entry.before, entry.after) == (
        "settings changed",
        {"notice_hours": 24},
        {"notice_hours": 48},
    )


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("notice_hours", [None, -1, 169, 10**30]),
        ("grace_minutes", [None, -1, 61]),
        ("remind_hours", [None, 23, 169]),
        ("idle_minutes", [None, 4, 121]),
        ("letters_per_hour", [None, 0, 100_001]),
        ("mailbox", ["", "desk", "desk@", "desk@riverside.example\r\nBcc: all@riverside.example", "a\x00@b.example"]),
        ("name", list(HOSTILE.values())),
    ],
)
def test_a_setting_that_cannot_be_is_refused(act: Callable[..., Any], field: str, values: list[Any]) -> None:
    refused = []
    for value in values:
        with pytest.raises(Unacceptable) as caught:
            act(change_clinic, **{**SETTINGS, field: value})
        refused.append(caught.value.field)

    assert refused == [field] * len(values)
    assert practice.clinic().version == 1


def test_settings_that_somebody_else_changed_are_not_overwritten(act: Callable[..., Any]) -> None:
    act(change_clinic, **SETTINGS, seen=1)

    with pytest.raises(ChangedMeanwhile):
        act(change_clinic, **SETTINGS, seen=1)


def test_letters_pause_from_the_first_time_on_and_resume(act: Callable[..., Any]) -> None:
    act(pause_letters)
    paused = act(pause_letters).letters_paused_at
    resumed = act(resume_letters).letters_paused_at

    assert (paused, resumed) == (NOW, None)
    assert last_entry("clinic:1") == ("letters resumed", "Kim Alder")


def test_a_location_changes(act: Callable[..., Any]) -> None:
    place = act(change_location, **{**PLACE, "zone": "America/Chicago", "name": "O'Neil's \"Gym\" 🌿 مركز"}, seen=1)

    assert (place.zone, place.name, place.version) == ("America/Chicago", "O'Neil's \"Gym\" 🌿 مركز", 2)
    assert last_entry("location:1") == ("location changed", "Kim Alder")


@pytest.mark.parametrize("field", ["name", "address"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_words_that_cannot_be_are_refused(act: Callable[..., Any], field: str, text: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(change_location, **{**PLACE, field: text})

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "text"),
    [("phone", "12"), ("phone", "call me"), ("phone", "9" * 300), ("zone", ""), ("zone", "Mars"), ("zone", "../etc")],
)
def test_a_phone_or_zone_that_does_not_exist_is_refused(act: Callable[..., Any], field: str, text: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        act(change_location, **{**PLACE, field: text})

    assert caught.value.field == field


def test_the_zone_stands_still_while_visits_are_booked(act: Callable[..., Any], book: Callable[..., Any]) -> None:
    book()

    with pytest.raises(VisitsAhead) as caught:
        act(change_location, **{**PLACE, "zone": "America/Chicago"})

    assert (caught.value.field, practice.location().zone) == ("zone", "America/New_York")


@pytest.mark.parametrize("id_", [number for number in MADE_UP if number != 999])
def test_a_location_that_is_none_is_not_found(act: Callable[..., Any], id_: int) -> None:
    with pytest.raises(NotFound):
        act(change_location, **{**PLACE, "location_id": id_})


def test_a_location_that_somebody_else_changed_is_not_overwritten(act: Callable[..., Any], app: Flask) -> None:
    with pytest.raises(ChangedMeanwhile):
        act(change_location, **PLACE, seen=7)
