"""The slots of a day, against the search for openings."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.timetable.bitmaps import bitmap
from clinic.timetable.course import Slot, all_slots, best_slots
from clinic.timetable.grid import begin_of, cell_at
from clinic.timetable.openings import search
from clinic.timetable.supply import Day, Need
from clinic.timetable.wishes import Wishes
from clinic.timetable.zones import day_bounds, to_wall

from .worlds import MINUTE, unhurried

DAYS = [
    (date(2026, 11, 24), "America/New_York"),
    (date(2026, 3, 8), "America/New_York"),
    (date(2026, 11, 1), "America/New_York"),
    (date(2026, 10, 4), "Australia/Lord_Howe"),
    (date(2026, 11, 24), "Asia/Kolkata"),
]
CELLS = 60

edges = st.lists(st.integers(0, CELLS), min_size=2, max_size=2, unique=True).map(sorted)
bits = st.lists(edges.map(lambda pair: range(*pair)), max_size=4).map(bitmap)
clocks = st.integers(0, 72).map(lambda fives: time(fives // 12, fives % 12 * 5 + fives % 2))
wishes = st.builds(
    Wishes,
    st.one_of(st.just(frozenset()), st.frozensets(st.integers(0, 6))),
    st.one_of(st.just(()), st.lists(st.tuples(clocks, clocks), max_size=2).map(tuple)),
)


@st.composite
def asked(draw):
    """Draw a day with its teams and resources, and what is asked of it."""
    on, key = draw(st.sampled_from(DAYS))
    zone = ZoneInfo(key)
    first = cell_at(day_bounds(on, zone).start)
    names = st.permutations("abc")
    free = {name: draw(bits) for name in draw(names)}
    day = Day(first, free, {"room": draw(st.dictionaries(st.sampled_from("rs"), bits, max_size=2))})
    return day, {
        "on": on,
        "zone": zone,
        "length": draw(st.sampled_from([5, 20, 43])) * MINUTE,
        "needs": draw(st.sampled_from([(), (Need("room", 0, 45),)])),
        "wishes": draw(wishes),
        "shortest": draw(st.sampled_from([5, 20, 32, 60])) * MINUTE,
        "not_before": begin_of(first) + draw(st.sampled_from([0, 0, 7, 60])) * MINUTE,
        "step": draw(st.sampled_from([5, 5, 15])) * MINUTE,
    }


def searched(day, *, on, zone, wishes, shortest, **rest):
    """Make a slot of each opening that the search finds, as ranking judges it."""
    for opening in search([day], **rest):
        beside = [opening.free_before, opening.free_after]
        start, end = to_wall(opening.starts_at, zone), to_wall(opening.ends_at, zone)
        gap = sum(left // MINUTE for left in beside if left < shortest)
        outside = not wishes.suit(start, end)
        yield Slot(on, opening.starts_at, opening.ends_at, opening.therapist, outside, gap)


@unhurried
@given(asked())
def test_the_slots_of_a_day_are_the_openings_that_the_search_finds(world):
    day, rules = world

    assert list(all_slots(day, **rules)) == list(searched(day, **rules))


@unhurried
@given(asked())
def test_the_best_of_each_therapist_is_the_best_opening_that_the_search_finds(world):
    day, rules = world
    openings = list(searched(day, **rules))
    of_each = [[one for one in openings if one.therapist == key] for key in day.free]

    found = best_slots(day, **rules)

    hours = replace(rules["wishes"], weekdays=frozenset())

    def order(slot):
        at_that_time = hours.suit(to_wall(slot.starts_at, rules["zone"]), to_wall(slot.ends_at, rules["zone"]))
        return slot.outside, slot.gap, not at_that_time, slot.starts_at

    assert found == [min(slots, key=order) for slots in of_each if slots]


def test_on_a_day_that_is_not_wished_the_wished_time_of_day_comes_first():
    afternoon = Wishes(weekdays=frozenset({0}), windows=((time(9, 40), time(12)),))  # the day is a Thursday

    assert asking(best_slots, wishes=afternoon, therapists=["dana"]) == [("dana", 580)]


DAY = Day(0, {"noor": bitmap([range(108, 120)]), "dana": bitmap([range(108, 124)])}, {})


def starts(slots):
    return [(slot.therapist, (slot.starts_at - datetime(1970, 1, 1, tzinfo=UTC)) // MINUTE) for slot in slots]


def asking(find, **asked):
    defaults = {
        "on": date(1970, 1, 1),
        "length": 40 * MINUTE,
        "needs": (),
        "wishes": Wishes(),
        "zone": ZoneInfo("UTC"),
        "shortest": 30 * MINUTE,
        "not_before": datetime(1970, 1, 1, tzinfo=UTC),
    }
    return starts(find(DAY, **{**defaults, **asked}))


def test_slots_are_ten_minutes_apart_unless_another_step_is_asked_for():
    assert asking(all_slots, therapists=["noor"]) == [("noor", 540), ("noor", 550), ("noor", 560)]
    assert asking(all_slots, therapists=["noor"], step=20 * MINUTE) == [("noor", 540), ("noor", 560)]


@pytest.mark.parametrize(
    ("therapists", "expected"),
    [(None, ["noor", "dana"]), (["dana", "noor"], ["dana", "noor"]), (["sam", "dana"], ["dana"]), ([], [])],
)
def test_the_best_slots_are_of_the_therapists_asked_for_in_their_order(therapists, expected):
    assert [key for key, _ in asking(best_slots, therapists=therapists)] == expected


@pytest.mark.parametrize("find", [best_slots, all_slots])
def test_slots_that_make_no_sense_are_refused_at_once(find):
    with pytest.raises(ValueError, match="cannot last"):
        asking(find, length=timedelta(0))
