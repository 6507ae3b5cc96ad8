"""Hours, exceptions, time off and closures in the office."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clinic.scheduling import practice
from clinic.scheduling.practice.office_queries import coming_time_off, dated_days, periods
from clinic.scheduling.practice.queries import FOR_EVER
from tests.cast import NOW, ZONE, at
from tests.doors.office.conftest import error_beside, fresh, value_of, visits_in, words
from tests.visitor import Visitor

MORNINGS = {f"week-{day}_0_{end}": hour for day in range(5) for end, hour in (("from", "08:00"), ("until", "12:00"))}
TWO_SPANS = {"week-0_1_from": "13:00", "week-0_1_until": "17:30"}


def open_on(on: date) -> list[str]:
    """Return when Dana works on a day, by the clock on the wall."""
    spans = fresh(lambda: practice.open_hours([1], zone=ZONE, first=on, last=on))[1]
    return [f"{s.start.astimezone(ZONE):%H:%M}-{s.end.astimezone(ZONE):%H:%M}" for s in spans]


def test_weekly_hours_hold_from_a_date_on(max_: Visitor) -> None:
    answer = max_.post("/office/hours/1/week", {"week-from_on": "2026-12-07", **MORNINGS, **TWO_SPANS})

    assert answer.status_code == 303
    assert open_on(date(2026, 11, 30)) == ["08:00-12:00", "13:00-18:00"]
    assert open_on(date(2026, 12, 7)) == ["08:00-12:00", "13:00-17:30"]
    assert open_on(date(2026, 12, 8)) == ["08:00-12:00"]


def test_the_page_shows_present_and_later_hours_and_offers_the_later_ones_to_change(max_: Visitor) -> None:
    max_.post("/office/hours/1/week", {"week-from_on": "2026-12-07", **MORNINGS})

    answer = max_.get("/office/hours/1")

    assert "From Jan 1, 2026 until Dec 6, 2026 Mon 8:00 am–12:00 pm, 1:00 pm–6:00 pm" in words(answer)
    assert "From Dec 7, 2026 Mon 8:00 am–12:00 pm ; Tue" in words(answer)
    assert value_of(answer, "week-0_0_until") == "12:00"
    assert value_of(answer, "week-0_1_from") == ""


def test_midnight_as_an_end_is_the_end_of_the_day(max_: Visitor) -> None:
    max_.post(
        "/office/hours/1/week", {"week-from_on": "2026-12-07", "week-0_0_from": "20:00", "week-0_0_until": "00:00"}
    )

    assert open_on(date(2026, 12, 7)) == ["20:00-00:00"]
    assert value_of(max_.get("/office/hours/1"), "week-0_0_until") == "00:00"


@pytest.mark.parametrize(
    ("opens", "closes", "field", "sentence"),
    [
        ("12:00", "08:00", "until", "Hours go from an earlier to a later time, in steps of 5 minutes."),
        ("08:00", "08:00", "until", "Hours go from an earlier to a later time, in steps of 5 minutes."),
        ("08:00", "", "until", "Fill in both times, or neither."),
        ("", "08:00", "from", "Fill in both times, or neither."),
        ("08:02", "12:00", "from", "Times here go in steps of 5 minutes."),
        ("25:00", "12:00", "from", "Write a time of day, such as 14:30."),
        ("8 am", "12:00", "from", "Write a time of day, such as 14:30."),
        ("08:00\x00", "12:00", "from", "Write a time of day, such as 14:30."),
        ("24:05", "12:00", "from", "Write a time of day, such as 14:30."),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_day(
    max_: Visitor, opens: str, closes: str, field: str, sentence: str
) -> None:
    typed = {"week-from_on": "2026-12-07", "week-2_0_from": opens, "week-2_0_until": closes}

    answer = max_.post("/office/hours/1/week", typed)

    assert answer.status_code == 422
    assert error_beside(answer, f"week-2_0_{field}") == sentence
    assert value_of(answer, "week-2_0_from") == opens.replace("\x00", "")
    assert open_on(date(2026, 12, 7)) == ["08:00-12:00", "13:00-18:00"]


def test_spans_that_overlap_are_refused_beside_the_later_one(max_: Visitor) -> None:
    typed = {"week-0_1_from": "11:00", "week-0_1_until": "15:00"}

    answer = max_.post("/office/hours/1/week", {"week-from_on": "2026-12-07", **MORNINGS, **typed})

    assert answer.status_code == 422
    assert error_beside(answer, "week-0_1_until") == "Two spans of one day overlap."


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-02-30", "9999-01-01", "0000-00-00", "2026-12-07\x00"])
def test_a_date_that_cannot_be_is_refused_beside_its_field(max_: Visitor, typed: str) -> None:
    answers = {
        "week-from_on": max_.post("/office/hours/1/week", {"week-from_on": typed, **MORNINGS}),
        "date-on": max_.post("/office/hours/1/dates", {"date-on": typed}),
        "away-starts_on": max_.post("/office/hours/1/away", {"away-starts_on": typed}),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 422)
    assert all(error_beside(answer, name) for name, answer in answers.items())


def test_visits_that_lie_outside_the_new_hours_are_listed(max_: Visitor, book: Callable[..., Any]) -> None:
    book()
    afternoon = book(starts_at=at(15), patient_id=2).id
    before = max_.get("/office/hours/1")

    max_.post("/office/hours/1/week", {"week-from_on": "2026-11-24", **MORNINGS})

    assert visits_in(before) == []
    assert visits_in(max_.get("/office/hours/1")) == [str(afternoon)]
    assert "1 to look at" in words(max_.get("/office/hours"))


def test_other_hours_hold_on_a_date_until_they_are_removed(max_: Visitor) -> None:
    typed = {"date-on": "2026-12-01", "date-on_0_from": "09:00", "date-on_0_until": "11:00"}

    max_.post("/office/hours/1/dates", {**typed, "date-on_1_from": "14:00", "date-on_1_until": "15:00"})
    then = open_on(date(2026, 12, 1))
    max_.post("/office/hours/1/dates/remove", {"on": "2026-12-01"})

    assert then == ["09:00-11:00", "14:00-15:00"]
    assert open_on(date(2026, 12, 1)) == ["08:00-12:00", "13:00-18:00"]


def test_a_date_without_times_is_a_day_off(max_: Visitor) -> None:
    max_.post("/office/hours/1/dates", {"date-on": "2026-12-01"})

    assert [(day.on, day.spans) for day in fresh(lambda: dated_days(1, since=date(2026, 11, 24)))] == [
        (date(2026, 12, 1), [])
    ]
    assert "Tue Dec 1 off" in words(max_.get("/office/hours/1"))


def test_times_on_a_date_that_cannot_be_are_refused_beside_them(max_: Visitor) -> None:
    answer = max_.post(
        "/office/hours/1/dates", {"date-on": "2026-12-01", "date-on_0_from": "09:00", "date-on_0_until": "08:00"}
    )

    assert answer.status_code == 422
    assert error_beside(answer, "date-on_0_until").startswith("Hours go from an earlier to a later time")


def test_removing_without_a_date_is_refused(max_: Visitor) -> None:
    assert max_.post("/office/hours/1/dates/remove", {"on": "x"}).status_code == 422


def test_whole_days_off_are_entered_once_however_often_the_button_is_pressed(max_: Visitor) -> None:
    page = max_.get("/office/hours/1")
    typed = {"away-starts_on": "2026-12-07", "away-ends_on": "2026-12-08", "away-label": "Course"}
    typed["away-request_id"] = value_of(page, "away-request_id")

    statuses = [max_.post("/office/hours/1/away", typed).status_code for _ in range(2)]

    away = fresh(lambda: coming_time_off(1, now=NOW))
    assert statuses == [303, 303]
    assert [(one.starts_at, one.ends_at, one.label) for one in away] == [(at(0, day=13), at(0, day=15), "Course")]


def test_a_request_id_that_was_made_up_is_refused(max_: Visitor) -> None:
    answer = max_.post("/office/hours/1/away", {"away-starts_on": "2026-12-07", "away-request_id": "x" * 300})

    assert answer.status_code == 422
    assert "This page is too old" in words(answer)


def test_time_off_over_visits_is_refused_with_their_list(max_: Visitor, book: Callable[..., Any]) -> None:
    visit = book().id
    typed = {"away-starts_on": "2026-11-24", "away-starts_at": "08:30", "away-ends_at": "10:00", "away-label": "D"}

    answer = max_.post("/office/hours/1/away", typed)

    assert answer.status_code == 409
    assert error_beside(answer, "away-starts_at") == "Visits are booked in that time. Move or cancel them first."
    assert visits_in(answer) == [str(visit)]
    assert value_of(answer, "away-ends_at") == "10:00"
    assert fresh(lambda: coming_time_off(1, now=NOW)) == []


def test_time_off_is_taken_back_but_not_that_of_somebody_else(max_: Visitor) -> None:
    max_.post("/office/hours/1/away", {"away-starts_on": "2026-12-07"})

    foreign = max_.post("/office/hours/2/away/1/cancel").status_code
    own = max_.post("/office/hours/1/away/1/cancel").status_code

    assert (foreign, own) == (404, 303)
    assert fresh(lambda: coming_time_off(1, now=NOW)) == []


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"ends_on": "2026-12-06"}, "ends_at", "The end must come after the start, at most a year later."),
        ({"ends_on": "2028-12-06"}, "ends_at", "The end must come after the start, at most a year later."),
        ({"starts_at": "10:00", "ends_at": "10:00"}, "ends_at", "The end must come after the start, at most a year"),
        ({"label": "x" * 300}, "label", "This is too long: at most 60 characters."),
        ({"label": "a\x00b"}, "label", "This has a line break or a control character in it."),
    ],
)
def test_time_off_that_cannot_be_is_refused_beside_its_field(
    max_: Visitor, typed: dict[str, str], field: str, sentence: str
) -> None:
    sent = {"away-starts_on": "2026-12-07", **{f"away-{name}": value for name, value in typed.items()}}

    answer = max_.post("/office/hours/1/away", sent)

    assert answer.status_code == 422
    assert error_beside(answer, f"away-{field}").startswith(sentence)


def test_the_clinic_closes_and_opens_again(max_: Visitor) -> None:
    max_.post("/office/closures", {"starts_on": "2026-11-26", "ends_on": "2026-11-27", "label": "Thanksgiving"})
    closed = [(one.starts_at, one.ends_at, one.label) for one in practice.closures(first=NOW, until=NOW + FOR_EVER)]
    shut = open_on(date(2026, 11, 26))
    max_.post("/office/closures/1/reopen")

    assert closed == [(at(0, day=2), at(0, day=4), "Thanksgiving")]
    assert shut == []
    assert open_on(date(2026, 11, 26)) == ["08:00-12:00", "13:00-18:00"]


def test_a_closure_that_is_sent_twice_is_one(max_: Visitor) -> None:
    typed = {"starts_on": "2026-11-26", "label": "Thanksgiving"}

    statuses = [max_.post("/office/closures", typed).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert len(fresh(lambda: practice.closures(first=NOW, until=NOW + FOR_EVER))) == 1


def test_a_closure_over_visits_is_refused_with_their_list(max_: Visitor, book: Callable[..., Any]) -> None:
    visits = [str(book(starts_at=at(hour), patient_id=patient).id) for hour, patient in ((9, 1), (14, 2))]

    answer = max_.post("/office/closures", {"starts_on": "2026-11-24", "label": "Snow"})

    assert answer.status_code == 409
    assert error_beside(answer, "starts_at") == "Visits are booked in that time. Move or cancel them first."
    assert visits_in(answer) == visits
    assert value_of(answer, "label") == "Snow"


def test_a_time_that_spring_takes_away_is_refused_beside_its_field(max_: Visitor) -> None:
    typed = {"starts_on": "2027-03-14", "starts_at": "02:30", "ends_at": "06:00", "label": "Works"}

    answer = max_.post("/office/closures", typed)

    assert answer.status_code == 422
    assert error_beside(answer, "starts_at").startswith("2:30 am does not exist on Sunday, March 14, 2027")


def test_a_time_that_comes_twice_is_asked_about_and_then_taken(max_: Visitor) -> None:
    typed = {"starts_on": "2027-11-07", "starts_at": "01:30", "ends_at": "06:00", "label": "Works"}
    asked = max_.post("/office/closures", typed)

    answer = max_.post("/office/closures", {**typed, "starts_which": "1"})

    assert asked.status_code == 422
    assert error_beside(asked, "starts_at").startswith("1:30 am comes twice")
    assert re.findall(r'<option value="\d">([^<]+)', asked.text) == ["the first", "the second"]
    assert answer.status_code == 303
    assert fresh(lambda: practice.closures(first=NOW, until=NOW + FOR_EVER))[0].starts_at.hour == 6


def test_a_period_that_was_replaced_is_gone(max_: Visitor) -> None:
    max_.post("/office/hours/1/week", {"week-from_on": "2026-12-07", **MORNINGS})
    max_.post("/office/hours/1/week", {"week-from_on": "2026-12-01", **MORNINGS})

    found = fresh(lambda: periods(1, since=date(2026, 11, 24)))
    assert [(p.from_on, p.until_on) for p in found] == [
        (date(2026, 1, 1), date(2026, 11, 30)),
        (date(2026, 12, 1), None),
    ]
