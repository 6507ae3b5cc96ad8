"""Local days and names, by what the wall shows minute for minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.timetable.intervals import Interval
from clinic.timetable.zones import day_bounds, local_name, to_wall, zone_label

from .worlds import MINUTE, ZONES, around, change_days, changes


@pytest.mark.parametrize("key", ZONES)
def test_the_clock_of_each_zone_changes_four_times_in_two_years(key):
    assert len(changes(key)) == 4


@pytest.mark.parametrize(("key", "on"), change_days())
def test_a_local_day_holds_the_minutes_at_which_the_wall_shows_its_date(key, on):
    zone = ZoneInfo(key)
    shown = [minute for minute in around(on) if to_wall(minute, zone).date() == on]

    day = day_bounds(on, zone)

    assert day == Interval(shown[0], shown[-1] + MINUTE)
    assert day.length == len(shown) * MINUTE


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 8), 23), (date(2026, 3, 9), 24), (date(2026, 11, 1), 25)])
def test_a_day_in_new_york_has_23_24_or_25_hours(on, hours):
    assert day_bounds(on, ZoneInfo("America/New_York")).length == timedelta(hours=hours)


def test_a_day_whose_midnight_is_skipped_begins_at_the_skip():
    day = day_bounds(date(1919, 3, 31), ZoneInfo("America/Toronto"))

    assert day.start == datetime(1919, 3, 31, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "winter", "summer"),
    [
        ("America/New_York", "Eastern (EST)", "Eastern (EDT)"),
        ("America/Phoenix", "Arizona (MST)", "Arizona (MST)"),
        ("Europe/Berlin", "Berlin (CET)", "Berlin (CEST)"),
        ("Australia/Lord_Howe", "Lord Howe (UTC+11:00)", "Lord Howe (UTC+10:30)"),
    ],
)
def test_a_zone_is_called_what_people_call_it(key, winter, summer):
    zone = ZoneInfo(key)

    labels = [zone_label(zone, datetime(2026, month, 15, tzinfo=UTC)) for month in (1, 7)]

    assert labels == [winter, summer]


def test_the_short_name_follows_the_season():
    zone = ZoneInfo("America/New_York")

    assert [local_name(datetime(2026, month, 15, tzinfo=UTC), zone) for month in (1, 7)] == ["EST", "EDT"]


def test_the_wall_does_not_tell_the_first_of_two_from_the_second():
    shown = to_wall(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), ZoneInfo("America/New_York"))

    assert (shown, shown.fold) == (datetime(2026, 11, 1, 1, 30), 0)
