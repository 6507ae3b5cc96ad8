"""Delivery: each owed letter leaves once, tells the facts as they are, or is skipped for a reason."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError

from clinic import outbox
from clinic.database import database, transaction
from clinic.letters.reminders import Desk, deliver, owe_reminders
from clinic.letters.reminders.deliver import CannotWrite, prepare_next, set_aside
from clinic.outbox import Letter
from clinic.outbox.post import Smtp
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Clinic
from tests.cast import CAST, NOW, at
from tests.letters.post_office import PostOffice

Book = Callable[..., Appointment]
Do = Callable[..., Any]
Send = Callable[[datetime], list[str]]
DESK = Desk(base_url="https://clinic.example", secret="a secret of forty characters for the test")
SOON = NOW + timedelta(minutes=4)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that runs."""
    office = PostOffice()
    office.controller.start()
    yield office
    office.controller.stop()


@pytest.fixture
def send(app: Flask, office: PostOffice) -> Iterator[Send]:
    """Deliver all that is due at a moment, and return the subjects that the server took."""
    post = Smtp(office.url)

    def _send(now: datetime) -> list[str]:
        before = len(office.letters)
        database.session.rollback()
        deliver(post=post, desk=DESK, now=lambda: now)
        return [str(message(letter)["Subject"]) for letter in office.letters[before:]]

    yield _send
    post.close()


def message(envelope: Any) -> Any:
    """Parse a letter that the server took."""
    return message_from_bytes(envelope.content, policy=default)


def fates() -> list[tuple[str, str, str]]:
    """Return kind, state and outcome of all letters, in order."""
    database.session.rollback()
    rows = database.session.execute(select(Letter.kind, Letter.state, Letter.outcome).order_by(Letter.id))
    return [tuple(row) for row in rows]


def calendar_of(envelope: Any) -> tuple[str, int, str]:
    """Return method, sequence and status of a letter's calendar part."""
    parts = [part for part in message(envelope).walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(parts[0].get_payload(decode=True))
    event = calendar.events[0]
    return str(calendar["METHOD"]), int(event["SEQUENCE"]), str(event["STATUS"])


def test_a_booking_is_told_once_after_the_grace(book: Book, send: Send, office: PostOffice) -> None:
    book(starts_at=at(9, day=7))

    told = [send(NOW + timedelta(minutes=2)), send(SOON), send(SOON + timedelta(minutes=10))]

    assert told == [[], ["Your visit on Tuesday, December 1"], []]
    assert calendar_of(office.letters[0]) == ("REQUEST", 0, "CONFIRMED")


def test_what_was_told_stands_on_the_appointment(book: Book, send: Send) -> None:
    visit = book(starts_at=at(9, day=7))
    send(SOON)

    database.session.expire_all()
    told = database.session.get_one(Appointment, visit.id)
    assert (told.told_starts_at, told.told_canceled, told.told_sequence) == (at(9, day=7), False, 0)


def test_a_booking_undone_within_the_grace_sends_nothing(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(9, day=7))
    do(booking.cancel, visit)

    assert send(SOON) == []
    assert fates() == [
        ("booked", "skipped", "Changed again meanwhile; a newer letter tells it"),
        ("canceled", "skipped", "Canceled before anything was sent"),
    ]


def test_a_move_is_told_with_the_same_identity_and_the_next_sequence(
    book: Book, do: Do, send: Send, office: PostOffice
) -> None:
    visit = book(starts_at=at(9, day=7))
    send(SOON)
    do(booking.move, visit, starts_at=at(10, day=7), now=SOON)

    assert send(SOON + timedelta(minutes=4)) == ["Your visit is now on Tuesday, December 1"]
    assert calendar_of(office.letters[1]) == ("REQUEST", 1, "CONFIRMED")
    assert message(office.letters[1])["In-Reply-To"] == message(office.letters[0])["Message-ID"]


def test_a_move_that_was_undone_tells_nothing(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(9, day=7))
    send(SOON)
    do(booking.move, visit, starts_at=at(10, day=7), now=SOON)
    do(booking.move_back, visit, now=SOON)

    assert send(SOON + timedelta(minutes=4)) == []
    assert [fate[2] for fate in fates()[1:]] == [
        "Changed again meanwhile; a newer letter tells it",
        "Undone, nothing new to tell",
    ]


def test_a_move_before_the_first_letter_is_told_as_one_booking(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(9, day=7))
    do(booking.move, visit, starts_at=at(10, day=8))

    assert send(SOON) == ["Your visit on Wednesday, December 2"]


def test_a_cancellation_takes_the_event_out_of_the_calendar(book: Book, do: Do, send: Send, office: PostOffice) -> None:
    visit = book(starts_at=at(9, day=7))
    send(SOON)
    do(booking.cancel, visit, now=SOON)

    assert send(SOON + timedelta(minutes=4)) == ["Your visit on Tuesday, December 1 is canceled"]
    assert calendar_of(office.letters[1]) == ("CANCEL", 1, "CANCELLED")


def test_nothing_is_told_about_the_past(book: Book, send: Send) -> None:
    book(starts_at=at(9))

    assert send(at(9, 1)) == []
    assert fates() == [("booked", "skipped", "Too late to be of use")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"email": ""}, "No e-mail address: tell by phone"),
        ({"channel": "phone"}, "Wants no e-mail: tell by phone"),
        ({"channel": "phone", "consent_at": None}, "Has not agreed to letters: tell by phone"),
        ({"channel": "none", "consent_at": None}, "Has not agreed to letters: tell by phone"),
        ({"inactive_at": NOW}, "The patient is not active"),
        ({"deceased_at": NOW}, "The patient has died"),
    ],
)
def test_who_cannot_or_must_not_be_written_to_is_not(book: Book, send: Send, change: dict[str, Any], why: str) -> None:
    book(starts_at=at(9, day=7))
    with transaction() as session:
        session.execute(update(Patient).where(Patient.id == CAST.ada).values(**change))

    assert send(SOON) == []
    assert fates() == [("booked", "skipped", why)]


def test_a_busy_server_is_asked_again_with_the_same_bytes(book: Book, send: Send, office: PostOffice) -> None:
    book(starts_at=at(9, day=7))
    office.answers = ["451 busy"]

    first = send(SOON)
    written = database.session.scalar(select(Letter.message_id))
    again = send(SOON + timedelta(minutes=2))

    assert (first, again) == ([], ["Your visit on Tuesday, December 1"])
    assert message(office.letters[0])["Message-ID"] == written


def test_a_refused_address_fails_at_once_and_the_others_go_on(book: Book, send: Send, office: PostOffice) -> None:
    book(starts_at=at(9, day=7))
    book(patient_id=CAST.ben, starts_at=at(10, day=7))
    office.answers = ["550 no such user"]

    assert send(SOON) == ["Your visit on Tuesday, December 1"]
    assert [fate[1:] for fate in fates()] == [("failed", "The mail server said 550 no such user"), ("sent", "")]


def test_a_connection_that_breaks_after_the_letter_resends_the_same_message_id(
    book: Book, send: Send, office: PostOffice
) -> None:
    book(starts_at=at(9, day=7))
    office.answers = ["drop"]

    send(SOON)
    send(SOON + timedelta(minutes=2))

    assert len({str(message(letter)["Message-ID"]) for letter in office.letters}) == 1
    assert len(office.letters) == 2


def test_what_the_server_may_have_is_contradicted_by_a_cancellation(
    book: Book, do: Do, send: Send, office: PostOffice
) -> None:
    visit = book(starts_at=at(9, day=7))
    office.answers = ["drop"]
    send(SOON)
    do(booking.cancel, visit, now=SOON)

    assert send(SOON + timedelta(minutes=5)) == ["Your visit on Tuesday, December 1 is canceled"]


def test_a_worker_that_died_with_a_letter_in_hand_is_followed_by_another(book: Book, send: Send) -> None:
    book(starts_at=at(9, day=7))
    with transaction():
        parcel = prepare_next(desk=DESK, now=SOON).parcel

    assert parcel is not None
    assert send(SOON + timedelta(minutes=1)) == []
    assert send(SOON + timedelta(minutes=6)) == ["Your visit on Tuesday, December 1"]


def test_a_letter_waits_while_an_older_one_of_its_visit_is_on_its_way(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(9, day=7))
    with transaction():
        prepare_next(desk=DESK, now=SOON)
    do(booking.cancel, visit, now=SOON)

    assert send(SOON + timedelta(minutes=4)) == []
    assert send(SOON + timedelta(minutes=6)) == ["Your visit on Tuesday, December 1 is canceled"]


def test_one_broken_letter_does_not_block_the_rest(book: Book, send: Send) -> None:
    book(starts_at=at(9, day=7))
    book(patient_id=CAST.ben, starts_at=at(10, day=7))
    with transaction() as session:
        session.execute(update(Patient).where(Patient.id == CAST.ada).values(email="no mailbox at all"))

    assert send(SOON) == ["Your visit on Tuesday, December 1"]
    assert [fate[1:] for fate in fates()] == [("failed", "The letter could not be written"), ("sent", "")]


def test_a_letter_that_was_sent_is_marked_although_the_next_one_breaks(book: Book, send: Send) -> None:
    book(patient_id=CAST.ben, starts_at=at(10, day=7))
    visit = book(starts_at=at(9, day=7))
    with transaction() as session:
        session.execute(update(Patient).where(Patient.id == CAST.ada).values(email="no mailbox at all"))

    assert [send(SOON), send(SOON + timedelta(minutes=10))] == [["Your visit on Tuesday, December 1"], []]
    assert [fate[1:] for fate in fates()] == [("sent", ""), ("failed", "The letter could not be written")]
    told = select(Appointment.id, Appointment.told_starts_at).order_by(Appointment.id)
    assert [tuple(row) for row in database.session.execute(told)] == [(visit.id - 1, at(10, day=7)), (visit.id, None)]


def test_a_database_that_gives_up_while_a_letter_is_written_leaves_the_letter_owed(book: Book, send: Send) -> None:
    book(starts_at=at(9, day=7))

    def give_up(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "JOIN patients" in statement:
            raise OperationalError(statement, {}, Exception("the server went away"))

    event.listen(database.engine, "before_cursor_execute", give_up)
    try:
        with pytest.raises(OperationalError):
            send(SOON)
    finally:
        event.remove(database.engine, "before_cursor_execute", give_up)

    assert fates() == [("booked", "owed", "")]
    assert send(SOON) == ["Your visit on Tuesday, December 1"]


def test_a_letter_that_breaks_is_left_alone_once_another_worker_has_it(book: Book) -> None:
    book(starts_at=at(9, day=7))
    with transaction():
        parcel = prepare_next(desk=DESK, now=SOON).parcel
    assert parcel is not None

    set_aside(CannotWrite(parcel.letter_id), None, now=SOON)

    assert fates() == [("booked", "leased", "")]


@pytest.mark.parametrize(("change", "sent"), [({"letters_paused_at": NOW}, 0), ({"letters_per_hour": 1}, 1)])
def test_the_kill_switch_and_the_hourly_cap_hold(book: Book, send: Send, change: dict[str, Any], sent: int) -> None:
    book(starts_at=at(9, day=7))
    book(patient_id=CAST.ben, starts_at=at(10, day=7))
    with transaction() as session:
        session.execute(update(Clinic).values(**change))

    assert len(send(SOON)) == sent
    assert len([fate for fate in fates() if fate[1] == "owed"]) == 2 - sent


def remind(now: datetime) -> int:
    """Owe the reminders ahead, in a transaction of their own."""
    database.session.rollback()
    with transaction():
        return owe_reminders(now=now)


def test_reminders_are_owed_once_and_leave_three_days_and_one_day_ahead(book: Book, send: Send) -> None:
    book(starts_at=at(14, day=10))
    send(SOON)

    owed = [remind(at(8, day=7)), remind(at(8, day=7)), remind(at(8, day=9))]
    told = [send(at(14, 1, day=7)), send(at(14, 1, day=9))]

    assert owed == [1, 0, 1]
    assert told == [["Your visit on Friday, December 4"], ["Tomorrow at 2:00 pm: your visit"]]


def test_a_confirmed_visit_gets_only_the_day_before(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(14, day=10))
    send(SOON)
    do(booking.confirm, visit, now=at(13))
    remind(at(8, day=7))
    remind(at(8, day=9))

    assert [send(at(14, 1, day=7)), send(at(14, 1, day=9))] == [[], ["Tomorrow at 2:00 pm: your visit"]]
    assert fates()[1] == ("ahead", "skipped", "Confirmed Tue Nov 24, 1:00 pm")


def test_a_moved_visit_is_reminded_of_its_new_time_only(book: Book, do: Do, send: Send) -> None:
    visit = book(starts_at=at(14, day=10))
    send(SOON)
    remind(at(8, day=7))
    do(booking.move, visit, starts_at=at(14, day=13), now=at(9, day=7))

    assert send(at(14, 1, day=7)) == ["Your visit is now on Monday, December 7"]
    assert fates()[1] == ("ahead", "skipped", "Moved to Mon Dec 7")


def test_after_an_outage_only_the_newest_reminder_goes(book: Book, send: Send) -> None:
    book(starts_at=at(14, day=10))
    send(SOON)
    remind(at(8, day=7))

    remind(at(15, day=9))

    assert send(at(15, day=9)) == ["Tomorrow at 2:00 pm: your visit"]
    assert fates()[1] == ("ahead", "skipped", "Too late to be of use")


def test_no_reminder_leaves_in_the_quiet_of_the_night(book: Book, send: Send) -> None:
    book(starts_at=at(14, day=10))
    send(SOON)
    remind(at(8, day=9))

    assert [send(at(22, day=9)), send(at(8, 1, day=10))] == [[], ["Today at 2:00 pm: your visit"]]


def test_two_visits_on_a_day_are_one_reminder_that_names_both(book: Book, send: Send, office: PostOffice) -> None:
    book(starts_at=at(9, day=10))
    book(starts_at=at(14, day=10), therapist_id=CAST.noor)
    send(SOON)
    remind(at(8, day=9))

    assert send(at(15, day=9)) == ["Tomorrow at 9:00 am: your visit"]
    body = message(office.letters[-1]).get_body(("plain",)).get_content()
    assert "Your further visit that day: 2:00 pm." in body
    assert fates()[-1][2] == "Told with 9:00 am"


def test_whoever_books_shortly_before_needs_no_reminder(book: Book, send: Send) -> None:
    book(starts_at=at(14, day=1))
    send(SOON)
    remind(SOON)

    assert send(at(14, 1)) == []
    assert fates()[-1][2] == "The time was chosen only a short while before"


def test_two_workers_send_each_letter_once(book: Book, office: PostOffice, app: Flask) -> None:
    for place in range(6):
        book(patient_id=CAST.ada, starts_at=at(9, day=(7, 8, 9, 10, 13, 14)[place]))
    posts = [Smtp(office.url), Smtp(office.url)]

    for _ in range(10):
        for post in posts:
            deliver(post=post, desk=DESK, now=lambda: SOON)

    ids = [str(message(letter)["Message-ID"]) for letter in office.letters]
    assert len(ids) == len(set(ids))
    assert {fate[1] for fate in fates()} == {outbox.SENT}
    for post in posts:
        post.close()
