"""What a clinical default cannot be."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clinic.refusals import Unacceptable

FIXED = frozenset({"section", "grades", "sided", "unit", "then"})
"""What the program's own logic hangs on: the clinic cannot change it."""
CHOICES = {"billing": ("cms8", "ama_midpoint"), "better": ("", "lower", "higher")}
"""Words that the program reads; anything else would stop the pages that do."""
MAY_BE_NOTHING = frozenset({"verbal_signature_days", "expiring_days"})
NOT_NEGATIVE = frozenset({"mdc", "mcid"})
LEAST, MOST = -10_000, 100_000
LONGEST = 1_000
JOINERS = "\u200c\u200d\u200e\u200f"
"""Persian and Hindi words, names from right to left, and families of emoji need these; nothing else that is unseen."""


def checked(name: str, new: Any, before: Mapping[str, Any]) -> Any:
    """Return a field's new value in the kind of the old one. Raises ``Unacceptable`` for one that cannot be."""
    old = before[name]
    if name in FIXED:
        return old
    if isinstance(old, list):
        return list(new)
    if isinstance(old, bool):
        return bool(new)
    if isinstance(old, str):
        return _one_of_its_words(name, printable(name, str(new).strip(), most=LONGEST), before)
    return _number(name, new)


def checked_words(field: str, words: str, sentence: str, *, most: int = 300) -> str:
    """Return words without the space around them. Raises ``Unacceptable`` when there are none, or too many."""
    found = words.strip()
    if not found:
        raise Unacceptable(sentence, field=field)
    return printable(field, found, most=most)


def printable(field: str, words: str, *, most: int) -> str:
    """Return words. Raises ``Unacceptable`` for those that are too long, or hold what cannot be kept."""
    if len(words) > most:
        raise Unacceptable(f"At most {most:,} letters.", field=field)
    if any(not letter.isprintable() and letter not in "\r\n\t" + JOINERS for letter in words):
        raise Unacceptable("There is a letter in this that cannot be kept. Type it anew.", field=field)
    return words


def _one_of_its_words(name: str, words: str, before: Mapping[str, Any]) -> str:
    grades = before.get("grades") if name == "normal" else None
    choices = grades or CHOICES.get(name)
    if choices is not None and words not in choices:
        named = ", ".join(choice for choice in choices if choice)
        raise Unacceptable(f"Choose one of these: {named}.", field=name)
    return words


def _number(name: str, new: Any) -> int | float | None:
    counted = name.endswith(("days", "hours"))
    if new is None or new == "":
        if name.endswith(("_hours", "percent")) or name == "days":
            raise Unacceptable("Type a number.", field=name)
        return None
    try:
        number = Decimal(str(new))
    except ArithmeticError:
        raise Unacceptable("Type a number.", field=name) from None
    if not number.is_finite() or not _least(name, counted=counted) <= number <= MOST:
        raise Unacceptable("That number cannot be.", field=name)
    if number == number.to_integral_value():
        return int(number)
    if counted:
        raise Unacceptable("Type a whole number.", field=name)
    return float(number)


def _least(name: str, *, counted: bool) -> int:
    if name in MAY_BE_NOTHING or name in NOT_NEGATIVE or name.endswith("percent"):
        return 0
    return 1 if counted else LEAST
