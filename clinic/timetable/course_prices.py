"""The cost of a course, and its days after it, as one integer: parts add up and compare as the whole tuple does.

From the left, its digits are the visits left out, those beyond their week's number, the therapist, the wishes, the
spacing, the gaps, and then the day of each visit. So of equal costs the least has the earlier days.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import lcm

from clinic.timetable.course_cost import Slot
from clinic.timetable.course_days import Calendar, Place
from clinic.timetable.course_prescription import DAYS_A_WEEK, MOST_VISITS, Prescription

COUNT_BITS = MOST_VISITS.bit_length()
SUM_BITS = 32
SCALE = lcm(*range(1, DAYS_A_WEEK + 1))


@dataclass(frozen=True, slots=True)
class Prices:
    """Say what each thing adds to the cost of a course; ``never`` is more than any course costs.

    The days between neighbors cost the difference between ``ahead`` of the later day and ``behind`` of the earlier.
    """

    prescription: Prescription
    calendar: Calendar
    date_bits: int
    gap: int
    outside: int
    therapist: int
    beyond: int
    left_out: int
    never: int
    ahead: tuple[int, ...]
    behind: tuple[int, ...]

    @property
    def change(self) -> int:
        """Return the price of a change of therapist: none when one is named, since then each visit counts alone."""
        return self.therapist if self.prescription.therapist is None else 0

    def of_slot(self, slot: Slot) -> int:
        """Return what a slot costs by itself."""
        named = self.prescription.therapist
        stranger = named is not None and slot.therapist != named
        return stranger * self.therapist + slot.outside * self.outside + slot.gap * self.gap

    def of_place(self, number: int, place: Place) -> int:
        """Return what it costs to place a visit there, with its date."""
        beyond = place.used == self.calendar.prescribed[place.day]
        return beyond * self.beyond + self._date(number, place.day)

    def of_leaving_out(self, number: int) -> int:
        """Return what it costs to leave a visit out; its date is later than all."""
        return self.left_out + self._date(number, self.calendar.start.day)

    def days_in(self, cost: int) -> list[int | None]:
        """Return the number of each visit's day that stands in the cost of a course, None where it is left out."""
        digits = [cost >> self._shift(number) & (1 << self.date_bits) - 1 for number in self._numbers()]
        return [None if digit == self.calendar.start.day else digit for digit in digits]

    def _date(self, number: int, day: int) -> int:
        return day << self._shift(number)

    def _shift(self, number: int) -> int:
        return self.date_bits * (self.prescription.visits - number)

    def _numbers(self) -> range:
        return range(1, self.prescription.visits + 1)


def prices_of(prescription: Prescription, calendar: Calendar) -> Prices:
    """Return the prices of a course whose visits are on the days of ``calendar``."""
    date_bits = len(calendar.days).bit_length()
    gap = 1 << date_bits * prescription.visits
    spacing = gap << SUM_BITS
    outside = spacing << SUM_BITS
    therapist, beyond, left_out, never = (outside << COUNT_BITS * n for n in range(1, 5))
    behind = [passed * SCALE for passed in calendar.passed]
    wished = [DAYS_A_WEEK * SCALE // frequency for frequency in calendar.frequency]
    return Prices(
        prescription=prescription,
        calendar=calendar,
        date_bits=date_bits,
        gap=gap,
        outside=outside,
        therapist=therapist,
        beyond=beyond,
        left_out=left_out,
        never=never,
        ahead=tuple((day - apart) * spacing for day, apart in zip(behind, wished, strict=True)),
        behind=tuple(day * spacing for day in behind),
    )
