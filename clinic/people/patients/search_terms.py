"""What somebody typed into the search: words, digits of a phone, a birth date."""

import re
from datetime import date
from typing import NamedTuple

from clinic.people.patients.names import fold

LONGEST = 200
MOST_WORDS = 8
FEWEST_DIGITS = 3
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
NUMBERS = re.compile(r"(?<!\d)(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?!\d)")
MONTH_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4}|\d{2})(?!\d)", re.IGNORECASE
)
DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[a-z]{3,9})\.?,?\s+(?P<year>\d{4}|\d{2})(?!\d)", re.IGNORECASE
)
PHONE = re.compile(r"\+?\(?\d[\d\s().\-]*")


class Terms(NamedTuple):
    """What to look for: all of it must hold, but any one of ``born_on`` (a short year may mean two)."""

    words: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()
    born_on: tuple[date, ...] = ()


def terms(text: str) -> Terms:
    """Return what ``text`` asks for; only its first 200 characters and eight words count."""
    rest, born_on = _birth_date(text[:LONGEST])
    digits = []
    for run in PHONE.findall(rest):
        bare = "".join(character for character in run if character.isdecimal() and character.isascii())
        if len(bare) >= FEWEST_DIGITS:
            digits.append(bare)
            rest = rest.replace(run, " ", 1)
    return Terms(tuple(fold(rest).split()[:MOST_WORDS]), tuple(digits), born_on)


def _birth_date(text: str) -> tuple[str, tuple[date, ...]]:
    """Take the first date out of ``text``; return the rest and the days that it may mean."""
    for pattern in (ISO, NUMBERS, MONTH_FIRST, DAY_FIRST):
        for match in pattern.finditer(text):
            days = _days(match.groupdict())
            if days:
                return text[: match.start()] + " " + text[match.end() :], days
    return text, ()


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
