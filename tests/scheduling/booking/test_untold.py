"""Whom no letter could tell: each stands on the call list until somebody told them by voice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from clinic import outbox
from clinic.database import database, transaction
from clinic.letters.reminders.note import note
from clinic.outbox import Letter
from clinic.outbox.mark import Outcome, Verdict
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.queries import appointments_of
from clinic.scheduling.booking.untold_queries import untold
from tests.cast import CAST, NOW, at

Book = Callable[..., Appointment]
Do = Callable[..., Any]
LATER = NOW + timedelta(minutes=30)
NO_MAILBOX = "The mail server said 550 No such mailbox"


def fails(visit: Appointment, kind: str = "booked") -> None:
    """Let a letter about the visit fail for good."""
    _mark(visit, kind, Outcome(Verdict.REFUSED, NO_MAILBOX))


def arrives(visit: Appointment, kind: str = "booked") -> None:
    """Let a letter about the visit reach the patient."""
    _mark(visit, kind, Outcome(Verdict.TAKEN))


def _mark(visit: Appointment, kind: str, outcome: Outcome) -> None:
    about = f"appointment:{visit.id}"
    database.session.rollback()
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.about == about, Letter.kind == kind)).one()
        note(letter.id, outcome, now=NOW)


def listed() -> list[tuple[str, str]]:
    """Return the names on the list, with what the mail server said."""
    database.session.rollback()
    return [(found.row.patient, found.failed) for found in untold(now=LATER)]


def test_who_gets_no_letters_stands_there_until_told(book: Book, do: Do) -> None:
    visit = book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    book(patient_id=CAST.ben, starts_at=at(10, day=2))
    before = listed()

    do(booking.mark_told, visit)

    assert (before, listed()) == ([("Cleo Hayes", "")], [])


def test_whose_letter_failed_stands_there_however_long_ago_that_was(book: Book) -> None:
    visit = book(starts_at=at(9, day=30))
    arrives(book(patient_id=CAST.ben, starts_at=at(10, day=2)))
    fails(visit)

    now = at(8, day=29)
    database.session.rollback()

    assert [(found.row.id, found.failed) for found in untold(now=now)] == [(visit.id, NO_MAILBOX)]
    assert untold(now=at(9, 1, day=30)) == []


def test_a_newer_letter_takes_the_failure_off_until_it_fails_too(book: Book, do: Do) -> None:
    visit = book(starts_at=at(9, day=7))
    fails(visit)
    do(booking.move, visit, starts_at=at(10, day=7))
    waiting = listed()

    fails(visit, "moved")

    assert (waiting, listed()) == ([], [("Ada Moore", NO_MAILBOX)])


def test_a_failed_reminder_is_no_reason_to_ring(book: Book) -> None:
    visit = book(starts_at=at(9, day=7))
    arrives(visit)
    with transaction() as session:
        session.execute(update(Letter).values(kind="ahead", state=outbox.FAILED))

    assert listed() == []


def test_who_confirmed_knows(book: Book, do: Do) -> None:
    visit = book(starts_at=at(9, day=7))
    fails(visit)

    do(booking.confirm, visit)

    assert listed() == []


def test_a_failed_letter_of_a_course_names_the_first_visit_that_nothing_newer_tells(book: Book, do: Do) -> None:
    first, second = book(starts_at=at(9, day=7)), book(starts_at=at(9, day=9))
    with transaction() as session:
        course = booking.Course(
            location_id=1,
            patient_id=CAST.ada,
            type_id=CAST.follow_up,
            visits=2,
            phases=[[2, 1]],
            first_on=at(9, day=7).date(),
            booked_at=NOW,
            booked_by="Kim Alder",
        )
        session.add(course)
        session.flush()
        for number, visit in enumerate((first, second), 1):
            session.execute(
                update(Appointment).where(Appointment.id == visit.id).values(course_id=course.id, course_number=number)
            )
        session.execute(update(Letter).values(state=outbox.SKIPPED))
        outbox.owe(
            about=course.key,
            occasion="0",
            kind="course",
            patient_id=CAST.ada,
            due_at=NOW,
            not_after=at(9, day=9),
            now=NOW,
        )
        session.execute(
            update(Letter).where(Letter.kind == "course").values(state=outbox.FAILED, outcome=NO_MAILBOX, ended_at=NOW)
        )
    database.session.expire_all()
    database.session.rollback()
    before = [(found.row.id, found.failed) for found in untold(now=LATER)]

    do(booking.move, first, starts_at=at(10, day=7))
    arrives(first, "moved")

    database.session.rollback()
    after = [(found.row.id, found.failed) for found in untold(now=LATER)]
    assert (before, after) == ([(first.id, NO_MAILBOX)], [(second.id, NO_MAILBOX)])


def test_what_the_clinic_cancels_is_told_by_voice_to_whom_no_letter_reaches(book: Book, do: Do) -> None:
    by_clinic = book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    by_patient = book(patient_id=CAST.cleo, starts_at=at(9, day=3))
    do(booking.mark_told, by_clinic)
    do(booking.cancel, by_patient, now=LATER, asked_by="patient")
    do(booking.cancel, by_clinic, now=LATER, asked_by="clinic")
    database.session.rollback()
    before = [found.row.id for found in untold(now=LATER)]

    do(booking.mark_told, by_clinic, now=LATER)

    assert (before, listed()) == ([by_clinic.id], [])


def test_what_the_clinic_cancels_is_told_by_voice_where_the_letters_failed(book: Book, do: Do) -> None:
    visit = book(starts_at=at(9, day=2))
    fails(visit)
    do(booking.cancel, visit, now=LATER, asked_by="clinic")
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == "canceled")).one()
        outbox.skip(letter, "Canceled before anything was sent", now=LATER)

    assert listed() == [("Ada Moore", NO_MAILBOX)]


def test_a_booking_undone_at_once_was_never_told(book: Book, do: Do) -> None:
    do(booking.cancel, book(patient_id=CAST.cleo, starts_at=at(9, day=2)), asked_by="clinic")

    assert listed() == []


def test_a_visit_brought_back_must_be_told_anew(book: Book, do: Do) -> None:
    visit = book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    do(booking.cancel, visit, now=LATER, asked_by="clinic")
    do(booking.mark_told, visit, now=LATER)

    do(booking.reinstate, visit, now=LATER)

    assert listed() == [("Cleo Hayes", "")]


def test_who_lives_without_a_channel_is_listed_even_with_a_mailbox(book: Book) -> None:
    book(starts_at=at(9, day=2))
    with transaction() as session:
        session.execute(update(Patient).where(Patient.id == CAST.ada).values(channel="none"))

    assert listed() == [("Ada Moore", "")]


def test_a_canceled_visit_no_longer_comes(book: Book, do: Do) -> None:
    stands, canceled = book(starts_at=at(9, day=2)), book(starts_at=at(9, day=3))
    over = book(starts_at=at(9, day=-7), now=at(9, day=-8))
    do(booking.cancel, canceled)
    database.session.rollback()

    coming, past = appointments_of(CAST.ada, now=NOW)

    assert ([row.id for row in coming], [row.id for row in past]) == ([stands.id], [canceled.id, over.id])
