"""What was prescribed: how often and for how many weeks, and the rules that no visit of the course may break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from datetime import date

from clinic.timetable.supply import Key

MOST_A_WEEK = 7
MOST_WEEKS = 52
MOST_VISITS = 60
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Phase:
    """Prescribe ``per_week`` visits in each of ``weeks`` weeks: ``Phase(2, 4)`` is twice a week for four weeks.

    Raises ``ValueError`` for less than one of either, more than 7 visits a week, or more than 52 weeks.
    """

    per_week: int
    weeks: int

    def __post_init__(self) -> None:
        if not 1 <= self.per_week <= MOST_A_WEEK:
            raise ValueError(f"{self.per_week} visits a week is not 1 to {MOST_A_WEEK}")
        if not 1 <= self.weeks <= MOST_WEEKS:
            raise ValueError(f"{self.weeks} weeks is not 1 to {MOST_WEEKS}")


@dataclass(frozen=True, slots=True)
class Prescription:
    """Hold the phases of a course, one after the other, and what binds its visits.

    Weeks are seven days from ``first_on``, the first allowed day, and count from 0. ``end_on`` is the last allowed
    day. Visit 1 is at most ``first_within`` days after ``first_on``, and neighbors are at least ``least_apart`` days
    apart. Visits numbered above ``authorized`` are not placed. ``only`` allows nobody but ``therapist``; without it the
    named therapist is a wish. None is no rule. Raises ``ValueError`` for what makes no sense.
    """

    phases: tuple[Phase, ...]
    _: KW_ONLY
    first_on: date
    end_on: date | None = None
    first_within: int | None = None
    least_apart: int = 1
    authorized: int | None = None
    therapist: Key | None = None
    only: bool = False

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(problem)

    @property
    def visits(self) -> int:
        """Return how many visits are prescribed in all."""
        return sum(phase.per_week * phase.weeks for phase in self.phases)

    @property
    def weeks(self) -> int:
        """Return how many weeks the phases last."""
        return sum(phase.weeks for phase in self.phases)

    def week_of(self, on: date) -> int:
        """Return the number of the week in which a date lies."""
        return (on - self.first_on).days // DAYS_A_WEEK

    def prescribed(self, week: int) -> int:
        """Return how many visits are prescribed for a week: none beyond the phases."""
        return self.frequency(week) if 0 <= week < self.weeks else 0

    def frequency(self, week: int) -> int:
        """Return how often a week the patient is to come: beyond the phases, as often as in the last."""
        for phase in self.phases:
            if week < phase.weeks:
                return phase.per_week
            week -= phase.weeks
        return self.phases[-1].per_week

    def _problems(self) -> Iterator[str]:
        if not 1 <= self.visits <= MOST_VISITS:
            yield f"{self.visits} visits is not 1 to {MOST_VISITS}"
        if self.end_on is not None and self.end_on < self.first_on:
            yield f"the course ends on {self.end_on}, before it may begin on {self.first_on}"
        if self.least_apart < 1:
            yield f"visits cannot be {self.least_apart} days apart at least"
        if min(self.first_within or 0, self.authorized or 0) < 0:
            yield f"neither {self.first_within} days nor {self.authorized} authorized visits may be negative"
        if self.only and self.therapist is None:
            yield "only one therapist is allowed, but none is named"
