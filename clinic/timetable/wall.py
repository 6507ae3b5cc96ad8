"""Wall-clock times as people type them, and the instants that they mean."""

import re
from calendar import day_name, month_name
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from clinic.refusals import Unacceptable
from clinic.timetable.words import minute_words
from clinic.timetable.zones import change_between, local_name, readings, to_wall

YEARS = range(1900, 2201)
FIELD = "starts_at"

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL = re.compile(_DAY.pattern + "T(?:[01][0-9]|2[0-3]):[0-9]{2}(?::00)?")

_Day = TypeVar("_Day", bound=date)


class NotATime(Unacceptable):
    """What was typed is no date and time that a clinic could mean."""


class NoSuchTime(Unacceptable):
    """The clock on the wall skips this time: it is in the hour that spring takes away."""

    def __init__(self, wall: datetime, *, gap_start: datetime, gap_end: datetime, field: str = FIELD) -> None:
        super().__init__(
            f"{_clock(wall)} does not exist on {_day(wall)}: the clocks go forward from {_clock(gap_start)} "
            f"to {_clock(gap_end)}. Choose a time before {_clock(gap_start)}, or {_clock(gap_end)} or later.",
            field=field,
        )


class AmbiguousTime(Unacceptable):
    """The clock on the wall shows this time twice; ``candidates`` are the two instants in UTC, the earlier first."""

    def __init__(
        self, wall: datetime, *, candidates: tuple[datetime, datetime], zone: ZoneInfo, field: str = FIELD
    ) -> None:
        first, second = (local_name(instant, zone) for instant in candidates)
        super().__init__(
            f"{_clock(wall)} comes twice on {_day(wall)}, because the clocks go back. "
            f"Choose the first ({first}) or the second ({second}).",
            field=field,
        )
        self.candidates = candidates


def parse_local(text: str, *, field: str = FIELD) -> datetime:
    """Return the naive wall time that ``text`` writes as YYYY-MM-DDTHH:MM, with or without seconds of :00.

    Raises ``NotATime`` for anything else, and for years before 1900 or after 2200.
    """
    try:
        return _sane(datetime.fromisoformat(_matched(_LOCAL, text)))
    except ValueError:
        raise NotATime("Write the date and the time, such as 2026-03-09T14:30.", field=field) from None


def parse_day(text: str, *, field: str = "on") -> date:
    """Return the date that ``text`` writes as YYYY-MM-DD, or raise ``NotATime`` as ``parse_local`` does."""
    try:
        return _sane(date.fromisoformat(_matched(_DAY, text)))
    except ValueError:
        raise NotATime("Write the date, such as 2026-03-09.", field=field) from None


def from_wall(local: datetime, zone: ZoneInfo, *, fold: int | None = None, field: str = FIELD) -> datetime:
    """Return the instant in UTC at which the wall shows ``local``, a naive datetime.

    ``fold`` chooses the first (0) or second (1) of two. Raises ``NoSuchTime`` in the gap of spring, and
    ``AmbiguousTime`` in the repeated hour of autumn when ``fold`` is None.
    """
    first, second = readings(local, zone)
    if first > second:
        change = change_between(second, first, zone)
        gap_end = to_wall(change, zone)
        raise NoSuchTime(local, gap_start=gap_end - (first - second), gap_end=gap_end, field=field)
    if first < second and fold is None:
        raise AmbiguousTime(local, candidates=(first, second), zone=zone, field=field)
    return second if fold else first


def _matched(form: re.Pattern[str], text: str) -> str:
    if form.fullmatch(text):
        return text
    raise ValueError(text)


def _sane(day: _Day) -> _Day:
    if day.year in YEARS:
        return day
    raise ValueError(day)


def _clock(wall: datetime) -> str:
    return minute_words(wall.hour * 60 + wall.minute)


def _day(wall: datetime) -> str:
    return f"{day_name[wall.weekday()]}, {month_name[wall.month]} {wall.day}, {wall.year}"
