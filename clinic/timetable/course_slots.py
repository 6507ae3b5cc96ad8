"""The slots of one day for a visit of a course: all of them, or of each therapist the best."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.timetable.bitmaps import bitmap, ones, ones_before, ones_from, runs
from clinic.timetable.course_cost import Slot
from clinic.timetable.grid import GRID, GRID_MINUTES, begin_of, cell_at, cell_count, cell_from
from clinic.timetable.openings import allowed_starts, any_of, refuse_nonsense, resource_starts
from clinic.timetable.supply import Day, Key, Need
from clinic.timetable.wishes import Wishes
from clinic.timetable.zones import stretches, to_wall


def best_slots(
    day: Day,
    *,
    on: date,
    length: timedelta,
    needs: Sequence[Need],
    wishes: Wishes,
    zone: ZoneInfo,
    shortest: timedelta,
    not_before: datetime,
    step: timedelta = 2 * GRID,
    therapists: Sequence[Key] | None = None,
) -> list[Slot]:
    """Return the best slot of each therapist: within the wishes, then with the least gap, then the earliest.

    On a day that is not wished the times of day that are wished come before the others with as little gap.
    ``day`` is the local day ``on``, and ``shortest`` the length of the clinic's shortest visit: less time than that
    beside a visit is a gap. ``therapists`` are those who may treat, in their order; None is all of the day.
    Raises ``ValueError`` as ``openings.search`` does.
    """
    starts = _starts(day, length, needs, not_before, step, therapists)
    wished = _wished(day, on, length, wishes, zone)
    fit = _Fit(day, on, length, cell_count(length), cell_count(shortest), wished)
    hours = -1 if wished else _wished(day, on, length, replace(wishes, weekdays=frozenset()), zone)
    return [fit.slot(key, fit.best(key, places, hours)) for key, places in starts.items()]


def all_slots(
    day: Day,
    *,
    on: date,
    length: timedelta,
    needs: Sequence[Need],
    wishes: Wishes,
    zone: ZoneInfo,
    shortest: timedelta,
    not_before: datetime,
    step: timedelta = 2 * GRID,
    therapists: Sequence[Key] | None = None,
) -> Iterator[Slot]:
    """Yield every slot of the day by start and then in the therapists' order; all else is as in ``best_slots``."""
    starts = _starts(day, length, needs, not_before, step, therapists)
    wished = _wished(day, on, length, wishes, zone)
    fit = _Fit(day, on, length, cell_count(length), cell_count(shortest), wished)
    return (
        fit.slot(key, place)
        for place in ones(any_of(starts.values()))
        for key, places in starts.items()
        if places >> place & 1
    )


class _Fit(NamedTuple):
    """A day, and what tells the slots of one kind of visit apart; ``size`` and ``shortest`` are in cells."""

    day: Day
    on: date
    length: timedelta
    size: int
    shortest: int
    wished: int

    def slot(self, key: Key, place: int) -> Slot:
        starts_at = begin_of(self.day.first + place)
        outside = not self.wished >> place & 1
        return Slot(self.on, starts_at, starts_at + self.length, key, outside, self.gap(key, place) * GRID_MINUTES)

    def gap(self, key: Key, place: int) -> int:
        free = self.day.free[key]
        before, after = ones_before(free, place), ones_from(free, place + self.size)
        return (before if before < self.shortest else 0) + (after if after < self.shortest else 0)

    def best(self, key: Key, places: int, hours: int) -> int:
        places = places & self.wished or places
        free, size = self.day.free[key], self.size
        roomy = runs(free, self.shortest)
        snug_before = ~(free << 1) | roomy << self.shortest
        snug_after = ~(free >> size) | roomy >> size
        snug = places & snug_before & snug_after
        if snug:
            return next(ones(snug & hours or snug))
        return min(ones(places), key=lambda place: (self.gap(key, place), not hours >> place & 1))


def _starts(
    day: Day,
    length: timedelta,
    needs: Sequence[Need],
    not_before: datetime,
    step: timedelta,
    therapists: Sequence[Key] | None,
) -> dict[Key, int]:
    """Return a bitmap of the starts of each therapist who has any."""
    refuse_nonsense(length=length, needs=needs, step=step)
    possible = allowed_starts(day, not_before=not_before, stride=step // GRID)
    for need in needs:
        possible &= any_of(resource_starts(day, need).values())
    size = cell_count(length)
    keys = day.free if therapists is None else [key for key in therapists if key in day.free]
    fitting = ((key, runs(day.free[key], size) & possible) for key in keys)
    return {key: places for key, places in fitting if places}


def _wished(day: Day, on: date, length: timedelta, wishes: Wishes, zone: ZoneInfo) -> int:
    """Return a bitmap of the starts that suit the wishes; where the clock changes, by asking for each in turn."""
    if not wishes:
        return -1
    parts = stretches(on, zone)
    if len(parts) > 1:
        begins = [begin_of(cell) for cell in range(day.first, cell_from(parts[-1][0].end))]
        suits = (wishes.suit(to_wall(begin, zone), to_wall(begin + length, zone)) for begin in begins)
        return sum(1 << place for place, suit in enumerate(suits) if suit)
    if wishes.weekdays and on.weekday() not in wishes.weekdays:
        return 0
    return any_of(_within(window, day, on, length, parts[0][1]) for window in wishes.windows) if wishes.windows else -1


def _within(window: tuple[time, time], day: Day, on: date, length: timedelta, offset: timedelta) -> int:
    opens, closes = (datetime.combine(on, edge, UTC) - offset for edge in window)
    if closes <= opens:
        closes += timedelta(days=1)
    return bitmap([range(cell_from(opens), cell_at(closes - length) + 1)], first=day.first)
