"""Openings among therapists, rooms and equipment, against trying every minute."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.timetable.openings import Opening, search
from clinic.timetable.supply import Need, Supply, day_of

from .worlds import DAY, MINUTE, START, at, minutes, span, spans, unhurried

HORIZON = 150


def length_of(count):
    return count * MINUTE


def found(therapists, resources=None, *, length=30, needs=(), step=15, not_before=0, bounds=DAY):
    day = day_of(bounds, therapists=therapists, resources=resources)
    return list(search([day], length=length_of(length), needs=needs, step=length_of(step), not_before=at(not_before)))


def starts(openings):
    return [((opening.starts_at - START) // MINUTE, opening.therapist) for opening in openings]


def tried(therapists, resources, *, length, needs, step, not_before):
    """Try every start for every therapist, minute for minute."""
    for start in range(0, HORIZON, step):
        chosen = [(need.kind, first_free(resources[need.kind], start, need)) for need in needs]
        if start < not_before or None in dict(chosen).values():
            continue
        for key, supply in therapists.items():
            free = minutes(supply.hours) - minutes(supply.busy)
            if set(range(start, start + length)) <= free:
                before = next(n for n in range(HORIZON) if start - 1 - n not in free)
                after = next(n for n in range(HORIZON) if start + length + n not in free)
                yield Opening(at(start), at(start + length), key, tuple(chosen), length_of(before), length_of(after))


def first_free(resources, start, need):
    needed = set(range(start + need.from_minute, start + need.until_minute))
    return next((key for key, busy in resources.items() if not needed & minutes(busy)), None)


def needs_of(kind):
    edges = st.lists(st.integers(0, 60), min_size=2, max_size=2, unique=True).map(sorted)
    return edges.map(lambda pair: Need(kind, *pair))


supplies = st.builds(Supply, spans(HORIZON - 30, unit=5, most=2), spans(HORIZON, unit=5, most=3))
teams = st.dictionaries(st.sampled_from("abc"), supplies, max_size=3)
kinds = st.dictionaries(st.sampled_from("rst"), spans(HORIZON, unit=5, most=3), max_size=3)


@unhurried
@given(
    teams,
    st.fixed_dictionaries({"room": kinds, "treadmill": kinds}),
    st.lists(st.one_of(needs_of("room"), needs_of("treadmill")), max_size=2, unique_by=lambda need: need.kind),
    st.sampled_from([5, 20, 45]),
    st.sampled_from([5, 15]),
    st.integers(0, 60),
)
def test_the_search_finds_what_trying_every_minute_finds(therapists, resources, needs, length, step, not_before):
    asked = {"length": length, "needs": needs, "step": step, "not_before": not_before}

    assert found(therapists, resources, **asked) == list(tried(therapists, resources, **asked))


def test_openings_come_by_start_and_then_in_the_therapists_order():
    team = {"noor": Supply([span(540, 585)]), "dana": Supply([span(540, 570)])}

    assert starts(found(team)) == [(540, "noor"), (540, "dana"), (555, "noor")]


def test_the_first_resource_in_the_clinics_order_is_named():
    rooms = {"room": {"two": [span(0, 560)], "one": []}}

    openings = found({"dana": Supply([span(540, 600)])}, rooms, needs=[Need("room", 0, 30)])

    assert [opening.resources for opening in openings] == [(("room", "one"),), (("room", "one"),), (("room", "two"),)]


def test_a_treadmill_is_needed_only_in_the_minutes_that_need_it():
    treadmill = {"treadmill": {"one": [span(540, 550), span(570, 600)]}}

    openings = found({"dana": Supply([span(540, 600)])}, treadmill, needs=[Need("treadmill", 10, 30)])

    assert starts(openings) == [(540, "dana")]


def test_a_need_off_the_grid_takes_the_whole_of_its_cells():
    treadmill = {"treadmill": {"one": [span(560, 565)]}}
    team = {"dana": Supply([span(540, 570)])}

    found_until = [starts(found(team, treadmill, needs=[Need("treadmill", 8, until)])) for until in (20, 21)]

    assert found_until == [[(540, "dana")], []]


def test_turnover_is_needed_of_the_room_while_the_therapist_is_already_free():
    rooms = {"room": {"one": [span(580, 600)]}}
    team = {"dana": Supply([span(540, 575)])}

    with_turnover = [starts(found(team, rooms, needs=[Need("room", 0, until)], step=5)) for until in (40, 45)]

    assert with_turnover == [[(540, "dana")], []]


def test_a_kind_of_which_there_is_none_leaves_no_openings():
    assert found({"dana": Supply([span(540, 600)])}, needs=[Need("pool", 0, 30)]) == []


def test_hours_off_the_grid_are_not_promised_and_busy_times_off_the_grid_take_the_whole_cell():
    team = {"dana": Supply([span(542, 603)], [span(577, 578)])}

    assert starts(found(team, step=5)) == [(545, "dana")]


def test_times_of_the_days_before_and_after_do_no_harm():
    team = {"dana": Supply([span(-600, -500), span(-30, 30), span(1410, 1500)], [span(-20, 5), span(1500, 2000)])}

    assert starts(found(team, length=25, step=5)) == [(5, "dana"), (1410, "dana"), (1415, "dana")]


def test_starts_are_on_a_step_from_local_midnight():
    kolkata = DAY.start + length_of(-330)
    bounds = type(DAY)(kolkata, kolkata + timedelta(days=1))

    openings = found({"dana": Supply([span(0, 80)])}, step=20, bounds=bounds)

    assert starts(openings) == [(10, "dana"), (30, "dana"), (50, "dana")]


def test_days_are_read_only_as_far_as_openings_are_asked_for():
    read = []

    def days():
        for passed in range(28):
            read.append(passed)
            start = 540 + passed * 1440
            bounds = type(DAY)(at(passed * 1440), at((passed + 1) * 1440))
            yield day_of(bounds, therapists={"dana": Supply([span(start, start + 60)])})

    openings = search(days(), length=length_of(60), not_before=START)
    first_two = [next(openings).starts_at, next(openings).starts_at]

    assert first_two == [at(540), at(540 + 1440)]
    assert read == [0, 1]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"step": 7}, "not a multiple"),
        ({"step": 0}, "not a multiple"),
        ({"length": 0}, "cannot last"),
        ({"needs": [Need("room", 0, 5), Need("room", 5, 10)]}, "at most one"),
    ],
)
def test_a_search_that_makes_no_sense_is_refused_at_once(asked, refusal):
    with pytest.raises(ValueError, match=refusal):
        found({}, **asked)


@pytest.mark.parametrize(("first", "last"), [(-5, 10), (10, 10), (10, 5)])
def test_a_need_without_time_is_refused(first, last):
    with pytest.raises(ValueError, match="no time is needed"):
        Need("room", first, last)
