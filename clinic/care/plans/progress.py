"""Read how a goal's measure has moved from its baseline. Sources: clinical reference A3 and §H."""

import operator
from decimal import Decimal
from enum import StrEnum
from typing import Literal

_COMPARISONS = {"<=": operator.le, ">=": operator.ge, "=": operator.eq}


class Reading(StrEnum):
    """What a change means; the last three say no more than its direction, where thresholds are not known."""

    WITHIN_ERROR = "within measurement error"
    IMPORTANT_IMPROVEMENT = "clinically important improvement"
    SMALL_IMPROVEMENT = "real but small improvement"
    IMPORTANT_WORSENING = "clinically important worsening"
    SMALL_WORSENING = "real but small worsening"
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


def progress(*, baseline: Decimal, target: Decimal, now: Decimal | None) -> int | None:
    """Return how much of the way to the target is made: whole percent, 0 to 100, rounded down, for display only.

    100 says that the target is reached or passed; whether the goal is met, ``met`` says. None where baseline and target
    are the same or nothing was measured. Source: clinical reference H.
    """
    if now is None or baseline == target:
        return None
    way, made = target - baseline, now - baseline
    if way < 0:
        way, made = -way, -made
    return int(min(max(made, Decimal(0)), way) * 100 // way)


def read_change(
    *, baseline: Decimal, now: Decimal, lower_is_better: bool, mdc: Decimal | None, mcid: Decimal | None
) -> Reading:
    """Return what the change since the baseline means; all values in the measure's unit.

    A change below ``mdc`` is within error, even where ``mcid`` is smaller; one that equals a threshold has reached it.
    Importance is claimed from ``mcid`` on, also without ``mdc``; "real but small" only where both are known. Never
    the clinician's conclusion: show the thresholds beside it. Source: clinical reference A3.
    """
    improvement = baseline - now if lower_is_better else now - baseline
    if mdc is not None and abs(improvement) < mdc:
        return Reading.WITHIN_ERROR
    if improvement == 0:
        return Reading.SAME
    if mcid is not None and abs(improvement) >= mcid:
        return Reading.IMPORTANT_IMPROVEMENT if improvement > 0 else Reading.IMPORTANT_WORSENING
    if mdc is not None and mcid is not None:
        return Reading.SMALL_IMPROVEMENT if improvement > 0 else Reading.SMALL_WORSENING
    return Reading.BETTER if improvement > 0 else Reading.WORSE


def met(*, now: Decimal, target: Decimal, comparison: Literal["<=", ">=", "="]) -> bool:
    """Return whether a value reaches its target: at or below, at or above, or exactly. Source: clinical reference H."""
    return bool(_COMPARISONS[comparison](now, target))


def hint_on_target(*, baseline: Decimal, target: Decimal, mcid: Decimal | None) -> str:
    """Return a sentence where the target lies nearer to the baseline than ``mcid``, else nothing. Source: §H."""
    distance = abs(target - baseline)
    if mcid is None or distance >= mcid:
        return ""
    return f"The target is {_plain(distance)} from the baseline; the smallest important change is {_plain(mcid)}."


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
