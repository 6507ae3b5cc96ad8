"""What a visit needs and what a day supplies: therapists, and rooms and equipment of several kinds.

Therapists and resources go by plain keys; the order of a mapping is the clinic's order of preference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinic.timetable.bitmaps import bitmap, runs
from clinic.timetable.grid import GRID_MINUTES, cell_at, cells, whole_cells
from clinic.timetable.intervals import Interval

Key = str
Kind = str


@dataclass(frozen=True, slots=True)
class Need:
    """Ask for one resource of a kind from one minute of the visit until another.

    ``until_minute`` may lie behind the visit's end: a room's turnover is needed time in which the therapist is free.
    Raises ``ValueError`` when the minutes are negative or empty.
    """

    kind: Kind
    from_minute: int
    until_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.from_minute < self.until_minute:
            raise ValueError(f"no time is needed from minute {self.from_minute} until {self.until_minute}")

    def starts(self, taken: int) -> int:
        """Return a bitmap of the visit starts that this need allows a resource ``taken`` (a bitmap) elsewhere."""
        begin = self.from_minute // GRID_MINUTES
        end = -(-self.until_minute // GRID_MINUTES)
        return runs(~taken, end - begin) >> begin


@dataclass(frozen=True, slots=True)
class Supply:
    """Name the hours that a therapist works and the times at which they are busy, both in any order."""

    hours: Iterable[Interval]
    busy: Iterable[Interval] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """Hold one day as bitmaps: bit n is the n-th five minutes after local midnight.

    ``first`` is the grid cell of bit 0. ``free`` is what each therapist works and has free; ``taken`` is when each
    resource of each kind is in use. A caller who has cells rather than intervals builds these with ``bitmap``.
    """

    first: int
    free: Mapping[Key, int]
    taken: Mapping[Kind, Mapping[Key, int]]


def day_of(
    bounds: Interval,
    *,
    therapists: Mapping[Key, Supply],
    resources: Mapping[Kind, Mapping[Key, Iterable[Interval]]] | None = None,
) -> Day:
    """Return the day within ``bounds``; busy times outside it do no harm, and hours outside it are cut off."""
    first, last = cell_at(bounds.start), cell_at(bounds.end)
    today = (1 << last - first) - 1

    def taken(busy: Iterable[Interval]) -> int:
        return bitmap(map(cells, busy), first=first)

    def free(supply: Supply) -> int:
        return bitmap(map(whole_cells, supply.hours), first=first) & today & ~taken(supply.busy)

    return Day(
        first=first,
        free={key: free(supply) for key, supply in therapists.items()},
        taken={kind: {key: taken(busy) for key, busy in found.items()} for kind, found in (resources or {}).items()},
    )
