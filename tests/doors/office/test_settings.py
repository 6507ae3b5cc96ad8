"""The clinic's settings and its location."""

import pytest

from clinic.scheduling import practice
from tests.doors.office.conftest import HOSTILE, error_beside, fresh, value_of, words
from tests.visitor import Visitor

SETTINGS = {
    "name": "Riverside Clinic",
    "mailbox": "desk@riverside.example",
    "notice_hours": "24",
    "grace_minutes": "3",
    "remind_hours": "72",
    "remind_day_before": "y",
    "idle_minutes": "15",
    "letters_per_hour": "1000",
    "version": "1",
}
PLACE = {
    "name": "Main Street",
    "address": "12 Main Street, Suite 4",
    "phone": "(919) 555-0142",
    "zone": "America/New_York",
    "version": "1",
}


def test_settings_are_changed(max_: Visitor) -> None:
    answer = max_.post("/office/settings", {**SETTINGS, "notice_hours": "48", "feed_initials": "y"})

    clinic = fresh(practice.clinic)
    assert (answer.status_code, clinic.notice_hours, clinic.feed_initials, clinic.version) == (303, 48, True, 2)


@pytest.mark.parametrize("typed", ["", "-1", "169", "1e3", "24.5", "99999999999999999999", "٢٤", "24\x00"])
def test_a_number_that_cannot_be_is_kept_and_refused_beside_its_field(max_: Visitor, typed: str) -> None:
    answer = max_.post("/office/settings", {**SETTINGS, "notice_hours": typed})

    assert answer.status_code == 422
    assert error_beside(answer, "notice_hours") == "This must be a whole number from 0 to 168."
    assert value_of(answer, "notice_hours") == typed.replace("\x00", "")
    assert fresh(practice.clinic).notice_hours == 24


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_name_that_cannot_be_is_refused_beside_its_field(max_: Visitor, typed: str) -> None:
    answers = [max_.post("/office/settings", {**SETTINGS, "name": typed})]
    answers.append(max_.post("/office/location", {**PLACE, "address": typed}))

    assert [answer.status_code for answer in answers] == [422, 422]
    assert error_beside(answers[0], "name")
    assert error_beside(answers[1], "address")


def test_names_with_quotes_and_other_scripts_are_kept_as_they_are(max_: Visitor) -> None:
    name = 'O\'Neil & "Söhne" <b>مركز</b> 🌿'

    max_.post("/office/settings", {**SETTINGS, "name": name})

    assert fresh(practice.clinic).name == name
    assert value_of(max_.get("/office/settings"), "name") == name


def test_who_read_an_older_page_sees_what_changed_and_keeps_what_they_typed(max_: Visitor) -> None:
    max_.post("/office/settings", {**SETTINGS, "notice_hours": "48"})

    answer = max_.post("/office/settings", {**SETTINGS, "name": "Riverside"})

    assert answer.status_code == 409
    assert "Clinic's name: Riverside Clinic" in words(answer)
    assert "Notice, in hours: 48" in words(answer)
    assert [value_of(answer, name) for name in ("name", "notice_hours", "version")] == ["Riverside", "24", "2"]


@pytest.mark.parametrize("version", [None, "", "0", "x", "99999999999999999999"])
def test_a_page_whose_version_is_missing_or_made_up_writes_nothing(max_: Visitor, version: str | None) -> None:
    typed = {**SETTINGS, "notice_hours": "48", "version": version}

    answer = max_.post("/office/settings", {name: value for name, value in typed.items() if value is not None})

    assert answer.status_code == (409 if version else 422)
    assert fresh(practice.clinic).notice_hours == 24


def test_letters_are_paused_and_resumed(max_: Visitor) -> None:
    max_.post("/office/settings/letters/pause")
    paused = fresh(practice.clinic).letters_paused_at
    max_.post("/office/settings/letters/resume")

    assert paused is not None
    assert fresh(practice.clinic).letters_paused_at is None


def test_the_location_is_changed(max_: Visitor) -> None:
    answer = max_.post("/office/location", {**PLACE, "address": "14 Main Street", "zone": "America/Chicago"})

    place = fresh(practice.location)
    assert answer.status_code == 303
    assert (place.address, place.zone, place.phone) == ("14 Main Street", "America/Chicago", "+19195550142")


def test_a_zone_or_phone_that_does_not_exist_is_refused_beside_its_field(max_: Visitor) -> None:
    zone = max_.post("/office/location", {**PLACE, "zone": "Mars/Base"})
    phone = max_.post("/office/location", {**PLACE, "phone": "12"})

    assert error_beside(zone, "zone") == "There is no such time zone. It looks like America/New_York."
    assert error_beside(phone, "phone") == "This is not a phone number. It looks like (919) 555-0134."


def test_the_zone_stands_still_while_visits_are_booked(max_: Visitor, book: object) -> None:
    assert callable(book)
    book()

    answer = max_.post("/office/location", {**PLACE, "zone": "America/Chicago"})

    assert answer.status_code == 409
    assert error_beside(answer, "zone").startswith("Visits are booked by the present time zone.")
