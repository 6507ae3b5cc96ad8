"""The five-minute grid on which the clinic's time is held: instants to numbered cells, and back."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from clinic.timetable.intervals import Interval

GRID_MINUTES = 5
GRID_SECONDS = GRID_MINUTES * 60
CELLS_A_DAY = 86_400 // GRID_SECONDS
GRID = timedelta(minutes=GRID_MINUTES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cell_at(instant: datetime) -> int:
    """Return the number of the cell, counted from 1970, in which ``instant`` lies."""
    return _floor(instant - EPOCH)


def cell_from(instant: datetime) -> int:
    """Return the number of the first cell that begins at ``instant`` or later."""
    return -_floor(EPOCH - instant)


def begin_of(cell: int) -> datetime:
    """Return the instant at which a cell begins."""
    return EPOCH + cell * GRID


@lru_cache(maxsize=4096)
def span_of(count: int) -> timedelta:
    """Return how long ``count`` cells last."""
    return count * GRID


def floor_to_grid(instant: datetime) -> datetime:
    """Return the last grid line at or before ``instant``."""
    return begin_of(cell_at(instant))


def on_grid(instant: datetime) -> bool:
    """Say whether ``instant`` is a grid line."""
    return not (instant - EPOCH) % GRID


def cells(interval: Interval) -> range:
    """Return the cells that the interval touches, so that 09:02 meets 09:00."""
    return range(_floor(interval.start - EPOCH), -_floor(EPOCH - interval.end))


def whole_cells(interval: Interval) -> range:
    """Return the cells that the interval fills: what may be promised of opening hours."""
    return range(-_floor(EPOCH - interval.start), _floor(interval.end - EPOCH))


def cell_count(length: timedelta) -> int:
    """Return how many cells a visit of ``length`` takes; a part of a cell takes all of it."""
    return -_floor(-length)


def _floor(length: timedelta) -> int:
    # ``length // GRID`` takes three times as long, and a search asks for thousands.
    return length.days * CELLS_A_DAY + length.seconds // GRID_SECONDS
