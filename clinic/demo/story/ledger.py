"""What is known of the story's visits while their fates are decided, and the moments that are written down."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from clinic.demo.story.cast import FOLLOW_UP, KINDS
from clinic.demo.story.courses import Gap, Visit
from clinic.demo.story.moments import DESK, Moment
from clinic.demo.story.people import Person
from clinic.timetable.wall import from_wall
from clinic.timetable.zones import to_wall

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENS, CLOSES = 8 * 60 + 10, 17 * 60


@dataclass(kw_only=True)
class Ledger:
    """Visits in order, times that nobody takes, and who has called when; ``now`` is when the story is told."""

    dice: Random
    zone: ZoneInfo
    opened: datetime
    now: datetime
    people: list[Person]
    visits: list[Visit]
    gaps: list[Gap]
    moments: list[Moment] = field(default_factory=list)
    called: dict[int, datetime] = field(default_factory=dict)
    booked: dict[Visit, datetime] = field(default_factory=dict)
    settled: dict[Visit, datetime] = field(default_factory=dict)
    days: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.visits.sort(key=lambda visit: (visit.starts_at, visit.member))
        self.gaps = [gap for gap in self.gaps if gap.minutes >= KINDS[FOLLOW_UP].length]
        self.dice.shuffle(self.gaps)
        for visit in self.visits:
            self.days[visit.person].add(self.day(visit.starts_at))

    def say(
        self, at: datetime, what: str, visit: Visit, *, by: str = DESK, to: datetime | None = None, words: str = ""
    ) -> None:
        """Write down that something happens."""
        self.moments.append(Moment(at, what, visit, by, to, words))

    def chance(self, share: float) -> bool:
        """Throw the dice: true so often."""
        return self.dice.random() < share

    def gets_letters(self, visit: Visit) -> bool:
        """Whether the clinic writes to whom the visit is for."""
        return self.people[visit.person].gets_letters

    def day(self, instant: datetime) -> date:
        """Return the date on the clinic's wall."""
        return to_wall(instant, self.zone).date()

    def wall(self, on: date, minute: int) -> datetime:
        """Return the instant of a minute of a date, and some seconds."""
        at = time(minute // 60, minute % 60, self.dice.randrange(60))
        return from_wall(datetime.combine(on, at), self.zone, fold=0)

    def desk_time(self, on: date) -> datetime:
        """Return a moment at which the desk is open, on a date or the Friday before."""
        on -= timedelta(days=max(0, on.weekday() - 4))
        return self.wall(on, self.dice.randint(OPENS, CLOSES))

    def between(self, first: datetime, last: datetime) -> datetime:
        """Return a moment between two, by daylight where there is any."""
        spread = max((last - first).total_seconds(), 60)
        at = first
        for _ in range(6):
            at = first + timedelta(seconds=spread * self.dice.uniform(0.05, 0.95))
            if 8 <= to_wall(at, self.zone).hour < 20:
                break
        return at

    def somebody_else(self, member: int, starts_at: datetime, kind: str, *, before: datetime) -> Visit | None:
        """Return a visit for one of a member's other patients who has called ``before`` and is free that day."""
        on = self.day(starts_at)
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
