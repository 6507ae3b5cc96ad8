"""Undoing a move brings back all that the move had ended, on both engines."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from clinic import outbox
from clinic.database import transaction
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.refusals import InThePast
from tests.acts import claim
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


def test_a_visit_moved_away_after_it_should_have_begun_goes_back_while_no_letter_told_of_it(book: Book, do: Do) -> None:
    visit = book()
    do(booking.move, visit, starts_at=at(14), now=at(9, 10))

    back = do(booking.move_back, visit, now=at(9, 11))

    assert (back.starts_at, back.exception_reason) == (at(9), "")


def test_once_a_letter_may_have_told_of_a_move_nothing_goes_back_to_a_time_that_has_passed(book: Book, do: Do) -> None:
    visit = book()
    do(booking.move, visit, starts_at=at(14), now=at(9, 10))
    with transaction() as session:
        letter_id = session.scalars(select(outbox.Letter.id).where(outbox.Letter.kind == "moved")).one()
        claim(now=at(9, 14), letter_id=letter_id)

    with pytest.raises(InThePast, match="That time has passed"):
        do(booking.move_back, visit, now=at(9, 15))
