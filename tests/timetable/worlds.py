"""Small worlds for the timetable's tests, and the slow, obvious answers that they are checked against."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from clinic.timetable.intervals import Interval
from clinic.timetable.zones import to_wall

MINUTE = timedelta(minutes=1)
START = datetime(2026, 11, 24, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))
ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Pacific/Chatham",
)

unhurried = settings(deadline=None, database=None, max_examples=300)


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def span(first: int, last: int) -> Interval:
    return Interval(at(first), at(last))


def minutes(intervals: Iterable[Interval]) -> set[int]:
    return {
        minute
        for interval in intervals
        for minute in range((interval.start - START) // MINUTE, (interval.end - START) // MINUTE)
    }


def spans(last: int, *, unit: int = 1, most: int = 5) -> st.SearchStrategy[list[Interval]]:
    """Draw lists of intervals between minutes 0 and ``last``, with ends on multiples of ``unit``."""
    edges = st.lists(st.integers(0, last // unit), min_size=2, max_size=2, unique=True).map(sorted)
    return st.lists(edges.map(lambda pair: span(pair[0] * unit, pair[1] * unit)), max_size=most)


def changes(key: str) -> list[datetime]:
    """List each hour of 2026 and 2027 within which the zone's offset changes."""
    zone = ZoneInfo(key)
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=passed) for passed in range(2 * 365 * 24)]
    offsets = [hour.astimezone(zone).utcoffset() for hour in hours]
    return [hour for hour, now, then in zip(hours, offsets, offsets[1:], strict=False) if now != then]


def change_days() -> list[tuple[str, date]]:
    """List each zone with every local day on which its clock changes, and the days beside it."""
    found = {
        (key, to_wall(change, ZoneInfo(key)).date() + timedelta(days=beside))
        for key in ZONES
        for change in changes(key)
        for beside in (-1, 0, 1)
    }
    return [*sorted(found), ("Asia/Kolkata", date(2026, 3, 8))]


def around(on: date) -> list[datetime]:
    """List every minute that might belong to a local day, anywhere on earth."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return [noon + passed * MINUTE for passed in range(-40 * 60, 40 * 60)]
