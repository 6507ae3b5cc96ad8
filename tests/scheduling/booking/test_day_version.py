"""The mark of a day changes with all that its board shows, and with nothing of another day, on both engines."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Flask

from clinic.database import database, transaction
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.day_version import DayVersion, day_version
from clinic.scheduling.practice.hours import remove_dated_hours, set_dated_hours
from tests.cast import CAST, KIM, NOW, ZONE, at

DAY = date(2026, 11, 25)


def mark(day: date = DAY) -> DayVersion:
    """Return the mark, in a transaction of its own."""
    found = day_version(day, zone=ZONE)
    database.session.rollback()
    return found


def test_dated_hours_are_in_the_mark_of_their_day(app: Flask) -> None:
    before, after = mark(), mark(date(2026, 11, 26))
    with transaction():
        set_dated_hours(therapist_id=CAST.dana, on=DAY, spans=[(540, 600)], by=KIM, now=NOW)
    shorter = mark()
    with transaction():
        set_dated_hours(therapist_id=CAST.dana, on=DAY, spans=[], by=KIM, now=NOW)
    off = mark()
    with transaction():
        remove_dated_hours(therapist_id=CAST.dana, on=DAY, by=KIM, now=NOW)

    assert len({before, shorter, off}) == 3
    assert (mark(), mark(date(2026, 11, 26))) == (before, after)


def test_visits_that_exchange_their_days_change_the_mark(
    book: Callable[..., Appointment], do: Callable[..., Any]
) -> None:
    ada = do(booking.confirm, book(patient_id=CAST.ada, starts_at=at(9, day=1)))
    ben = book(patient_id=CAST.ben, starts_at=at(9, day=2))
    before = mark()

    do(booking.swap, ada, other_id=ben.id)

    assert (before.visits, mark().visits) == (1, 1)
    assert mark() != before
