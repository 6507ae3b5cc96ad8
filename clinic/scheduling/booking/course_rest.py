"""A course under way: its visits that can still be changed, found other times with the others where they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from clinic.scheduling.booking.course_asked import Asked, asked_of
from clinic.scheduling.booking.course_proposal import Proposal, proposal_of, settle
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.booking.models import Appointment, Course
from clinic.scheduling.booking.states import Status
from clinic.timetable.course import Slot
from clinic.timetable.course_prescription import Prescription

Times = Mapping[int, tuple[datetime, int] | None]


class RestOfCourse:
    """A booked course and its visits that stand; a visit can be changed while it is booked and to come."""

    def __init__(self, course: Course, visits: Sequence[Appointment], *, now: datetime) -> None:
        self.course = course
        self.asked: Asked = asked_of(course)
        self.booked = {visit.course_number: visit for visit in visits if visit.course_number is not None}
        self.open_numbers = [
            number
            for number, visit in sorted(self.booked.items())
            if visit.status == Status.BOOKED and visit.starts_at > now
        ]
        self.last_supply: CourseSupply

    def visit(self, number: int) -> Appointment:
        """Return the visit of that number."""
        return self.booked[number]

    def therapist_of(self, number: int) -> int | None:
        """Return who is wanted for one visit: who treats in its part of the course, where one was named at all.

        A part may have been given to another; a single visit with somebody else is a stand-in's.
        """
        own = self.visit(number).therapist_id
        beside = [self.booked[n].therapist_id for n in (number - 1, number + 1) if n in self.booked]
        wanted = self.asked.therapist_id
        return own if wanted is not None and own in beside else wanted

    def with_wishes(self, wishes: Mapping[str, Any]) -> Asked:
        """Return what is asked with other wishes."""
        return replace(self.asked, **wishes)

    def supply(
        self, wishes: Mapping[str, Any], *, numbers: Iterable[int], besides: Sequence[str], now: datetime
    ) -> CourseSupply:
        """Read what is free for the visits ``numbers``, whose own time counts as free.

        A rule that one therapist alone may treat binds what is looked at, not the visits that stay with another.
        """
        own = [self.visit(number).key for number in numbers]
        asked = self._as_booked(self.with_wishes(wishes), numbers)
        self.last_supply = CourseSupply(
            replace(asked, therapist_only=False),
            patient_id=self.course.patient_id,
            now=now,
            besides=[*own, *besides],
            nobody_but=asked.therapist_id if asked.therapist_only else None,
            same_day=True,
        )
        return self.last_supply

    def times(self, numbers: Iterable[int], *, therapist_id: int | None) -> dict[int, tuple[datetime, int] | None]:
        """Return when the visits are now, with another therapist where one is given."""
        return {n: (self.visit(n).starts_at, therapist_id or self.visit(n).therapist_id) for n in numbers}

    def propose(
        self, supply: CourseSupply, *, numbers: Sequence[int], rows: Times, pinned: set[int]
    ) -> tuple[Proposal, set[int]]:
        """Return the course with ``rows`` where they are as far as they are free, the rest of ``numbers`` found anew.

        The second value are those whose time was not free. All other visits stay.
        """
        staying = {
            n: self._stays(supply, n) if n in self.booked else None
            for n in range(1, self.course.visits + 1)
            if n not in numbers
        }
        taken: set[int] = set()
        chosen: dict[int, Slot | None] = {}
        for number, time in rows.items():
            slot = supply.slot_at(number, *time) if time is not None else None
            if slot is None:
                taken.add(number)
            else:
                chosen[number] = slot
        by_hand = {n: slot for n, slot in chosen.items() if n in pinned}
        others = {n: slot for n, slot in chosen.items() if n not in pinned}
        pins = {**_in_order(supply.asked.prescription, staying), **by_hand}
        still = [n for n, slot in staying.items() if slot is not None]
        found = settle(supply, pinned=pins, others=others, staying=still)
        if any(pins[n] is None for n in still):
            placed = [staying.get(row.number) or row.slot for row in found.rows]
            found = proposal_of(supply, placed, fixed=pins, staying=still)
        return found, taken

    def as_it_is(self, supply: CourseSupply, *, numbers: Sequence[int]) -> Proposal:
        """Return the course as it is booked, whatever rules a visit that was moved by hand may break."""
        staying = [number for number in self.booked if number not in numbers]
        return proposal_of(supply, self.placed(supply), fixed={}, staying=staying)

    def placed(self, supply: CourseSupply) -> list[Slot | None]:
        """Return when each visit is booked, None for one that is not."""
        return [self._stays(supply, n) if n in self.booked else None for n in range(1, self.course.visits + 1)]

    def _stays(self, supply: CourseSupply, number: int) -> Slot:
        visit = self.visit(number)
        return supply.slot_of(visit.starts_at, visit.ends_at, visit.therapist_id)

    def _as_booked(self, asked: Asked, numbers: Iterable[int]) -> Asked:
        """Return the rules as wide as the visits that stay need: somebody may have moved one past them by hand."""
        changing = set(numbers)
        staying = [visit for number, visit in self.booked.items() if number not in changing]
        days = sorted(visit.starts_at.date() for visit in staying)
        if not days:
            return replace(asked, first_within=None)
        ends = asked.end_on and max(asked.end_on, days[-1] + timedelta(days=1))
        return replace(asked, first_within=None, end_on=ends, authorized=None)


def _in_order(prescription: Prescription, staying: Mapping[int, Slot | None]) -> dict[int, Slot | None]:
    """Return the visits that stay without those that break the order by themselves."""
    kept: dict[int, Slot | None] = {}
    last: date | None = None
    for number, slot in sorted(staying.items()):
        if slot is None:
            kept[number] = None
            continue
        follows = last is None or (slot.on - last).days >= prescription.least_apart
        if follows and slot.on >= prescription.first_on:
            kept[number], last = slot, slot.on
        else:
            kept[number] = None
    return kept
