"""Propose a whole course: the best times for all visits, what stands in the way, and what else there is for one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from clinic.scheduling.booking.course_reasons import neighbors, why_not
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.practice import Colleague
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.course import CannotBe, Cost, Prescription, Slot, best_course, cost_of
from clinic.timetable.course_pins import refuse_impossible

MOST_ALTERNATIVES = 4
"""How many other times are shown for one visit, beside one that moves others."""
MOST_MOVED = 3
AROUND = timedelta(days=6)
APART = timedelta(minutes=30)

Pins = Mapping[int, Slot | None]


class Planned(NamedTuple):
    """A visit of the preview. ``state`` is fits, nearest, open (nothing found), out (left out) or stays."""

    number: int
    slot: Slot | None
    therapist: Colleague | None
    kind: AppointmentType
    devices: tuple[str, ...]
    state: str
    why: str


class Alternative(NamedTuple):
    """Another time for one visit, and what it does to the rest."""

    slot: Slot
    therapist: Colleague
    effect: str


@dataclass(frozen=True)
class Proposal:
    """Hold the preview of a course: its rows, and what it costs by the definition of ``timetable.course``."""

    rows: list[Planned]
    cost: Cost
    prescription: Prescription

    @property
    def placed(self) -> list[Slot]:
        """The slots of the visits that are placed."""
        return [row.slot for row in self.rows if row.slot is not None]

    @property
    def apart(self) -> tuple[int, int] | None:
        """The fewest and the most days between neighbors."""
        days = [slot.on for slot in self.placed]
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        return (min(gaps), max(gaps)) if gaps else None

    @property
    def longest_gap(self) -> int:
        """The most minutes that a visit leaves unused beside it."""
        return max((slot.gap for slot in self.placed), default=0)

    def with_therapist(self, key: str) -> int:
        """Return how many visits are with one therapist."""
        return sum(slot.therapist == key for slot in self.placed)


def propose(supply: CourseSupply, *, fixed: Pins | None = None, staying: Iterable[int] = ()) -> Proposal:
    """Return the best course with the visits ``fixed`` where they are; raises ``CannotBe`` where they cannot be.

    ``staying`` are visits that are booked and not in question.
    """
    prescription, fixed = supply.asked.prescription, fixed or {}
    course = best_course(prescription, slots=supply.slots(), fixed=fixed)
    return proposal_of(supply, course.placed, fixed=fixed, staying=staying)


def proposal_of(
    supply: CourseSupply, placed: Sequence[Slot | None], *, fixed: Pins, staying: Iterable[int] = ()
) -> Proposal:
    """Return a course as it is placed, with what stands in the way of each visit; ``fixed`` are those not found."""
    prescription, still = supply.asked.prescription, set(staying)
    uneven = _uneven_weeks(prescription, placed)
    rows = [
        _planned(number, placed, supply=supply, fixed=fixed, uneven=uneven, stays=number in still)
        for number in range(1, prescription.visits + 1)
    ]
    return Proposal(rows, cost_of(prescription, placed), prescription)


def _uneven_weeks(prescription: Prescription, placed: Sequence[Slot | None]) -> set[int]:
    """Return the weeks that have more visits than prescribed."""
    count = Counter(prescription.week_of(slot.on) for slot in placed if slot is not None)
    return {week for week, visits in count.items() if visits > prescription.prescribed(week)}


def _planned(
    number: int,
    placed: Sequence[Slot | None],
    *,
    supply: CourseSupply,
    fixed: Pins,
    uneven: set[int],
    stays: bool,
) -> Planned:
    slot = placed[number - 1]
    even = slot is None or supply.asked.prescription.week_of(slot.on) not in uneven
    why = "" if stays else why_not(number, placed, supply=supply, fits_the_rest=even)
    state = "stays" if stays else "nearest" if why else "fits"
    if slot is None:
        left_out = number in fixed
        state, why = ("out", "left out") if left_out else ("open", why)
    therapist = supply.colleagues.get(slot.therapist) if slot else None
    return Planned(number, slot, therapist, supply.kind_of(number), supply.asked.devices_of(number), state, why)


def alternatives(
    number: int,
    placed: Sequence[Slot | None],
    *,
    supply: CourseSupply,
    pinned: Pins | None,
    count: int = MOST_ALTERNATIVES,
    offered: Sequence[Slot] = (),
) -> list[Alternative]:
    """Return the times for one visit: the present one first, the best others, and one that moves other visits.

    Of the others each says which visits move with it; the last is left out where ``pinned`` is None: then nothing
    else may move. What was ``offered`` for the visit before keeps its order as far as it can still be had.
    """
    now, authorized = placed[number - 1], supply.asked.authorized
    if now is None and authorized is not None and number > authorized:
        return []
    if pinned is not None and now is not None and any(_is(slot, now) for slot in offered):
        return _offered_again(number, offered, placed, supply=supply, pinned=pinned)
    prescription = supply.asked.prescription
    candidates = sorted(
        (_cost_with(prescription, placed, number, slot), slot.starts_at, slot)
        for slot in _between_neighbors(number, placed, supply)
    )
    chosen: list[Slot] = [now] if now is not None else []
    for _, _, slot in candidates:
        if len(chosen) > count:
            break
        if all(_differs(slot, other) for other in chosen):
            chosen.append(slot)
    found = [Alternative(slot, supply.colleagues[slot.therapist], "") for slot in chosen]
    if pinned is None:
        return found
    return found + _that_move_others(number, placed, chosen, supply=supply, pinned=pinned)


def _offered_again(
    number: int, offered: Sequence[Slot], placed: Sequence[Slot | None], *, supply: CourseSupply, pinned: Pins
) -> list[Alternative]:
    found = []
    for slot in offered:
        moved = _that_move(number, slot, placed, supply=supply, pinned=pinned)
        if moved is not None:
            found.append(Alternative(slot, supply.colleagues[slot.therapist], _move_too(moved)))
    return found


def _is(one: Slot, other: Slot) -> bool:
    return (one.starts_at, one.therapist) == (other.starts_at, other.therapist)


def _cost_with(prescription: Prescription, placed: Sequence[Slot | None], number: int, slot: Slot) -> Cost:
    return cost_of(prescription, [*placed[: number - 1], slot, *placed[number:]])


def _differs(one: Slot, other: Slot) -> bool:
    return one.on != other.on or one.therapist != other.therapist or abs(one.starts_at - other.starts_at) >= APART


def _between_neighbors(number: int, placed: Sequence[Slot | None], supply: CourseSupply) -> Iterable[Slot]:
    """Yield slots that all other visits leave free for this one."""
    prescription, now = supply.asked.prescription, placed[number - 1]
    apart = timedelta(days=prescription.least_apart)
    before, after = neighbors(number, placed)
    first = before.on + apart if before else prescription.first_on
    last = after.on - apart if after else supply.last_on
    if number == 1 and prescription.first_within is not None:
        last = min(last, prescription.first_on + timedelta(days=prescription.first_within))
    if now is not None:
        first, last = max(first, now.on - AROUND), min(last, now.on + AROUND)
    for on in supply.days:
        if first <= on <= last:
            yield from _allowed(
                prescription, supply.all(number, on) if now and on == now.on else supply.best(number, on)
            )


def _allowed(prescription: Prescription, slots: Iterable[Slot]) -> Iterable[Slot]:
    return (slot for slot in slots if not prescription.only or slot.therapist == prescription.therapist)


def _that_move_others(
    number: int, placed: Sequence[Slot | None], known: Sequence[Slot], *, supply: CourseSupply, pinned: Pins
) -> list[Alternative]:
    """Return the nearest wished time that is only to be had if other visits move, and says which do."""
    now = placed[number - 1]
    days = [slot.on for slot in known]
    if now is None:
        return []
    around = [on for on in supply.days if on not in days and abs(on - now.on) <= 2 * AROUND]
    for on in sorted(around, key=lambda day: (abs(day - now.on), day)):
        wished = [slot for slot in _allowed(supply.asked.prescription, supply.best(number, on)) if not slot.outside]
        named = [slot for slot in wished if slot.therapist == now.therapist]
        for slot in named[:1]:
            moved = _that_move(number, slot, placed, supply=supply, pinned=pinned)
            if moved and len(moved) <= MOST_MOVED:
                return [Alternative(slot, supply.colleagues[slot.therapist], _move_too(moved))]
    return []


def _that_move(
    number: int, slot: Slot, placed: Sequence[Slot | None], *, supply: CourseSupply, pinned: Pins
) -> list[int] | None:
    """Return the visits that move when one gets another time, as ``settle`` will move them; None where it cannot be."""
    others = {n: other for n, other in enumerate(placed, 1) if other is not None and n not in pinned}
    try:
        again, _ = _placed(supply, pinned={**pinned, number: slot}, others={**others, number: slot})
    except CannotBe:
        return None
    both = enumerate(zip(placed, again, strict=True), 1)
    return [other for other, (old, new) in both if other != number and old != new]


def _move_too(moved: Sequence[int]) -> str:
    if not moved:
        return ""
    if len(moved) > MOST_MOVED:
        return f"{len(moved)} others move too"
    one = len(moved) == 1
    return f"visit{'' if one else 's'} {_listed(moved)} move{'s' if one else ''} too"


def _listed(numbers: Sequence[int]) -> str:
    return " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))


def refuse_broken_rules(supply: CourseSupply, rows: Mapping[int, tuple[datetime, int]]) -> None:
    """Raise ``CannotBe`` where times, by visit, break what is asked of the course; free or not."""
    slots = {
        number: supply.slot_of(starts_at, starts_at + supply.length_of(number), therapist_id)
        for number, (starts_at, therapist_id) in rows.items()
    }
    refuse_impossible(supply.asked.prescription, slots)


def settle(supply: CourseSupply, *, pinned: Pins, others: Pins, staying: Iterable[int] = ()) -> Proposal:
    """Return the course with ``pinned`` as chosen and the ``others`` where they are, as far as that can be.

    Where it cannot be, only the pins hold and the rest is found anew. Raises ``CannotBe`` when the pins themselves
    cannot be.
    """
    placed, fixed = _placed(supply, pinned=pinned, others=others)
    return proposal_of(supply, placed, fixed=fixed, staying=staying)


def _placed(supply: CourseSupply, *, pinned: Pins, others: Pins) -> tuple[Sequence[Slot | None], Pins]:
    prescription, slots = supply.asked.prescription, supply.slots()
    together = {**others, **pinned}
    try:
        return best_course(prescription, slots=slots, fixed=together).placed, together
    except CannotBe:
        return best_course(prescription, slots=slots, fixed=pinned).placed, pinned
