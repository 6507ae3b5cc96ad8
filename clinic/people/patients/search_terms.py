"""What somebody typed into the search: words, digits of a phone, a birth date."""

import re
from datetime import date
from typing import NamedTuple

from clinic.people.patients.birth_dates import first_date
from clinic.people.patients.names import fold

LONGEST = 200
MOST_WORDS = 8
FEWEST_DIGITS = 3
PHONE = re.compile(r"\+?\(?\d[\d\s().\-]*")


class Terms(NamedTuple):
    """What to look for: all of it must hold, but any one of ``born_on`` (a short year may mean two)."""

    words: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()
    born_on: tuple[date, ...] = ()


def terms(text: str) -> Terms:
    """Return what ``text`` asks for; only its first 200 characters and eight words count."""
    rest, born_on = first_date(text[:LONGEST])
    digits = []
    for run in PHONE.findall(rest):
        bare = "".join(character for character in run if character.isdecimal() and character.isascii())
        if len(bare) >= FEWEST_DIGITS:
            digits.append(bare)
            rest = rest.replace(run, " ", 1)
    return Terms(tuple(fold(rest).split()[:MOST_WORDS]), tuple(digits), born_on)
