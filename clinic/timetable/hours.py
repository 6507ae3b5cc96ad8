"""Weekly hours and dated exceptions, told by the clock on the wall, as intervals in UTC.

Open means that the wall shows a time within the hours. So a span that meets a change of the clock is an hour shorter
in spring, and in autumn a repeated time is open both times that it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clinic.timetable.intervals import Interval, merge
from clinic.timetable.zones import stretches

DAY = timedelta(days=1)
Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class WeeklySpan:
    """Open a weekday (0 is Monday) from ``starts`` to ``ends``, on dates ``from_on`` to ``until_on``, both included.

    An end of 00:00 is the midnight after; an ``until_on`` of None is for good. Raises ``ValueError`` for a weekday
    that is none, or a span that is empty.
    """

    weekday: int
    starts: time
    ends: time
    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.weekday not in range(7):
            raise ValueError(f"no weekday {self.weekday}")
        _refuse_empty((self.starts, self.ends))

    def opens(self, on: date) -> bool:
        """Say whether the span is for this date."""
        return on.weekday() == self.weekday and self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class DayException:
    """Replace the weekly hours of one date by ``spans``; none of them is a day off.

    Several exceptions of one date add up. Raises ``ValueError`` for an empty span.
    """

    on: date
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        for span in self.spans:
            _refuse_empty(span)


def open_intervals(
    *, weekly: Sequence[WeeklySpan], exceptions: Iterable[DayException], zone: ZoneInfo, first: date, last: date
) -> list[Interval]:
    """Return the open time of the local days ``first`` to ``last``, both included, in UTC, in order and merged."""
    replaced: dict[date, list[Span]] = {}
    for exception in exceptions:
        replaced.setdefault(exception.on, []).extend(exception.spans)

    def spans(on: date) -> Iterable[Span]:
        return replaced[on] if on in replaced else ((span.starts, span.ends) for span in weekly if span.opens(on))

    if first == last:
        return list(_of_day(tuple(spans(first)), first, zone))
    return merge(interval for on in _dates(first, last) for interval in _of_day(tuple(spans(on)), on, zone))


@lru_cache(maxsize=16_384)
def _of_day(spans: tuple[Span, ...], on: date, zone: ZoneInfo) -> tuple[Interval, ...]:
    """Colleagues share their hours, and a search asks for the same day again and again."""
    return tuple(merge(interval for span in spans for interval in _shown(span, on, zone)))


def _shown(span: Span, on: date, zone: ZoneInfo) -> Iterator[Interval]:
    starts, ends = span
    start, end = datetime.combine(on, starts, UTC), datetime.combine(on, ends, UTC)
    if end <= start:
        end += DAY
    for stretch, offset in stretches(on, zone):
        shown = Interval(start - offset, end - offset).clip(stretch)
        if shown:
            yield shown


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + DAY * passed for passed in range((last - first).days + 1))


def _refuse_empty(span: Span) -> None:
    starts, ends = span
    if starts >= ends != time.min:
        raise ValueError(f"no time between {starts} and {ends}")
