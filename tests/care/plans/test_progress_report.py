"""The progress report's clock against counting day by day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.plans.payer_rules import PayerRules
from clinic.care.plans.progress_report import ProgressClock, progress_due, progress_due_at_visit
from tests.care.plans.rules import MEDICARE_B, SELF_PAY

FIRST = date(2026, 11, 3)
THIRTY_DAYS = replace(MEDICARE_B, progress_calendar_days=30)
ONLY_THIRTY_DAYS = replace(THIRTY_DAYS, progress_treatment_days=None)

unhurried = settings(deadline=None, database=None, max_examples=300)


def on(number: int) -> date:
    """Return the n-th day, counted from the evaluation as day 1."""
    return FIRST + timedelta(days=number - 1)


def days(*numbers: int) -> list[date]:
    return [on(number) for number in numbers]


def test_the_evaluation_is_the_first_of_ten() -> None:
    assert progress_due(rules=MEDICARE_B, treatment_days=[FIRST], last_report_on=None, today=FIRST) == ProgressClock(
        count=1, of=10, due_now=False, due_on=None, left=9
    )


def test_nothing_has_run_before_the_first_day() -> None:
    assert progress_due(rules=THIRTY_DAYS, treatment_days=[], last_report_on=None, today=FIRST) == ProgressClock(
        count=0, of=10, due_now=False, due_on=None, left=10
    )


@pytest.mark.parametrize(
    ("treated", "clock"),
    [
        (9, ProgressClock(count=9, of=10, due_now=False, due_on=None, left=1)),
        (10, ProgressClock(count=10, of=10, due_now=True, due_on=on(10), left=0)),
        (12, ProgressClock(count=12, of=10, due_now=True, due_on=on(10), left=0)),
    ],
)
def test_the_report_is_due_on_the_tenth_treatment_day(treated: int, clock: ProgressClock) -> None:
    told = progress_due(
        rules=MEDICARE_B, treatment_days=days(*range(1, treated + 1)), last_report_on=None, today=on(40)
    )

    assert told == clock


def test_two_visits_on_one_day_are_one_treatment_day() -> None:
    told = progress_due(rules=MEDICARE_B, treatment_days=days(1, 1, 3, 3), last_report_on=None, today=on(3))

    assert told.count == 2


def test_the_reports_own_day_ends_the_period_and_the_next_is_day_one() -> None:
    treated = days(*range(1, 13))

    told = [
        progress_due(rules=MEDICARE_B, treatment_days=treated, last_report_on=last, today=on(12)).count
        for last in days(9, 10, 11, 12)
    ]

    assert told == [3, 2, 1, 0]


def test_a_payer_without_the_clock_only_has_a_count() -> None:
    told = progress_due(rules=SELF_PAY, treatment_days=days(*range(1, 31)), last_report_on=None, today=on(60))

    assert told == ProgressClock(count=30, of=None, due_now=False, due_on=None, left=None)


@pytest.mark.parametrize(("today", "due_on"), [(29, None), (30, 30), (31, 30)])
@pytest.mark.parametrize("rules", [THIRTY_DAYS, ONLY_THIRTY_DAYS])
def test_calendar_days_count_from_the_first_day_of_the_period(
    rules: PayerRules, today: int, due_on: int | None
) -> None:
    told = progress_due(rules=rules, treatment_days=days(1, 8), last_report_on=None, today=on(today))

    assert (told.due_now, told.due_on) == (due_on is not None, on(due_on) if due_on else None)


def test_calendar_days_start_again_with_the_first_treatment_after_a_report() -> None:
    told = [
        progress_due(rules=THIRTY_DAYS, treatment_days=days(1, 8, 15), last_report_on=on(8), today=on(today)).due_on
        for today in (43, 44)
    ]

    assert told == [None, on(44)]


def test_the_earlier_of_both_clocks_counts() -> None:
    told = progress_due(rules=THIRTY_DAYS, treatment_days=days(*range(1, 11)), last_report_on=None, today=on(60))

    assert told.due_on == on(10)


@pytest.mark.parametrize(
    ("booked", "due_on"),
    [
        (days(16, 18), None),
        (days(16, 18, 20), on(20)),
        (days(20, 18, 16, 18), on(20)),
        (days(14, 16, 18, 20), on(18)),
        (days(12, 13, 16, 18), None),
    ],
)
def test_the_visit_of_the_report_is_known_once_it_is_booked(booked: list[date], due_on: date | None) -> None:
    told = progress_due_at_visit(
        rules=MEDICARE_B,
        treatment_days=days(1, 3, 5, 7, 9, 10, 11),
        booked=booked,
        last_report_on=None,
        today=on(14),
    )

    assert told == due_on


def test_a_visit_of_today_that_is_done_is_not_counted_twice() -> None:
    told = progress_due_at_visit(
        rules=MEDICARE_B, treatment_days=days(*range(1, 10)), booked=days(9, 11), last_report_on=None, today=on(9)
    )

    assert told == on(11)


def test_a_report_that_is_due_already_keeps_its_day() -> None:
    told = progress_due_at_visit(
        rules=MEDICARE_B, treatment_days=days(*range(1, 12)), booked=days(14), last_report_on=None, today=on(12)
    )

    assert told == on(10)


def test_the_last_calendar_day_comes_whatever_is_booked() -> None:
    told = progress_due_at_visit(rules=THIRTY_DAYS, treatment_days=days(1), booked=[], last_report_on=None, today=on(2))

    assert told == on(30)


def test_no_report_is_foreseen_for_a_payer_without_the_clock() -> None:
    told = progress_due_at_visit(
        rules=SELF_PAY, treatment_days=days(*range(1, 20)), booked=days(30), last_report_on=None, today=on(20)
    )

    assert told is None


numbers = st.lists(st.integers(1, 60), max_size=40)
some_rules = st.builds(
    lambda treatments, calendar: replace(
        MEDICARE_B, progress_treatment_days=treatments, progress_calendar_days=calendar
    ),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 40),
)


def counted(rules: PayerRules, treated: Sequence[date], last_report_on: date | None, today: date) -> ProgressClock:
    """Walk through the calendar, and look at every day."""
    count, begun, due_on = 0, 0, None
    walk = FIRST if last_report_on is None else last_report_on + timedelta(days=1)
    while walk <= today:
        count += walk in treated
        begun += bool(count)
        if (
            due_on is None
            and count
            and (count == rules.progress_treatment_days or begun == rules.progress_calendar_days)
        ):
            due_on = walk
        walk += timedelta(days=1)
    of = rules.progress_treatment_days
    left = None if of is None else max(of - count, 0)
    return ProgressClock(count=count, of=of, due_now=due_on is not None, due_on=due_on, left=left)


@unhurried
@given(some_rules, numbers, st.none() | st.integers(1, 60), st.integers(1, 70))
def test_the_clock_is_what_counting_day_by_day_gives(
    rules: PayerRules, treated: list[int], last: int | None, today: int
) -> None:
    last_report_on = None if last is None else on(last)

    told = progress_due(rules=rules, treatment_days=days(*treated), last_report_on=last_report_on, today=on(today))

    assert told == counted(rules, days(*treated), last_report_on, on(today))


@unhurried
@given(some_rules, numbers, numbers, st.integers(1, 60))
def test_the_foreseen_day_is_the_one_on_which_it_becomes_due_if_all_come(
    rules: PayerRules, treated: list[int], booked: list[int], today: int
) -> None:
    treated, coming = [number for number in treated if number <= today], [n for n in booked if n >= today]

    told = progress_due_at_visit(
        rules=rules, treatment_days=days(*treated), booked=days(*booked), last_report_on=None, today=on(today)
    )

    assert told == counted(rules, days(*treated, *coming), None, on(200)).due_on
