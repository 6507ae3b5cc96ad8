"""Whole courses from a prescription: tapers, spilling over, what is left out, and one row proposed anew."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.timetable.course import CannotBe, best_course, best_slots
from clinic.timetable.hours import WeeklySpan, open_intervals
from clinic.timetable.supply import Supply, day_of
from clinic.timetable.wishes import Wishes
from clinic.timetable.zones import day_bounds, to_wall

from .course_worlds import NINE, TEN, by_day, course, days_of, on, prescribed, slot

NEW_YORK = ZoneInfo("America/New_York")


def weekdays(weeks, **asked):
    return [slot(7 * week + day, **asked) for week in range(weeks) for day in range(5)]


def test_a_taper_is_spread_over_its_weeks():
    found = course(prescribed((2, 2), (1, 2)), *weekdays(5))

    assert days_of(found) == [0, 3, 7, 10, 17, 24]
    assert (found.cost.unplaced, found.cost.uneven) == (0, 0)


def test_a_visit_without_a_slot_is_left_out_and_the_others_keep_their_numbers():
    shared = by_day(*weekdays(3))

    found = best_course(prescribed((1, 3)), slots=[shared, {}, shared])

    assert days_of(found) == [0, None, 7]


def test_when_there_are_too_few_days_the_last_visits_are_left_out():
    found = course(prescribed((1, 3)), slot(1), slot(8))

    assert days_of(found) == [1, 8, None]


def test_a_full_week_spills_over_into_the_weeks_after_the_last():
    found = course(prescribed((2, 2)), slot(0), slot(2), *[slot(14 + day) for day in range(5)])

    assert days_of(found) == [0, 2, 14, 17]
    assert (found.cost.unplaced, found.cost.uneven) == (0, 4)


def test_a_visit_in_a_fuller_week_is_better_than_none():
    found = course(prescribed((1, 2)), slot(0), slot(4))

    assert days_of(found) == [0, 4]


def test_two_even_courses_are_not_mixed_into_an_uneven_one():
    found = course(prescribed((1, 4)), slot(2), slot(15), slot(20), slot(22, outside=True), slot(28))

    assert days_of(found) == [2, 15, 22, 28]
    assert (found.cost.uneven, found.cost.outside) == (2, 1)


def test_visits_that_need_the_treadmill_are_on_days_on_which_it_is_free():
    plain, treadmill = by_day(*weekdays(4)), by_day(slot(1), slot(10), slot(22), slot(25))
    of_visits = [treadmill if number in (1, 4, 8) else plain for number in range(1, 9)]

    found = best_course(prescribed((2, 4)), slots=of_visits)

    assert days_of(found) == [1, 4, 7, 10, 14, 17, 21, 25]


def test_the_first_visit_is_soon_and_none_is_after_the_end():
    found = course(prescribed((1, 3), first_within=2, end_on=on(13)), slot(4), slot(8), slot(13), slot(14))

    assert days_of(found) == [None, 4, 13]


def test_nothing_is_placed_before_the_first_day():
    assert days_of(course(prescribed((1, 1)), slot(-1))) == [None]


@pytest.mark.parametrize(("authorized", "expected"), [(None, [0, 7, 14]), (2, [0, 7, None]), (0, [None, None, None])])
def test_no_more_visits_are_placed_than_are_authorized(authorized, expected):
    assert days_of(course(prescribed((1, 3), authorized=authorized), *weekdays(3))) == expected


def test_neighbors_keep_the_least_days_apart():
    found = course(prescribed((3, 1), least_apart=3), *weekdays(1))

    assert days_of(found) == [0, 3, None]


def test_the_named_therapist_comes_before_the_wishes_and_the_spacing():
    dana, noor = slot(6, outside=True, gap=20), slot(7, therapist="noor")

    named = course(prescribed((1, 2), therapist="dana"), slot(0), dana, noor)

    assert named.placed == (slot(0), noor)
    assert named.cost.therapist == 1


def test_of_a_day_the_named_therapist_is_taken_even_at_a_worse_time():
    dana, noor = slot(0, TEN, outside=True, gap=20), slot(0, therapist="noor")

    assert course(prescribed((1, 1), therapist="dana"), noor, dana).placed == (dana,)


def test_a_visit_is_left_out_rather_than_with_another_when_only_one_may_treat():
    found = course(prescribed((1, 2), therapist="dana", only=True), slot(0), slot(7, therapist="noor"))

    assert days_of(found) == [0, None]


def test_without_a_name_the_course_stays_with_one_therapist_even_outside_the_wishes():
    noor = [slot(day, therapist="noor", outside=True) for day in (0, 7, 14)]
    dana, sam = slot(0), slot(14, therapist="sam")

    assert course(prescribed((1, 3)), dana, *noor, sam).placed == tuple(noor)


def test_a_wished_time_comes_before_the_spacing_and_the_spacing_before_gaps():
    exact, wished, snug = slot(7, outside=True), slot(8, gap=20), slot(9)

    assert course(prescribed((1, 2)), slot(0), exact, wished, snug).placed == (slot(0), wished)


def test_of_equal_courses_that_with_the_earlier_dates_comes_first():
    found = course(prescribed((1, 2)), slot(1, NINE), slot(0, TEN), slot(8, NINE), slot(7, TEN))

    assert days_of(found) == [0, 7]


def test_of_equal_dates_the_earlier_starts_come_first_and_then_who_was_given_first():
    late, noor, dana = slot(0, TEN, "sam"), slot(0, NINE, "noor"), slot(0, NINE, "dana")

    assert course(prescribed((1, 1)), late, noor, dana).placed == (noor,)


def test_one_visit_is_proposed_anew_while_all_others_stay():
    rule = prescribed((2, 2))
    first = course(rule, *weekdays(2))
    taken = first.placed[1]
    others = {number: one for number, one in enumerate(first.placed, 1) if number != 2}

    found = course(rule, *(one for one in weekdays(2) if one != taken), fixed=others)

    assert [days_of(first), days_of(found)] == [[0, 3, 7, 10], [0, 4, 7, 10]]


def test_a_pinned_visit_stays_though_no_such_slot_is_offered():
    booked = slot(2, TEN, "noor", outside=True, gap=15)

    found = course(prescribed((1, 2)), slot(9), fixed={1: booked})

    assert found.placed == (booked, slot(9))


def test_a_visit_that_is_pinned_to_nothing_is_left_out():
    assert days_of(course(prescribed((1, 2)), *weekdays(2), fixed={1: None})) == [None, 0]


def test_when_nothing_is_free_nothing_is_placed():
    found = course(prescribed((2, 10), (1, 16)))

    assert (set(found.placed), found.cost.unplaced, found.cost.uneven) == ({None}, 36, 36)


def test_the_longest_course_is_placed_to_the_last_visit():
    found = course(prescribed((2, 8), (1, 44)), *weekdays(52))

    assert (found.cost.unplaced, found.cost.uneven) == (0, 0)


def test_slots_must_be_given_for_each_visit():
    with pytest.raises(ValueError, match="slots of 1 visits, and 2"):
        best_course(prescribed((1, 2)), slots=[{}])


@pytest.mark.parametrize("number", [0, 3])
def test_only_visits_of_the_course_can_be_pinned(number):
    with pytest.raises(ValueError, match=rf"no visits are numbered \[{number}\]"):
        course(prescribed((1, 2)), fixed={number: None})


def test_pins_may_be_just_within_the_rules():
    rules = {"first_within": 2, "end_on": on(9), "least_apart": 7, "authorized": 2, "therapist": "dana", "only": True}
    fixed = {1: slot(2), 2: slot(9)}

    assert days_of(course(prescribed((1, 3), **rules), fixed=fixed)) == [2, 9, None]
    assert days_of(course(prescribed((1, 1)), fixed={1: slot(0)})) == [0]


@pytest.mark.parametrize(
    ("rules", "fixed", "numbers", "sentence"),
    [
        (
            {},
            {2: slot(8), 3: slot(7)},
            (2, 3),
            "Visit 2 on Dec 1, 2026 and visit 3 on Nov 30, 2026 are in the wrong order.",
        ),
        (
            {},
            {1: slot(8), 2: None, 3: slot(8, TEN)},
            (1, 3),
            "Visit 1 on Dec 1, 2026 and visit 3 on Dec 1, 2026 are on the same day.",
        ),
        (
            {"least_apart": 2},
            {2: slot(0), 3: slot(1)},
            (2, 3),
            "Visit 2 on Nov 23, 2026 and visit 3 on Nov 24, 2026 are too close: visits must be at least 2 days apart.",
        ),
        (
            {},
            {3: slot(-1)},
            (3,),
            "Visit 3 on Nov 22, 2026 is before the first day of the course, Nov 23, 2026.",
        ),
        (
            {"end_on": on(6)},
            {2: slot(0), 3: slot(7)},
            (3,),
            "Visit 3 on Nov 30, 2026 is after the last day of the course, Nov 29, 2026.",
        ),
        (
            {"first_within": 2},
            {1: slot(3)},
            (1,),
            "Visit 1 on Nov 26, 2026 is too late: the first visit must be by Nov 25, 2026.",
        ),
        (
            {"authorized": 2},
            {3: slot(3)},
            (3,),
            "Visit 3 cannot be placed: 2 visits are authorized.",
        ),
        (
            {"therapist": "dana", "only": True},
            {2: slot(3, therapist="noor")},
            (2,),
            "Visit 2 on Nov 26, 2026 is with another therapist, and only the one named may treat this course.",
        ),
    ],
)
def test_pins_that_cannot_be_are_refused_with_a_sentence_to_read_aloud(rules, fixed, numbers, sentence):
    with pytest.raises(CannotBe) as refused:
        course(prescribed((1, 3), **rules), fixed=fixed)

    assert (refused.value.sentence, refused.value.numbers, refused.value.status) == (sentence, numbers, 409)


def test_the_clock_changes_within_a_course_and_the_visits_stay_at_their_hour():
    days = [date(2026, 10, 29), date(2026, 11, 5)]
    nine_to_ten = Wishes(windows=((time(9), time(10)),))
    hours = [WeeklySpan(weekday, time(8), time(12), days[0]) for weekday in range(7)]

    def slots(day):
        spans = open_intervals(weekly=hours, exceptions=(), zone=NEW_YORK, first=day, last=day)
        return best_slots(
            day_of(day_bounds(day, NEW_YORK), therapists={"dana": Supply(spans)}),
            on=day,
            length=timedelta(minutes=40),
            needs=(),
            wishes=nine_to_ten,
            zone=NEW_YORK,
            shortest=timedelta(minutes=30),
            not_before=datetime(2026, 10, 1, tzinfo=UTC),
        )

    found = best_course(prescribed((1, 2), first_on=days[0]), slots=[{day: slots(day) for day in days}] * 2)

    assert [to_wall(one.starts_at, NEW_YORK) for one in found.placed] == [datetime.combine(d, time(9)) for d in days]
    assert found.cost == (0, 0, 0, 0, 0, 0)
