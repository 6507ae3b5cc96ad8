"""Names as people write them, and as a search compares them."""

import re
import unicodedata

from clinic.refusals import Unacceptable

LONGEST = 120
LONGEST_FOLDED = 400
INVISIBLE = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks without a face: zero-width spaces, and those that turn the direction of all that follows."""
APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb\u0060\u00b4]")
KEPT = "%_"
"""Marks that stay, so that a search for m_ka is not one for m and ka."""
LETTERS = str.maketrans({
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŋ": "ng",
    "ŧ": "t",
})  # fmt: skip
"""Letters that Unicode does not take apart into a letter and an accent; ß falls to ss by itself."""


class NoName(Unacceptable):
    """A patient has a name."""


class UnreadableText(Unacceptable):
    """A text holds what no keyboard types into one line."""


class TooLong(Unacceptable):
    """A text is longer than its column."""


def clean_name(text: str) -> str:
    """Return a name on one line, in Unicode's composed form, without needless or invisible characters.

    Raises ``NoName`` without a letter, ``TooLong`` over 120 characters, and ``UnreadableText``.
    """
    name = clean_line(text, field="name", longest=LONGEST)
    if not any(unicodedata.category(character).startswith("L") for character in name):
        raise NoName("A name is needed, with at least one letter in it.", field="name")
    return name


def clean_line(text: str, *, field: str, longest: int) -> str:
    """Return ``text`` on one line; it may be empty. Raises ``TooLong`` or ``UnreadableText`` beside ``field``."""
    return _short(" ".join(_readable(text, field=field).split()), field=field, longest=longest)


def clean_note(text: str, *, field: str, longest: int) -> str:
    """Return ``text`` of several lines; it may be empty. Raises ``TooLong`` or ``UnreadableText`` beside ``field``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join(_readable(line, field=field).rstrip() for line in lines).strip()
    return _short(kept, field=field, longest=longest)


def fold(name: str) -> str:
    """Return a name as a search compares it: small letters without accents, words apart by one space.

    An apostrophe joins (O'Brien is obrien), any other mark divides (Smith-Jones is smith jones).
    """
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name)).casefold().translate(LETTERS)
    bare = "".join(
        character for character in unicodedata.normalize("NFKD", apart) if unicodedata.category(character)[0] != "M"
    )
    words = "".join(
        character if character.isalnum() or character in KEPT else " "
        for character in unicodedata.normalize("NFC", bare)
    )
    return " ".join(words.split())[:LONGEST_FOLDED].rstrip()


def search_name(name: str, called: str) -> str:
    """Return what a search looks through: the name, and what they like to be called where that says something new."""
    known = fold(name)
    new = [word for word in fold(called).split() if word not in known.split()]
    return " ".join([known, *new])[:LONGEST_FOLDED].rstrip()


def _readable(text: str, *, field: str) -> str:
    for character in text:
        if character != "\t" and unicodedata.category(character) in {"Cc", "Cs"}:
            raise UnreadableText(
                "This holds a line break or another character that cannot be read. Type it again on one line.",
                field=field,
            )
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def _short(text: str, *, field: str, longest: int) -> str:
    if len(text) > longest:
        raise TooLong(f"This is {len(text)} characters long; there is room for {longest}.", field=field)
    return text
