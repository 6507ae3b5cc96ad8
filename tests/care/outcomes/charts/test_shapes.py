"""Boxes and lines, against points counted one by one; scales, and labels along an axis."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.outcomes.charts.labels import thinned
from clinic.care.outcomes.charts.scale import scale
from clinic.care.outcomes.charts.shapes import Box, Segment, Text

unhurried = settings(deadline=None, database=None, max_examples=300)
places = st.integers(-20, 20)
BOX = Box(left=-5, top=-3, right=5, bottom=3)


@pytest.mark.parametrize(
    ("line", "meets"),
    [
        (Segment(-10, 0, 10, 0), True),
        (Segment(0, -10, 0, 10), True),
        (Segment(-1, -1, 1, 1), True),
        (Segment(-10, -10, 10, 10), True),
        (Segment(-10, 3, 10, 3), False),
        (Segment(-10, 4, 10, 4), False),
        (Segment(5, -10, 5, 10), False),
        (Segment(-10, 0, -6, 0), False),
        (Segment(0, 9, 9, 0), False),
        (Segment(1, 1, 1, 1), True),
    ],
)
def test_a_line_meets_a_box_that_it_passes_through(line: Segment, meets: bool) -> None:
    assert BOX.meets(line) == meets


@unhurried
@given(places, places, places, places)
def test_a_line_with_a_point_in_the_box_meets_it(x1: int, y1: int, x2: int, y2: int) -> None:
    points = [(x1 + (x2 - x1) * at / 200, y1 + (y2 - y1) * at / 200) for at in range(201)]

    if any(-5 < x < 5 and -3 < y < 3 for x, y in points):
        assert BOX.meets(Segment(x1, y1, x2, y2))


def test_boxes_that_touch_do_not_overlap() -> None:
    assert not BOX.overlaps(Box(left=5, top=-3, right=9, bottom=3))
    assert BOX.overlaps(Box(left=4.9, top=-3, right=9, bottom=3))


@unhurried
@given(st.lists(st.decimals(-500, 500, places=1), min_size=1, max_size=20), st.none() | st.just(Decimal(-500)))
def test_a_scale_holds_its_values_with_few_round_ticks(values: list[Decimal], floor: Decimal | None) -> None:
    found = scale(values, floor=floor, ceiling=None, start=200, end=20)

    assert found.low <= min(values)
    assert found.high >= max(values)
    assert 2 <= len(found.ticks) <= 7
    assert [found.at(one) for one in found.ticks] == sorted((found.at(one) for one in found.ticks), reverse=True)


def test_the_first_and_the_last_label_of_an_axis_are_kept() -> None:
    labels = [Text(x=40.0 * at, y=240, words=f"visit {at}") for at in range(9)]

    assert [one and one.words for one in thinned(labels)] == [
        "visit 0",
        None,
        "visit 2",
        None,
        "visit 4",
        None,
        "visit 6",
        None,
        "visit 8",
    ]
    assert thinned([]) == []
