"""Which letters an appointment deserves, when, and what they have to tell; pure.

Three days and one day ahead is the pair that a trial of 54,066 visits found to work best (Steiner 2018); reminders
leave between 8:00 and 21:00, moved earlier and never later.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.timetable.wall import from_wall
from clinic.timetable.zones import readings, to_wall

AHEAD, TOMORROW = "ahead", "tomorrow"
REMINDERS = (AHEAD, TOMORROW)
BOOKED, MOVED, CANCELED = "booked", "moved", "canceled"
CHANGES = (BOOKED, MOVED, CANCELED)
COURSE = "course"
TELLING = (*CHANGES, COURSE)
"""Letters with calendar parts, which tell when a visit is."""

OPENS, CLOSES = time(8), time(21)
LATEST = time(20, 30)
DAY_BEFORE_FROM, DAY_BEFORE_UNTIL = time(10), time(18)
TOO_FRESH = {AHEAD: timedelta(hours=96), TOMORROW: timedelta(hours=36)}
USELESS = timedelta(hours=1)


class Due(NamedTuple):
    """A reminder, when it leaves, and when it has lost its use."""

    kind: str
    due_at: datetime
    not_after: datetime


@dataclass(frozen=True)
class Told:
    """What a patient is told of an appointment by a calendar letter."""

    starts_at: datetime
    ends_at: datetime
    place: str
    canceled: bool


def reminders(
    starts_at: datetime, *, zone: ZoneInfo, remind_hours: int, day_before: bool, in_course: bool = False
) -> list[Due]:
    """Return the reminders of an appointment, the earlier first; a visit of a course has but one where two are sent."""
    last = starts_at - USELESS
    tomorrow = day_before_at(starts_at, zone)
    ahead = within_waking_hours(starts_at - timedelta(hours=remind_hours), zone)
    found = []
    if not day_before or (ahead < tomorrow and not in_course):
        found.append(Due(AHEAD, ahead, min(tomorrow, last) if day_before else last))
    if day_before:
        found.append(Due(TOMORROW, tomorrow, last))
    return found


def within_waking_hours(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return ``moment``, or the last good moment before it where it lies in the quiet of 21:00 to 8:00."""
    wall = to_wall(moment, zone)
    if wall.time() < OPENS:
        return _instant(datetime.combine(wall.date() - timedelta(days=1), LATEST), zone)
    if wall.time() >= CLOSES:
        return _instant(datetime.combine(wall.date(), LATEST), zone)
    return moment


def is_quiet(now: datetime, zone: ZoneInfo) -> bool:
    """Say whether it is the quiet time, in which no reminder leaves."""
    return not OPENS <= to_wall(now, zone).time() < CLOSES


def next_waking(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next 8:00 on the wall."""
    wall = to_wall(now, zone)
    day = wall.date() if wall.time() < OPENS else wall.date() + timedelta(days=1)
    return _instant(datetime.combine(day, OPENS), zone)


def day_before_at(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return the day before at the visit's own hour, held within 10:00 to 18:00 on the wall."""
    wall = to_wall(starts_at, zone)
    at = min(max(wall.time(), DAY_BEFORE_FROM), DAY_BEFORE_UNTIL)
    return _instant(datetime.combine(wall.date() - timedelta(days=1), at), zone)


def is_too_fresh(kind: str, *, starts_at: datetime, settled_at: datetime) -> bool:
    """Say whether the patient chose this time too recently to need this reminder."""
    return starts_at - settled_at < TOO_FRESH[kind]


def news(told: Told | None, facts: Told) -> str | None:
    """Return which letter tells ``facts`` to somebody who was last told ``told``; None where there is nothing to tell.

    The sequence is not compared: a change that was undone before anybody heard of it needs no letter.
    """
    if told is None:
        return None if facts.canceled else BOOKED
    if told == facts:
        return None
    return CANCELED if facts.canceled else MOVED


def _instant(wall: datetime, zone: ZoneInfo) -> datetime:
    first, second = readings(wall, zone)
    return from_wall(wall, zone, fold=0) if first <= second else first
