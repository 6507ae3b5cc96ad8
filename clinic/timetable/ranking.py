"""Which openings to offer first, and why.

A time that the patient can make comes before one that they cannot, then the usual therapist, then one whose focus
fits, then the sooner week. Within a week the opening that leaves the fewest dead minutes comes first, then the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from clinic.timetable.openings import Opening
from clinic.timetable.reasons import Reason, Why
from clinic.timetable.supply import Key
from clinic.timetable.wishes import Wishes
from clinic.timetable.zones import to_wall

MINUTE = timedelta(minutes=1)
Order = tuple[bool, bool, bool, tuple[int, int], timedelta, datetime]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Hold an opening with its wall times, whether it suits the wishes, and the reasons for its place."""

    opening: Opening
    starts: datetime
    ends: datetime
    suits: bool
    reasons: tuple[Reason, ...]


def rank(
    openings: Iterable[Opening],
    *,
    wishes: Wishes,
    zone: ZoneInfo,
    shortest: timedelta,
    usual_therapist: Key | None = None,
    focus_therapists: frozenset[Key] = frozenset(),
) -> list[Ranked]:
    """Return the openings with their reasons, the one to offer first at the front.

    ``shortest`` is the length of the clinic's shortest visit: less time than that beside a visit is dead.
    """

    def ranked(opening: Opening) -> tuple[Order, Ranked]:
        starts, ends = to_wall(opening.starts_at, zone), to_wall(opening.ends_at, zone)
        usual, focus = opening.therapist == usual_therapist, opening.therapist in focus_therapists
        suits, dead = wishes.suit(starts, ends), _dead(opening, shortest)
        reasons = tuple(_reasons(opening, usual=usual, focus=focus, suits=suits if wishes else None, dead=dead))
        order = (not suits, not usual, not focus, starts.isocalendar()[:2], dead, opening.starts_at)
        return order, Ranked(opening, starts, ends, suits, reasons)

    return [found for _, found in sorted(map(ranked, openings), key=lambda pair: pair[0])]


def best(ranked: Sequence[Ranked], *, count: int = 3) -> list[Ranked]:
    """Return up to ``count`` of ``rank``'s openings in their order, spread over half-days where that is possible.

    The first always stays, and no two start together. Variety is no cause to take a time outside the wishes.
    """
    chosen: set[int] = set()
    for suits, too_alike in product((True, False), (_same_half_day, _overlapping, _same_start)):
        for place, candidate in enumerate(ranked):
            if len(chosen) == count:
                break
            if candidate.suits == suits and not any(too_alike(candidate, ranked[other]) for other in chosen):
                chosen.add(place)
    return [ranked[place] for place in sorted(chosen)]


def _reasons(opening: Opening, *, usual: bool, focus: bool, suits: bool | None, dead: timedelta) -> Iterator[Reason]:
    if usual:
        yield Reason(Why.USUAL_THERAPIST)
    if focus:
        yield Reason(Why.FOCUS_FITS)
    if suits is not None:
        yield Reason(Why.AS_WISHED if suits else Why.OUTSIDE_WISHES)
    if not opening.free_before and not opening.free_after:
        yield Reason(Why.CLOSES_GAP, (opening.ends_at - opening.starts_at) // MINUTE)
    elif dead:
        yield Reason(Why.LEAVES_GAP, dead // MINUTE)


def _dead(opening: Opening, shortest: timedelta) -> timedelta:
    beside = (opening.free_before, opening.free_after)
    return sum((left for left in beside if left < shortest), timedelta(0))


def _same_half_day(one: Ranked, other: Ranked) -> bool:
    return _half_day(one.starts) == _half_day(other.starts)


def _half_day(wall: datetime) -> tuple[object, bool]:
    return wall.date(), wall.hour < 12


def _overlapping(one: Ranked, other: Ranked) -> bool:
    return one.opening.starts_at < other.opening.ends_at and other.opening.starts_at < one.opening.ends_at


def _same_start(one: Ranked, other: Ranked) -> bool:
    return one.opening.starts_at == other.opening.starts_at
