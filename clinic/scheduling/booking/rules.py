"""When an appointment may be; pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from clinic.timetable.grid import on_grid
from clinic.timetable.intervals import Interval

ENTERED_AFTERWARDS = timedelta(days=7)
FARTHEST = timedelta(days=2 * 366)


def lies_within(wanted: Interval, hours: Iterable[Interval]) -> bool:
    """Say whether one open stretch holds all of ``wanted``."""
    return any(span.start <= wanted.start and wanted.end <= span.end for span in hours)


def is_on_grid(instant: datetime) -> bool:
    """Say whether ``instant`` is a whole five minutes."""
    return on_grid(instant)


def is_late(starts_at: datetime, *, notice: timedelta, now: datetime) -> bool:
    """Say whether it is too late to cancel or move freely."""
    return starts_at - now < notice
