"""From a prescription to a whole course of appointments that no other course betters.

The cost of a course is this tuple; courses are compared by it from the left, and lower is better:

1. visits that are not placed,
2. the sum over weeks of |placed - prescribed|,
3. visits not with the named therapist, or when none is named, changes of therapist between neighbors,
4. visits outside the wished windows,
5. the sum over neighbors of |days between them - 7 / frequency of the later visit's week|,
6. the minutes beside the visits that are too short for any other.

Neighbors are two visits placed with none placed between. Of equal courses, that with the earlier dates comes first,
the first visit's date before the second's and a visit not placed later than all; then that with the earlier starts;
then that whose therapists were given first.

The search is exact because every part adds up visit by visit, and what a visit adds depends on those before it only by
the day of its neighbor, the therapist of its neighbor, and how many are placed in its week already. So a best course is
a best way through such states, and dynamic programming finds it; of a day and therapist only the best slot matters.
The first pass looks at days and the first two parts, and keeps the states through which all best ways lead; the second
looks at every part; the third chooses among the slots of the days found.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from clinic.timetable.course_best import best_days, best_of
from clinic.timetable.course_cost import Cost, Slot, cost_of
from clinic.timetable.course_days import Visit, calendar_of, reaches
from clinic.timetable.course_offers import Offers, offers_of
from clinic.timetable.course_pins import CannotBe, refuse_impossible
from clinic.timetable.course_prescription import Phase, Prescription
from clinic.timetable.course_prices import prices_of
from clinic.timetable.course_slots import all_slots, best_slots

__all__ = [
    "CannotBe",
    "Cost",
    "Course",
    "Phase",
    "Prescription",
    "Slot",
    "all_slots",
    "best_course",
    "best_slots",
    "cost_of",
]


class Course(NamedTuple):
    """Hold the slot of each visit in order, None where it is not placed, and what the course costs."""

    placed: tuple[Slot | None, ...]
    cost: Cost


def best_course(
    prescription: Prescription,
    *,
    slots: Sequence[Mapping[date, Sequence[Slot]]],
    fixed: Mapping[int, Slot | None] = {},
) -> Course:
    """Return the best course whose n-th visit is at one of the slots ``slots[n - 1]``, given by day, or not placed.

    Visits with the same need should share one mapping, since each is read but once. ``fixed`` pins a visit, by its
    number, to a slot, or with None leaves it out. Raises ``CannotBe`` when the pins break a rule, and ``ValueError``
    when the slots or pins are not those of the prescription's visits.
    """
    if len(slots) != prescription.visits:
        raise ValueError(f"slots of {len(slots)} visits, and {prescription.visits} are prescribed")
    refuse_impossible(prescription, fixed)
    offers = offers_of(prescription, slots, fixed)
    pinned = {number for number, slot in fixed.items() if slot is not None}
    placed = tuple(_best(prescription, offers, pinned=pinned))
    return Course(placed, cost_of(prescription, placed))


def _best(prescription: Prescription, offers: Sequence[Offers], *, pinned: Collection[int]) -> Iterator[Slot | None]:
    calendar = calendar_of(prescription, {on for offered in offers for on in offered})
    prices = prices_of(prescription, calendar)
    numbers = {on: number for number, on in enumerate(calendar.days)}
    visits = [
        Visit([numbers[on] for on in offered], optional=number not in pinned)
        for number, offered in enumerate(offers, 1)
    ]
    days = best_days(prices, reaches=reaches(calendar, visits), offers=offers)
    choices = [offered[calendar.days[day]] for offered, day in zip(offers, days, strict=True) if day is not None]
    slots = iter(best_of(choices, prices=prices))
    return (None if day is None else next(slots) for day in days)
