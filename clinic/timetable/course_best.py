"""The best days of a course within its reach, and the best slots of those days: both by exact dynamic programming.

Neighbors are coupled by their days and, when nobody is named, by who treats. So it is enough to know, for each place of
a visit, the least cost of all that comes after it: whoever treats next, and with each therapist who, going on, costs
less than that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from clinic.timetable.course_cost import Slot
from clinic.timetable.course_days import Place, Reach
from clinic.timetable.course_offers import Choice, Offers
from clinic.timetable.course_prices import Prices
from clinic.timetable.supply import Key


def best_days(prices: Prices, *, reaches: Sequence[Reach], offers: Sequence[Offers]) -> list[int | None]:
    """Return the number of each visit's day in the best course, None where it is left out."""
    calendar = prices.calendar
    after = {place: _Onward(0) for place in reaches[-1].before}
    for number in range(len(offers), 0, -1):
        reach, offered = reaches[number - 1], offers[number - 1]
        at = {}
        for place in reach.at:
            choice = offered[calendar.days[place.day]]
            at[place] = _placed(choice, after[calendar.after(place)], prices, prices.of_place(number, place))
        after = dict(_standing(reach.before, at, after, prices, prices.of_leaving_out(number)))
    return prices.days_in(after[calendar.start].anybody)


def best_of(choices: Sequence[Choice], *, prices: Prices) -> tuple[Slot, ...]:
    """Return the best of each choice, when there is one for each visit that is placed."""
    least = _Chain()
    same: dict[Key, _Chain] = {}
    for choice in reversed(choices):
        same = {
            key: min(same.get(key, least), least).led_by(slot, order, prices.of_slot(slot))
            for order, (key, slot) in enumerate(choice.items())
        }
        least = min(same.values()).dearer(prices.change)
    return least.slots


class _Onward:
    """The least cost of the rest of a course with ``anybody``, and with the ``same`` therapist where that is less."""

    __slots__ = ("anybody", "same")

    def __init__(self, anybody: int, same: dict[Key, int] | None = None) -> None:
        self.anybody = anybody
        self.same = same or {}

    def may_be(self, other: _Onward, cost: int) -> None:
        """Take in another way to go on, to which ``cost`` is added."""
        self.anybody = min(self.anybody, other.anybody + cost)
        same = self.same
        for key, onward in other.same.items():
            if key not in same or onward + cost < same[key]:
                same[key] = onward + cost

    def keep_lesser(self, limit: int) -> _Onward:
        """Forget those with whom to go on is no better than ``limit``."""
        self.same = {key: onward for key, onward in self.same.items() if onward < limit}
        return self


def _placed(choice: Choice, after: _Onward, prices: Prices, cost: int) -> _Onward:
    whole = {key: prices.of_slot(slot) + after.same.get(key, after.anybody) + cost for key, slot in choice.items()}
    least = min(whole.values())
    return _Onward(least, whole).keep_lesser(least + prices.change)


def _standing(
    before: set[Place], at: dict[Place, _Onward], after: dict[Place, _Onward], prices: Prices, leaving_out: int
) -> Iterator[tuple[Place, _Onward]]:
    """Yield each place of the last visit, and what comes after when this visit is placed or left out."""
    calendar = prices.calendar
    later = _Onward(prices.never)
    days = sorted(day for day, used in at if not used)
    for place in sorted(before, reverse=True):
        if place == calendar.start:
            onward = _Onward(min((at[Place(day, 0)].anybody for day in days), default=prices.never))
        else:
            while days and days[-1] >= calendar.later[place.day]:
                day = days.pop()
                later.may_be(at[Place(day, 0)], prices.ahead[day])
            onward = _next_placed(place, at, later, prices)
        # A pinned visit cannot be left out: after it there is no place but its own.
        if place in after:
            onward.may_be(after[place], leaving_out)
        yield place, onward.keep_lesser(onward.anybody)


def _next_placed(place: Place, at: dict[Place, _Onward], later: _Onward, prices: Prices) -> _Onward:
    calendar = prices.calendar
    behind = prices.behind[place.day]
    onward = _Onward(prices.never)
    onward.may_be(later, -behind)
    for day in calendar.soon[place.day]:
        next_place = Place(day, place.used if day in calendar.rest_of_week[place.day] else 0)
        if next_place in at:
            onward.may_be(at[next_place], abs(prices.ahead[day] - behind))
    onward.anybody += prices.change
    return onward


class _Chain(NamedTuple):
    """The slots of some visits and all after them: their cost, then their starts, then who was given first."""

    cost: int = 0
    starts: tuple[datetime, ...] = ()
    orders: tuple[int, ...] = ()
    slots: tuple[Slot, ...] = ()

    def led_by(self, slot: Slot, order: int, price: int) -> _Chain:
        """Put another visit at the front."""
        return _Chain(self.cost + price, (slot.starts_at, *self.starts), (order, *self.orders), (slot, *self.slots))

    def dearer(self, price: int) -> _Chain:
        """Add to the cost."""
        return self._replace(cost=self.cost + price)
