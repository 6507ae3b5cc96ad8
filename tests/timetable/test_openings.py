"""The openings of one person, against counting minutes."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic.timetable.openings import openings

from .worlds import at, minutes, span, spans, unhurried


@unhurried
@given(spans(120), spans(120, most=8), st.integers(1, 50), st.integers(0, 130), st.sampled_from([5, 15, 20]))
def test_an_opening_is_each_start_whose_minutes_are_all_free(hours, busy, length, not_before, grid):
    free = minutes(hours) - minutes(busy)
    expected = [
        at(start) for start in range(0, 130, grid) if start >= not_before and set(range(start, start + length)) <= free
    ]

    found = openings(
        hours=hours,
        busy=busy,
        length=timedelta(minutes=length),
        not_before=at(not_before),
        grid=timedelta(minutes=grid),
    )

    assert list(found) == expected


def test_a_visit_may_fill_the_hours_from_end_to_end():
    found = openings(hours=[span(540, 600)], busy=[], length=timedelta(hours=1), not_before=at(0))

    assert list(found) == [at(540)]
