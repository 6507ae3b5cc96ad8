"""What is asked of a course: the prescription, with the types, devices and wishes of its visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from clinic.refusals import Unacceptable
from clinic.scheduling.booking.models import Course
from clinic.scheduling.practice.queries import wall_time
from clinic.timetable.course import Phase, Prescription
from clinic.timetable.course_prescription import MOST_VISITS
from clinic.timetable.wishes import Wishes

FARTHEST = timedelta(days=540)
LEAST_APART = range(1, 32)
MOST_PHASES = 4
WISHES = ("therapist_id", "therapist_only", "wished_days", "wished_from", "wished_until")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Hold the prescription of a course as the desk types it.

    ``phases`` are pairs of visits a week and weeks. ``other_types`` (visit number: type) and ``devices`` (kind of
    equipment: visit numbers) differ from visit to visit. ``wished_from`` and ``wished_until`` are minutes after local
    midnight, both or neither. Raises ``Unacceptable`` beside its field for what makes no sense.
    """

    type_id: int
    phases: tuple[tuple[int, int], ...]
    first_on: date
    end_on: date | None = None
    first_within: int | None = None
    least_apart: int = 1
    authorized: int | None = None
    therapist_id: int | None = None
    therapist_only: bool = False
    wished_days: tuple[int, ...] = ()
    wished_from: int | None = None
    wished_until: int | None = None
    other_types: Mapping[int, int] = field(default_factory=dict)
    devices: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_phases()
        self._check_days()
        if self.therapist_only and self.therapist_id is None:
            raise Unacceptable("Choose the therapist that alone may treat.", field="therapist_id")
        if self.authorized is not None and not 0 <= self.authorized <= MOST_VISITS:
            raise Unacceptable(f"Type how many visits are authorized, 0 to {MOST_VISITS}.", field="authorized")
        since, until = self.wished_from, self.wished_until
        if (since is None) != (until is None) or (since is not None and until is not None and until <= since):
            raise Unacceptable("The end of the wished time must come after its beginning.", field="wished_until")

    def _check_phases(self) -> None:
        if not 1 <= len(self.phases) <= MOST_PHASES:
            raise Unacceptable("Type how often a week, and for how many weeks.", field="per_week_1")
        for number, (per_week, weeks) in enumerate(self.phases, 1):
            if not 1 <= per_week <= 7:
                raise Unacceptable("Between 1 and 7 visits a week.", field=f"per_week_{number}")
            if not 1 <= weeks <= 52:
                raise Unacceptable("Between 1 and 52 weeks.", field=f"weeks_{number}")
        if self.visits > MOST_VISITS:
            raise Unacceptable(f"That is {self.visits} visits; at most {MOST_VISITS} in one course.", field="weeks_1")

    def _check_days(self) -> None:
        if self.least_apart not in LEAST_APART:
            raise Unacceptable("Between 1 and 31 days.", field="least_apart")
        if self.first_within is not None and not 0 <= self.first_within <= 92:
            raise Unacceptable("Between 0 and 92 days.", field="first_within")
        if self.end_on is not None and not self.first_on <= self.end_on <= self.first_on + FARTHEST:
            raise Unacceptable("The last day must come after the first, at most 18 months later.", field="end_on")

    @property
    def visits(self) -> int:
        """Return how many visits are prescribed in all."""
        return sum(per_week * weeks for per_week, weeks in self.phases)

    @property
    def prescription(self) -> Prescription:
        """Return it as the search reads it."""
        return Prescription(
            tuple(Phase(per_week, weeks) for per_week, weeks in self.phases),
            first_on=self.first_on,
            end_on=self.end_on,
            first_within=self.first_within,
            least_apart=self.least_apart,
            authorized=self.authorized,
            therapist=None if self.therapist_id is None else f"therapist:{self.therapist_id}",
            only=self.therapist_only,
        )

    @property
    def wishes(self) -> Wishes:
        """Return the wished days and times."""
        if self.wished_from is None or self.wished_until is None:
            return Wishes(frozenset(self.wished_days))
        return Wishes(frozenset(self.wished_days), ((wall_time(self.wished_from), wall_time(self.wished_until)),))

    def type_of(self, number: int) -> int:
        """Return the type of a visit."""
        return self.other_types.get(number, self.type_id)

    def devices_of(self, number: int) -> tuple[str, ...]:
        """Return the devices that a visit needs besides."""
        return tuple(sorted(kind for kind, numbers in self.devices.items() if number in numbers))


def asked_of(course: Course) -> Asked:
    """Return what was asked of a course that is booked."""
    return Asked(
        type_id=course.type_id,
        phases=tuple((per_week, weeks) for per_week, weeks in course.phases),
        first_on=course.first_on,
        end_on=course.end_on,
        first_within=course.first_within,
        least_apart=course.least_apart,
        authorized=course.authorized,
        therapist_id=course.therapist_id,
        therapist_only=course.therapist_only,
        wished_days=tuple(course.wished_days),
        wished_from=course.wished_from,
        wished_until=course.wished_until,
        other_types={int(number): type_id for number, type_id in course.other_types.items()},
        devices={kind: frozenset(numbers) for kind, numbers in course.devices.items()},
    )


def write_down(asked: Asked, course: Course) -> None:
    """Write what is asked into the columns of ``course``."""
    course.type_id, course.visits = asked.type_id, asked.visits
    course.phases = [list(phase) for phase in asked.phases]
    course.other_types = {str(number): type_id for number, type_id in sorted(asked.other_types.items())}
    course.devices = {kind: sorted(numbers) for kind, numbers in sorted(asked.devices.items()) if numbers}
    course.first_on, course.end_on = asked.first_on, asked.end_on
    course.first_within, course.least_apart = asked.first_within, asked.least_apart
    course.authorized = asked.authorized
    course.therapist_id, course.therapist_only = asked.therapist_id, asked.therapist_only
    course.wished_days = list(asked.wished_days)
    course.wished_from, course.wished_until = asked.wished_from, asked.wished_until


def wishes_of(course: Course) -> dict[str, Any]:
    """Return the columns that change with the wishes of a course under way."""
    return {name: getattr(course, name) for name in WISHES}
