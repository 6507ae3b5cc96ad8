"""Weekly hours and exceptions, by counting the minutes at which the wall shows a time within them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.timetable.hours import DayException, WeeklySpan, open_intervals
from clinic.timetable.intervals import Interval

from .worlds import MINUTE, around, change_days, to_wall

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = date(2026, 11, 24)
SPANS = [
    (time(0), time(0)),
    (time(0), time(2, 30)),
    (time(1), time(1, 30)),
    (time(1, 30), time(3)),
    (time(2), time(3)),
    (time(2, 10), time(2, 50)),
    (time(8), time(17)),
    (time(23, 30), time(0)),
]


def weekly(starts=time(9), ends=time(17), *, weekday=1, from_on=date(2026, 1, 1), until_on=None):
    return WeeklySpan(weekday, starts, ends, from_on, until_on)


def opened(*spans, exceptions=(), first=TUESDAY, last=TUESDAY, zone=NEW_YORK):
    return open_intervals(weekly=spans, exceptions=exceptions, zone=zone, first=first, last=last)


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(("key", "on"), change_days())
def test_open_is_when_the_wall_shows_a_time_within_the_hours(key, on):
    zone = ZoneInfo(key)
    walls = [(minute, to_wall(minute, zone)) for minute in around(on)]
    today = [(minute, wall.time()) for minute, wall in walls if wall.date() == on]

    for starts, ends in SPANS:
        found = opened(weekly(starts, ends, weekday=on.weekday()), first=on, last=on, zone=zone)

        counted = [start + n * MINUTE for start, length in as_starts(found) for n in range(length)]
        assert counted == [minute for minute, shown in today if starts <= shown and (shown < ends or ends == time(0))]


def as_starts(intervals):
    return [(interval.start, interval.length // MINUTE) for interval in intervals]


def test_nine_in_the_morning_stays_nine_after_the_clocks_change():
    found = opened(weekly(weekday=5), weekly(weekday=6), first=date(2026, 10, 31), last=date(2026, 11, 1))

    assert [interval.start.hour for interval in found] == [13, 14]


def test_a_span_opens_on_its_weekday_from_its_first_to_its_last_date():
    spring = weekly(from_on=date(2026, 11, 10), until_on=TUESDAY)

    found = opened(spring, first=date(2026, 11, 1), last=date(2026, 12, 31))

    assert [interval.start for interval in found] == [utc(10, 14), utc(17, 14), utc(24, 14)]


def test_spans_that_touch_or_overlap_are_one():
    found = opened(weekly(time(9), time(12)), weekly(time(12), time(15)), weekly(time(14), time(17)))

    assert found == [Interval(utc(24, 14), utc(24, 22))]


def test_a_night_open_past_midnight_is_one_interval():
    found = opened(weekly(time(22), time(0)), weekly(time(0), time(2), weekday=2), last=TUESDAY + timedelta(days=1))

    assert found == [Interval(utc(25, 3), utc(25, 7))]


def test_an_exception_replaces_the_hours_of_its_date_alone():
    short = DayException(TUESDAY, ((time(10), time(11)),))

    found = opened(weekly(), exceptions=[short], last=date(2026, 12, 1))

    assert [interval.length for interval in found] == [timedelta(hours=1), timedelta(hours=8)]


def test_an_exception_without_spans_is_a_day_off():
    assert opened(weekly(), exceptions=[DayException(TUESDAY)]) == []


def test_an_exception_opens_a_day_that_has_no_weekly_hours():
    found = opened(exceptions=[DayException(TUESDAY, ((time(9), time(10)), (time(13), time(14))))])

    assert found == [Interval(utc(24, 14), utc(24, 15)), Interval(utc(24, 18), utc(24, 19))]


def test_exceptions_of_one_date_add_up_in_any_order():
    exceptions = [DayException(TUESDAY, ((time(9), time(10)),)), DayException(TUESDAY)]

    assert opened(weekly(), exceptions=exceptions) == opened(weekly(), exceptions=exceptions[::-1])
    assert opened(weekly(), exceptions=exceptions) == [Interval(utc(24, 14), utc(24, 15))]


def test_no_days_have_no_hours():
    assert opened(weekly(), last=date(2026, 11, 23)) == []


@pytest.mark.parametrize(("starts", "ends"), [(time(9), time(9)), (time(17), time(9))])
def test_a_span_without_time_is_refused(starts, ends):
    with pytest.raises(ValueError, match="no time between"):
        weekly(starts, ends)

    with pytest.raises(ValueError, match="no time between"):
        DayException(TUESDAY, ((starts, ends),))


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(weekday):
    with pytest.raises(ValueError, match="no weekday"):
        weekly(weekday=weekday)
