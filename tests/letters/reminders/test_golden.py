"""Every letter, word by word; ``CLINIC_GOLDEN=write`` writes the files anew, to be read by a person."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from clinic.database import database, transaction
from clinic.letters.reminders import Desk, deliver, owe_reminders
from clinic.letters.reminders.queries import opened
from clinic.outbox import Letter
from clinic.outbox.post import Recorded
from clinic.people.patients import make_home_link
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Clinic
from tests.cast import CAST, KIM, NOW, at

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "letters"
DESK = Desk(base_url="https://clinic.example", secret="a secret of forty characters for the test")
SOON = NOW + timedelta(minutes=4)
Book = Callable[..., Appointment]
Do = Callable[..., Any]


def visit(book: Book, starts_at: datetime | None = None, **facts: Any) -> Appointment:
    """Book Zoë's visit, on Friday a week ahead, under an identity that stays the same."""
    appointment = book(starts_at=starts_at or at(14, day=10), **facts)
    with transaction() as session:
        session.execute(update(Appointment).values(ics_uid="a-00000000-0000-4000-8000-000000000001@riverside.example"))
        session.execute(update(Patient).where(Patient.id == CAST.ada).values(name='Zoë "Z" O’Brien, Jr.'))
    database.session.expire_all()
    return appointment


def send(*, now: datetime) -> None:
    """Deliver all that is due."""
    database.session.rollback()
    with transaction():
        owe_reminders(now=now)
    deliver(post=Recorded(), desk=DESK, now=lambda: now)


def booked(book: Book, do: Do) -> None:
    """The first letter."""
    visit(book)
    send(now=SOON)


def booked_late(book: Book, do: Do) -> None:
    """The first letter, within the notice hours: nothing may be moved by link any more."""
    visit(book, at(14))
    send(now=SOON)


def booked_evaluation(book: Book, do: Do) -> None:
    """The first letter of a visit that patients do not move themselves."""
    visit(book, type_id=CAST.evaluation)
    send(now=SOON)


def booked_with_home_link(book: Book, do: Do) -> None:
    """The first letter to somebody who has a page between visits; it says nothing of what stands there."""
    with transaction():
        make_home_link(patient_id=CAST.ada, by=KIM, now=NOW)
    visit(book)
    send(now=SOON)


def moved(book: Book, do: Do) -> None:
    """The letter of a move."""
    appointment = visit(book)
    send(now=SOON)
    do(booking.move, appointment, starts_at=at(15, 20, day=10), now=SOON)
    send(now=SOON + timedelta(minutes=4))


def canceled(book: Book, do: Do) -> None:
    """The letter of a cancellation."""
    appointment = visit(book)
    send(now=SOON)
    do(booking.cancel, appointment, now=SOON)
    send(now=SOON + timedelta(minutes=4))


def ahead(book: Book, do: Do) -> None:
    """The reminder three days ahead."""
    booked(book, do)
    send(now=at(14, 1, day=7))


def tomorrow(book: Book, do: Do) -> None:
    """The reminder of the day before."""
    booked(book, do)
    send(now=at(14, 1, day=9))


def tomorrow_in_time(book: Book, do: Do) -> None:
    """The reminder of the day before, where half a day's notice is enough to move."""
    with transaction() as session:
        session.execute(update(Clinic).values(notice_hours=12))
    tomorrow(book, do)


def tomorrow_confirmed(book: Book, do: Do) -> None:
    """The reminder of the day before, to somebody who confirmed."""
    appointment = visit(book)
    send(now=SOON)
    do(booking.confirm, appointment, now=at(13))
    send(now=at(14, 1, day=9))


ACTS = (
    booked,
    booked_late,
    booked_evaluation,
    booked_with_home_link,
    moved,
    canceled,
    ahead,
    tomorrow,
    tomorrow_in_time,
    tomorrow_confirmed,
)
LETTERS = {act.__name__: act for act in ACTS}


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_each_letter_reads_as_it_was_approved(app: Flask, book: Book, do: Do, name: str) -> None:
    LETTERS[name](book, do)

    database.session.rollback()
    raw = database.session.scalars(
        select(Letter.raw).where(Letter.raw.is_not(None)).order_by(Letter.id.desc()).limit(1)
    ).one()
    assert raw is not None
    assert raw.isascii()
    letter = opened(raw)
    plain = f"From: {letter.sender}\nTo: {letter.to}\nSubject: {letter.subject}\n\n{letter.plain}"
    compare(f"{name}.txt", plain.replace("\r\n", "\n").encode())
    compare(f"{name}.html", letter.html.replace("\r\n", "\n").encode())
    if letter.ics:
        compare(f"{name}.ics", letter.ics)


def compare(name: str, written: bytes) -> None:
    """Compare with the golden file, or write it anew where that is asked for."""
    path = GOLDEN / name
    if os.environ.get("CLINIC_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written)
    assert written == path.read_bytes()


def test_a_calendar_letter_has_the_shape_that_every_mail_program_obeys(app: Flask, book: Book, do: Do) -> None:
    booked(book, do)

    database.session.rollback()
    raw = database.session.scalars(select(Letter.raw).where(Letter.raw.is_not(None))).one()
    assert raw is not None
    mail = message_from_bytes(raw, policy=default)
    shape = [(part.get_content_type(), part.get_content_disposition()) for part in mail.walk()]
    calendar, attached = (part for part in mail.walk() if part.get_content_subtype() in {"calendar", "ics"})
    assert shape == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        ("application/ics", "attachment"),
    ]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "UTF-8")
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True)
    assert attached.get_filename() == "invite.ics"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_no_letter_says_anything_of_health(app: Flask, book: Book, do: Do) -> None:
    for path in GOLDEN.iterdir():
        text = path.read_text(encoding="utf-8").replace("Gaitkeeper", "").lower()
        for private in ("follow-up", "evaluation", "gait", "dana", "ruiz", "running", "therap", "treat"):
            assert private not in text, (path.name, private)


def test_a_letter_says_the_year_of_a_visit_in_another_one(app: Flask, book: Book, do: Do) -> None:
    visit(book, at(14, day=41))
    send(now=SOON)

    database.session.rollback()
    raw = database.session.scalars(select(Letter.raw).where(Letter.raw.is_not(None))).one()
    assert raw is not None
    letter = opened(raw)
    assert letter.subject == "Your visit on Monday, January 4, 2027"
    assert "Monday, January 4, 2027" in letter.plain
