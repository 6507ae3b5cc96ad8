"""What the weeks of a course have free: the days as the search reads them, and why a wished time is not to be had."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from clinic.database import database
from clinic.scheduling import practice
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.booking.needs import needs_of
from clinic.scheduling.booking.offers import able, days_of, days_with_a_visit
from clinic.scheduling.practice import Colleague
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.course import Slot, all_slots, best_slots
from clinic.timetable.grid import GRID, begin_of
from clinic.timetable.intervals import Interval
from clinic.timetable.supply import Day, Need
from clinic.timetable.zones import day_bounds, to_wall

SPILL = 2
"""Weeks behind the prescribed ones into which visits may spill."""
Sort = tuple[int, tuple[str, ...]]
"""The type of a visit, and the devices it needs besides."""


class CourseSupply:
    """What is free for a patient's course, read once; so is the time of ``besides``, such as ``appointment:12``.

    Days on which the patient comes already, for something else, are left out, and those too close to them unless only
    ``same_day`` counts. ``nobody_but`` is the therapist whose time alone is looked at.
    """

    def __init__(
        self,
        asked: Asked,
        *,
        patient_id: int,
        now: datetime,
        besides: Sequence[str] = (),
        nobody_but: int | None = None,
        same_day: bool = False,
    ) -> None:
        self.asked, self.nobody_but = asked, nobody_but
        self.comes_already: dict[date, date] = {}
        self.location = practice.location()
        self.zone: ZoneInfo = self.location.tz
        self.not_before = max(now, day_bounds(asked.first_on, self.zone).start)
        self.colleagues = {colleague.key: colleague for colleague in practice.colleagues()}
        self.kinds = self._kinds()
        self.last_on = asked.first_on + timedelta(weeks=asked.prescription.weeks + SPILL) - timedelta(days=1)
        if asked.end_on is not None:
            self.last_on = min(self.last_on, asked.end_on)
        self.days = self._days(patient_id, besides, 1 if same_day else asked.least_apart)
        self._slots: dict[Sort, dict[date, Sequence[Slot]]] = {}
        self._terms: dict[Sort, dict[str, Any]] = {}

    def _kinds(self) -> dict[int, AppointmentType]:
        ids = {self.asked.type_id, *self.asked.other_types.values()}
        return {id_: database.session.get_one(AppointmentType, id_) for id_ in ids}

    def _days(self, patient_id: int, besides: Sequence[str], apart: int) -> dict[date, Day]:
        first = to_wall(self.not_before, self.zone).date()
        count = (self.last_on - first).days + 1
        if count < 1:
            return {}
        found = days_of(
            self.therapists,
            self.location,
            first=first,
            days=count,
            patient_id=patient_id,
            besides=besides,
            at_once=count,
        )
        since = self.not_before - timedelta(days=apart)
        for visit in sorted(days_with_a_visit(patient_id, now=since, besides=besides)):
            near = (visit + timedelta(days=n) for n in range(1 - apart, apart))
            self.comes_already |= {on: visit for on in near if on not in self.comes_already or on == visit}
        by_date = ((to_wall(begin_of(day.first), self.zone).date(), day) for day in found)
        return {on: day for on, day in by_date if on not in self.comes_already}

    @cached_property
    def able(self) -> Mapping[int, list[Colleague]]:
        """Who may treat visits of each type, in the clinic's order."""
        return {
            id_: [colleague for colleague in able(kind) if self.nobody_but in (None, colleague.id)]
            for id_, kind in self.kinds.items()
        }

    @property
    def therapists(self) -> list[Colleague]:
        """Return who may treat any of the visits."""
        anybody = {colleague.id for people in self.able.values() for colleague in people}
        return [colleague for colleague in self.colleagues.values() if colleague.id in anybody]

    @cached_property
    def shortest(self) -> timedelta:
        """The length of the clinic's shortest visit: less time than that is a gap."""
        return timedelta(minutes=min((kind.length for kind in practice.types()), default=5))

    def kind_of(self, number: int) -> AppointmentType:
        """Return the type of a visit."""
        return self.kinds[self.asked.type_of(number)]

    def length_of(self, number: int) -> timedelta:
        """Return how long a visit takes."""
        return timedelta(minutes=self.kind_of(number).length)

    def needs(self, number: int) -> list[Need]:
        """Return what a visit needs."""
        needs: list[Need] = self._terms_of(number)["needs"]
        return needs

    def slots(self) -> list[Mapping[date, Sequence[Slot]]]:
        """Return the best slots of each visit, by day; visits with the same need share one mapping."""
        return [self._slots_for(number) for number in range(1, self.asked.visits + 1)]

    def _slots_for(self, number: int) -> Mapping[date, Sequence[Slot]]:
        sort = self._sort(number)
        if sort not in self._slots:
            self._slots[sort] = {on: self.best(number, on) for on in self.days}
        return self._slots[sort]

    def best(self, number: int, on: date) -> list[Slot]:
        """Return the best slot of each therapist on a day, for one visit."""
        day = self.days.get(on)
        return best_slots(day, on=on, step=GRID, **self._terms_of(number)) if day else []

    def all(self, number: int, on: date) -> Iterable[Slot]:
        """Return every slot of a day, for one visit."""
        day = self.days.get(on)
        return all_slots(day, on=on, step=GRID, **self._terms_of(number)) if day else ()

    def slot_at(self, number: int, starts_at: datetime, therapist_id: int) -> Slot | None:
        """Return the slot of a visit at exactly that time, None where it is not free."""
        on, key = to_wall(starts_at, self.zone).date(), f"therapist:{therapist_id}"
        found = self.all(number, on)
        return next((slot for slot in found if slot.starts_at == starts_at and slot.therapist == key), None)

    def slot_of(self, starts_at: datetime, ends_at: datetime, therapist_id: int) -> Slot:
        """Return a time that is booked already as the slot of its visit."""
        starts, ends = to_wall(starts_at, self.zone), to_wall(ends_at, self.zone)
        outside = not self.asked.wishes.suit(starts, ends)
        return Slot(starts.date(), starts_at, ends_at, f"therapist:{therapist_id}", outside, 0)

    def _sort(self, number: int) -> Sort:
        return self.asked.type_of(number), self.asked.devices_of(number)

    def _terms_of(self, number: int) -> dict[str, Any]:
        """Return what the search asks of a day for a visit; read once for all visits of a sort."""
        sort = self._sort(number)
        if sort not in self._terms:
            self._terms[sort] = {
                "length": self.length_of(number),
                "needs": needs_of(self.kind_of(number), devices=self.asked.devices_of(number)),
                "wishes": self.asked.wishes,
                "zone": self.zone,
                "shortest": self.shortest,
                "not_before": self.not_before,
                "therapists": [colleague.key for colleague in self.able[self.asked.type_of(number)]],
            }
        return self._terms[sort]

    @cached_property
    def closures(self) -> list[tuple[Interval, str]]:
        """When the clinic is closed within the course, and what it says on the door."""
        bounds = self._bounds
        return [
            (Interval(shut.starts_at, shut.ends_at), shut.label)
            for shut in practice.closures(first=bounds.start, until=bounds.end)
        ]

    @cached_property
    def away(self) -> list[tuple[str, Interval]]:
        """When each therapist is away within the course."""
        bounds = self._bounds
        return [
            (f"therapist:{off.therapist_id}", Interval(off.starts_at, off.ends_at))
            for off in practice.time_off(first=bounds.start, until=bounds.end)
        ]

    @property
    def _bounds(self) -> Interval:
        first = min(self.asked.first_on, self.last_on)
        return Interval(day_bounds(first, self.zone).start, day_bounds(self.last_on, self.zone).end)

    def hours(self, therapist_id: int, on: date) -> list[Interval]:
        """Return a therapist's hours on a day, closed or not."""
        found = practice.open_hours([therapist_id], zone=self.zone, first=on, last=on, with_closures=False)
        return found[therapist_id]
