"""The days of a course, and on which of them each visit may be with the fewest visits left out or beyond their week's.

Each visit is left out, within the number prescribed for its week, or beyond it. So the sum over weeks of
|placed - prescribed| is the visits left out and twice those beyond, and the first two parts of the cost add up visit by
visit. Only days matter to them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from clinic.timetable.course_prescription import DAYS_A_WEEK, MOST_VISITS, Prescription

BEYOND = 1
LEFT_OUT = MOST_VISITS + 1
NEVER = LEFT_OUT * LEFT_OUT

Row = list[int]


class Place(NamedTuple):
    """Name a day by its number, and how many of the visits prescribed for its week are used up.

    Whether one or three visits are beyond a week's number makes no difference to the next.
    """

    day: int
    used: int


class Visit(NamedTuple):
    """Name the days on which a visit may be, and whether it may be left out."""

    days: Collection[int]
    optional: bool

    @property
    def out(self) -> int:
        """Return what it costs to leave the visit out."""
        return LEFT_OUT if self.optional else NEVER


class Reach(NamedTuple):
    """Hold the places of a visit in the best courses.

    ``before`` are those at which the last visit placed before it may stand. ``at`` are those at which it may be placed
    itself, with what is used of the week without it.
    """

    before: set[Place]
    at: set[Place]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hold the days of a course by number, and behind the last of them a start from which all can be reached.

    Of each day there are the days ``passed`` since the first allowed one, its week's ``prescribed`` visits and
    ``frequency``, and the days of the next visit, told apart in two ways: ``rest_of_week``, and all from ``next_week``
    on; or ``soon``, which are less than seven days away, and all from ``later`` on.
    """

    days: tuple[date, ...]
    passed: tuple[int, ...]
    prescribed: tuple[int, ...]
    frequency: tuple[int, ...]
    rest_of_week: tuple[range, ...]
    next_week: tuple[int, ...]
    soon: tuple[range, ...]
    later: tuple[int, ...]

    @property
    def start(self) -> Place:
        """Return where a course stands before its first visit."""
        return Place(len(self.days), 0)

    def after(self, place: Place) -> Place:
        """Return where a course stands once a visit is placed."""
        return Place(place.day, min(place.used + 1, self.prescribed[place.day]))


def calendar_of(prescription: Prescription, days: Iterable[date]) -> Calendar:
    """Return the calendar of all ``days`` on which any visit may be; none lies before the prescription's first."""
    ordered = tuple(sorted(days))
    passed = tuple((on - prescription.first_on).days for on in ordered)
    weeks = [prescription.week_of(on) for on in ordered]

    def first(day: int) -> int:
        return bisect_left(passed, day)

    allowed = [first(day + prescription.least_apart) for day in passed]
    week_after = [first((week + 1) * DAYS_A_WEEK) for week in weeks]
    seven_on = [first(day + DAYS_A_WEEK) for day in passed]
    return Calendar(
        days=ordered,
        passed=passed,
        prescribed=(*map(prescription.prescribed, weeks), 0),
        frequency=tuple(map(prescription.frequency, weeks)),
        rest_of_week=(*map(range, allowed, week_after), range(0)),
        next_week=(*map(max, allowed, week_after), 0),
        soon=(*map(range, allowed, seven_on), range(0)),
        later=(*map(max, allowed, seven_on), 0),
    )


def reaches(calendar: Calendar, visits: Sequence[Visit]) -> list[Reach]:
    """Return the reach of each visit, and of one after the last that is placed nowhere.

    Every course with the fewest visits left out, and of those with the fewest beyond, is within them.
    """
    outlooks = _outlooks(calendar, visits)
    before = {calendar.start}
    found = []
    for visit, (here, after) in zip(visits, pairwise(outlooks), strict=True):
        at = _best_places(calendar, before, here)
        found.append(Reach(before, at))
        before = {place for place in before if here.at(place) == after.at(place) + visit.out}
        before |= {calendar.after(place) for place in at}
    return [*found, Reach(before, set())]


class _Outlook(NamedTuple):
    """The least cost of a visit and all after it: by where the last one stands, or by where it is placed."""

    standing: list[Row]
    placed: dict[int, Row]

    def at(self, place: Place) -> int:
        return self.standing[place.day][place.used]


def _outlooks(calendar: Calendar, visits: Sequence[Visit]) -> list[_Outlook]:
    outlook = _Outlook([[0] * (prescribed + 1) for prescribed in calendar.prescribed], {})
    found = [outlook]
    for visit in reversed(visits):
        rows = outlook.standing
        placed = {day: [*rows[day][1:], rows[day][-1] + BEYOND] for day in visit.days}
        outlook = _Outlook(list(_standing(calendar, placed, rows, out=visit.out)), placed)
        found.append(outlook)
    return found[::-1]


def _standing(calendar: Calendar, placed: dict[int, Row], rows: Sequence[Row], *, out: int) -> Iterable[Row]:
    in_new_week = [placed[day][0] if day in placed else NEVER for day in range(len(calendar.days))]
    from_day = [*accumulate([NEVER, *reversed(in_new_week)], min)][::-1]
    for row, rest, next_week in zip(rows, calendar.rest_of_week, calendar.next_week, strict=True):
        same_week = [placed[day] for day in rest if day in placed]
        new_week = from_day[next_week]
        yield [min(new_week, idle + out, *(some[used] for some in same_week)) for used, idle in enumerate(row)]


def _best_places(calendar: Calendar, before: set[Place], here: _Outlook) -> set[Place]:
    found: set[Place] = set()
    # To any day of a later week the way is the same, so of the places with one cost the earliest speaks for all.
    new_week_from: dict[int, int] = {}
    for day, used in before:
        least = here.at(Place(day, used))
        new_week_from[least] = min(calendar.next_week[day], new_week_from.get(least, NEVER))
        found.update(
            Place(other, used)
            for other in calendar.rest_of_week[day]
            if other in here.placed and here.placed[other][used] == least
        )
    found.update(Place(day, 0) for day, row in here.placed.items() if day >= new_week_from.get(row[0], NEVER))
    return found
