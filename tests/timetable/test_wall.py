"""What people type, and the instants they mean: every minute of every day on which a clock changes."""

from collections import defaultdict
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.timetable.wall import AmbiguousTime, NoSuchTime, NotATime, from_wall, parse_day, parse_local

from .worlds import MINUTE, around, change_days, to_wall, unhurried

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(("key", "on"), change_days())
def test_a_time_is_refused_in_the_gap_and_asked_in_the_fold_and_only_there(key, on):
    zone = ZoneInfo(key)
    shown = defaultdict(list)
    for minute in around(on):
        shown[to_wall(minute, zone)].append(minute)
    walls = [datetime.combine(on, time.min) + passed * MINUTE for passed in range(24 * 60)]

    meant = [meanings(wall, zone) for wall in walls]

    assert meant == [shown[wall] for wall in walls]


def meanings(wall, zone):
    try:
        return [from_wall(wall, zone)]
    except NoSuchTime:
        return []
    except AmbiguousTime as asked:
        return list(asked.candidates)


@pytest.mark.parametrize(("fold", "hour"), [(0, 5), (1, 6)])
def test_a_repeated_time_may_be_chosen(fold, hour):
    instant = from_wall(datetime(2026, 11, 1, 1, 30), NEW_YORK, fold=fold)

    assert instant == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


def test_a_skipped_time_is_refused_with_a_sentence_to_read_aloud():
    with pytest.raises(NoSuchTime) as refused:
        from_wall(datetime(2026, 3, 8, 2, 30), NEW_YORK)

    assert refused.value.sentence == (
        "2:30 am does not exist on Sunday, March 8, 2026: the clocks go forward from 2:00 am to 3:00 am. "
        "Choose a time before 2:00 am, or 3:00 am or later."
    )
    assert (refused.value.status, refused.value.field) == (422, "starts_at")


def test_a_repeated_time_is_asked_with_a_sentence_to_read_aloud():
    with pytest.raises(AmbiguousTime) as asked:
        from_wall(datetime(2026, 11, 1, 1, 30), NEW_YORK, field="ends_at")

    assert asked.value.sentence == (
        "1:30 am comes twice on Sunday, November 1, 2026, because the clocks go back. "
        "Choose the first (EDT) or the second (EST)."
    )
    assert (asked.value.status, asked.value.field) == (422, "ends_at")


@pytest.mark.parametrize("fold", [0, 1])
def test_choosing_the_first_or_second_does_not_make_a_skipped_time_exist(fold):
    with pytest.raises(NoSuchTime):
        from_wall(datetime(2026, 3, 8, 2, 30), NEW_YORK, fold=fold)


def test_the_result_is_in_utc_itself():
    instant = from_wall(datetime(2026, 11, 24, 9), NEW_YORK)

    assert (instant, instant.tzinfo) == (datetime(2026, 11, 24, 14, tzinfo=UTC), UTC)


@unhurried
@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31, 23, 59)), st.sampled_from(["", ":00"]))
def test_a_time_is_read_as_it_was_written(wall, seconds):
    wall = wall.replace(second=0, microsecond=0, fold=0)

    assert parse_local(wall.strftime("%Y-%m-%dT%H:%M") + seconds) == wall


@unhurried
@given(st.text())
def test_other_text_is_refused(text):
    with pytest.raises(NotATime):
        parse_local(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "2026-11-24T09:00\0",
        "2026-11-24T09:00\n",
        "2026-11-24",
        "2026-11-24 09:00",
        "2026-11-24T9:00",
        "2026-11-24T24:00",
        "2026-11-24T09:60",
        "2026-11-24T09:00:01",
        "2026-11-24T09:00Z",
        "2026-11-24T09:00-05:00",
        "2026-02-29T09:00",
        "2026-W48-2T09:00",
        "٢٠٢٦-١١-٢٤T٠٩:٠٠",
        "1899-12-31T23:59",
        "2201-01-01T00:00",
        "9999-12-31T23:59",
        "0000-01-01T00:00",
    ],
)
def test_what_is_no_time_for_a_clinic_is_refused(text):
    with pytest.raises(NotATime) as refused:
        parse_local(text)

    assert (refused.value.status, refused.value.field) == (422, "starts_at")


def test_a_day_is_read_as_it_was_written():
    assert parse_day("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "20260309", "2026-02-29", "2026-W48-2", "9999-12-31", "2026-03-09T09:00"])
def test_what_is_no_day_for_a_clinic_is_refused(text):
    with pytest.raises(NotATime) as refused:
        parse_day(text, field="born_on")

    assert refused.value.field == "born_on"
