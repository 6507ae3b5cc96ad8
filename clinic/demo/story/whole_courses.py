"""Which visits are booked in one step: what is left of a course, at the desk, when its first follow-up is booked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from clinic.demo.story.cast import EVALUATION
from clinic.demo.story.courses import Visit
from clinic.demo.story.moments import Moment

LEAST, MOST = 3, 12
AT_ONCE = timedelta(days=28)
"""Whatever was booked later than this after the first is a course of its own."""


def whole_courses(moments: Iterable[Moment]) -> dict[Visit, list[Moment]]:
    """Return, for the first visit of each course, the moments of all its bookings, by the time of the visits."""
    bookings: dict[int, list[Moment]] = defaultdict(list)
    for moment in sorted(moments, key=lambda moment: moment.at):
        if moment.what == "book" and moment.visit.kind != EVALUATION and not moment.words:
            bookings[moment.visit.person].append(moment)
    found: dict[Visit, list[Moment]] = {}
    for mine in bookings.values():
        group: list[Moment] = []
        for moment in mine:
            if group and (moment.at - group[0].at > AT_ONCE or len(group) == MOST):
                _keep(group, found)
                group = []
            group.append(moment)
        _keep(group, found)
    return found


def _keep(group: list[Moment], found: dict[Visit, list[Moment]]) -> None:
    coming = [moment for moment in group if (moment.to or moment.visit.starts_at) > group[0].at]
    if len(coming) >= LEAST and coming[0] is group[0]:
        found[group[0].visit] = sorted(coming, key=lambda moment: moment.to or moment.visit.starts_at)


def phases(visits: int, days: int) -> tuple[tuple[int, int], ...]:
    """Return a prescription of so many visits over so many days: twice a week as far as they are that close."""
    if visits < 2 or days / (visits - 1) > 5:
        return ((1, visits),)
    return ((2, visits // 2), (1, 1)) if visits % 2 else ((2, visits // 2),)
