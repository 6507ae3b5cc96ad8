"""Half-open stretches of time in UTC, and how they join, part and overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """Hold the time from ``start`` up to, but not including, ``end``.

    Both are ``datetime`` in ``datetime.UTC`` itself, or it raises ``ValueError``: two datetimes of one local zone
    subtract by the wall clock. An interval that is empty or runs backwards is refused too.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError(f"not in UTC: {self.start!r}, {self.end!r}")
        if self.end <= self.start:
            raise ValueError(f"ends before it has begun: {self.start} to {self.end}")

    @property
    def length(self) -> timedelta:
        """Return the elapsed time."""
        return self.end - self.start

    def overlaps(self, other: Interval) -> bool:
        """Say whether the two share any time; to touch is not to overlap."""
        return self.start < other.end and other.start < self.end

    def clip(self, bounds: Interval) -> Interval | None:
        """Return the part that lies inside ``bounds``, or None."""
        start, end = max(self.start, bounds.start), min(self.end, bounds.end)
        return Interval(start, end) if start < end else None


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same time in order, with no two intervals that overlap or touch."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if not merged or interval.start > merged[-1].end:
            merged.append(interval)
        elif interval.end > merged[-1].end:
            merged[-1] = Interval(merged[-1].start, interval.end)
    return merged


def subtract(intervals: Iterable[Interval], taken: Iterable[Interval]) -> Iterator[Interval]:
    """Yield, in order, what is left of ``intervals`` once ``taken`` is cut out."""
    cuts = merge(taken)
    passed = 0
    for interval in merge(intervals):
        start = interval.start
        while passed < len(cuts) and cuts[passed].start < interval.end:
            cut = cuts[passed]
            if start < cut.start:
                yield Interval(start, cut.start)
            start = max(start, cut.end)
            if cut.end > interval.end:
                break
            passed += 1
        if start < interval.end:
            yield Interval(start, interval.end)
