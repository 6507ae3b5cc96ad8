"""Count the billable units in the timed minutes of one visit.

Untimed interventions are no part of this: each is one unit a day whatever its minutes, which count in the visit's total
time only. Sources: clinical reference F3; CMS 8-minute rule, as in guides to it (clinicient, kmcuniversity).
"""

from collections.abc import Mapping
from enum import StrEnum

UNIT_MINUTES = 15
LEAST_MINUTES = 8


class BillingRule(StrEnum):
    """How a payer turns minutes into units: CMS from the sum of all, the AMA midpoint from each category alone."""

    CMS8 = "cms8"
    AMA_MIDPOINT = "ama_midpoint"


def timed_units(minutes: Mapping[str, int], *, rule: BillingRule) -> dict[str, int]:
    """Return the units of each timed category of a visit, without zeros, in the order of ``minutes``.

    ``minutes`` are whole minutes by category, timed categories only. CMS: the sum of all minutes gives the total; each
    category gets its full 15s, and what remains of the total goes to the largest remainders, one each, ties by the
    category's name. AMA midpoint: a unit per 15 minutes of each category, and one more from 8 minutes on.
    Raises ``ValueError`` for negative minutes. Source: clinical reference F3.
    """
    for category, spent in minutes.items():
        if spent < 0:
            raise ValueError(f"{spent} minutes of {category} is less than none")
    if rule is BillingRule.CMS8:
        units = _shared(minutes)
    else:
        units = {category: _units(spent) for category, spent in minutes.items()}
    return {category: count for category, count in units.items() if count}


def units_in_all(minutes: Mapping[str, int], *, rule: BillingRule) -> int:
    """Return the units of a visit: the sum of ``timed_units``, and as it raises."""
    return sum(timed_units(minutes, rule=rule).values())


def _units(minutes: int) -> int:
    """Return the units in some minutes: none below 8, one from 8, two from 23, three from 38."""
    return (minutes + UNIT_MINUTES - LEAST_MINUTES) // UNIT_MINUTES


def _shared(minutes: Mapping[str, int]) -> dict[str, int]:
    units = {category: spent // UNIT_MINUTES for category, spent in minutes.items()}
    remaining = _units(sum(minutes.values())) - sum(units.values())
    by_remainder = sorted(minutes, key=lambda category: (-(minutes[category] % UNIT_MINUTES), category))
    for category in by_remainder[:remaining]:
        units[category] += 1
    return units
