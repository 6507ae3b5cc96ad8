"""When a plan asks for the next re-evaluation."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.plans.reevaluation import reevaluation_due

TODAY = date(2026, 12, 1)

unhurried = settings(deadline=None, database=None, max_examples=300)


def ahead(*numbers: int) -> list[date]:
    return [TODAY + timedelta(days=number) for number in numbers]


def due(**changes: object) -> date | None:
    facts: dict[str, object] = {"every_visits": 10, "by": None, "visits_done": 7, "booked": ahead(2, 4, 7, 9)}
    return reevaluation_due(**{**facts, **changes}, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "day"), [(5, None), (6, ahead(9)[0]), (7, ahead(7)[0]), (9, ahead(2)[0]), (10, TODAY), (12, TODAY)]
)
def test_it_is_the_visit_that_the_plan_counts_to(done: int, day: date | None) -> None:
    assert due(visits_done=done) == day


@pytest.mark.parametrize(
    ("by", "day"),
    [(ahead(6)[0], ahead(6)[0]), (ahead(7)[0], ahead(7)[0]), (ahead(8)[0], ahead(7)[0]), (ahead(-3)[0], ahead(-3)[0])],
)
def test_the_earlier_of_visit_and_date_counts(by: date, day: date) -> None:
    assert due(by=by) == day


def test_a_date_alone_is_enough() -> None:
    assert due(every_visits=None, by=ahead(20)[0]) == ahead(20)[0]
    assert due(visits_done=0, by=ahead(20)[0]) == ahead(20)[0]


def test_a_plan_without_either_has_none() -> None:
    assert due(every_visits=None) is None


def test_visits_that_should_have_been_are_not_counted_and_two_on_a_day_are_two() -> None:
    assert due(booked=ahead(-2, -1, 0, 5, 5)) == ahead(5)[0]


def test_every_no_visits_is_refused() -> None:
    with pytest.raises(ValueError, match="every 0 visits"):
        due(every_visits=0)


@unhurried
@given(st.integers(1, 12), st.integers(0, 15), st.lists(st.integers(-5, 40), max_size=12))
def test_the_visit_is_found_by_counting(every: int, done: int, numbers: list[int]) -> None:
    expected, count = (TODAY if done >= every else None), done
    for number in sorted(number for number in numbers if number >= 0):
        count += 1
        if expected is None and count == every:
            expected = ahead(number)[0]

    assert due(every_visits=every, visits_done=done, booked=ahead(*numbers)) == expected
