"""Intervals against counting minutes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from clinic.timetable.intervals import Interval, merge, subtract

from .worlds import at, minutes, span, spans, unhurried


@unhurried
@given(spans(60))
def test_merging_keeps_every_minute(some):
    merged = merge(some)

    assert minutes(merged) == minutes(some)


@unhurried
@given(spans(60))
def test_merged_intervals_are_in_order_and_do_not_touch(some):
    merged = merge(some)

    assert all(one.end < other.start for one, other in pairwise(merged))


@unhurried
@given(spans(60), spans(60, most=8))
def test_subtracting_leaves_the_minutes_that_are_not_taken(some, taken):
    left = list(subtract(some, taken))

    assert minutes(left) == minutes(some) - minutes(taken)
    assert left == merge(left)


@unhurried
@given(spans(30, most=2), spans(30, most=2))
def test_two_intervals_overlap_when_they_share_a_minute(some, others):
    pairs = [(one, other) for one in some for other in others]

    assert [one.overlaps(other) for one, other in pairs] == [
        bool(minutes([one]) & minutes([other])) for one, other in pairs
    ]


@unhurried
@given(spans(30, most=2), spans(30, most=2))
def test_clipping_keeps_the_minutes_inside_the_bounds(some, others):
    for one in some:
        for bounds in others:
            inside = one.clip(bounds)

            assert minutes([inside] if inside else []) == minutes([one]) & minutes([bounds])


def test_the_length_is_the_elapsed_time():
    assert span(30, 75).length == timedelta(minutes=45)


@pytest.mark.parametrize("zone", [None, ZoneInfo("America/New_York"), ZoneInfo("UTC")])
def test_an_interval_outside_utc_is_refused(zone):
    start = datetime(2026, 11, 24, 9, tzinfo=zone)

    with pytest.raises(ValueError, match="not in UTC"):
        Interval(start, datetime(2026, 11, 24, 10, tzinfo=UTC))


@pytest.mark.parametrize("end", [10, 9])
def test_an_interval_that_is_empty_or_runs_backwards_is_refused(end):
    with pytest.raises(ValueError, match="ends before"):
        Interval(at(10), at(end))
