"""Write a day as short sentences of a plan do."""

from datetime import date

from clinic.timetable.words import MONTHS


def short_day(on: date, *, today: date | None = None) -> str:
    """Return a day in words: Dec 3, with the year where it is not that of ``today``."""
    year = "" if today is None or on.year == today.year else f", {on.year}"
    return f"{MONTHS[on.month - 1]} {on.day}{year}"
