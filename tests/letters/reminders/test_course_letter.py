"""The one letter that tells a whole course, and what its visits are told by themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic.database import database, transaction
from clinic.letters.reminders.queries import opened
from clinic.outbox import Letter
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.book_course import Row
from clinic.scheduling.booking.course_asked import Asked
from tests.cast import CAST, KIM, NOW, at
from tests.letters.reminders.test_golden import SOON, compare, send

Do = Callable[..., Any]


def course() -> None:
    """Book four visits across a change of the clocks, under identities that stay the same, and tell them."""
    days = (100, 107, 112, 119)
    rows = [Row(number, at(16, day=day), CAST.dana) for number, day in enumerate(days, 1)]
    asked = Asked(type_id=CAST.follow_up, phases=((1, 4),), first_on=date(2027, 3, 1))
    database.session.rollback()
    with transaction() as session:
        booking.book_course(patient_id=CAST.ada, asked=asked, rows=rows, by=KIM, now=NOW)
        for visit in session.scalars(select(Appointment)):
            visit.ics_uid = f"a-00000000-0000-4000-8000-00000000000{visit.course_number}@riverside.example"
    send(now=SOON)


def test_the_letter_of_a_course_reads_as_it_was_approved(app: Flask) -> None:
    course()

    database.session.rollback()
    raw = database.session.scalars(select(Letter.raw).where(Letter.raw.is_not(None))).one()
    assert raw is not None
    letter = opened(raw)
    plain = f"From: {letter.sender}\nTo: {letter.to}\nSubject: {letter.subject}\n\n{letter.plain}"
    compare("course.txt", plain.replace("\r\n", "\n").encode())
    compare("course.html", letter.html.replace("\r\n", "\n").encode())
    compare("course.ics", letter.ics)


def test_a_course_has_one_letter_with_one_file_without_a_method(app: Flask) -> None:
    course()

    database.session.rollback()
    raw = database.session.scalars(select(Letter.raw).where(Letter.raw.is_not(None))).one()
    assert raw is not None
    mail = message_from_bytes(raw, policy=default)
    shape = [(part.get_content_type(), part.get_content_disposition()) for part in mail.walk()]
    assert shape == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", "attachment"),
    ]
    ics = opened(raw).ics
    assert (ics.count(b"BEGIN:VEVENT"), ics.count(b"METHOD"), ics.count(b"RRULE")) == (4, 0, 0)


def test_what_a_course_letter_told_is_not_told_again(app: Flask, do: Do) -> None:
    course()
    visit = database.session.scalars(select(Appointment).order_by(Appointment.id)).first()
    assert visit is not None
    assert visit.told_starts_at == visit.starts_at

    do(booking.move, visit, starts_at=at(17, day=100), now=SOON)
    send(now=SOON + timedelta(minutes=4))

    last = database.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert last is not None
    assert (last.kind, last.state, last.after) == ("moved", "sent", "course:1")
    assert b"SEQUENCE:1" in opened(last.raw or b"").ics


def test_a_visit_moved_before_the_course_was_told_is_told_with_it(app: Flask, do: Do) -> None:
    course_rows = [Row(1, at(9, day=10), CAST.dana), Row(2, at(9, day=12), CAST.dana)]
    asked = Asked(type_id=CAST.follow_up, phases=((2, 1),), first_on=date(2026, 12, 4))
    with transaction():
        booking.book_course(patient_id=CAST.ada, asked=asked, rows=course_rows[:1], by=KIM, now=NOW)
    visit = database.session.scalars(select(Appointment)).one()
    do(booking.move, visit, starts_at=at(11, day=10))

    send(now=SOON)

    letters = database.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(letter.kind, letter.state) for letter in letters] == [("course", "sent"), ("moved", "skipped")]
    assert b"11:00" in (letters[0].raw or b"")


def test_a_course_canceled_at_once_is_never_told(app: Flask, do: Do) -> None:
    asked = Asked(type_id=CAST.follow_up, phases=((1, 1),), first_on=date(2026, 12, 4))
    rows = [Row(1, at(9, day=10), CAST.dana)]
    with transaction():
        booking.book_course(patient_id=CAST.ada, asked=asked, rows=rows, by=KIM, now=NOW)
    with transaction():
        booking.take_back(course_id=1, seen=1, by=KIM, now=NOW)

    send(now=SOON)

    letters = database.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(letter.kind, letter.state, letter.outcome) for letter in letters] == [
        ("course", "skipped", "Canceled before anything was sent"),
        ("canceled", "skipped", "Canceled before anything was sent"),
    ]


def test_a_visit_of_a_course_is_reminded_the_day_before_alone(app: Flask, do: Do) -> None:
    course()

    for day in (96, 97, 98, 99):
        send(now=at(16, 5, day=day))

    kinds = database.session.scalars(select(Letter.kind).where(Letter.about == "appointment:1")).all()
    assert kinds == ["tomorrow"]
