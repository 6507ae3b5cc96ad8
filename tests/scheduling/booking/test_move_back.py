"""Undoing a move brings back all that the move had ended, on both engines."""

from collections.abc import Callable
from typing import Any

from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import NOW, at

Book = Callable[..., Appointment]
Do = Callable[..., Any]


def told(visit: Appointment) -> tuple[object, ...]:
    """Return what was said and wished about a visit."""
    return visit.confirmed_at, visit.told_by_phone_at, visit.call_wanted_at, visit.call_wanted_why


def test_what_was_told_by_phone_and_the_wish_for_a_call_come_back(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)
    do(booking.want_call, visit, why="Asked for another time")

    moved = told(do(booking.move, visit, starts_at=at(10, day=1)))
    back = do(booking.move_back, visit)

    assert moved == (None, None, None, "")
    assert (back.starts_at, told(back)) == (at(9), (NOW, NOW, NOW, "Asked for another time"))


def test_what_nobody_told_and_nobody_wished_stays_so(book: Book, do: Do) -> None:
    visit = book()

    moved = told(do(booking.move, visit, starts_at=at(10, day=1), agreed_on_the_phone=True))
    back = do(booking.move_back, visit)

    assert (moved, told(back)) == ((None, NOW, None, ""), (None, None, None, ""))
