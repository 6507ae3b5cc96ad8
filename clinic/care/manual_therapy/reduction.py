"""By how much tenderness falls: in the position of ease, and afterwards. Pure."""

from decimal import ROUND_HALF_UP, Decimal


def percent_less(before: int | None, then: int | None) -> int | None:
    """Return (``before`` − ``then``) / ``before`` in whole percent, halves rounded up; below zero where it got worse.

    None where either is missing, or where nothing was tender before (clinical reference C1).
    """
    if not before or then is None:
        return None
    return int((Decimal(before - then) * 100 / before).quantize(Decimal(1), ROUND_HALF_UP))


def goal_missed(*, before: int | None, in_position: int | None, goal_percent: int) -> bool:
    """Say whether the position left more tenderness than the goal allows: 70 % less leaves at most 0.3 × before."""
    if before is None or in_position is None:
        return False
    return in_position * 100 > before * (100 - goal_percent)
