"""What a course costs: the definition, word for word, of which the search finds the least."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from clinic.timetable.course_prescription import DAYS_A_WEEK, Prescription
from clinic.timetable.supply import Key


class Slot(NamedTuple):
    """Name a free time for a visit: on which local day, from when until when, and with whom.

    ``outside`` says that it lies outside the wished windows, and ``gap`` how many minutes it leaves unused beside it
    in the therapist's day.
    """

    on: date
    starts_at: datetime
    ends_at: datetime
    therapist: Key
    outside: bool
    gap: int


class Cost(NamedTuple):
    """Hold what is wrong with a course; the lesser of two, compared from the left, is the better course."""

    unplaced: int
    uneven: int
    therapist: int
    outside: int
    spacing: Fraction
    gap: int


def cost_of(prescription: Prescription, placed: Sequence[Slot | None]) -> Cost:
    """Return the cost of a course whose n-th visit is ``placed[n - 1]``, or is not placed."""
    visits = [slot for slot in placed if slot is not None]
    return Cost(
        unplaced=prescription.visits - len(visits),
        uneven=_uneven(prescription, visits),
        therapist=_therapist(prescription, visits),
        outside=sum(visit.outside for visit in visits),
        spacing=_spacing(prescription, visits),
        gap=sum(visit.gap for visit in visits),
    )


def _uneven(prescription: Prescription, visits: Sequence[Slot]) -> int:
    placed = Counter(prescription.week_of(visit.on) for visit in visits)
    return sum(abs(placed[week] - prescription.prescribed(week)) for week in {*placed, *range(prescription.weeks)})


def _therapist(prescription: Prescription, visits: Sequence[Slot]) -> int:
    if prescription.therapist is not None:
        return sum(visit.therapist != prescription.therapist for visit in visits)
    return sum(earlier.therapist != later.therapist for earlier, later in pairwise(visits))


def _spacing(prescription: Prescription, visits: Sequence[Slot]) -> Fraction:
    def wished(visit: Slot) -> Fraction:
        return Fraction(DAYS_A_WEEK, prescription.frequency(prescription.week_of(visit.on)))

    apart = (abs((later.on - earlier.on).days - wished(later)) for earlier, later in pairwise(visits))
    return sum(apart, Fraction(0))
