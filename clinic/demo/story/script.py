"""The script of the story: who comes, when the house is closed, and all that happens, before any of it is told."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from clinic.demo.story.cast import TEAM, ZONE, Minutes
from clinic.demo.story.courses import Away, Courses, open_minutes
from clinic.demo.story.fates import Fates, by_day
from clinic.demo.story.people import people
from clinic.timetable.wall import from_wall
from clinic.timetable.zones import to_wall

SEED = 24
DAY = timedelta(days=1)
SOME_DAYS_BEFORE = 6 * DAY
"""So long before its first visit the clinic opens its books."""
WHOLE_DAY = (0, 1435)
PEOPLE = 210
NOON = 12 * 60


class Script:
    """Riverside Clinic from ``weeks_past`` weeks ago until ``now``, with visits for ``weeks_ahead`` weeks to come."""

    def __init__(
        self, *, now: datetime, weeks_past: int = 8, weeks_ahead: int = 6, count: int = PEOPLE, seed: int = SEED
    ) -> None:
        dice = Random(seed)  # noqa: S311  a story, not a secret
        zone = ZoneInfo(ZONE)
        today = to_wall(now, zone).date()
        self.now = now
        self.first = today - 7 * weeks_past * DAY
        self.last = today + 7 * weeks_ahead * DAY
        self.opened = from_wall(datetime.combine(self.first - SOME_DAYS_BEFORE, time(8, 30)), zone)
        self.closed = [_weekday(2, after=today + 15 * DAY)]
        self.away = [absence for absence in _absences(today) if self.first <= absence.first]
        self.people = people(dice, today=today, count=count)
        self.courses = Courses(dice, len(self.people), self.first, today, zone)
        for on in (self.first + n * DAY for n in range((self.last - self.first).days + 1)):
            self.courses.fill(on, [(member, self.open_minutes(member, on)) for member in range(len(TEAM))])
        fates = Fates(dice, self.courses, self.people, opened=self.opened, now=now)
        self.days = list(by_day(fates.decide(), zone))
        self.inactive = fates.inactive()

    def open_minutes(self, member: int, on: date) -> list[Minutes]:
        """Return when a member of the team works on a date."""
        return open_minutes(member, on, closed=self.closed, away=self.away)


def _absences(today: date) -> list[Away]:
    """Return who is away: somebody was, somebody will be for a week, and two for an afternoon."""
    past, week = _weekday(1, after=today - 20 * DAY), _weekday(0, after=today + 24 * DAY)
    return [
        Away(2, past, past + DAY, *WHOLE_DAY, "Course"),
        Away(0, _weekday(3, after=today + 6 * DAY), _weekday(3, after=today + 6 * DAY), NOON, 1435, "Conference"),
        Away(1, _weekday(1, after=today + 2 * DAY), _weekday(1, after=today + 2 * DAY), NOON, 1435, "Away"),
        Away(3, week, week + 4 * DAY, *WHOLE_DAY, "Vacation"),
    ]


def _weekday(weekday: int, *, after: date) -> date:
    return after + timedelta(days=(weekday - after.weekday()) % 7)
