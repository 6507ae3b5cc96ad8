"""Race worker: one of many processes that book, move, cancel, reinstate and enter time off, on one database.

    python -m tests.races URL ATTEMPTS

Forks sixteen real processes from one start, and prints one JSON line: how many attempts succeeded, were refused, or
broke.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing import get_context
from typing import Any

from sqlalchemy import select

from clinic.database import database
from clinic.doors.threshold import redo
from clinic.refusals import Refusal
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Change, Course
from clinic.scheduling.booking.book_course import Row
from clinic.scheduling.booking.course_asked import Asked
from clinic.scheduling.booking.course_queries import visits_of
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.practice.be_away import cancel_time_off, take_time_off
from tests import engines
from tests.cast import KIM, NOW, at

PROCESSES = 16


def in_processes(work: Callable[..., Counter[str]], url: str, *more: Any) -> Counter[str]:
    """Run ``work`` in sixteen processes from one start, and add up what they did.

    What an application imports is imported before they part: sixteen times the same imports would be most of the race.
    """
    engines.make_app(url)
    start = time.time() + 1.5
    with get_context("fork").Pool(PROCESSES) as pool:
        counts = pool.starmap(work, [(url, seed, start, *more) for seed in range(PROCESSES)], chunksize=1)
    return sum(counts, Counter[str]())


def racer(url: str, seed: int, start: float, attempts: int) -> Counter[str]:
    """Do one thing after another, as chance has it."""
    dice = random.Random(seed)
    app = engines.make_app(url)
    done: Counter[str] = Counter()
    with app.app_context():
        time.sleep(max(0.0, start - time.time()))
        for _ in range(attempts):
            name = dice.choices(tuple(VERBS), (5, 3, 2, 1, 1, 2, 2, 1, 1))[0]
            done[_attempt(name, dice)] += 1
    return done


def _attempt(name: str, dice: random.Random) -> str:
    try:
        redo(lambda: VERBS[name](dice))
    except Refusal as refusal:
        return f"refused: {type(refusal).__name__}"
    except Exception as trouble:  # a race counts what breaks
        return f"broken: {trouble!r}"[:300]
    finally:
        database.session.remove()
    return name


def _when(dice: random.Random) -> Any:
    return at(8, day=dice.choice((1, 2))) + timedelta(minutes=5 * dice.randrange(0, 40))


def _some(dice: random.Random, *, canceled: bool) -> int:
    ids = database.session.scalars(
        select(Appointment.id).where(
            Appointment.canceled_at.is_not(None) if canceled else Appointment.canceled_at.is_(None)
        )
    ).all()
    return dice.choice(ids) if ids else 1


def _book(dice: random.Random) -> object:
    return booking.book(
        patient_id=dice.choice((1, 2, 3)),
        therapist_id=dice.choice((1, 2, 3)),
        type_id=dice.choice((2, 2, 3)),
        starts_at=_when(dice),
        by=KIM,
        now=NOW,
    )


def _move(dice: random.Random) -> object:
    return booking.move(
        appointment_id=_some(dice, canceled=False),
        starts_at=_when(dice),
        therapist_id=dice.choice((1, 2, 3)),
        by=KIM,
        now=NOW,
    )


def _cancel(dice: random.Random) -> object:
    return booking.cancel(appointment_id=_some(dice, canceled=False), by=KIM, now=NOW)


def _reinstate(dice: random.Random) -> object:
    return booking.reinstate(appointment_id=_some(dice, canceled=True), by=KIM, now=NOW)


def _away(dice: random.Random) -> object:
    start = _when(dice)
    away = take_time_off(
        therapist_id=dice.choice((1, 2, 3)),
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        label="Away",
        request_id=None,
        by=KIM,
        now=NOW,
    )
    if dice.random() < 0.7:
        cancel_time_off(time_off_id=away.id, by=KIM, now=NOW)
    return away


def _book_course(dice: random.Random) -> object:
    """Two visits, a day apart, at two times of day."""
    therapist_id = dice.choice((1, 2, 3))
    hours = [timedelta(minutes=5 * dice.randrange(0, 40)) for _ in range(2)]
    rows = [Row(n, at(8, day=n) + hours[n - 1], therapist_id) for n in (1, 2)]
    asked = Asked(type_id=2, phases=((2, 1),), first_on=date(2026, 11, 25), devices={"treadmill": frozenset({1})})
    return booking.book_course(patient_id=dice.choice((1, 2, 3)), asked=asked, rows=rows, by=KIM, now=NOW)


def _swap(dice: random.Random) -> object:
    ids = [_some(dice, canceled=False) for _ in range(2)]
    return booking.swap(appointment_id=ids[0], other_id=ids[1], by=KIM, now=NOW)


def _course(dice: random.Random) -> tuple[Course, list[Appointment]]:
    found = database.session.scalars(select(Course).order_by(Course.id)).all()
    if not found:
        raise NotNow("There is no course yet.")
    course = dice.choice(found)
    visits = [visit for visit in visits_of(course.id) if visit.status == "booked"]
    if not visits:
        raise NotNow("Nothing of this course is booked.")
    return course, visits


def _move_course(dice: random.Random) -> object:
    course, visits = _course(dice)
    by = timedelta(minutes=5 * dice.randrange(-10, 10))
    changes = [Change(visit.id, visit.starts_at + by, None, visit.version) for visit in visits]
    return booking.move_visits(course_id=course.id, changes=changes, seen=course.version, by=KIM, now=NOW)


def _cancel_course(dice: random.Random) -> object:
    course, visits = _course(dice)
    seen = {visit.id: visit.version for visit in visits}
    return booking.cancel_visits(course_id=course.id, visits=seen, seen=course.version, by=KIM, now=NOW)


VERBS = {
    "book": _book,
    "move": _move,
    "cancel": _cancel,
    "reinstate": _reinstate,
    "away": _away,
    "book course": _book_course,
    "swap": _swap,
    "move course": _move_course,
    "cancel course": _cancel_course,
}

if __name__ == "__main__":
    print(json.dumps(in_processes(racer, sys.argv[1], int(sys.argv[2]))))  # noqa: T201
