"""Chapter three: who comes when. Pure arithmetic: therapists' days are filled with the visits of courses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.demo.story.cast import (
    DISCHARGE,
    EVALUATION,
    FOLLOW_UP,
    GAIT_LAB,
    KINDS,
    MANUAL,
    RE_EVALUATION,
    TEAM,
    TELE,
    Minutes,
)
from clinic.timetable.wall import from_wall

SHORTEST_GAP = 20
GAPS = (20, 40, 40, 60)
EVALUATIONS_A_DAY = 2
RE_EVALUATED_AT = 7
EARLIER = timedelta(days=3)
MOVES_AWAY = 3
"""The fourth caller comes three times and no more."""
GOES_ON = 0.95
AGAIN_AFTER = timedelta(days=24)


class Away(NamedTuple):
    """A member of the team is away; ``member`` is their place in the team."""

    member: int
    first: date
    last: date
    since: int
    until: int
    label: str


@dataclass(eq=False, kw_only=True)
class Visit:
    """A visit of the story; ``person`` and ``member`` are places in the cast. ``id`` once it is booked."""

    person: int
    member: int
    kind: str
    starts_at: datetime
    id: int = 0

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=KINDS[self.kind].length)


class Gap(NamedTuple):
    """Time of a member that nobody takes."""

    member: int
    starts_at: datetime
    minutes: int


@dataclass
class Course:
    """What one person comes for: kinds of visits still to come, and how soon the next one is due."""

    person: int
    member: int
    kinds: list[str]
    every: int
    due_on: date
    last_on: date


@dataclass
class Courses:
    """Fills days, one after another; ``today`` divides what was from what is to come."""

    dice: Random
    people: int
    first: date
    today: date
    zone: ZoneInfo
    visits: list[Visit] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    _running: list[Course] = field(default_factory=list)
    _over: list[tuple[date, int]] = field(default_factory=list)
    _called: int = 0
    _evaluations: dict[tuple[int, date], int] = field(default_factory=lambda: defaultdict(int))

    def fill(self, on: date, spans: Iterable[tuple[int, list[Minutes]]]) -> None:
        """Fill one date; ``spans`` are the open minutes of each member who works then."""
        for member, day in spans:
            self._fill_day(on, member, day)

    def _fill_day(self, on: date, member: int, day: list[Minutes]) -> None:
        left = sum(until - since for since, until in day)
        slack = round(left * (1 - self._aim(on)))
        for since, until in day:
            minute = since
            while until - minute >= SHORTEST_GAP:
                visit = None
                if slack < SHORTEST_GAP or self.dice.random() > 1.1 * slack / max(left, 1):
                    visit = self._next(on, member, minute, until - minute)
                if visit is None:
                    took = min(self.dice.choice(GAPS), until - minute)
                    self.gaps.append(Gap(member, self._instant(on, minute), took))
                    slack -= took
                else:
                    took = KINDS[visit.kind].length
                    self.visits.append(visit)
                minute, left = minute + took, left - took
            slack, left = slack - (until - minute), left - (until - minute)

    def _aim(self, on: date) -> float:
        """How full a day is to be: the young clinic grows, and is well booked from today on."""
        if on > self.today:
            return self.dice.uniform(0.73, 0.84)
        grown = (on - self.first).days / max((self.today - self.first).days, 1)
        return self.dice.uniform(0.9, 1.1) * (0.14 + 0.6 * grown**2)

    def _next(self, on: date, member: int, minute: int, room: int) -> Visit | None:
        course = (
            self._due(on, member, room, on)
            or self._begin(on, member, room)
            or self._due(on, member, room, on + EARLIER)
            or self._due(on, member, room, on + 3 * EARLIER)
        )
        if course is None:
            return None
        kind = course.kinds.pop(0)
        course.last_on, course.due_on = on, on + timedelta(days=course.every + self.dice.choice((-1, 0, 0, 1)))
        if kind == EVALUATION and on > self.today:
            self._running.remove(course)  # nobody books the rest before they have been seen
        elif not course.kinds and on > self.today and self.dice.random() < GOES_ON:
            course.kinds, course.every = [self._usual(course.member) for _ in range(5)], 7
            kind = FOLLOW_UP  # who goes on is not discharged
        elif not course.kinds:
            self._running.remove(course)
            if course.person != MOVES_AWAY:
                self._over.append((on + AGAIN_AFTER, course.person))
        elif len(course.kinds) % 5 == 0:
            course.every = 7
        return Visit(person=course.person, member=member, kind=kind, starts_at=self._instant(on, minute))

    def _due(self, on: date, member: int, room: int, until: date) -> Course | None:
        fitting = [
            course
            for course in self._running
            if course.due_on <= until
            and course.last_on < on - timedelta(days=until > on)
            and (course.member == member or TEAM[member].role == "assistant")
            and KINDS[course.kinds[0]].length <= room
            and TEAM[member].may(KINDS[course.kinds[0]])
        ]
        return min(fitting, key=lambda course: (course.due_on, course.person), default=None)

    def _begin(self, on: date, member: int, room: int) -> Course | None:
        evaluation = KINDS[EVALUATION]
        if room < evaluation.length or not TEAM[member].may(evaluation):
            return None
        if self._evaluations[member, on] >= (EVALUATIONS_A_DAY if on <= self.today else 1):
            return None
        person = self._caller(on)
        if person is None:
            return None
        self._evaluations[member, on] += 1
        kinds = list(self._kinds(member))[: 3 if person == MOVES_AWAY else None]
        course = Course(person, member, kinds, self.dice.choice((3, 3, 4, 7)), on, date.min)
        self._running.append(course)
        return course

    def _caller(self, on: date) -> int | None:
        if self._called < self.people:
            self._called += 1
            return self._called - 1
        back = next((each for each in self._over if each[0] <= on), None)
        if back is None:
            return None
        self._over.remove(back)
        return back[1]

    def _kinds(self, member: int) -> Iterator[str]:
        yield EVALUATION
        for number in range(2, self.dice.randint(9, 16)):
            yield RE_EVALUATION if number == RE_EVALUATED_AT else self._usual(member)
        yield DISCHARGE

    def _usual(self, member: int) -> str:
        runners = "running" in TEAM[member].focus
        return self.dice.choices((FOLLOW_UP, GAIT_LAB, MANUAL, TELE), (60, 24 if runners else 4, 20, 8))[0]

    def _instant(self, on: date, minute: int) -> datetime:
        return from_wall(datetime.combine(on, time(minute // 60, minute % 60)), self.zone, fold=0)


def open_minutes(member: int, on: date, *, closed: Iterable[date], away: Iterable[Away]) -> list[Minutes]:
    """Return when a member of the team works on a date, in minutes after midnight."""
    if on in closed:
        return []
    spans = [(since, until) for day, since, until in TEAM[member].spans if day == on.weekday()]
    for absence in away:
        if absence.member == member and absence.first <= on <= absence.last:
            spans = [part for span in spans for part in _without(span, absence.since, absence.until)]
    return spans


def _without(span: Minutes, since: int, until: int) -> Iterator[Minutes]:
    if span[0] < min(span[1], since):
        yield span[0], min(span[1], since)
    if max(span[0], until) < span[1]:
        yield max(span[0], until), span[1]
