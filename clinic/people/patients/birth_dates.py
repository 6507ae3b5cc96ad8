"""Birth dates as people here say and write them."""

import re
from datetime import date, datetime

from clinic.refusals import Unacceptable

FIRST_YEAR = 1900
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
NUMBERS = re.compile(r"(?<!\d)(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?!\d)")
MONTH_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}|\d{2})(?!\d)", re.IGNORECASE
)
DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[a-z]{3,9})\.?,?\s+(?P<year>\d{4}|\d{2})(?!\d)", re.IGNORECASE
)


class NotABirthDate(Unacceptable):
    """Nobody who comes here was born then."""


def first_date(text: str) -> tuple[str, tuple[date, ...]]:
    """Take the first date out of ``text``; return the rest and the days that it may mean, two for a short year."""
    for pattern in (ISO, NUMBERS, MONTH_FIRST, DAY_FIRST):
        for match in pattern.finditer(text):
            days = _days(match.groupdict())
            if days:
                return text[: match.start()] + " " + text[match.end() :], days
    return text, ()


def read_birth_date(text: str, *, today: date) -> date | None:
    """Return the day that ``text`` names, the last one before ``today`` for a short year; None for an empty text.

    Raises ``NotABirthDate`` where it names none.
    """
    if not text.strip():
        return None
    rest, days = first_date(text)
    if rest.strip() or not days:
        raise NotABirthDate("Type the birth date with its year, like 3/8/1991.", field="born_on")
    return max((day for day in days if day < today), default=days[0])


def checked_birth_date(born_on: date | None, *, now: datetime) -> date | None:
    """Return a birth date, if there is one. Raises ``NotABirthDate`` before 1900 or from today on."""
    if born_on is not None and born_on.year < FIRST_YEAR:
        raise NotABirthDate(f"Check the year: {born_on.year} is before {FIRST_YEAR}.", field="born_on")
    if born_on is not None and born_on >= now.date():
        raise NotABirthDate("A birth date lies in the past. Check the year.", field="born_on")
    return born_on


def _days(parts: dict[str, str]) -> tuple[date, ...]:
    month = _month(parts)
    years = [int(parts["year"])] if len(parts["year"]) == 4 else [1900 + int(parts["year"]), 2000 + int(parts["year"])]
    found = []
    for year in years:
        try:
            found.append(date(year, month, int(parts["day"])))
        except ValueError:
            continue
    return tuple(found)


def _month(parts: dict[str, str]) -> int:
    if "month" in parts:
        return int(parts["month"])
    short = parts["name"].lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else 0
