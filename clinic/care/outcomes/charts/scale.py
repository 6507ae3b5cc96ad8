"""Scales: from values and days to places, with round ticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ROUND_STEPS = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Values from ``low`` to ``high``, drawn from ``start`` to ``end``."""

    low: Decimal
    high: Decimal
    start: float
    end: float
    ticks: tuple[Decimal, ...] = ()

    def at(self, value: Decimal) -> float:
        """Return the place of a value; one beyond the ends lies at the end."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return round(self.start + float(share) * (self.end - self.start), 1)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days from ``first`` to ``last``, drawn from ``start`` to ``end``; a single day lies in the middle."""

    first: date
    last: date
    start: float
    end: float

    def at(self, on: date) -> float:
        """Return the place of a day; one beyond the ends lies at the end."""
        days = (self.last - self.first).days
        if not days:
            return round((self.start + self.end) / 2, 1)
        share = (min(max(on, self.first), self.last) - self.first).days / days
        return round(self.start + share * (self.end - self.start), 1)


def scale(
    values: Sequence[Decimal],
    *,
    floor: Decimal | None,
    ceiling: Decimal | None,
    start: float,
    end: float,
    most: int = 5,
) -> Scale:
    """Return a scale that holds all values, with at most ``most`` steps of 1, 2 or 5 times a power of ten, 1 or more.

    It starts at ``floor``, where there is one, and ends at a tick, or at ``ceiling`` if that comes first.
    """
    lowest = min(values) if floor is None else min(floor, *values)
    highest = max(*values, lowest + 1)
    step = _step(highest - lowest, most)
    low = lowest if floor is not None else (lowest / step).to_integral_value(ROUND_FLOOR) * step
    high = (highest / step).to_integral_value(ROUND_CEILING) * step
    if ceiling is not None:
        high = max(highest, min(high, ceiling))
    return Scale(low=low, high=high, start=start, end=end, ticks=tuple(_multiples(step, low, high)))


def _step(span: Decimal, most: int) -> Decimal:
    power = Decimal(1)
    while True:
        for step in ROUND_STEPS:
            if step * power * most >= span:
                return step * power
        power *= 10


def _multiples(step: Decimal, low: Decimal, high: Decimal) -> Iterable[Decimal]:
    tick = (low / step).to_integral_value(ROUND_CEILING) * step
    while tick <= high:
        yield tick
        tick += step
