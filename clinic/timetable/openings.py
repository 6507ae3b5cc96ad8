"""Where an appointment of a given length fits: in one person's hours, or among therapists, rooms and equipment.

Openings are advice. What may be booked is decided when the time is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple

from clinic.timetable.bitmaps import every, ones, ones_before, ones_from, runs
from clinic.timetable.grid import EPOCH, GRID, begin_of, cell_count, cell_from, span_of
from clinic.timetable.intervals import Interval, subtract
from clinic.timetable.supply import Day, Key, Kind, Need


class Opening(NamedTuple):
    """Name a free start, who and what is free for it, and how long the therapist is free just before and after."""

    starts_at: datetime
    ends_at: datetime
    therapist: Key
    resources: tuple[tuple[Kind, Key], ...]
    free_before: timedelta
    free_after: timedelta


def openings(
    *,
    hours: Iterable[Interval],
    busy: Iterable[Interval],
    length: timedelta,
    not_before: datetime,
    grid: timedelta = GRID,
) -> Iterator[datetime]:
    """Yield each start time at which ``length`` fits in ``hours`` clear of ``busy``, in order.

    Starts are multiples of ``grid`` since 1970 in UTC.
    """
    for gap in subtract(hours, busy):
        start = _next_on_grid(max(gap.start, not_before), grid)
        while start + length <= gap.end:
            yield start
            start += grid


def search(
    days: Iterable[Day],
    *,
    length: timedelta,
    not_before: datetime,
    needs: Sequence[Need] = (),
    step: timedelta = 3 * GRID,
) -> Iterator[Opening]:
    """Yield each opening of the days, by start and then in the therapists' order, with the first resources that fit.

    ``days`` is read only as far as openings are asked for, so it may load one day at a time. Starts are multiples of
    ``step`` after local midnight. A visit ends on the day on which it starts. Raises ``ValueError`` when ``step`` is
    not a multiple of the grid, ``length`` is not positive, or two needs are of one kind.
    """
    refuse_nonsense(length=length, needs=needs, step=step)
    return (
        opening
        for day in days
        for opening in _openings_of(day, length=length, not_before=not_before, needs=needs, stride=step // GRID)
    )


def refuse_nonsense(*, length: timedelta, needs: Sequence[Need], step: timedelta) -> None:
    """Raise ``ValueError`` for what ``search`` refuses."""
    if step < GRID or step % GRID:
        raise ValueError(f"a step of {step} is not a multiple of {GRID}")
    if length <= timedelta(0):
        raise ValueError(f"a visit cannot last {length}")
    if len({need.kind for need in needs}) < len(needs):
        raise ValueError("a visit needs at most one resource of a kind")


def allowed_starts(day: Day, *, not_before: datetime, stride: int) -> int:
    """Return a bitmap of every ``stride``-th start of the day that is not too early, as long as anybody is free."""
    width = max((free.bit_length() for free in day.free.values()), default=0)
    too_early = max(cell_from(not_before) - day.first, 0)
    return every(stride, width) & (-1 << too_early)


def resource_starts(day: Day, need: Need) -> dict[Key, int]:
    """Return for each resource of the kind a bitmap of the starts of a visit that this need allows it."""
    return {key: need.starts(taken) for key, taken in day.taken.get(need.kind, {}).items()}


def any_of(bitmaps: Iterable[int]) -> int:
    """Return a bitmap of what is set in any of them."""
    return reduce(or_, bitmaps, 0)


def _openings_of(
    day: Day, *, length: timedelta, not_before: datetime, needs: Sequence[Need], stride: int
) -> list[Opening]:
    size = cell_count(length)
    suitable = {need.kind: resource_starts(day, need) for need in needs}
    possible = allowed_starts(day, not_before=not_before, stride=stride)
    for starts in suitable.values():
        possible &= any_of(starts.values())
    fitting = {key: runs(free, size) & possible for key, free in day.free.items()} if possible else {}
    places = any_of(fitting.values())
    resources = {kind: _first_free(starts, places) for kind, starts in suitable.items()}
    visits = {}
    for place in ones(places):
        starts_at = begin_of(day.first + place)
        visits[place] = starts_at, starts_at + length, tuple((kind, keys[place]) for kind, keys in resources.items())
    found: list[Opening] = []
    for key, fit in fitting.items():
        for place, before, after in _fits(day.free[key], fit, size):
            starts_at, ends_at, chosen = visits[place]
            found.append(Opening(starts_at, ends_at, key, chosen, span_of(before), span_of(after)))
    # The sort is stable: of those that start together, the therapists keep their order.
    found.sort(key=itemgetter(0))
    return found


def _fits(free: int, starts: int, size: int) -> Iterator[tuple[int, int, int]]:
    """Yield each start of a visit of ``size`` cells, and how many are free just before it and just after."""
    end = 0
    for place in ones(starts):
        if place >= end:
            begin, end = place - ones_before(free, place), place + ones_from(free, place)
        yield place, place - begin, end - place - size


def _first_free(starts: dict[Key, int], wanted: int) -> dict[int, Key]:
    """Return for each of the ``wanted`` starts the first resource that allows it."""
    found: dict[int, Key] = {}
    for key, allowed in starts.items():
        found.update((place, key) for place in ones(allowed & wanted))
        wanted &= ~allowed
    return found


def _next_on_grid(instant: datetime, grid: timedelta) -> datetime:
    return instant + (EPOCH - instant) % grid
