"""The booking panel: one form, which works without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from clinic import clock
from clinic.database import database
from clinic.people.patients import Patient
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, at
from tests.doors.desk.conftest import words
from tests.visitor import Visitor

PATH = "/desk/appointments/new"
Book = Callable[..., Appointment]


def form(**changes: Any) -> dict[str, Any]:
    """Return what the form sends: Ada's follow-up with Dana, today at 9."""
    facts = {
        "patient_id": CAST.ada,
        "therapist_id": CAST.dana,
        "type_id": CAST.follow_up,
        "starts_at": "2026-11-24T09:00",
        "request_id": "one-form",
    }
    return {name: value for name, value in {**facts, **changes}.items() if value is not None}


def booked() -> list[Appointment]:
    """Return all appointments, in order."""
    database.session.rollback()
    return list(database.session.scalars(select(Appointment).order_by(Appointment.id)))


def cards(html: str) -> list[str]:
    """Return the times of the numbered cards."""
    return re.findall(r'<b class="number">(.*?)</b>', html)


def test_booking_leads_to_the_day_with_the_visit_marked(desk: Visitor) -> None:
    answer = desk.post(PATH, form())

    (visit,) = booked()
    assert (answer.status_code, answer.location) == (303, f"/desk/days/2026-11-24?shown={visit.id}")
    assert (visit.starts_at, visit.therapist_id, visit.type_id, visit.patient_id) == (at(9), 1, 2, 1)


def test_sending_the_form_twice_books_once(desk: Visitor) -> None:
    answers = [desk.post(PATH, form()).status_code for _ in range(2)]

    assert (answers, len(booked())) == ([303, 303], 1)


def test_a_clicked_time_is_the_first_of_three_cards(desk: Visitor) -> None:
    page = desk.get(f"{PATH}?therapist_id=1&starts_at=2026-11-24T10:00&type_id=2&patient_id=2").text

    assert cards(page)[0] == "Today, 10:00–10:40 am"
    assert len(cards(page)) == 3


def test_without_a_time_the_openings_that_fit_best_are_offered_with_their_reasons(desk: Visitor) -> None:
    page = desk.get(f"{PATH}?patient_id={CAST.ben}&type_id={CAST.follow_up}").text

    assert len(cards(page)) == 3
    assert page.count("Dana Ruiz · usual therapist") == 3


def test_a_card_books_its_time(desk: Visitor) -> None:
    page = desk.get(f"{PATH}?patient_id={CAST.ben}&type_id={CAST.follow_up}").text
    value = re.findall(r'name="opening" value="(\d+\.\d+)"', page)[1]

    desk.post(PATH, form(patient_id=CAST.ben, opening=value, starts_at=None, therapist_id=None))

    (visit,) = booked()
    assert f"{int(visit.starts_at.timestamp()) // 60}.{visit.therapist_id}" == value


def test_a_new_caller_is_registered_and_booked_at_once(desk: Visitor) -> None:
    answer = desk.post(PATH, form(patient_id="", name="Mika Lindqvist", phone="919 555 0134", type_id=CAST.evaluation))

    (visit,) = booked()
    patient = database.session.get_one(Patient, visit.patient_id)
    assert (answer.status_code, patient.name, patient.phone) == (303, "Mika Lindqvist", "+19195550134")


def test_nobody_is_registered_when_the_time_is_taken(desk: Visitor, book: Book) -> None:
    book()
    before = len(list(database.session.scalars(select(Patient.id))))

    answer = desk.post(PATH, form(patient_id="", name="Mika Lindqvist", phone="919 555 0134"))

    database.session.rollback()
    assert (answer.status_code, len(list(database.session.scalars(select(Patient.id))))) == (409, before)
    assert 'value="Mika Lindqvist"' in answer.text


def test_a_taken_time_answers_with_the_nearest_free_ones_and_keeps_what_was_typed(desk: Visitor, book: Book) -> None:
    book()

    answer = desk.post(PATH, form(patient_id=CAST.ben))

    notice = re.search(r'<div class="notice notice--bad" role="alert" tabindex="-1" data-focus>.*?</div>', answer.text)
    assert (answer.status_code, notice is not None) == (409, True)
    assert "The therapist's time has just been taken." in words(answer).replace("’", "'")
    assert cards(answer.text) == ["Today, 8:20–9:00 am", "Today, 9:40–10:20 am", "Today, 8:00–8:40 am"]
    assert 'value="2026-11-24T09:00"' in answer.text


def test_a_search_inside_the_form_books_nothing(desk: Visitor) -> None:
    answer = desk.post(PATH, form(patient_id="", q="moore"))

    assert (answer.status_code, booked()) == (200, [])
    assert 'name="patient_id" value="1"' in answer.text


def test_somebody_without_letters_must_be_told_aloud(desk: Visitor) -> None:
    page = desk.get(f"{PATH}?patient_id={CAST.cleo}")

    assert "No letters: read the time aloud." in words(page)


def test_outside_hours_a_reason_books_all_the_same(desk: Visitor) -> None:
    refused = desk.post(PATH, form(starts_at="2026-11-24T19:00"))
    accepted = desk.post(PATH, form(starts_at="2026-11-24T19:00", reason="Flies home tomorrow"))

    assert (refused.status_code, accepted.status_code) == (409, 303)


def test_a_visit_can_be_entered_afterwards_with_a_reason(desk: Visitor) -> None:
    refused = desk.post(PATH, form(starts_at="2026-11-23T09:00"))
    accepted = desk.post(PATH, form(starts_at="2026-11-23T09:00", reason="Walked in"))

    assert (refused.status_code, accepted.status_code, booked()[0].entered_afterwards) == (409, 303, True)


def test_a_time_that_comes_twice_is_asked(desk: Visitor) -> None:
    night = {"starts_at": "2027-11-07T01:30", "reason": "Night run"}

    asked = desk.post(PATH, form(**night))
    told = desk.post(PATH, form(**night, fold="1"))

    assert (asked.status_code, told.status_code) == (422, 303)
    assert 'name="fold"' in asked.text
    assert booked()[0].starts_at.isoformat() == "2027-11-07T06:30:00+00:00"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"starts_at": "2027-03-14T02:30"}, 422),
        ({"starts_at": "2026-11-24T09:02"}, 422),
        ({"starts_at": "9999-12-31T09:00"}, 422),
        ({"starts_at": "soon"}, 422),
        ({"starts_at": "\0"}, 422),
        ({"starts_at": None}, 422),
        ({"starts_at": "2030-11-26T09:00"}, 422),
        ({"therapist_id": None}, 422),
        ({"therapist_id": "99"}, 409),
        ({"therapist_id": "9" * 30}, 409),
        ({"type_id": None}, 422),
        ({"type_id": "-5"}, 409),
        ({"type_id": "9" * 30}, 409),
        ({"patient_id": None}, 422),
        ({"patient_id": "77"}, 409),
        ({"patient_id": "9" * 30}, 409),
        ({"patient_id": "x"}, 409),
        ({"opening": "0.1"}, 409),
        ({"opening": "x.y"}, 422),
        ({"opening": "9" * 9 + ".1"}, 422),
        ({"reason": "x" * 201}, 422),
        ({"reason": "a\r\nb"}, 422),
        ({"reason": "\0"}, 422),
        ({"request_id": "\0"}, 422),
        ({"request_id": "x" * 300}, 422),
        ({"fold": "7"}, 303),
        ({"name": "Mika Lindqvist", "phone": "919 555 0134"}, 422),
        ({"patient_id": "", "name": "\0"}, 422),
        ({"patient_id": "", "name": "x" * 300, "phone": "919 555 0134"}, 422),
        ({"patient_id": "", "name": "Mika", "phone": "12"}, 422),
        ({"patient_id": "", "name": "Mika"}, 422),
        ({"patient_id": "", "name": "Mika", "email": "a\r\nb@c"}, 422),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(desk: Visitor, changes: dict[str, Any], status: int) -> None:
    answer = desk.post(PATH, form(**changes))

    assert (answer.status_code, len(booked())) == (status, int(status == 303))


@pytest.mark.parametrize(
    "query",
    ["starts_at=x", "therapist_id=x", "patient_id=99999999999999999999", "type_id=%00", "on=9999-12-31", "on=x"],
)
def test_what_an_address_gives_is_never_trusted(desk: Visitor, query: str) -> None:
    assert desk.get(f"{PATH}?{query}").status_code == 200


def test_a_script_gets_the_panel_alone(desk: Visitor) -> None:
    answer = desk.get(PATH, headers={"X-Requested-With": "fetch"})

    assert answer.text.lstrip().startswith('<aside class="panel"')


def test_undoing_a_booking_cancels_it_and_says_so(desk: Visitor) -> None:
    desk.post(PATH, form())
    (visit,) = booked()
    fields = {"version": visit.version, "reason": "Booked by mistake", "asked_by": "clinic", "undo": 1}

    after = desk.get(desk.post(f"/desk/appointments/{visit.id}/cancel", fields).location)

    assert [(one.status, one.cancel_reason, one.canceled_late) for one in booked()] == [
        ("canceled", "Booked by mistake", False)
    ]
    assert ": booking taken back, " in after.text
    assert "data-undoes" not in after.text


def test_a_time_now_gone_by_is_not_offered(desk: Visitor) -> None:
    clock.set_source(lambda: at(10, 1))
    desk.sign_in("kim")

    page = desk.get(f"{PATH}?therapist_id=1&starts_at=2026-11-24T08:00&type_id=2").text

    assert "Today, 8:00" not in " ".join(cards(page))
