"""The only reader of the wall clock."""

from collections.abc import Callable
from datetime import UTC, datetime


def _wall_clock() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _wall_clock


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _source()


def set_source(source: Callable[[], datetime] | None) -> None:
    """Read the time from ``source`` from now on; None goes back to the wall clock."""
    global _source
    _source = source or _wall_clock
