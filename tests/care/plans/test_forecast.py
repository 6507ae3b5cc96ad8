"""Whether the authorization lasts: sentences at every boundary, and spending visit by visit."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.plans.forecast import Forecast, forecast

DEC_8, DEC_10, DEC_15, DEC_17, DEC_22 = (date(2026, 12, number) for number in (8, 10, 15, 17, 22))
DEC_29, JAN_5 = date(2026, 12, 29), date(2027, 1, 5)

unhurried = settings(deadline=None, database=None, max_examples=300)


def look(**changes: Any) -> Forecast:
    """Look ahead at a plan of 12 visits to Dec 29: 7 used, 5 booked, 10 authorized."""
    facts: dict[str, Any] = {
        "planned": 12,
        "used": 7,
        "booked": [DEC_8, DEC_10, DEC_15, DEC_17, DEC_22],
        "authorized": 10,
        "authorized_until": None,
        "plan_until": DEC_29,
    }
    return forecast(**{**facts, **changes})


def test_it_ends_with_the_booked_visit_that_uses_the_last_one() -> None:
    assert look() == Forecast(
        to_book=0,
        left=3,
        runs_out_on=DEC_15,
        short_by=2,
        sentence="Authorization ends after visit 10, Dec 15. The plan runs to Dec 29: ask for 2 more.",
    )


def test_the_order_of_the_booked_days_does_not_matter() -> None:
    assert look(booked=[DEC_22, DEC_15, DEC_17, DEC_8, DEC_10]) == look()


@pytest.mark.parametrize(
    ("authorized", "runs_out_on", "short_by"),
    [(8, DEC_8, 4), (11, DEC_17, 1), (12, None, 0), (13, None, 0), (None, None, 0)],
)
def test_as_many_as_planned_are_enough(authorized: int | None, runs_out_on: date | None, short_by: int) -> None:
    told = look(authorized=authorized)

    assert (told.runs_out_on, told.short_by, told.sentence == "") == (runs_out_on, short_by, short_by == 0)


def test_without_a_limit_nothing_is_left_to_count() -> None:
    assert look(authorized=None) == Forecast(to_book=0, left=None, runs_out_on=None, short_by=0, sentence="")


def test_a_visit_that_is_not_booked_yet_has_no_day() -> None:
    assert look(booked=[DEC_8, DEC_10]) == Forecast(
        to_book=3,
        left=3,
        runs_out_on=None,
        short_by=2,
        sentence="Authorization ends after visit 10. The plan runs to Dec 29: ask for 2 more.",
    )


def test_the_last_authorized_visit_may_be_the_last_booked_one() -> None:
    told = look(booked=[DEC_8, DEC_10, DEC_15])

    assert (told.to_book, told.runs_out_on, told.short_by) == (2, DEC_15, 2)


@pytest.mark.parametrize(("used", "left", "short_by"), [(10, 0, 2), (11, -1, 2)])
def test_nothing_left(used: int, left: int, short_by: int) -> None:
    booked = [DEC_8, DEC_10][: 12 - used]

    assert look(used=used, booked=booked, authorized_until=DEC_8) == Forecast(
        to_book=0,
        left=left,
        runs_out_on=None,
        short_by=short_by,
        sentence="All 10 authorized visits are used. The plan runs to Dec 29: ask for 2 more.",
    )


def test_all_used_and_none_ahead_needs_no_warning() -> None:
    assert look(planned=10, used=10, booked=[]) == Forecast(
        to_book=0, left=0, runs_out_on=None, short_by=0, sentence=""
    )


@pytest.mark.parametrize(
    ("until", "runs_out_on", "short_by", "sentence"),
    [
        (DEC_15, DEC_15, 2, "Authorization ends on Dec 15. The plan runs to Dec 29: ask for 2 more."),
        (
            DEC_17 - timedelta(days=1),
            DEC_17 - timedelta(days=1),
            2,
            "Authorization ends on Dec 16. The plan runs to Dec 29: ask for 2 more.",
        ),
        (DEC_17, DEC_17, 1, "Authorization ends on Dec 17. The plan runs to Dec 29: ask for 1 more."),
        (DEC_22, None, 0, ""),
    ],
)
@pytest.mark.parametrize("authorized", [None, 12])
def test_booked_visits_after_the_end_are_not_authorized(
    authorized: int | None, until: date, runs_out_on: date | None, short_by: int, sentence: str
) -> None:
    told = look(authorized=authorized, authorized_until=until)

    assert (told.runs_out_on, told.short_by, told.sentence) == (runs_out_on, short_by, sentence)


@pytest.mark.parametrize(
    ("booked", "visits"), [([DEC_8, DEC_10], "3 visits"), ([DEC_8, DEC_8, DEC_10, DEC_10], "visit")]
)
def test_visits_to_book_may_still_fit_before_the_end(booked: list[date], visits: str) -> None:
    told = look(authorized=None, authorized_until=DEC_15, booked=booked)

    assert (told.runs_out_on, told.short_by) == (DEC_15, 0)
    assert told.sentence == (
        "Authorization ends on Dec 15. The plan runs to Dec 29: "
        f"book the other {visits} by Dec 15, or ask for more time."
    )


def test_visits_to_book_follow_the_booked_ones() -> None:
    assert look(authorized=None, authorized_until=DEC_10, booked=[DEC_8, DEC_15]) == Forecast(
        to_book=3,
        left=None,
        runs_out_on=DEC_10,
        short_by=4,
        sentence="Authorization ends on Dec 10. The plan runs to Dec 29: ask for 4 more.",
    )


@pytest.mark.parametrize(("plan_until", "runs_out_on"), [(DEC_15, None), (DEC_17, DEC_15)])
def test_an_end_after_the_plans_own_does_no_harm(plan_until: date, runs_out_on: date | None) -> None:
    told = look(authorized=None, authorized_until=DEC_15, booked=[DEC_8], plan_until=plan_until)

    assert told.runs_out_on == runs_out_on


def test_too_few_visits_and_too_little_time_are_told_together() -> None:
    assert look(booked=[DEC_8], authorized_until=DEC_15) == Forecast(
        to_book=4,
        left=3,
        runs_out_on=DEC_15,
        short_by=2,
        sentence="Authorization ends after visit 10 or on Dec 15. The plan runs to Dec 29: ask for 2 more.",
    )


@pytest.mark.parametrize(
    ("until", "runs_out_on", "short_by", "ends"),
    [
        (DEC_10, DEC_10, 3, "on Dec 10"),
        (DEC_15, DEC_15, 2, "after visit 10, Dec 15"),
        (DEC_17, DEC_15, 2, "after visit 10, Dec 15"),
    ],
)
def test_whichever_comes_first_ends_it(until: date, runs_out_on: date, short_by: int, ends: str) -> None:
    told = look(authorized_until=until)

    assert (told.runs_out_on, told.short_by) == (runs_out_on, short_by)
    assert told.sentence == f"Authorization ends {ends}. The plan runs to Dec 29: ask for {short_by} more."


def test_visits_booked_beyond_the_plan_are_named() -> None:
    told = look(booked=[DEC_8, DEC_10, DEC_15, DEC_17, JAN_5])

    assert told.sentence == "Authorization ends after visit 10, Dec 15. Visits are booked to Jan 5: ask for 2 more."


@pytest.mark.parametrize(("planned", "booked", "to_book"), [(12, [DEC_8], 4), (8, [DEC_8], 0), (8, [DEC_8, DEC_10], 0)])
def test_what_is_to_book_is_never_negative(planned: int, booked: list[date], to_book: int) -> None:
    assert look(planned=planned, booked=booked).to_book == to_book


def test_more_booked_than_planned_need_authorizing_too() -> None:
    told = look(planned=9, authorized=9)

    assert (told.to_book, told.runs_out_on, told.short_by) == (0, DEC_10, 3)


@unhurried
@given(
    st.integers(0, 20),
    st.integers(0, 20),
    st.lists(st.integers(0, 40), max_size=12),
    st.none() | st.integers(1, 20),
    st.none() | st.integers(0, 40),
    st.integers(0, 45),
)
def test_the_forecast_is_what_spending_visit_by_visit_gives(
    planned: int, used: int, numbers: list[int], authorized: int | None, until: int | None, plan_until: int
) -> None:
    def on(number: int) -> date:
        return DEC_8 + timedelta(days=number)

    told = look(
        planned=planned,
        used=used,
        booked=[on(number) for number in numbers],
        authorized=authorized,
        authorized_until=None if until is None else on(until),
        plan_until=on(plan_until),
    )

    left = 10_000 if authorized is None else authorized - used
    unpaid, over, last_paid_on = max(-left, 0), False, None
    ahead: list[int | None] = [*sorted(numbers), *[None] * max(planned - used - len(numbers), 0)]
    for number in ahead:
        over = over or (until is not None and number is not None and number > until)
        if over or left <= 0:
            unpaid += 1
        else:
            left, last_paid_on = left - 1, None if number is None else on(number)
    assert told.short_by == unpaid
    assert bool(told.sentence) == bool(told.short_by or told.runs_out_on)
    if unpaid and not over and ahead and authorized is not None and authorized > used and last_paid_on:
        assert told.runs_out_on == last_paid_on
