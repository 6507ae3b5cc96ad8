"""The script of the story: who comes, when the house is closed, and all that happens, before any of it is told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from clinic.demo.story.attendance import attend
from clinic.demo.story.bookings import book_all
from clinic.demo.story.cast import TEAM, ZONE, Minutes
from clinic.demo.story.changes import change_hands
from clinic.demo.story.courses import Away, Courses, open_minutes
from clinic.demo.story.ledger import DAY, Ledger
from clinic.demo.story.moments import Moment
from clinic.demo.story.people import people
from clinic.demo.story.whole_courses import whole_courses
from clinic.timetable.wall import from_wall
from clinic.timetable.zones import to_wall

SEED = 24
PEOPLE = 204
BOOKS_OPEN = 6 * DAY
"""So long before its first visit the clinic takes calls."""
REMINDED_TWICE = 14 * DAY
"""So long ago the manager added the reminder of the day before."""
JUST_NOW = timedelta(minutes=5)
"""What was booked since then was booked by itself, and can still be undone."""
NOON, MIDNIGHT = 12 * 60, 24 * 60 - 5


class Script:
    """Riverside Clinic from ``weeks_past`` weeks ago until ``now``, with visits for ``weeks_ahead`` weeks to come."""

    def __init__(
        self, *, now: datetime, weeks_past: int = 8, weeks_ahead: int = 6, count: int = PEOPLE, seed: int = SEED
    ) -> None:
        dice = Random(seed)  # noqa: S311  a story, not a secret
        self.zone = zone = ZoneInfo(ZONE)
        today = to_wall(now, zone).date()
        self.now = now
        self.first, self.last = today - 7 * weeks_past * DAY, today + 7 * weeks_ahead * DAY
        self.opened = from_wall(datetime.combine(self.first - BOOKS_OPEN, time(8, 30)), zone)
        self.reminded_since = max(self.first, today - REMINDED_TWICE)
        self.closed = [_weekday(2, after=today + 15 * DAY)]
        self.away = [absence for absence in _absences(today) if self.first <= absence.first]
        self.people = people(dice, today=today, count=count)
        courses = Courses(dice, len(self.people), self.first, today, zone)
        for on in _days(self.first, self.last):
            courses.fill(on, [(member, self.open_minutes(member, on)) for member in range(len(TEAM))])
        self.visits = courses.visits
        ledger = Ledger(
            dice=dice,
            zone=zone,
            opened=self.opened,
            now=now,
            people=self.people,
            visits=courses.visits,
            gaps=courses.gaps,
        )
        book_all(ledger)
        change_hands(ledger)
        attend(ledger, reminded_since=self.reminded_since)
        self.courses = whole_courses(moment for moment in ledger.moments if moment.at <= now - JUST_NOW)
        self.came = {one.visit for one in ledger.moments if one.what == "complete" and one.at <= now}
        told: dict[date, list[Moment]] = defaultdict(list)
        for moment in sorted(ledger.moments, key=lambda moment: moment.at):
            if moment.at <= now:
                told[to_wall(moment.at, zone).date()].append(moment)
        self.days = [(on, told[on]) for on in _days(min(told, default=today), today)]

    def let_go(self, people: set[int]) -> None:
        """Tell nothing of what some people have ahead of them, as if nobody had ever booked it."""

        def kept(moments: Iterable[Moment]) -> list[Moment]:
            return [one for one in moments if one.visit.person not in people or one.visit.starts_at < self.now]

        self.days = [(on, kept(moments)) for on, moments in self.days]
        courses = {first: kept(group) for first, group in self.courses.items()}
        self.courses = {first: group for first, group in courses.items() if group}

    def open_minutes(self, member: int, on: date) -> list[Minutes]:
        """Return when a member of the team works on a date."""
        return open_minutes(member, on, closed=self.closed, away=self.away)

    def gone(self) -> int | None:
        """Return one person who was here and will not come again; None if all will."""
        coming = {visit.person for visit in self.visits if visit.ends_at > self.now}
        return next((visit.person for visit in self.visits if visit.person not in coming), None)


def _absences(today: date) -> list[Away]:
    """Return who is away: somebody was, somebody will be for a week, and two for an afternoon."""
    past, week = _weekday(1, after=today - 20 * DAY), _weekday(0, after=today + 24 * DAY)
    thursday, tuesday = _weekday(3, after=today + 6 * DAY), _weekday(1, after=today + 2 * DAY)
    return [
        Away(2, past, past + DAY, 0, MIDNIGHT, "Course"),
        Away(0, thursday, thursday, NOON, MIDNIGHT, "Conference"),
        Away(1, tuesday, tuesday, NOON, MIDNIGHT, "Away"),
        Away(3, week, week + 4 * DAY, 0, MIDNIGHT, "Vacation"),
    ]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def _weekday(weekday: int, *, after: date) -> date:
    return after + timedelta(days=(weekday - after.weekday()) % 7)
