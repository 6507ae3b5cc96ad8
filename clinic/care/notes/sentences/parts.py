"""A sentence in parts, each with the field that it came from."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple, TypeAlias

# Names of people and places keep their capital inside a sentence; other labels do not.
PROPER = (
    "Achilles Adam Babinski Beighton Biering Borg Bulgarian Copenhagen Ely Gaenslen Gillet Harris Jones Kendall "
    "Lasegue Lasègue Laslett Maitland Mulligan Noble Nordic Ober Oswestry Pallof Patrick Roland Romanian Romberg "
    "Schober Sorensen Swiss Sørensen Thomas Trendelenburg Waddell Williams Yeoman"
)


class Part(NamedTuple):
    """Hold some words of a sentence, and the id of the field that they came from: ``measure.side_plank.L``."""

    text: str
    field: str = ""


class Sentence(NamedTuple):
    """Hold one sentence, in parts."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return the sentence as it is read."""
        return "".join(part.text for part in self.parts)


Clause: TypeAlias = tuple[Part, ...]
Word: TypeAlias = str | Part | Clause


def tidy(words: str) -> str:
    """Return words without line breaks, double spaces and the stop that ended them."""
    return " ".join(words.split()).rstrip(" .,;:")


def inside(words: str) -> str:
    """Return a label as it stands inside a sentence: its first letter is small, save in names and abbreviations."""
    words = tidy(words)
    first = re.match(r"[^\W\d_]{2,}", words)
    if first is None or first[0] in PROPER.split() or not first[0][1:].islower():
        return words
    return words[0].lower() + words[1:]


def named(words: str, field: str) -> Part:
    """Return a label inside a sentence, traced where it holds a digit."""
    words = inside(words)
    return Part(words, field if any(sign.isdigit() for sign in words) else "")


def clause(*words: Word) -> Clause:
    """Return words as one run of parts, the empty ones left out."""
    run: list[Part] = []
    for word in words:
        if isinstance(word, str):
            run.append(Part(word))
        elif isinstance(word, Part):
            run.append(word)
        else:
            run.extend(word)
    return tuple(part for part in run if part.text)


def joined(words: Iterable[Word], by: str = "; ") -> Clause:
    """Return words one after another, the empty ones left out, with ``by`` between them."""
    run: Clause = ()
    for one in filter(None, map(clause, words)):
        run = clause(run, by, one) if run else one
    return run


def listed(words: Iterable[Word]) -> Clause:
    """Return words as a list in a sentence; commas inside them are told from those between by a semicolon."""
    items = [item for item in map(clause, words) if item]
    commas = any("," in part.text for item in items for part in item)
    if len(items) < 3:
        return joined(items, ", and " if commas else " and ")
    stop = "; " if commas else ", "
    return clause(joined(items[:-1], stop), f"{stop}and ", items[-1])


def sentence(*words: Word) -> Sentence:
    """Return words as a sentence: a capital to begin with, a full stop at the end, like neighbors as one part.

    Words that end with a mark of their own are quoted, so that the full stop is not theirs: “new medicine?”.
    """
    run = [
        Part("".join(part.text for part in some), field) for field, some in groupby(clause(*words), lambda p: p.field)
    ]
    run[0] = Part(run[0].text[:1].upper() + run[0].text[1:], run[0].field)
    last = run[-1].text.rstrip(" .,;:")
    run[-1] = Part(f"“{last}”" if last.endswith(("?", "!", "…")) else last, run[-1].field)
    return Sentence(tuple(_closed(run)))


def _closed(run: list[Part]) -> list[Part]:
    """Return parts with the full stop, which is never traced."""
    return [*run, Part(".")] if run[-1].field else [*run[:-1], Part(f"{run[-1].text}.")]
