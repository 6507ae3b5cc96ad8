"""Text and moments as a calendar may hold them: icalendar lets the rest pass without a word."""

import unicodedata
from datetime import UTC, datetime

BREAKS = "\u2028\u2029"
TAKEN_APART = dict.fromkeys(map(ord, '"\\^'))


class Unwritable(ValueError):
    """A calendar cannot hold this; the text names no one."""


def one_line(text: str) -> str:
    """Return ``text``, stripped. Raises ``Unwritable`` for control characters and line breaks."""
    if any(map(_is_control, text)):
        raise Unwritable("a text holds a control character")
    return text.strip()


def spaced(text: str) -> str:
    """Return ``text`` with a space for each control character and line break, where refusing would take all down."""
    return "".join(" " if _is_control(character) else character for character in text).strip()


def called(name: str) -> str:
    """Return a name as CN may hold it: on one line, and without the marks that readers take apart differently.

    Raises ``Unwritable`` for control characters.
    """
    return one_line(" ".join(name.translate(TAKEN_APART).splitlines()))


def in_utc(moment: datetime) -> datetime:
    """Return ``moment`` in UTC, by whole seconds. Raises ``Unwritable`` for a naive one."""
    if moment.tzinfo is None:
        raise Unwritable("a moment has no zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _is_control(character: str) -> bool:
    return character in BREAKS or unicodedata.category(character) in {"Cc", "Cs"}


def in_order(starts_at: datetime, ends_at: datetime) -> None:
    """Raise ``Unwritable`` unless ``starts_at`` comes before ``ends_at``."""
    if in_utc(starts_at) >= in_utc(ends_at):
        raise Unwritable("an event ends before it starts")
