"""How the clock on a zone's wall runs: the only file that asks a zone for its offset."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clinic.timetable.intervals import Interval

SECOND = timedelta(seconds=1)

REGIONS = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Indiana/Indianapolis": "Eastern",
    "America/Kentucky/Louisville": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Atlantic",
}


def to_wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock on the wall shows at ``instant``, as a naive datetime."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def local_name(instant: datetime, zone: ZoneInfo) -> str:
    """Return the short name of the zone's time at ``instant``: EST, or UTC+10:30 where it has no letters."""
    name = instant.astimezone(zone).tzname() or ""
    if name[1:].isdigit():
        return f"UTC{name[:3]}:{name[3:] or '00'}"
    return name


def zone_label(zone: ZoneInfo, instant: datetime) -> str:
    """Return what people call the zone, with its short name at ``instant``: Eastern (EST), Berlin (CET)."""
    city = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{REGIONS.get(zone.key, city)} ({local_name(instant, zone)})"


def readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the two instants in UTC that a naive wall time may mean: by the offset before a change, and after it.

    They are equal on all but a few hours of the year. In a gap the first is the later one.
    """
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return before, after


def change_between(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second after ``start`` at which the offset is no longer that of ``start``.

    The offset at ``end`` must differ from it.
    """
    offset = _offset(start, zone)
    while end - start > SECOND:
        middle = start + (end - start) // 2 // SECOND * SECOND
        if _offset(middle, zone) == offset:
            start = middle
        else:
            end = middle
    return end


@lru_cache(maxsize=4096)
def day_bounds(on: date, zone: ZoneInfo) -> Interval:
    """Return the local day in UTC, midnight to midnight: 23, 24 or 25 hours.

    Where the clock skips midnight, the day begins at the skip; where midnight comes twice, at the first.
    """
    return Interval(_midnight(on, zone), _midnight(on + timedelta(days=1), zone))


@lru_cache(maxsize=4096)
def stretches(on: date, zone: ZoneInfo) -> tuple[tuple[Interval, timedelta], ...]:
    """Return the parts of the local day between changes of the clock, each with its offset from UTC."""
    day = day_bounds(on, zone)
    early, late = _offset(day.start, zone), _offset(day.end - SECOND, zone)
    if early == late:
        return ((day, early),)
    change = change_between(day.start, day.end - SECOND, zone)
    return ((Interval(day.start, change), early), (Interval(change, day.end), late))


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    first, second = readings(datetime.combine(on, time.min), zone)
    return first if first <= second else change_between(second, first, zone)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
