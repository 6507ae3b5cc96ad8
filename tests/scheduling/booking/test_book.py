"""Booking: what is held, what is refused, what is owed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from clinic import outbox
from clinic.database import database
from clinic.scheduling.booking import Appointment, Resource
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.book import AlreadyBooked
from clinic.scheduling.booking.refusals import InThePast, NoLongerHere, NotQualified, OffGrid, OutsideHours, TooFar
from clinic.scheduling.holds import Hold, TimeTaken
from tests.cast import CAST, NOW, at

Book = Callable[..., Appointment]


def test_a_booking_holds_therapist_patient_and_room(book: Book) -> None:
    appointment = book()

    held = database.session.execute(select(Hold.holder, func.count()).group_by(Hold.holder).order_by(Hold.holder))
    assert [tuple(row) for row in held] == [("patient:1", 8), ("room:1", 8), ("therapist:1", 8)]
    assert disagreements(since=NOW) == []
    assert appointment.room_id == CAST.room_1


def test_a_patient_cannot_be_in_two_rooms_at_once(book: Book) -> None:
    book()

    with pytest.raises(TimeTaken) as taken:
        book(therapist_id=CAST.noor, starts_at=at(9, 30))

    assert taken.value.holders == {"patient:1"}


def test_a_therapist_cannot_treat_two_at_once(book: Book) -> None:
    book()

    with pytest.raises(TimeTaken) as taken:
        book(patient_id=CAST.ben, starts_at=at(8, 30))

    assert taken.value.holders == {"therapist:1"}


def test_visits_may_touch(book: Book) -> None:
    book()

    later = book(patient_id=CAST.ben, starts_at=at(9, 40))

    assert later.starts_at == at(9, 40)


def test_the_second_visit_takes_the_second_room_and_the_third_is_refused(book: Book) -> None:
    book()
    second = book(patient_id=CAST.ben, therapist_id=CAST.noor)

    with pytest.raises(TimeTaken, match="No room is free"):
        book(patient_id=CAST.cleo, therapist_id=CAST.sam)

    assert second.room_id == CAST.room_2


def test_the_only_treadmill_is_held_for_its_minutes_and_the_room_for_its_turnover(book: Book) -> None:
    visit = book(type_id=CAST.gait_lab)

    found = database.session.execute(select(Resource.holder, Resource.starts_at, Resource.ends_at)).all()
    assert sorted((row.holder, row.starts_at, row.ends_at) for row in found) == [
        ("equipment:1", at(9, 10), at(9, 40)),
        ("room:1", at(9), at(9, 55)),
    ]
    assert visit.ends_at == at(9, 45)


def test_a_double_click_books_once(book: Book) -> None:
    first = book(request_id="one click")

    second = book(request_id="one click")

    assert second.id == first.id
    assert database.session.scalar(select(func.count(Appointment.id))) == 1


def test_a_form_that_booked_cannot_book_another_time(book: Book) -> None:
    book(request_id="one form")

    with pytest.raises(AlreadyBooked):
        book(request_id="one form", starts_at=at(10))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_at": at(9, 2)}, OffGrid),
        ({"starts_at": at(6, 0)}, InThePast),
        ({"starts_at": at(7, 30)}, OutsideHours),
        ({"starts_at": at(11, 40)}, OutsideHours),
        ({"starts_at": at(9) + timedelta(days=800)}, TooFar),
        ({"patient_id": 99}, NoLongerHere),
        ({"patient_id": 2**70}, NoLongerHere),
        ({"therapist_id": -1}, NoLongerHere),
        ({"type_id": 0}, NoLongerHere),
        ({"type_id": CAST.evaluation, "therapist_id": CAST.sam}, NotQualified),
        ({"starts_at": at(9, day=-9), "reason": "forgotten"}, InThePast),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(book: Book, changes: dict[str, Any], refusal: type) -> None:
    with pytest.raises(refusal):
        book(**changes)

    assert database.session.scalar(select(func.count(Hold.cell))) == 0
    assert database.session.scalar(select(func.count(outbox.Letter.id))) == 0


@pytest.mark.parametrize("reason", ["", "forgotten"])
def test_who_enters_a_visit_too_late_is_told_for_how_long_that_goes(book: Book, reason: str) -> None:
    with pytest.raises(InThePast) as refusal:
        book(starts_at=NOW - timedelta(days=7, minutes=5), reason=reason)

    assert refusal.value.sentence == (
        "That time has passed. A visit is entered afterwards within seven days; this is longer ago."
    )
    assert book(starts_at=NOW - timedelta(days=7), reason="forgotten").entered_afterwards


def test_outside_hours_needs_a_reason(book: Book) -> None:
    visit = book(starts_at=at(18), reason="he works nights")

    assert (visit.starts_at, visit.exception_reason) == (at(18), "he works nights")


def test_a_visit_entered_afterwards_owes_no_letter(book: Book) -> None:
    visit = book(starts_at=at(9, day=-1), reason="walked in")

    assert visit.entered_afterwards
    assert database.session.scalar(select(func.count(outbox.Letter.id))) == 0


def test_a_booking_owes_one_letter_after_the_grace(book: Book) -> None:
    visit = book()

    letter = database.session.scalars(select(outbox.Letter)).one()
    assert (letter.key, letter.due_at, letter.not_after) == (
        f"appointment:{visit.id}/0/booked/email",
        NOW + timedelta(minutes=3),
        at(9),
    )
