"""Target cadence: from what was measured, never a fixed number. Pure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class CadenceRule(NamedTuple):
    """How a target is set, in percent: the usual increase, the least and most without a reason, the band around it."""

    percent: Decimal
    least_percent: Decimal
    most_percent: Decimal
    band_percent: Decimal
    same_speed_percent: Decimal


class Target(NamedTuple):
    """A target and the band in which a run counts as at target, in steps a minute (both feet)."""

    spm: int
    low: int
    high: int


def target(*, baseline: int, percent: Decimal, band_percent: Decimal) -> Target:
    """Return ``baseline`` × (1 + ``percent`` / 100) with its band, halves rounded up (clinical reference B3)."""
    spm = _half_up(Decimal(baseline) * (1 + percent / 100))
    width = Decimal(spm) * band_percent / 100
    return Target(spm, _half_up(spm - width), _half_up(spm + width))


def step_length(*, speed_ms: Decimal, spm: Decimal) -> Decimal:
    """Return the length of one step in meters, two places: speed × 60 / cadence. A watch's "stride length" is this."""
    return (speed_ms * 60 / spm).quantize(Decimal("0.01"), ROUND_HALF_UP)


def pace(speed_ms: Decimal) -> str:
    """Return a speed as minutes a kilometer: 6:00."""
    seconds = _half_up(Decimal(1000) / speed_ms)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
