"""Chapter four: what becomes of each visit. Pure: visits and gaps in, moments out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from clinic.demo.story.cast import EVALUATION, FOLLOW_UP, KINDS
from clinic.demo.story.courses import Courses, Gap, Visit
from clinic.demo.story.moments import DESK, LINK, THERAPIST, Moment
from clinic.demo.story.people import Person
from clinic.letters.reminders.rules import AHEAD, TOO_FRESH, reminders
from clinic.timetable.wall import from_wall
from clinic.timetable.zones import to_wall

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENS, CLOSES = 8 * 60 + 10, 17 * 60
REASONS = ("Work", "Travel", "Family", "Car trouble", "Another appointment", "Weather")
REMIND_HOURS = 72
TAKEN_OVER, GIVEN_UP, MOVED = 0.07, 0.16, 0.07
"""How often somebody else had the time before, how often a free time was once taken, how often a visit is moved."""


class Fates:
    """Decides over the visits of ``courses``, as they look at ``now``."""

    def __init__(
        self, dice: Random, courses: Courses, people: list[Person], *, opened: datetime, now: datetime
    ) -> None:
        self.dice, self.people, self.now, self.opened = dice, people, now, opened
        self.zone: ZoneInfo = courses.zone
        self.visits = sorted(courses.visits, key=lambda visit: (visit.starts_at, visit.member))
        self.gaps = [gap for gap in courses.gaps if gap.minutes >= KINDS[FOLLOW_UP].length]
        self.dice.shuffle(self.gaps)
        self.moments: list[Moment] = []
        self.called: dict[int, datetime] = {}
        self.days: dict[int, set[date]] = defaultdict(set)
        self.booked: dict[Visit, datetime] = {}
        self.settled: dict[Visit, datetime] = {}
        self.confirmed: set[Visit] = set()

    def decide(self) -> list[Moment]:
        """Return all moments, in order; ties keep the order in which they were thought of."""
        for visit in self.visits:
            self.days[visit.person].add(self._day(visit.starts_at))
        self._book_all()
        for visit in self.visits[:]:
            self._taken_over(visit)
            self._move(visit)
        self._given_up()
        self._afterwards()
        late, waiting = self._late(), self._waiting()
        for visit in self.visits:
            if visit is not late:
                self._confirm(visit)
                self._come(visit, waiting=visit is waiting)
        self._want_calls()
        self._forget_two()
        return sorted((each for each in self.moments if each.at <= self.now), key=lambda each: each.at)

    def inactive(self) -> int | None:
        """Return one person who was here and will not come again."""
        coming = {visit.person for visit in self.visits if visit.starts_at > self.now}
        return next((visit.person for visit in self.visits if visit.person not in coming), None)

    # How it was booked

    def _book_all(self) -> None:
        seen: dict[int, list[Visit]] = defaultdict(list)
        calls = 0
        just_now = [self.now - timedelta(seconds=75), self.now - timedelta(seconds=25)]
        for visit in self.visits:
            before = [each for each in seen[visit.person] if each.ends_at < self.now - timedelta(minutes=5)]
            if visit.person not in self.called:
                calls += 1
                self.called[visit.person] = at = self._first_call(visit)
            elif before:
                at = self.dice.choice(before[-4:]).ends_at + timedelta(seconds=self.dice.randint(60, 280))
            else:
                at = self.called[visit.person] + timedelta(seconds=40 * (1 + len(seen[visit.person])))
            if just_now and visit.starts_at > self.now + 4 * DAY and visit.kind == FOLLOW_UP:
                at = just_now.pop()
            self.booked[visit] = self.settled[visit] = at
            seen[visit.person].append(visit)

    def _first_call(self, visit: Visit) -> datetime:
        on = self._day(visit.starts_at) - timedelta(days=self.dice.randint(1, 9))
        latest = min(visit.starts_at - 2 * HOUR, self.now - timedelta(minutes=self.dice.randint(6, 4000)))
        return self._clamped(self._desk_time(on), latest)

    def _clamped(self, at: datetime, latest: datetime) -> datetime:
        if at > latest:
            at = min(latest, self._desk_time(self._day(latest) - DAY))
        return max(at, self.opened + timedelta(seconds=self.dice.randint(60, 20_000)))

    # Times that change hands

    def _taken_over(self, visit: Visit) -> None:
        at = self.booked[visit]
        if visit.kind == EVALUATION or self.dice.random() > TAKEN_OVER:
            return
        gone = at - timedelta(minutes=self.dice.randint(15, 400))
        ghost = self._somebody_else(visit.member, visit.starts_at, visit.kind, before=gone - DAY)
        if ghost is not None:
            self._say(self._between(self.called[ghost.person], gone - 4 * HOUR), "book", ghost)
            self._cancel(ghost, gone)

    def _given_up(self) -> None:
        for gap in [gap for gap in self.gaps if self.dice.random() < GIVEN_UP]:
            ghost = self._somebody_else(
                gap.member, gap.starts_at, FOLLOW_UP, before=min(gap.starts_at, self.now) - 3 * DAY
            )
            if ghost is None:
                continue
            self.gaps.remove(gap)
            latest = min(gap.starts_at - timedelta(minutes=90), self.now)
            gone = latest - self.dice.choice((timedelta(hours=3), timedelta(hours=20), 2 * DAY)) * self.dice.random()
            self._say(self._between(max(self.called[ghost.person], gone - 21 * DAY), gone - DAY), "book", ghost)
            self._cancel(ghost, gone)

    def _cancel(self, ghost: Visit, at: datetime) -> None:
        by = LINK if self.people[ghost.person].gets_letters and self.dice.random() < 0.5 else DESK
        reason = "by link" if by == LINK else self.dice.choice(REASONS)
        self._say(at, "cancel", ghost, by=by, words=reason)

    def _somebody_else(self, member: int, starts_at: datetime, kind: str, *, before: datetime) -> Visit | None:
        on = self._day(starts_at)
        others = sorted(
            person
            for person in {visit.person for visit in self.visits if visit.member == member}
            if on not in self.days[person] and self.called[person] < before
        )
        if not others:
            return None
        person = self.dice.choice(others)
        self.days[person].add(on)
        return Visit(person=person, member=member, kind=kind, starts_at=starts_at)

    def _move(self, visit: Visit) -> None:
        """Let the visit have been booked for another time first."""
        if visit.kind == EVALUATION or self.dice.random() > MOVED:
            return
        gap = next((gap for gap in self.gaps if self._may_come_from(visit, gap)), None)
        if gap is None:
            return
        self.gaps.remove(gap)
        first, last = self.booked[visit], min(visit.starts_at, gap.starts_at, self.now)
        at = self._between(first, last - 2 * HOUR)
        by = LINK if KINDS[visit.kind].patients_may_move and self.people[visit.person].gets_letters else DESK
        if by == LINK and gap.starts_at - at < 25 * HOUR:
            by = DESK
        self._say(first, "book", visit, to=gap.starts_at)
        if by == DESK and self.people[visit.person].gets_letters:
            self._say(at - timedelta(minutes=70), "want call", visit, by=LINK, words="Asked for another time")
        self._say(at, "move", visit, by=by, to=visit.starts_at)
        self.settled[visit] = at

    def _may_come_from(self, visit: Visit, gap: Gap) -> bool:
        on = self._day(gap.starts_at)
        return (
            gap.member == visit.member
            and gap.minutes >= KINDS[visit.kind].length
            and abs(gap.starts_at - visit.starts_at) < 8 * DAY
            and min(gap.starts_at, visit.starts_at, self.now) - self.booked[visit] > DAY
            and (on not in self.days[visit.person] or on == self._day(visit.starts_at))
        )

    # The visits themselves

    def _confirm(self, visit: Visit) -> None:
        person = self.people[visit.person]
        if self.settled[visit] == self.booked[visit]:
            self._say(self.booked[visit], "book", visit)
            if not person.gets_letters and self.dice.random() < 0.9:
                self._say(self.booked[visit] + timedelta(seconds=30), "tell", visit)
        at = self._confirmed_at(visit) if person.gets_letters else None
        by = LINK
        if at is None and self.dice.random() < (0.35 if person.gets_letters else 0.8):
            before = self._day(visit.starts_at) - DAY
            at, by = from_wall(datetime.combine(before, time(15, self.dice.randint(5, 55))), self.zone, fold=0), DESK
        if at is not None and self.settled[visit] < at < visit.starts_at:
            self._say(at, "confirm", visit, by=by)
            self.confirmed.add(visit)

    def _confirmed_at(self, visit: Visit) -> datetime | None:
        for due in reminders(visit.starts_at, zone=self.zone, remind_hours=REMIND_HOURS, day_before=True):
            asked = visit.starts_at - self.settled[visit] >= TOO_FRESH[due.kind]
            if asked and self.dice.random() < (0.55 if due.kind == AHEAD else 0.4):
                at = due.due_at + timedelta(minutes=self.dice.triangular(2, 700, 20))
                wall = to_wall(at, self.zone)
                if wall.hour < 7 or wall.hour > 22:
                    at += timedelta(hours=9)
                return min(at, visit.starts_at - HOUR)
        return None

    def _come(self, visit: Visit, *, waiting: bool) -> None:
        if waiting:
            self._say(self.now - timedelta(minutes=4), "arrive", visit)
            return
        if self.dice.random() < (0.045 if visit in self.confirmed else 0.17):
            self._say(visit.starts_at + timedelta(minutes=self.dice.randint(17, 30)), "no show", visit)
            return
        arrives = visit.starts_at - timedelta(minutes=self.dice.triangular(-5, 11, 4))
        begins = max(arrives, visit.starts_at) + timedelta(seconds=self.dice.randint(20, 150))
        ends = visit.ends_at - timedelta(seconds=self.dice.randint(5, 200))
        self._say(arrives, "arrive", visit)
        self._say(begins, "begin", visit, by=THERAPIST)
        self._say(ends, "complete", visit, by=THERAPIST)

    def _late(self) -> Visit | None:
        """Return one that should have begun a while ago: nobody has heard of them."""
        return self._first(lambda visit: 15 <= self._minutes_ago(visit) <= 35 and visit.ends_at > self.now)

    def _waiting(self) -> Visit | None:
        return self._first(lambda visit: -25 <= self._minutes_ago(visit) < 0)

    def _afterwards(self) -> None:
        """Two came without an appointment, and were written down the next morning."""
        past = [gap for gap in self.gaps if DAY < self.now - gap.starts_at < 5 * DAY]
        for gap in past[:2]:
            visit = self._somebody_else(gap.member, gap.starts_at, FOLLOW_UP, before=gap.starts_at)
            if visit is not None:
                self.gaps.remove(gap)
                at = min(self._desk_time(self._day(gap.starts_at) + DAY), self.now - 2 * HOUR)
                self._say(at, "book", visit, words="Came without an appointment")
                self._say(at + timedelta(minutes=1), "complete", visit)

    def _want_calls(self) -> None:
        """Some have asked for another time, and nobody has called them yet."""
        asking = [
            visit
            for visit in self.visits
            if 2 * DAY < visit.starts_at - self.now < 12 * DAY
            and self.people[visit.person].gets_letters
            and self.settled[visit] < self.now - 2 * DAY
        ]
        for visit in self.dice.sample(asking, min(3, len(asking))):
            at = self.now - timedelta(minutes=self.dice.randint(25, 1100))
            self._say(at, "want call", visit, by=LINK, words="Asked for another time")

    def _forget_two(self) -> None:
        """On the last day before this one nobody noted what became of two visits."""
        today = self._day(self.now)
        days = [self._day(visit.starts_at) for visit in self.visits]
        last = max((day for day in days if day < today), default=None)
        done = [each for each in self.moments if each.what == "complete" and self._day(each.visit.starts_at) == last]
        forgotten = {each.visit for each in self.dice.sample(done, min(2, len(done)))}
        self.moments = [
            each for each in self.moments if each.visit not in forgotten or each.what not in ("complete", "begin")
        ]

    # Odds and ends

    def _say(
        self, at: datetime, what: str, visit: Visit, *, by: str = DESK, to: datetime | None = None, words: str = ""
    ) -> None:
        self.moments.append(Moment(at, what, visit, by, to, words))

    def _first(self, fits: Callable[[Visit], bool]) -> Visit | None:
        return next((visit for visit in self.visits if fits(visit)), None)

    def _minutes_ago(self, visit: Visit) -> float:
        return (self.now - visit.starts_at).total_seconds() / 60

    def _between(self, first: datetime, last: datetime) -> datetime:
        """Return some moment between two, in the day if there is one."""
        spread = max((last - first).total_seconds(), 60)
        for _ in range(6):
            at = first + timedelta(seconds=spread * self.dice.uniform(0.05, 0.95))
            if 8 <= to_wall(at, self.zone).hour < 20:
                break
        return at

    def _desk_time(self, on: date) -> datetime:
        on -= timedelta(days=max(0, on.weekday() - 4))
        minute = self.dice.randint(OPENS, CLOSES)
        return from_wall(
            datetime.combine(on, time(minute // 60, minute % 60, self.dice.randint(0, 59))), self.zone, fold=0
        )

    def _day(self, instant: datetime) -> date:
        return to_wall(instant, self.zone).date()


def by_day(moments: list[Moment], zone: ZoneInfo) -> Iterator[tuple[date, list[Moment]]]:
    """Yield each local day with its moments, from the first to the last, those without any too."""
    if not moments:
        return
    days: dict[date, list[Moment]] = defaultdict(list)
    for moment in moments:
        days[to_wall(moment.at, zone).date()].append(moment)
    on, last = min(days), max(days)
    while on <= last:
        yield on, days[on]
        on += DAY
