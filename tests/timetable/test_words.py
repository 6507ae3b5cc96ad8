"""Times in words, and the hour that comes twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.timetable.words import clock_words, dial_words, span_words

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        ((2026, 11, 24, 19, 40), "2:40–3:20 pm"),
        ((2026, 11, 24, 16, 40), "11:40 am–12:20 pm"),
        ((2026, 11, 1, 4, 0), "12:00–12:40 am"),
        ((2026, 11, 1, 5, 0), "1:00–1:40 am EDT"),
        ((2026, 11, 1, 6, 0), "1:00–1:40 am EST"),
        ((2026, 11, 1, 5, 40), "1:40 am EDT–1:20 am EST"),
        ((2026, 11, 1, 6, 20), "1:20–2:00 am EST"),
        ((2026, 11, 1, 7, 0), "2:00–2:40 am"),
        ((2026, 3, 8, 6, 40), "1:40–3:20 am"),
    ],
)
def test_from_when_to_when_says_which_hour_where_it_comes_twice(begins: tuple[int, ...], words: str) -> None:
    year, month, day, hour, minute = begins
    start = datetime(year, month, day, hour, minute, tzinfo=UTC)

    assert span_words(start, start + timedelta(minutes=40), NEW_YORK) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(4, 59, "12:59 am"), (5, 20, "1:20 am EDT"), (6, 20, "1:20 am EST"), (7, 0, "2:00 am"), (19, 40, "2:40 pm")],
)
def test_the_clock_says_which_hour_where_it_comes_twice(hour: int, minute: int, words: str) -> None:
    at = datetime(2026, 11, 1, hour, minute, tzinfo=UTC)

    assert clock_words(at, NEW_YORK) == words
    assert dial_words(at, NEW_YORK) == words.split()[0]
