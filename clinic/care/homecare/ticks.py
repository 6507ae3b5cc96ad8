"""The days on which an entry is done, for a table to tick. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from clinic.care.homecare.library import Dose

SPREAD = {
    1: {0},
    2: {1, 4},
    3: {0, 2, 4},
    4: {0, 1, 3, 5},
    5: {0, 1, 3, 4, 6},
    6: {0, 1, 2, 3, 4, 5},
    7: {0, 1, 2, 3, 4, 5, 6},
}
"""Weekdays (0 Monday) for so many days a week, where none are named: with rest between as far as it goes."""
RUNS = {1, 4, 6}
DAYS = 14


def days_from(first: date) -> list[date]:
    """Return the two weeks of a printed program."""
    return [first + timedelta(days=n) for n in range(DAYS)]


def ticks_of(dose: Dose, days: Sequence[date]) -> list[bool]:
    """Say for each day whether the exercise is done on it."""
    weekdays = set(dose.weekdays) or SPREAD[dose.days_per_week.least]
    return [day.weekday() in weekdays for day in days]


def ticks_of_runs(days: Sequence[date], *, rest_between: bool) -> list[bool]:
    """Say for each day whether it is one for a run: three a week with a day of rest between, or any day."""
    return [day.weekday() in RUNS for day in days] if rest_between else [True] * len(days)
