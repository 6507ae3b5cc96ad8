"""The best course, against trying all courses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.timetable.course import CannotBe, best_course, cost_of

from .course_worlds import NINE, TEN, by_day, on, prescribed, slot, tried

PHASES = [
    [(1, 1)],
    [(1, 2)],
    [(1, 3)],
    [(1, 4)],
    [(2, 1)],
    [(2, 1), (1, 1)],
    [(1, 1), (2, 1)],
    [(2, 1), (1, 2)],
    [(2, 2)],
    [(3, 1), (1, 1)],
    [(4, 1)],
    [(1, 1), (3, 1)],
]
NAMED = [{}, {"therapist": "dana"}, {"therapist": "dana", "only": True}]

thorough = settings(deadline=None, database=None, max_examples=400)
slots = st.builds(
    slot,
    st.one_of(st.integers(-1, 24), st.integers(0, 8)),
    st.sampled_from([NINE, TEN]),
    st.sampled_from(["dana", "noor", "sam"]),
    outside=st.booleans(),
    gap=st.sampled_from([0, 0, 10, 25]),
)
rules = st.fixed_dictionaries(
    {},
    optional={
        "end_on": st.integers(0, 22).map(on),
        "first_within": st.integers(0, 10),
        "authorized": st.integers(0, 4),
        "least_apart": st.integers(1, 3),
    },
)
prescriptions = st.builds(
    lambda phases, named, others: prescribed(*phases, **named, **others),
    st.sampled_from(PHASES),
    st.sampled_from(NAMED),
    rules,
)


@st.composite
def asked(draw, pins):
    """Draw a prescription, the slots of each visit from one of two mappings, and pins."""
    prescription = draw(prescriptions)
    offered = draw(st.lists(slots, max_size=9))
    equipped = [one for one in offered if one.starts_at.hour == 9]
    mappings = st.sampled_from([by_day(*offered), by_day(*equipped)])
    of_visits = draw(st.lists(mappings, min_size=prescription.visits, max_size=prescription.visits))
    return prescription, of_visits, draw(pins(prescription.visits, offered))


def no_pins(visits, offered):
    return st.just({})


def some_pins(visits, offered):
    pinned = st.one_of(st.none(), slots, st.sampled_from(offered) if offered else st.none())
    return st.dictionaries(st.integers(1, visits), pinned, max_size=2)


@thorough
@given(asked(no_pins))
def test_no_course_is_better(world):
    prescription, of_visits, _ = world

    found = best_course(prescription, slots=of_visits)

    best = tried(prescription, of_visits, {})
    assert (found.placed, found.cost) == (best, cost_of(prescription, best))


@thorough
@given(asked(some_pins))
def test_no_course_with_the_same_pins_is_better(world):
    prescription, of_visits, fixed = world
    best = tried(prescription, of_visits, fixed)

    if best is None:
        with pytest.raises(CannotBe):
            best_course(prescription, slots=of_visits, fixed=fixed)
    else:
        assert best_course(prescription, slots=of_visits, fixed=fixed).placed == best
