"""The same thing asked again: the first result only where it is the same, and still stands."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import audit
from clinic.database import database, transaction
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.book import AlreadyBooked
from clinic.scheduling.booking.links import LinkGone, link_token, opened_by, revoke_link
from clinic.scheduling.booking.refusals import ChangedBySomebody, NotNow
from tests.cast import CAST, NOW, at
from tests.engines import SECRET
from tests.visitor import Visitor

Book = Callable[..., Appointment]
Do = Callable[..., Any]


def test_a_form_whose_visit_was_canceled_books_nothing_in_silence(book: Book, do: Do) -> None:
    visit = book(request_id="once")
    do(booking.cancel, visit)

    with pytest.raises(AlreadyBooked, match="was canceled since"):
        book(request_id="once")


def test_a_form_that_booked_one_type_does_not_book_another(book: Book) -> None:
    book(request_id="once")
    database.session.rollback()

    with pytest.raises(AlreadyBooked, match="something else"):
        book(request_id="once", type_id=CAST.evaluation)


def told_of_its_end(visit: Appointment, do: Do) -> None:
    """Cancel, and tell the patient."""
    do(booking.cancel, visit)
    with transaction() as session:
        session.get_one(Appointment, visit.id).told_canceled = True


def test_bringing_back_a_visit_whose_successor_was_canceled_books_it(book: Book, do: Do) -> None:
    first = book()
    told_of_its_end(first, do)
    second = do(booking.reinstate, first)
    told_of_its_end(second, do)

    third = do(booking.reinstate, first)

    assert (third.status, third.reinstated_from_id) == (booking.Status.BOOKED, second.id)
    assert [entry.what for entry in audit.entries_about(second.key, limit=1)] == ["reinstated"]


def test_a_revoked_link_takes_those_of_earlier_rows_with_it(book: Book, do: Do) -> None:
    first = book()
    old = link_token(first, secret=SECRET)
    told_of_its_end(first, do)
    second = do(booking.reinstate, first)
    assert opened_by(old, secret=SECRET, now=NOW).id == second.id

    do(revoke_link, second)

    with pytest.raises(LinkGone):
        opened_by(old, secret=SECRET, now=NOW)


def test_a_visit_in_progress_agrees_with_its_holds(book: Book) -> None:
    book(type_id=CAST.gait_lab)
    database.session.rollback()

    assert [disagreements(since=at(*when)) for when in ((8, 0), (9, 20), (9, 50), (11, 0))] == [[], [], [], []]


def test_no_call_is_promised_about_a_visit_that_is_canceled(book: Book, do: Do) -> None:
    visit = book()
    do(booking.cancel, visit)

    with pytest.raises(NotNow, match="Please call the clinic"):
        do(booking.want_call, visit, why="Asked for another time")


def test_an_open_board_loads_again_only_when_its_day_has_changed(app: Flask, book: Book) -> None:
    kim = Visitor(app).sign_in("kim")
    page = kim.get("/desk/days/2026-11-25").text
    mark = page.partition('data-mark="')[2].partition('"')[0]
    asked = {"If-None-Match": f'"{mark}"'}
    before = kim.get("/desk/days/2026-11-25/version", headers=asked).status_code

    book(starts_at=at(9, day=1))

    assert (before, kim.get("/desk/days/2026-11-25/version", headers=asked).status_code) == (304, 200)


def test_no_value_is_shown_in_the_words_of_a_broken_query(app: Flask) -> None:
    assert database.engine.hide_parameters is True
    assert database.session.scalars(select(Appointment.id)).all() == []


def test_an_address_that_no_database_can_hold_is_a_wrong_one(app: Flask) -> None:
    somebody = Visitor(app)

    answer = somebody.post("/sign-in", {"email": "a\x00b@clinic.example", "password": "x"}, page="/sign-in")

    assert answer.status_code == 422


def test_a_form_that_booked_for_one_reason_does_not_book_for_another(book: Book) -> None:
    book(request_id="once", starts_at=at(18), reason="he works nights")
    database.session.rollback()

    with pytest.raises(AlreadyBooked, match="something else"):
        book(request_id="once", starts_at=at(18), reason="agreed with Dana")


def test_revoking_the_link_of_an_earlier_row_takes_those_of_later_rows_with_it(book: Book, do: Do) -> None:
    first = book()
    told_of_its_end(first, do)
    second = do(booking.reinstate, first)
    tokens = [link_token(first, secret=SECRET), link_token(second, secret=SECRET)]

    do(revoke_link, first)

    for token in tokens:
        with pytest.raises(LinkGone):
            opened_by(token, secret=SECRET, now=NOW)


@pytest.mark.parametrize("verb", [booking.confirm, booking.reinstate, booking.cancel], ids=lambda verb: verb.__name__)
def test_a_second_click_finds_it_done(book: Book, do: Do, verb: Callable[..., Appointment]) -> None:
    visit = book()
    if verb is booking.reinstate:
        do(booking.cancel, visit)
    seen = visit.version

    first = do(verb, visit, seen=seen).version
    second = do(verb, visit, seen=seen).version

    assert (first, second) == (seen + 1, seen + 1)


def test_a_second_click_on_the_same_time_finds_it_moved(book: Book, do: Do) -> None:
    visit = book()

    versions = [do(booking.move, visit, starts_at=at(10), seen=1).version for _ in range(2)]

    assert versions == [2, 2]
    with pytest.raises(ChangedBySomebody):
        do(booking.move, visit, starts_at=at(10, 30), seen=1)


def test_a_visit_that_stands_is_not_brought_back(book: Book, do: Do) -> None:
    visit = book()

    with pytest.raises(NotNow):
        do(booking.reinstate, visit, seen=1)
