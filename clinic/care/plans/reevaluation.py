"""Tell when a plan asks for the next re-evaluation."""

from collections.abc import Iterable
from datetime import date


def reevaluation_due(
    *, every_visits: int | None, by: date | None, visits_done: int, booked: Iterable[date], today: date
) -> date | None:
    """Return the day of the next re-evaluation, the earlier of the visit and ``by``; None where neither is known.

    ``visits_done`` are visits since the last evaluation or re-evaluation, which is not counted; ``booked`` the days of
    visits still to come, a day as often as it has visits; those before ``today`` are not counted. The re-evaluation
    is visit number ``every_visits``: with 10, the one after nine others. A number that is reached already gives
    ``today``; ``by`` stands even when it is past. Raises ``ValueError`` for less than one visit. Source: the plan.
    """
    if every_visits is not None and every_visits < 1:
        raise ValueError(f"every {every_visits} visits is no interval")
    days = [] if by is None else [by]
    if every_visits is not None:
        days += _at_visit(every_visits - visits_done, sorted(on for on in booked if on >= today), today=today)
    return min(days, default=None)


def _at_visit(ahead: int, coming: list[date], *, today: date) -> list[date]:
    if ahead <= 0:
        return [today]
    return coming[ahead - 1 : ahead]
