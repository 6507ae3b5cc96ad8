"""What a feed shows of what was booked, and that its tag tells each change of it."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from clinic.database import database, transaction
from clinic.letters.calendars.feed import Shown, render
from clinic.letters.calendars.queries import initials_of
from clinic.people.accounts.models import User
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import AppointmentType, Clinic, Location, Room, Therapist
from tests.cast import CAST, NOW, at
from tests.letters.calendars.by_hand import events, lines_of
from tests.letters.calendars.conftest import Look, write

Book = Callable[..., Appointment]
Do = Callable[..., Any]
Open = Callable[..., str]


def uids(shown: Shown) -> list[str]:
    """Return the UIDs of what a feed shows, in its order."""
    return [visit.uid for visit in shown.visits]


def test_a_visit_has_the_same_uid_sequence_and_stamp_as_in_mail(
    book: Book, do: Do, open_feed: Open, look: Look
) -> None:
    visit = do(booking.move, book(), starts_at=at(10), now=NOW + timedelta(minutes=1, seconds=30))

    (event,) = events(render(look(open_feed())))

    assert (event["UID"], event["SEQUENCE"], event["DTSTAMP"]) == (visit.ics_uid, "1", "20261124T120130Z")
    assert (event["DTSTART"], event["DTEND"]) == ("20261124T150000Z", "20261124T154000Z")


def test_a_feed_shows_the_own_visits_alone_by_start(book: Book, open_feed: Open, look: Look) -> None:
    late = book(starts_at=at(11))
    book(therapist_id=CAST.noor, patient_id=CAST.ben)
    early = book(patient_id=CAST.cleo, starts_at=at(8))

    assert uids(look(open_feed())) == [early.ics_uid, late.ics_uid]


def test_a_visit_that_moved_to_a_colleague_moves_to_their_feed(book: Book, do: Do, open_feed: Open, look: Look) -> None:
    mine, theirs = open_feed(), open_feed(user_id=3)
    visit = book()
    before = look(mine).tag

    do(booking.move, visit, starts_at=at(9), therapist_id=CAST.noor)

    assert (uids(look(mine)), uids(look(theirs))) == ([], [visit.ics_uid])
    assert look(mine).tag != before


@pytest.mark.parametrize(
    ("starts_at", "now", "shown"),
    [
        (at(9), at(23, 59, day=30), True),
        (at(9), at(0, 0, day=31), False),
        (at(9, day=181), at(23, 59), False),
        (at(9, day=181), at(0, 0, day=1), True),
        (at(23, 15, day=180), NOW, True),
    ],
)
def test_the_window_is_a_month_back_and_half_a_year_ahead_by_whole_local_days(
    book: Book, open_feed: Open, look: Look, starts_at: datetime, now: datetime, shown: bool
) -> None:
    book(starts_at=starts_at, reason="as the doctor asked")

    assert len(look(open_feed(), now).visits) == shown


@pytest.mark.parametrize(("now", "shown"), [(at(23, 59, day=2), True), (at(0, 0, day=3), False)])
def test_a_canceled_visit_stays_for_two_whole_days(
    book: Book, do: Do, open_feed: Open, look: Look, now: datetime, shown: bool
) -> None:
    visit = book(starts_at=at(9, day=7))
    do(booking.cancel, visit, now=at(0, 1))

    found = events(render(look(open_feed(), now)))

    assert [(event["UID"], event["STATUS"], event["SEQUENCE"]) for event in found] == (
        [(visit.ics_uid, "CANCELLED", "1")] if shown else []
    )


def test_what_is_read_twice_is_the_same_to_the_byte_on_another_minute(book: Book, open_feed: Open, look: Look) -> None:
    book()
    token = open_feed()

    first, second = look(token), look(token, NOW + timedelta(hours=9))

    assert (first.tag, render(first)) == (second.tag, render(second))


def test_two_feeds_of_one_person_show_the_same(book: Book, open_feed: Open, look: Look) -> None:
    book()

    assert render(look(open_feed())) == render(look(open_feed(label="At home")))


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Jo Ann Reyes", "J.R."),
        ("cher", "C."),
        ('  Robert "Bob" O\'Neil ', "R.O."),
        ("Zoë 👩‍👩‍👧", "Z."),
        ("نور حدّاد", "ن.ح."),
        ("łucja ßen", "Ł.SS."),
        ("2nd Jo", "N.J."),
        ("🙂", "?"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_initials_and_the_kind_are_read_only_where_the_manager_allows_it(
    book: Book, open_feed: Open, look: Look
) -> None:
    visit = book()
    token = open_feed("initials")

    allowed = look(token)
    write(Clinic, 1, feed_initials=False)
    forbidden = look(token)

    assert [event["SUMMARY"] for event in events(render(allowed))] == ["Follow-up – A.M."]
    assert [event["URL"] for event in events(render(allowed))] == [
        f"https://clinic.example/desk/appointments/{visit.id}"
    ]
    assert [(event["SUMMARY"], event.get("URL")) for event in events(render(forbidden))] == [("Appointment", None)]
    assert allowed.tag != forbidden.tag
    assert render(forbidden) == render(look(open_feed()))


def test_no_kind_name_focus_or_note_leaks_into_a_feed(book: Book, open_feed: Open, look: Look) -> None:
    secrets = ["Canary", "canary", "xerophyte", "xylophone"]
    visit = book(desk_note="canary note")
    write(Appointment, visit.id, cancel_reason="canary", exception_reason="canary", call_wanted_why="canary")
    write(Appointment, visit.id, confirmed_by="Canary", booked_by="Canary")
    write(AppointmentType, CAST.follow_up, name="Canary kind")
    write(Patient, CAST.ada, name="Xerophyte Xylophone", called="Canary", email="canary@mail.example")
    write(Patient, CAST.ada, search_name="canary", desk_note="canary", phone="+19195550199")
    write(Therapist, CAST.dana, focus="canary", credentials="Canary", license_number="canary")
    write(Room, CAST.room_1, name="Canary room")
    write(Location, 1, address="Canary Street", name="Canary")

    busy = "\n".join(lines_of(render(look(open_feed()))))
    initials = "\n".join(lines_of(render(look(open_feed("initials")))))

    assert [word for word in [*secrets, "X.X."] if word.casefold() in busy.casefold()] == []
    assert initials.replace("SUMMARY:Canary kind – X.X.", "").casefold().count("canary") == 0
    assert [word for word in ("xerophyte", "xylophone", "5550199") if word in initials.casefold()] == []


def test_a_row_that_cannot_be_read_does_not_take_the_feed_down(book: Book, open_feed: Open, look: Look) -> None:
    sound, spoiled = book(), book(patient_id=CAST.ben, starts_at=at(10))
    write(Appointment, spoiled.id, ics_uid="a\r\nSUMMARY:gone")
    if database.engine.dialect.name == "sqlite":
        with transaction() as session:
            session.execute(text(f"update appointments set ends_at = 'x', ics_stamp = '' where id = {spoiled.id}"))

    assert [event["UID"] for event in events(render(look(open_feed())))] == [sound.ics_uid]


class Life:
    """A clinic to which things happen by lot; most of them show in a feed, some do not."""

    def __init__(self, lot: random.Random, book: Book, do: Do) -> None:
        self.lot, self.book, self.do = lot, book, do
        self.now = NOW
        self.hours = iter([(hour, day) for day in range(6, 10) for hour in (8, 9, 10, 13, 14, 15, 16)])
        self.standing = [book(starts_at=at(8)), book(patient_id=CAST.ben, starts_at=at(9))]

    def happen(self) -> str:
        """Let one thing happen, and return its name."""
        self.now += timedelta(seconds=self.lot.choice([1, 7, 3600]))
        happening = self.lot.choice(HAPPENINGS)
        happening(self)
        database.session.rollback()
        return happening.__name__

    def visit(self) -> Appointment:
        """Return one of the standing visits."""
        return self.lot.choice(self.standing) if self.standing else self.book_another()

    def free(self) -> datetime:
        """Return a time that nobody has yet."""
        hour, day = next(self.hours)
        return at(hour, day=day)

    def book_another(self) -> Appointment:
        visit = self.book(patient_id=self.lot.choice([1, 2, 3]), starts_at=self.free(), now=self.now)
        self.standing.append(visit)
        return visit

    def move(self) -> None:
        self.do(booking.move, self.visit(), starts_at=self.free(), now=self.now)

    def cancel(self) -> None:
        visit = self.visit()
        self.standing.remove(visit)
        self.do(booking.cancel, visit, now=self.now)

    def note(self) -> None:
        write(Appointment, self.visit().id, desk_note=f"note {self.now}", cancel_reason="x", told_at=self.now)

    def rename_patient(self) -> None:
        write(Patient, CAST.ada, name=self.lot.choice(["Ada Moore", "Ann Miller", "Ada Novak", "Éva Ng"]))

    def rename_kind(self) -> None:
        write(AppointmentType, CAST.follow_up, name=self.lot.choice(["Follow-up", "Return visit"]))

    def rename_clinic(self) -> None:
        write(Clinic, 1, name=self.lot.choice(["Riverside Clinic", "Riverside"]), mailbox=f"{id(self)}@x.example")

    def rename_therapist(self) -> None:
        write(User, CAST.dana + 1, name=self.lot.choice(["Dana Ruiz", "Dana Ruiz-Lee"]))

    def switch_initials(self) -> None:
        write(Clinic, 1, feed_initials=self.lot.choice([True, False]))

    def sleep(self) -> None:
        self.now += timedelta(hours=5)


HAPPENINGS = (
    Life.book_another,
    Life.move,
    Life.cancel,
    Life.note,
    Life.rename_patient,
    Life.rename_kind,
    Life.rename_clinic,
    Life.rename_therapist,
    Life.switch_initials,
    Life.sleep,
)


@pytest.mark.parametrize("seed", range(3))
def test_the_tag_changes_exactly_when_the_bytes_do(book: Book, do: Do, open_feed: Open, look: Look, seed: int) -> None:
    life = Life(random.Random(seed), book, do)
    tokens = {mode: open_feed(mode) for mode in ("busy", "initials")}
    before = {mode: look(token, life.now) for mode, token in tokens.items()}

    for _ in range(40):
        what = life.happen()
        after = {mode: look(token, life.now) for mode, token in tokens.items()}

        for mode in tokens:
            same_tag = before[mode].tag == after[mode].tag
            assert (what, mode, same_tag) == (what, mode, render(before[mode]) == render(after[mode]))
        before = after
