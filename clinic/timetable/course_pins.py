"""Visits of a course that are pinned to a time, and whether they can stand together."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from clinic.refusals import Refusal
from clinic.timetable.course_cost import Slot
from clinic.timetable.course_prescription import Prescription
from clinic.timetable.words import date_words


class CannotBe(Refusal):
    """Pinned visits break a rule of the course; ``numbers`` are the visits at fault."""

    def __init__(self, sentence: str, *, numbers: tuple[int, ...]) -> None:
        super().__init__(sentence)
        self.numbers = numbers


def refuse_impossible(prescription: Prescription, fixed: Mapping[int, Slot | None]) -> None:
    """Raise ``CannotBe`` for the first pinned visit that breaks a rule, alone or with the one pinned before it.

    Raises ``ValueError`` for a number that no visit has.
    """
    strangers = fixed.keys() - range(1, prescription.visits + 1)
    if strangers:
        raise ValueError(f"no visits are numbered {sorted(strangers)}")
    pins = [(number, slot) for number, slot in sorted(fixed.items()) if slot is not None]
    for number, slot in pins:
        for fault in _alone(prescription, number, slot):
            raise CannotBe(fault, numbers=(number,))
    for (number, earlier), (next_number, later) in pairwise(pins):
        for fault in _together(prescription, (number, earlier), (next_number, later)):
            raise CannotBe(fault, numbers=(number, next_number))


def _alone(prescription: Prescription, number: int, slot: Slot) -> Iterator[str]:
    visit = f"Visit {number} on {date_words(slot.on)}"
    if prescription.authorized is not None and number > prescription.authorized:
        yield f"Visit {number} cannot be placed: {prescription.authorized} visits are authorized."
    if slot.on < prescription.first_on:
        yield f"{visit} is before the first day of the course, {date_words(prescription.first_on)}."
    if prescription.end_on is not None and slot.on > prescription.end_on:
        yield f"{visit} is after the last day of the course, {date_words(prescription.end_on)}."
    if number == 1 and prescription.first_within is not None:
        latest = prescription.first_on + timedelta(days=prescription.first_within)
        if slot.on > latest:
            yield f"{visit} is too late: the first visit must be by {date_words(latest)}."
    if prescription.only and slot.therapist != prescription.therapist:
        yield f"{visit} is with another therapist, and only the one named may treat this course."


def _together(prescription: Prescription, one: tuple[int, Slot], other: tuple[int, Slot]) -> Iterator[str]:
    (number, earlier), (next_number, later) = one, other
    apart = (later.on - earlier.on).days
    visits = f"Visit {number} on {date_words(earlier.on)} and visit {next_number} on {date_words(later.on)}"
    if apart < 0:
        yield f"{visits} are in the wrong order."
    elif apart == 0:
        yield f"{visits} are on the same day."
    elif apart < prescription.least_apart:
        yield f"{visits} are too close: visits must be at least {prescription.least_apart} days apart."
