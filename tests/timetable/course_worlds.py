"""Small courses for the tests, and the best of them by trying all."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from clinic.timetable.course import Course, Phase, Prescription, Slot, best_course, cost_of

FIRST = date(2026, 11, 23)
NINE, TEN = 540, 600


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def slot(day: int, minute: int = NINE, therapist: str = "dana", *, outside: bool = False, gap: int = 0) -> Slot:
    starts_at = datetime.combine(on(day), time.min, UTC) + timedelta(minutes=minute)
    return Slot(on(day), starts_at, starts_at + timedelta(minutes=40), therapist, outside, gap)


def by_day(*slots: Slot) -> dict[date, list[Slot]]:
    days = defaultdict(list)
    for one in slots:
        days[one.on].append(one)
    return dict(days)


def prescribed(*phases: tuple[int, int], **rules) -> Prescription:
    return Prescription(tuple(Phase(*phase) for phase in phases), **{"first_on": FIRST, **rules})


def course(prescription: Prescription, *slots: Slot, fixed=()) -> Course:
    """Find the best course when all visits may have the same slots."""
    return best_course(prescription, slots=[by_day(*slots)] * prescription.visits, fixed=dict(fixed))


def days_of(found: Course) -> list[int | None]:
    return [None if one is None else (one.on - FIRST).days for one in found.placed]


def tried(prescription, slots, fixed):
    """Try every course, and return the best, or None where the pins leave none."""
    choices = [
        [fixed[number]] if number in fixed else [None, *(one for some in options.values() for one in some)]
        for number, options in enumerate(slots, 1)
    ]

    def order(placed):
        there = [(one, options) for one, options in zip(placed, slots, strict=True) if one]
        dates = [one.on if one else date.max for one in placed]
        starts = [one.starts_at for one, _ in there]
        givens = [given(one, options.get(one.on, ())) for one, options in there]
        return cost_of(prescription, placed), dates, starts, givens

    return min(every_course(prescription, choices), key=order, default=None)


def given(one, options):
    """Return how many slots were given before the first of this therapist."""
    return next((place for place, other in enumerate(options) if other.therapist == one.therapist), 0)


def every_course(prescription, choices, placed=()):
    if len(placed) == len(choices):
        yield placed
        return
    for choice in choices[len(placed)]:
        if choice is None or may_follow(prescription, placed, choice):
            yield from every_course(prescription, choices, (*placed, choice))


def may_follow(prescription, placed, choice):
    """Say whether a visit may come after those placed, rule by rule."""
    number = len(placed) + 1
    apart = [(choice.on - one.on).days for one in placed if one]
    rules = {
        "not before the first day": choice.on >= prescription.first_on,
        "not after the last": prescription.end_on is None or choice.on <= prescription.end_on,
        "first soon enough": number > 1
        or prescription.first_within is None
        or (choice.on - prescription.first_on).days <= prescription.first_within,
        "authorized": prescription.authorized is None or number <= prescription.authorized,
        "the named alone": not prescription.only or choice.therapist == prescription.therapist,
        "in order and far enough apart": all(days >= prescription.least_apart for days in apart),
    }
    return all(rules.values())
