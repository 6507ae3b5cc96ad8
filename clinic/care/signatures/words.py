"""What can be kept in a document that is signed: words of a bearable length, and numbers exactly as typed."""

from decimal import Decimal

from clinic.care.defaults.check import JOINERS
from clinic.refusals import Unacceptable

LARGEST = 10**9
"""Beyond this no column goes; far beyond it a number can no longer be rounded at all."""


def check_words(words: str, most: int | None, field: str) -> None:
    """Raise ``Unacceptable`` for words that are too long, or hold what cannot be kept."""
    if most is not None and len(words) > most:
        raise Unacceptable(f"That is {len(words)} letters; at most {most} fit here.", field=field)
    if any(not letter.isprintable() and letter not in "\n\t" + JOINERS for letter in words):
        raise Unacceptable("There is a letter in this that cannot be kept. Type it anew.", field=field)


def is_exact(value: Decimal, places: int) -> bool:
    """Say whether a column of so many decimal places keeps a number as it was typed."""
    return value.is_finite() and abs(value) < LARGEST and value == value.quantize(Decimal(1).scaleb(-places))
