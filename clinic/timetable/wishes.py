"""When a patient can come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Wishes:
    """Name the weekdays (0 is Monday) and the windows of local time that suit a patient; none of either means any.

    A window is (from, until); an until of 00:00 is midnight. A visit must lie wholly within one window.
    """

    weekdays: frozenset[int] = frozenset()
    windows: tuple[tuple[time, time], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.weekdays or self.windows)

    def suit(self, start: datetime, end: datetime) -> bool:
        """Say whether a visit between two naive wall times is as wished."""
        if self.weekdays and start.weekday() not in self.weekdays:
            return False
        return not self.windows or any(_within(start, end, window) for window in self.windows)


def _within(start: datetime, end: datetime, window: tuple[time, time]) -> bool:
    opens, closes = (datetime.combine(start, edge) for edge in window)
    if closes <= opens:
        closes += timedelta(days=1)
    return opens <= start and end <= closes
