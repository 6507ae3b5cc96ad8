"""How a measure has changed, since the first score and since the last one, for a screen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from clinic.care.notes.measures import Measure
from clinic.care.notes.thresholds import thresholds_of
from clinic.care.notes.trends import Point
from clinic.care.outcomes.measures import Caveat, Change, Instrument, NotComparable, read_change, read_rating


class Reading(NamedTuple):
    """A change with what it is counted from: in words, and when that was; None for a rating of change itself."""

    since: str
    at: datetime | None
    change: Change | NotComparable


def readings_of(of: Instrument, points: Sequence[Point], *, known: Mapping[str, Measure]) -> list[Reading]:
    """Return how the newest score differs from the first and from the last before it; nothing without two.

    Where the first was another version, the first of the same version is read as well.
    """
    scored = [one for one in points if one.value is not None]
    if not scored:
        return []
    *before, latest = scored
    thresholds = thresholds_of(of, latest.scored.version, known=known)
    if of.is_change:
        return [Reading("the latest rating", None, read_rating(of=of, rating=latest.scored, thresholds=thresholds))]
    if not before:
        return []
    same = [one for one in before if one.scored.version == latest.scored.version]
    chosen = {"the first score": before[0]}
    if same and same[0] is not before[0]:
        chosen["the first in this version"] = same[0]
    chosen["the last score"] = before[-1]
    if before[-1] is before[0]:
        del chosen["the last score"]
    return [
        Reading(words, one.at, read_change(of=of, before=one.scored, after=latest.scored, thresholds=thresholds))
        for words, one in chosen.items()
    ]


def caveats_of(readings: Iterable[Reading]) -> list[Caveat]:
    """Return what has to be said beside some readings, once each."""
    found = (one.change.caveats for one in readings if isinstance(one.change, Change))
    return list(dict.fromkeys(caveat for some in found for caveat in some))
