"""One appointment at the desk: its panel, each step, and moving it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic import clock
from clinic.database import database, transaction
from clinic.people import patients
from clinic.people.patients import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, KIM, NOW, at
from tests.doors.desk.conftest import error_beside, words
from tests.visitor import Visitor

Book = Callable[..., Appointment]
SCRIPTED = {"X-Requested-With": "fetch"}


def now_is(visit: Appointment) -> Appointment:
    """Return the appointment as it is in the database."""
    database.session.rollback()
    database.session.expire_all()
    return database.session.get_one(Appointment, visit.id)


def path(visit: Appointment, step: str = "") -> str:
    """Return where an appointment, or a step of it, is found."""
    return f"/desk/appointments/{visit.id}" + (f"/{step}" if step else "")


def test_the_panel_shows_facts_letters_and_trail_beside_the_day(desk: Visitor, book: Book) -> None:
    visit = book()

    read = words(desk.get(path(visit)), inside="aside")

    assert "Tue Nov 24, 9:00–9:40 am" in read
    assert "Follow-up, 40 min, Dana Ruiz, Room 1" in read
    assert "Booked · Due" in read
    assert "Tue Nov 24, 9:00 am with Dana Ruiz Tue Nov 24, 7:00 am, Kim Alder" in read


@pytest.mark.parametrize(
    ("step", "hour", "status"), [("arrive", 9, "arrived"), ("begin", 9, "in session"), ("no-show", 10, "no-show")]
)
def test_a_step_changes_the_status_and_can_be_undone(app: Flask, book: Book, step: str, hour: int, status: str) -> None:
    visit = book()
    clock.set_source(lambda: at(hour, 5))
    desk = Visitor(app).sign_in("kim")

    taken = desk.post(path(visit, step), {"version": visit.version})
    after = now_is(visit)
    seen, version = after.status, after.version
    board = desk.get("/desk/").text
    desk.post(path(visit, "step-back"), {"version": version})

    assert (taken.status_code, taken.location) == (303, f"/desk/days/2026-11-24?shown={visit.id}")
    assert (seen, now_is(visit).status) == (status, "booked")
    assert f'action="{path(visit, "step-back")}"' in board


def test_an_unknown_birth_date_is_asked_at_arrival(app: Flask, book: Book) -> None:
    visit = book(patient_id=CAST.cleo)
    desk = Visitor(app).sign_in("kim")

    arrived = desk.post(path(visit, "arrive"), {"version": visit.version})
    asked = desk.get(arrived.location)
    desk.post(path(visit, "birth-date"), {"version": 2, "born_on": "3/8/1991"})

    patient = database.session.get_one(Patient, CAST.cleo, populate_existing=True)
    assert "First visit: ask it now" in words(asked, inside="aside")
    assert str(patient.born_on) == "1991-03-08"


def test_canceling_notes_the_reason_and_whose_wish_it_was(desk: Visitor, book: Book) -> None:
    visit = book()

    desk.post(path(visit, "cancel"), {"version": 1, "reason": "Ill", "asked_by": "patient"})

    after = now_is(visit)
    assert (after.status, after.cancel_reason, after.canceled_by, after.canceled_late) == (
        "canceled",
        "Ill",
        "patient",
        True,
    )


def test_a_canceled_visit_is_brought_back(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    visit = do(booking.cancel, book())

    desk.post(path(visit, "reinstate"), {"version": visit.version})

    assert now_is(visit).status == "booked"


def test_complete_and_book_the_next_leads_to_the_booking_panel(
    desk: Visitor, book: Book, do: Callable[..., Any]
) -> None:
    visit = do(booking.begin, book())

    answer = desk.post(path(visit, "complete"), {"version": visit.version, "next": 1})

    assert answer.location == "/desk/appointments/new?patient_id=1&type_id=2&therapist_id=1"


def test_moving_by_hand_goes_to_the_new_day_and_can_be_undone(desk: Visitor, book: Book) -> None:
    visit = book()

    moved = desk.post(path(visit, "move"), {"version": 1, "starts_at": "2026-11-25T10:05", "therapist_id": CAST.noor})
    after = now_is(visit)
    there = (after.starts_at, after.therapist_id)
    desk.post(path(visit, "move-back"), {"version": after.version})

    back = now_is(visit)
    assert moved.location == f"/desk/days/2026-11-25?shown={visit.id}"
    assert there == (at(10, 5, day=1), CAST.noor)
    assert (back.starts_at, back.therapist_id) == (at(9), CAST.dana)


def test_a_move_that_was_agreed_keeps_the_confirmation(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    visit = do(booking.confirm, book())
    wanted = {"starts_at": "2026-11-24T14:00", "therapist_id": CAST.dana, "agreed": "y"}

    desk.post(path(visit, "move"), {"version": visit.version, **wanted})

    assert now_is(visit).confirmed_at is not None


def test_a_move_to_a_taken_time_offers_the_nearest(desk: Visitor, book: Book) -> None:
    visit = book()
    book(patient_id=CAST.ben, starts_at=at(14))
    wanted = {"version": 1, "starts_at": "2026-11-24T14:00", "therapist_id": CAST.dana}

    answer = desk.post(path(visit, "move"), wanted, headers=SCRIPTED)

    assert (answer.status_code, answer.text.lstrip()[:20]) == (409, '<aside class="panel"')
    assert re.findall(r'<b class="number">(.*?)</b>', answer.text) == [
        "Today, 1:20–2:00 pm",
        "Today, 2:40–3:20 pm",
        "Today, 1:00–1:40 pm",
    ]


def test_a_move_that_overlaps_itself_is_not_offered_the_time_that_it_has(desk: Visitor, book: Book) -> None:
    visit = book(starts_at=at(14))
    book(patient_id=CAST.ben, starts_at=at(14, 40))
    wanted = {"version": 1, "starts_at": "2026-11-24T14:10", "therapist_id": CAST.dana}

    answer = desk.post(path(visit, "move"), wanted, headers=SCRIPTED)

    offered = re.findall(r'<b class="number">(.*?)</b>', answer.text)
    assert (answer.status_code, len(offered), "Today, 2:00–2:40 pm" in offered) == (409, 3, False)


def test_a_move_of_a_coming_visit_into_the_past_is_refused_beside_its_time(desk: Visitor, book: Book) -> None:
    visit = book()
    wanted = {"starts_at": "2026-11-23T10:00", "therapist_id": CAST.dana, "reason": "He came yesterday"}

    answer = desk.post(path(visit, "move"), {"version": 1, **wanted})

    sentence = "That time has passed. To enter a visit that took place, book it afterwards and cancel this one."
    assert (answer.status_code, now_is(visit).starts_at) == (409, at(9))
    assert error_beside(answer, "starts_at") == sentence


def test_an_old_page_is_told_that_somebody_else_was_quicker(desk: Visitor, book: Book) -> None:
    visit = book()
    desk.post(path(visit, "confirm"), {"version": 1})

    answer = desk.post(path(visit, "cancel"), {"version": 1, "reason": "Ill"})

    assert (answer.status_code, now_is(visit).status) == (409, "booked")
    assert "Somebody else has just changed this appointment." in words(answer)


@pytest.mark.parametrize("step", ["confirm", "told", "called", "revoke-link"])
def test_a_note_leads_back_to_the_panel_or_to_the_list(desk: Visitor, book: Book, step: str) -> None:
    visit = book(starts_at=at(9, day=1))

    panel = desk.post(path(visit, step), {"version": 1, "back": "panel"})
    calls = desk.post(path(visit, step), {"version": now_is(visit).version, "back": "calls"})

    assert (panel.location, calls.location) == (f"{path(visit)}?with_board=1", "/desk/calls")


@pytest.mark.parametrize(
    ("step", "data", "status"),
    [
        ("arrive", {}, 400),
        ("arrive", {"version": "x"}, 400),
        ("arrive", {"version": "9" * 30}, 400),
        ("arrive", {"version": "9" * 500}, 400),
        ("arrive", {"version": "-1"}, 400),
        ("arrive", {"version": "1", "born_on": "\0"}, 422),
        ("arrive", {"version": "1", "born_on": "1/1/1800"}, 422),
        ("birth-date", {"version": "1"}, 422),
        ("birth-date", {"version": "1", "born_on": "soon"}, 422),
        ("cancel", {"version": "1", "reason": "\0"}, 422),
        ("cancel", {"version": "1", "reason": "x" * 300}, 422),
        ("cancel", {"version": "1", "asked_by": "somebody"}, 422),
        ("step-back", {"version": "1"}, 409),
        ("no-show", {"version": "1"}, 409),
        ("reinstate", {"version": "1"}, 409),
        ("move-back", {"version": "1"}, 409),
        ("move", {"version": "1"}, 422),
        ("move", {"version": "1", "starts_at": "\0", "therapist_id": "1"}, 422),
        ("move", {"version": "1", "starts_at": "2026-11-24T09:02", "therapist_id": "1"}, 422),
        ("move", {"version": "1", "starts_at": "9999-12-31T09:00", "therapist_id": "1"}, 422),
        ("move", {"version": "1", "starts_at": "2026-11-24T10:00", "therapist_id": "9" * 30}, 409),
        ("move", {"version": "7", "starts_at": "2026-11-24T10:00", "therapist_id": "1"}, 409),
        ("move", {"starts_at": "2026-11-24T10:00", "therapist_id": "1"}, 400),
        ("fly", {"version": "1"}, 404),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Visitor, book: Book, step: str, data: dict[str, str], status: int
) -> None:
    visit = book()

    answer = desk.post(path(visit, step), data)

    after = now_is(visit)
    assert (answer.status_code, after.status, after.version) == (status, "booked", 1)


@pytest.mark.parametrize("id_", ["77", "0", "9" * 30])
def test_a_made_up_appointment_is_not_found(desk: Visitor, id_: str) -> None:
    answers = [
        desk.get(f"/desk/appointments/{id_}"),
        desk.get(f"/desk/appointments/{id_}/move"),
        desk.post(f"/desk/appointments/{id_}/arrive", {"version": 1}),
        desk.post(f"/desk/appointments/{id_}/birth-date", {"version": 1, "born_on": "3/8/1991"}),
        desk.post(
            f"/desk/appointments/{id_}/move",
            {"version": 1, "starts_at": "2026-11-24T10:00", "therapist_id": 1},
        ),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_the_reasons_of_a_cancellation_fit_whose_wish_it_was(desk: Visitor, book: Book) -> None:
    page = desk.get(path(book())).text

    forms = re.findall(r'name="asked_by" value="(\w+)">(.*?)</form>', page, re.DOTALL)
    said = {who: re.findall(r'name="reason" value="([^"]+)" data-key="(\d)"', form) for who, form in forms}
    assert said == {
        "patient": [("Ill", "1"), ("Work", "2"), ("Travel", "3"), ("Better", "4"), ("Other", "5")],
        "clinic": [("Therapist away", "6"), ("Closed", "7"), ("Double booked", "8"), ("Other", "9")],
    }


def test_after_an_evaluation_the_next_visit_is_a_follow_up(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    visit = do(booking.begin, book(type_id=CAST.evaluation))

    answer = desk.post(path(visit, "complete"), {"version": visit.version, "next": 1})
    panel = desk.get(path(visit)).text

    assert answer.location == "/desk/appointments/new?patient_id=1&type_id=2&therapist_id=1"
    assert 'href="/desk/appointments/new?patient_id=1&amp;type_id=2"' in panel


def test_a_letter_that_will_not_leave_says_so(desk: Visitor, book: Book) -> None:
    visit = book(patient_id=CAST.cleo, starts_at=at(9, day=2))

    panel, move = desk.get(path(visit)), desk.get(path(visit, "move"))

    assert "Booked · no letter: tell by phone" in words(panel, inside="aside")
    assert "The calendar update" not in words(move, inside="aside")
    assert "No letters: read the new time aloud." in words(move, inside="aside")


@pytest.mark.parametrize(
    ("verb", "label"),
    [
        (booking.arrive, "Undo arrival"),
        (booking.begin, "Undo beginning"),
        (booking.complete, "Undo completion"),
        (booking.no_show, "Undo no-show"),
    ],
)
def test_what_can_be_undone_is_named(
    app: Flask, book: Book, do: Callable[..., Any], verb: Callable[..., Any], label: str
) -> None:
    visit = do(verb, book(), now=at(9, 10))
    clock.set_source(lambda: at(9, 10))

    panel = words(Visitor(app).sign_in("kim").get(path(visit)), inside="aside")

    assert label in panel


@pytest.mark.parametrize(("goes", "chip"), [(patients.deactivate, "Inactive"), (patients.mark_deceased, "Deceased")])
def test_of_who_does_not_come_any_more_the_panel_says_so_and_offers_to_cancel(
    desk: Visitor, book: Book, do: Callable[..., Any], goes: Callable[..., Any], chip: str
) -> None:
    coming = do(booking.want_call, book(patient_id=CAST.cleo, starts_at=at(9, day=1)), why="Asked for another time")
    canceled = do(booking.cancel, book(patient_id=CAST.cleo, starts_at=at(9, day=2)), asked_by="clinic")
    with transaction():
        goes(patient_id=CAST.cleo, by=KIM, now=NOW)

    read = [words(desk.get(path(visit)), inside="aside") for visit in (coming, canceled)]
    gone = desk.post(path(coming, "cancel"), {"version": coming.version, "reason": "Other", "asked_by": "patient"})

    assert read[0].startswith(f"Cleo Hayes {chip} Close")
    assert read[1].startswith(f"Cleo Hayes Canceled {chip} Close")
    assert "Cancel this visit" in read[0]
    for label in ("Confirmed by phone", "Move…", "Course…", "Told by phone", "off the list", "aloud", "Bring this"):
        assert [label in panel for panel in read] == [False, False]
    assert (gone.status_code, now_is(coming).status) == (303, "canceled")
