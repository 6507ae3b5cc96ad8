"""What each visit of a course may choose from: of a day and therapist, only the slot that could be in a best course."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from clinic.timetable.course_cost import Slot
from clinic.timetable.course_prescription import Prescription
from clinic.timetable.supply import Key

Choice = Mapping[Key, Slot]
Offers = Mapping[date, Choice]


def offers_of(
    prescription: Prescription, slots: Sequence[Mapping[date, Sequence[Slot]]], fixed: Mapping[int, Slot | None]
) -> list[Offers]:
    """Return for each visit its choice of each day that the rules allow it; of a pinned visit, the pin alone."""
    slots = tuple(slots)
    reduced: dict[int, Offers] = {}
    found: list[Offers] = []
    for number, by_day in enumerate(slots, 1):
        if id(by_day) not in reduced:
            reduced[id(by_day)] = _reduced(prescription, by_day)
        if number in fixed:
            found.append(_pinned(fixed[number]))
        else:
            found.append(_allowed(prescription, number, reduced[id(by_day)]))
    return found


def _pinned(slot: Slot | None) -> Offers:
    return {} if slot is None else {slot.on: {slot.therapist: slot}}


def _allowed(prescription: Prescription, number: int, offers: Offers) -> Offers:
    if prescription.authorized is not None and number > prescription.authorized:
        return {}
    if number > 1 or prescription.first_within is None:
        return offers
    latest = prescription.first_on + timedelta(days=prescription.first_within)
    return {on: choice for on, choice in offers.items() if on <= latest}


def _reduced(prescription: Prescription, by_day: Mapping[date, Sequence[Slot]]) -> Offers:
    end_on = prescription.end_on or date.max
    days = {on: slots for on, slots in by_day.items() if prescription.first_on <= on <= end_on}
    if prescription.only:
        days = {on: [s for s in slots if s.therapist == prescription.therapist] for on, slots in days.items()}
    return {on: _choice(prescription, slots) for on, slots in days.items() if slots}


def _choice(prescription: Prescription, slots: Iterable[Slot]) -> Choice:
    """Return the best slot of each therapist; where one is named, who treats is a matter of each visit alone."""
    best: dict[Key, Slot] = {}
    for slot in slots:
        rival = best.get(slot.therapist)
        if rival is None or _order(slot) < _order(rival):
            best[slot.therapist] = slot
    named = prescription.therapist
    if named is None:
        return best
    chosen = best.get(named) or min(best.values(), key=_order)
    return {chosen.therapist: chosen}


def _order(slot: Slot) -> tuple[bool, int, datetime]:
    return slot.outside, slot.gap, slot.starts_at
