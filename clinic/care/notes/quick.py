"""A treatment typed in one line: "bridge 3x12 5 min" is a name, a dose and minutes; pure."""

import re
from typing import NamedTuple

MINUTES = re.compile(r"(?:^|\s)(\d{1,3})\s*min\b\.?", re.IGNORECASE)
SETS = re.compile(r"(?:^|\s)(\d{1,2})\s*[x×*]\s*(\d{1,3})(\s*s\b)?", re.IGNORECASE)
SIDE = re.compile(r"(?:^|[\s,])(left|right|both(?: sides)?|l|r)\b", re.IGNORECASE)
SIDES = {"l": "L", "left": "L", "r": "R", "right": "R", "both": "both", "both sides": "both"}
WORDS = {
    "manual therapy": ("manual", ("counterstrain", "mobiliz", "massage", "soft tissue", "muscle energy", "manipul")),
    "gait retraining": ("gait", ("treadmill", "metronome", "gait", "cadence", "running drill")),
    "home care": ("self-care", ("heat", "cold", "ice", "education", "teach", "hydration")),
}


class Quick(NamedTuple):
    """What one line says."""

    kind: str
    category: str
    name: str
    side: str
    dose: str
    minutes: int | None


def quick(text: str) -> Quick | None:
    """Return what a line says; None for an empty one. The kind is guessed from the words, exercise by default."""
    rest = " ".join(text.split())
    rest, minutes = _take(MINUTES, rest)
    rest, sets = _take(SETS, rest)
    rest, side = _take(SIDE, rest)
    name = rest.strip(" ,;")
    if not name:
        return None
    dose = f"{sets[1]} × {sets[2]}{' s' if sets[3] else ''}" if sets else ""
    kind, category = _kind(name.casefold())
    return Quick(
        kind,
        category,
        (name[:1].upper() + name[1:])[:120],
        SIDES[side[1].casefold()] if side else "",
        dose,
        int(minutes[1]) if minutes else None,
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    found = pattern.search(text)
    return (text, None) if found is None else (f"{text[: found.start()]} {text[found.end() :]}", found)


def _kind(name: str) -> tuple[str, str]:
    for kind, (category, words) in WORDS.items():
        if any(word in name for word in words):
            return kind, category
    return "exercise", "exercise"
