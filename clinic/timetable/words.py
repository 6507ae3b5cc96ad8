"""Days and times in US words, by the clock on the wall."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from clinic.timetable.zones import local_name, readings, stretches, to_wall

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(on: date, *, today: date) -> str:
    """Return a day in words: Tue Nov 24, with the year where it is not this one."""
    year = "" if on.year == today.year else f", {on.year}"
    return f"{WEEKDAYS[on.weekday()]} {MONTHS[on.month - 1]} {on.day}{year}"


def long_day_words(on: date, *, today: date) -> str:
    """Return a day in full: Tuesday, November 24, with the year where it is not this one."""
    year = "" if on.year == today.year else f", {on.year}"
    return f"{LONG_WEEKDAYS[on.weekday()]}, {LONG_MONTHS[on.month - 1]} {on.day}{year}"


def date_words(on: date) -> str:
    """Return a date without its weekday, as for a birth date: Mar 8, 1991."""
    return f"{MONTHS[on.month - 1]} {on.day}, {on.year}"


def minute_words(minute: int) -> str:
    """Return a time of day, given in minutes after midnight: 2:40 pm."""
    hour, rest = divmod(minute % 1440, 60)
    return f"{hour % 12 or 12}:{rest:02d} {'am' if hour < 12 else 'pm'}"


def clock_words(instant: datetime, zone: ZoneInfo) -> str:
    """Return what the clock on the wall shows: 2:40 pm. In the hour that comes twice it says which: 1:20 am EST."""
    words = _face_words(instant, zone)
    return f"{words} {local_name(instant, zone)}" if _comes_twice(instant, zone) else words


def dial_words(instant: datetime, zone: ZoneInfo) -> str:
    """Return what the clock on the wall shows where its half of the day is plain: 2:40."""
    return _face_words(instant, zone)[:-3]


def span_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return from when to when, with am or pm once where both share it: 2:40–3:20 pm, 11:40 am–12:20 pm.

    In the hour that comes twice it says which: 1:20–2:00 am EST, 1:40 am EDT–1:20 am EST.
    """
    opens, closes = _face_words(start, zone), _face_words(end, zone)
    comes_twice = _comes_twice(start, zone) or _comes_twice(end, zone)
    names = [local_name(instant, zone) for instant in (start, end)] if comes_twice else ["", ""]
    if opens[-2:] == closes[-2:] and names[0] == names[1]:
        opens, names[0] = opens[:-3], ""
    return "–".join(f"{clock} {name}".rstrip() for clock, name in zip((opens, closes), names, strict=True))


def _face_words(instant: datetime, zone: ZoneInfo) -> str:
    wall = to_wall(instant, zone)
    return minute_words(wall.hour * 60 + wall.minute)


def _comes_twice(instant: datetime, zone: ZoneInfo) -> bool:
    wall = to_wall(instant, zone)
    if len(stretches(wall.date(), zone)) == 1:
        return False
    before, after = readings(wall, zone)
    return before < after
