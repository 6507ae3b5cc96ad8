"""What is prescribed, and what a course costs."""

from datetime import timedelta
from fractions import Fraction

import pytest

from clinic.timetable.course import Cost, Phase, cost_of

from .course_worlds import FIRST, on, prescribed, slot

TAPER = prescribed((2, 2), (1, 1))


def test_a_prescription_counts_its_visits_and_weeks():
    assert (TAPER.visits, TAPER.weeks) == (5, 3)


def test_weeks_are_seven_days_from_the_first_day():
    assert [TAPER.week_of(on(day)) for day in (-1, 0, 6, 7, 21)] == [-1, 0, 0, 1, 3]


def test_beyond_the_phases_nothing_is_prescribed_and_the_last_frequency_goes_on():
    assert [TAPER.prescribed(week) for week in range(-1, 5)] == [0, 2, 2, 1, 0, 0]
    assert [TAPER.frequency(week) for week in range(5)] == [2, 2, 1, 1, 1]


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ([slot(0), slot(3), slot(7), slot(10), slot(14)], Cost(0, 0, 0, 0, Fraction(9, 2), 0)),
        ([None] * 5, Cost(5, 5, 0, 0, Fraction(0), 0)),
        ([None, slot(0), None, slot(7), None], Cost(3, 3, 0, 0, Fraction(7, 2), 0)),
        ([slot(0), slot(1), slot(2), None, None], Cost(2, 4, 0, 0, Fraction(5), 0)),
        ([slot(21), slot(28), None, None, None], Cost(3, 7, 0, 0, Fraction(0), 0)),
        (
            [slot(0, outside=True, gap=5), None, slot(7, outside=True, gap=20), None, None],
            Cost(3, 3, 0, 2, Fraction(7, 2), 25),
        ),
    ],
)
def test_the_parts_of_the_cost_are_counted(placed, expected):
    assert cost_of(TAPER, placed) == expected


@pytest.mark.parametrize(("therapist", "expected"), [(None, 2), ("dana", 1), ("noor", 2), ("sam", 3)])
def test_changes_are_counted_when_nobody_is_named_and_else_visits_with_others(therapist, expected):
    placed = [slot(0), None, slot(7, therapist="noor"), None, slot(14)]

    assert cost_of(prescribed((2, 2), (1, 1), therapist=therapist), placed).therapist == expected


def test_a_lesser_part_never_outweighs_a_greater():
    costs = [Cost(0, 0, 0, 1, Fraction(99), 99), Cost(0, 0, 1, 0, Fraction(0), 0), Cost(0, 2, 0, 0, Fraction(0), 0)]

    assert sorted(costs, reverse=True) == costs[::-1]


@pytest.mark.parametrize("phase", [(0, 1), (8, 1), (1, 0), (1, 53)])
def test_a_phase_that_makes_no_sense_is_refused(phase):
    with pytest.raises(ValueError, match="is not 1 to"):
        Phase(*phase)


@pytest.mark.parametrize(
    ("phases", "rules", "problem"),
    [
        ([], {}, "0 visits"),
        ([(2, 30), (1, 1)], {}, "61 visits"),
        ([(1, 1)], {"end_on": FIRST - timedelta(days=1)}, "before it may begin"),
        ([(1, 1)], {"least_apart": 0}, "0 days apart"),
        ([(1, 1)], {"first_within": -1}, "negative"),
        ([(1, 1)], {"authorized": -1}, "negative"),
        ([(1, 1)], {"only": True}, "none is named"),
    ],
)
def test_a_prescription_that_makes_no_sense_is_refused(phases, rules, problem):
    with pytest.raises(ValueError, match=problem):
        prescribed(*phases, **rules)
