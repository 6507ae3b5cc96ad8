"""Which openings come first, and the reasons given."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.timetable.openings import Opening
from clinic.timetable.ranking import best, rank
from clinic.timetable.reasons import Reason, Why
from clinic.timetable.wishes import Wishes

NEW_YORK = ZoneInfo("America/New_York")
ANY_TIME = Wishes()
MORNINGS = Wishes(windows=((time(8), time(12)),))
ROOM_TO_SPARE = 120


def opening(day=24, hour=9, minute=0, *, therapist="dana", length=40, before=ROOM_TO_SPARE, after=ROOM_TO_SPARE):
    """Make an opening in November 2026, by the wall in New York; the 24th is a Tuesday."""
    starts_at = datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)
    lengths = [timedelta(minutes=minutes) for minutes in (length, before, after)]
    return Opening(starts_at, starts_at + lengths[0], therapist, (), *lengths[1:])


def ranked(*openings, wishes=ANY_TIME, **favored):
    return rank(openings, wishes=wishes, zone=NEW_YORK, shortest=timedelta(minutes=30), **favored)


def order(*openings, **asked):
    return [found.opening for found in ranked(*openings, **asked)]


def texts(*openings, **asked):
    return [" · ".join(map(str, found.reasons)) for found in ranked(*openings, **asked)]


def test_without_any_preference_the_earliest_comes_first():
    later, earlier = opening(hour=10), opening(hour=9)

    assert order(later, earlier) == [earlier, later]


def test_openings_that_are_equal_keep_the_therapists_order():
    dana, noor = opening(therapist="dana"), opening(therapist="noor")

    assert [order(dana, noor), order(noor, dana)] == [[dana, noor], [noor, dana]]


def test_the_usual_therapist_comes_before_a_sooner_time():
    noor, dana = opening(25, therapist="noor"), opening(30, therapist="dana")

    assert order(noor, dana, usual_therapist="dana") == [dana, noor]


def test_the_usual_therapist_comes_before_one_whose_focus_fits():
    runner, usual = opening(therapist="noor"), opening(therapist="dana")

    found = order(runner, usual, usual_therapist="dana", focus_therapists=frozenset({"noor"}))

    assert found == [usual, runner]


def test_a_therapist_whose_focus_fits_comes_before_a_sooner_time():
    dana, noor = opening(25, therapist="dana"), opening(30, therapist="noor")

    assert order(dana, noor, focus_therapists=frozenset({"noor"})) == [noor, dana]


def test_a_time_that_the_patient_can_make_comes_before_the_usual_therapist():
    afternoon, morning = opening(hour=14, therapist="dana"), opening(hour=9, therapist="noor")

    assert order(afternoon, morning, wishes=MORNINGS, usual_therapist="dana") == [morning, afternoon]


def test_within_a_week_an_opening_that_leaves_no_dead_time_comes_first():
    splits, fits, next_week = opening(24, before=10), opening(27), opening(30)

    assert order(splits, fits, next_week) == [fits, splits, next_week]


def test_nobody_waits_a_week_to_save_dead_time():
    splits, next_week = opening(24, before=10), opening(30)

    assert order(next_week, splits) == [splits, next_week]


def test_time_beside_a_visit_is_dead_when_the_shortest_visit_does_not_fit():
    openings = [opening(before=before, after=after) for before, after in [(0, 30), (25, 30), (20, 25)]]

    assert texts(*openings) == ["", "leaves 25 min unused", "leaves 45 min unused"]


def test_every_reason_is_given_in_words():
    favored = {"usual_therapist": "dana", "focus_therapists": frozenset({"dana"})}

    assert texts(opening(before=0, after=0), opening(hour=14), wishes=MORNINGS, **favored) == [
        "usual therapist · focus fits · at a wished time · closes a gap of 40 min",
        "usual therapist · focus fits · outside the wishes",
    ]


def test_reasons_are_data():
    found = ranked(opening(before=0, after=0))

    assert found[0].reasons == (Reason(Why.CLOSES_GAP, 40),)


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes(), True),
        (Wishes(weekdays=frozenset({1})), True),
        (Wishes(weekdays=frozenset({0, 2})), False),
        (Wishes(windows=((time(9), time(9, 40)),)), True),
        (Wishes(windows=((time(9, 5), time(12)),)), False),
        (Wishes(windows=((time(8), time(9, 35)),)), False),
        (Wishes(windows=((time(8), time(9, 20)), (time(9, 20), time(12)))), False),
        (Wishes(windows=((time(0), time(0)),)), True),
        (Wishes(windows=((time(17), time(0)), (time(8), time(0)))), True),
        (Wishes(frozenset({1}), ((time(13), time(17)),)), False),
    ],
)
def test_a_visit_suits_when_it_lies_wholly_in_one_wished_window(wishes, expected):
    assert [found.suits for found in ranked(opening(hour=9), wishes=wishes)] == [expected]


def test_wishes_are_meant_by_the_clock_on_the_wall():
    before_change = Opening(
        datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 10, 31, 13, tzinfo=UTC), "dana", (), *[timedelta(0)] * 2
    )
    after_change = before_change._replace(
        starts_at=datetime(2026, 11, 2, 13, tzinfo=UTC), ends_at=datetime(2026, 11, 2, 14, tzinfo=UTC)
    )

    eight_to_nine = Wishes(windows=((time(8), time(9)),))

    assert [found.suits for found in ranked(before_change, after_change, wishes=eight_to_nine)] == [True, True]


def test_the_best_three_are_in_different_half_days():
    openings = [opening(24, 9, minute) for minute in (0, 5, 10)] + [opening(24, 14), opening(24, 15), opening(25, 9)]

    chosen = best(ranked(*openings))

    assert [found.opening for found in chosen] == [openings[0], openings[3], openings[5]]


def test_within_one_half_day_the_best_do_not_overlap_while_others_are_left():
    openings = [opening(24, 9, minute) for minute in (0, 5, 40, 45)]

    chosen = [[found.opening for found in best(ranked(*openings), count=count)] for count in (2, 3)]

    assert chosen == [[openings[0], openings[2]], openings[:3]]


def test_variety_does_not_bring_up_a_time_outside_the_wishes():
    openings = [opening(24, 9), opening(24, 9, 20), opening(24, 10), opening(24, 14), opening(25, 14)]

    chosen = best(ranked(*openings, wishes=MORNINGS))

    assert [found.opening for found in chosen] == openings[:3]


def test_times_outside_the_wishes_fill_up_when_no_others_are_left():
    openings = [opening(24, 9), opening(24, 14), opening(24, 15)]

    chosen = best(ranked(*openings, wishes=MORNINGS), count=2)

    assert [found.opening for found in chosen] == openings[:2]


def test_no_two_of_the_best_start_together():
    openings = [opening(therapist="dana"), opening(therapist="noor")]

    assert [found.opening for found in best(ranked(*openings))] == openings[:1]


def test_of_no_openings_there_is_no_best():
    assert best(ranked()) == []
