"""How fast the weekly distance may grow: a convention (clinical reference, E2 with sources 63 and 64: secondary)."""

from collections.abc import Collection
from decimal import Decimal

from clinic.care.homecare.rules import OURS

SOURCE = f"Clinical reference E2, sources 63 and 64 (secondary). {OURS}"
MOST_PERCENT = Decimal(10)
LIGHTER_EVERY = 4
"""The latest week, counted from 1, that should be lighter than the one before."""


def growth_warning(*, last_km: Decimal, next_km: Decimal) -> str | None:
    """Return the warning where a week grows by more than 10 %; None otherwise, and where nothing was run before."""
    if last_km <= 0:
        return None
    percent = (next_km - last_km) / last_km * 100
    if percent <= MOST_PERCENT:
        return None
    return f"{next_km} km is {percent:.0f} % more than last week's {last_km} km; at most 10 % is the convention."


def lighter_week_is_due(weekly_km: Collection[Decimal]) -> bool:
    """Return whether the next week should be lighter: the last three, oldest first, never went down."""
    last = list(weekly_km)[-(LIGHTER_EVERY - 1) :]
    return len(last) == LIGHTER_EVERY - 1 and last == sorted(last) and last[0] > 0


def changed_at_once(changes: Collection[str]) -> str | None:
    """Return the warning where more than one of distance, hills, speed, surface or shoes changes in a week."""
    if len(set(changes)) < 2:
        return None
    return f"{' and '.join(sorted(set(changes)))} change in one week: change one thing at a time."
