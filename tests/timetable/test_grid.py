"""The grid and its bitmaps."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.timetable import bitmaps
from clinic.timetable.grid import begin_of, cell_at, cell_count, cell_from, cells, floor_to_grid, on_grid, whole_cells
from clinic.timetable.intervals import Interval

from .worlds import START, at, span, unhurried

FIRST = cell_at(START)


def test_a_visit_at_two_past_nine_shares_a_cell_with_one_at_nine():
    assert cells(span(542, 587)) == range(FIRST + 108, FIRST + 118)


def test_only_cells_that_are_open_from_end_to_end_are_whole():
    assert whole_cells(span(542, 587)) == range(FIRST + 109, FIRST + 117)


@pytest.mark.parametrize(("minute", "expected"), [(0, True), (5, True), (7, False)])
def test_every_fifth_minute_is_on_the_grid(minute, expected):
    assert on_grid(at(minute)) is expected


def test_a_second_past_the_line_is_off_the_grid():
    assert on_grid(at(5) + timedelta(seconds=1)) is False


def test_flooring_goes_back_to_the_line_before():
    assert [floor_to_grid(at(minute)) for minute in (9, 10, 11)] == [at(5), at(10), at(10)]


@unhurried
@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.timedeltas(timedelta(microseconds=1), timedelta(days=2)),
)
def test_cells_cover_the_interval_and_no_cell_more(start, length):
    interval = Interval(start, start + length)

    covered = cells(interval)

    assert begin_of(covered.start) <= interval.start < begin_of(covered.start + 1)
    assert begin_of(covered.stop - 1) < interval.end <= begin_of(covered.stop)
    assert (covered.start, covered.stop) == (cell_at(interval.start), cell_from(interval.end))


@pytest.mark.parametrize(("length", "expected"), [(5, 1), (40, 8), (41, 9)])
def test_a_part_of_a_cell_counts_as_a_whole_one(length, expected):
    assert cell_count(timedelta(minutes=length)) == expected


@unhurried
@given(st.sets(st.integers(0, 40)), st.integers(1, 12))
def test_runs_begin_where_that_many_bits_follow(bits, length):
    bitmap = sum(1 << bit for bit in bits)

    found = list(bitmaps.ones(bitmaps.runs(bitmap, length)))

    assert found == [bit for bit in sorted(bits) if set(range(bit, bit + length)) <= bits]


@unhurried
@given(st.sets(st.integers(0, 40)), st.integers(0, 42))
def test_bits_beside_a_place_are_counted_up_to_the_first_gap(bits, place):
    bitmap = sum(1 << bit for bit in bits)
    below = next(n for n in range(50) if place - 1 - n not in bits)
    above = next(n for n in range(50) if place + n not in bits)

    assert (bitmaps.ones_before(bitmap, place), bitmaps.ones_from(bitmap, place)) == (below, above)


@pytest.mark.parametrize(("width", "expected"), [(0, []), (1, [0]), (7, [0, 3, 6]), (10, [0, 3, 6, 9])])
def test_every_third_bit_is_set_until_the_width_is_reached(width, expected):
    assert list(bitmaps.ones(bitmaps.every(3, width))) == expected


def test_cells_before_the_first_fall_away():
    assert bitmaps.bitmap([range(3), range(8, 12), range(13, 14)], first=10) == 0b1011
