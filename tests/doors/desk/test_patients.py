"""The register at the desk: searching, and one patient's page."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from clinic import outbox
from clinic.database import database, transaction
from clinic.outbox import Letter
from clinic.people import patients
from clinic.scheduling import booking
from tests.cast import CAST, KIM, NOW, at
from tests.doors.desk.conftest import Sitting, words


def links(html: str) -> list[str]:
    """Return the patients that a page leads to, by number."""
    return re.findall(r'<a class="(?:row|table__name)" href="/desk/patients/(\d+)"', html)


def book(patient_id: int, starts_at: datetime, *, now: datetime = NOW) -> int:
    """Book a follow-up with Dana, and return its id."""
    with transaction():
        return booking.book(
            patient_id=patient_id,
            therapist_id=CAST.dana,
            type_id=CAST.follow_up,
            starts_at=starts_at,
            by=KIM,
            now=now,
        ).id


def test_the_register_begins_with_those_who_came_last(kim: Sitting) -> None:
    answer = kim.get("/desk/patients")

    assert links(answer.text) == ["3", "2", "1"]
    assert "Cleo Hayes not known yet (919) 555-0103 – – No letters" in words(answer)


def test_a_search_without_script_answers_with_a_page_and_keeps_what_was_typed(kim: Sitting, mika: int) -> None:
    answer = kim.post("/desk/patients/search", q="mika lind")

    assert links(answer.text) == [str(mika)]
    assert 'value="mika lind"' in answer.text
    assert "1 found" in words(answer)


def test_a_search_by_script_answers_with_rows_to_open(kim: Sitting, mika: int) -> None:
    answer = kim.post("/desk/patients/search", scripted=True, q="0134")

    assert links(answer.text) == [str(mika)]
    assert words(answer) == "ML Mika Lindqvist Mar 8, 1991 · (919) 555-0134 New patient"


def test_a_search_for_a_booking_answers_with_choices(kim: Sitting, mika: int) -> None:
    with transaction():
        patients.register(name="Mika Berg", phone="336 555 0100", by=KIM, now=NOW)
        patients.deactivate(patient_id=CAST.ben, by=KIM, now=NOW)
    kim.post("/desk/patients/search", q="")

    answer = kim.post("/desk/patients/search", scripted=True, q="mika", **{"for": "booking"})
    inactive = kim.post("/desk/patients/search", scripted=True, q="ben", **{"for": "booking"})

    assert re.findall(r'name="patient_id" value="(\d+)"', answer.text) == ["5", str(mika)]
    assert re.findall(r'name="patient_id"', inactive.text) == []
    assert "Mika Berg birth date unknown · (336) 555-0100 No letters: read the time aloud" in words(answer)


def test_the_only_one_found_for_a_booking_is_chosen(kim: Sitting, mika: int) -> None:
    answer = kim.post("/desk/patients/search", scripted=True, q="mika", **{"for": "booking"})

    assert re.findall(r'value="(\d+)"[^>]* checked', answer.text) == [str(mika)]


def test_no_name_ever_stands_in_an_address(kim: Sitting) -> None:
    assert kim.get("/desk/patients/search?q=mika").status_code == 405


@pytest.mark.parametrize(
    "typed", ["", "%", "_", "' OR 1=1 --", "\x00", "\r\n", "🏃", "\u202eabc", "<script>alert(1)</script>", "9" * 5000]
)
def test_a_search_for_nobody_finds_nobody_and_breaks_nothing(kim: Sitting, typed: str) -> None:
    page = kim.post("/desk/patients/search", q=typed)
    rows = kim.post("/desk/patients/search", scripted=True, q=typed)

    assert (page.status_code, links(page.text)) == (200, [])
    assert (rows.status_code, links(rows.text)) == (200, [])
    assert "<script>alert" not in page.text


def test_more_than_fit_say_so(kim: Sitting) -> None:
    with transaction():
        for number in range(9):
            patients.register(name=f"Lin {'abcdefghi'[number]}", phone="919 555 0134", by=KIM, now=NOW)

    rows = kim.post("/desk/patients/search", scripted=True, q="lin")

    assert len(links(rows.text)) == 8
    assert "There are more: type on, or press Enter for all." in words(rows)


def test_a_patients_page_shows_who_they_are(kim: Sitting, mika: int) -> None:
    answer = kim.get(f"/desk/patients/{mika}")

    assert "Mika Lindqvist 35 years, called Micky" in words(answer)
    assert "Phone (919) 555-0134 E-mail mika@mail.example Told by e-mail" in words(answer)
    assert "<title>Patient · Gaitkeeper</title>" in answer.text


def test_without_a_mailbox_the_time_is_read_aloud_and_without_a_birth_date_it_is_asked(kim: Sitting) -> None:
    answer = kim.get(f"/desk/patients/{CAST.cleo}")

    assert "Cleo Hayes No letters: read the time aloud Birth date unknown: ask at arrival" in words(answer)


def test_coming_visits_come_first_the_next_one_on_top(kim: Sitting, mika: int) -> None:
    book(mika, at(14, 40, day=2))
    book(mika, at(9, 0))
    book(mika, at(9, 0, day=-7), now=NOW - timedelta(days=8))

    answer = words(kim.get(f"/desk/patients/{mika}"))

    whens = re.findall(r"(\w+ \w+ \d+), (\d+:\d+–\d+:\d+ [ap]m) Follow-up Dana Ruiz (\w+)", answer)
    assert whens == [
        ("Tue Nov 24", "9:00–9:40 am", "Unconfirmed"),
        ("Thu Nov 26", "2:40–3:20 pm", "Unconfirmed"),
        ("Tue Nov 17", "9:00–9:40 am", "No"),
    ]


def test_letters_that_were_not_sent_say_why(kim: Sitting, mika: int) -> None:
    book(mika, at(9, 0))
    with transaction():
        letter = database.session.query(Letter).filter_by(patient_id=mika).one()
        outbox.skip(letter, "Canceled before anything was told.", now=NOW)

    answer = words(kim.get(f"/desk/patients/{mika}"))

    assert "Booked Tue Nov 24, 9:00 am Tue Nov 24, 7:00 am Skipped Canceled before anything was told." in answer


def test_the_trail_says_who_changed_what(kim: Sitting, mika: int) -> None:
    kim.post(f"/desk/patients/{mika}/deactivate", version="1")

    answer = words(kim.get(f"/desk/patients/{mika}"))

    assert "Deactivated Tue Nov 24, 7:00 am Kim Alder Inactive since: nothing → Nov 24, 2026 Registered" in answer


def test_what_is_still_booked_for_somebody_gone_is_said(kim: Sitting, mika: int) -> None:
    book(mika, at(9, 0))
    with transaction():
        patients.mark_deceased(patient_id=mika, by=KIM, now=NOW)

    answer = words(kim.get(f"/desk/patients/{mika}"))

    assert "Deceased: nothing is sent" in answer
    assert "1 coming visit is still booked, and no letter will say so. Cancel." in answer


@pytest.mark.parametrize("path", ["/desk/patients/999", "/desk/patients/0", f"/desk/patients/{2**70}"])
@pytest.mark.parametrize("tail", ["", "/edit"])
def test_a_made_up_number_leads_nowhere(kim: Sitting, path: str, tail: str) -> None:
    assert kim.get(path + tail).status_code == 404


def test_markup_in_a_name_is_only_words(kim: Sitting) -> None:
    with transaction():
        patients.register(name='<b onclick="x">Bold</b>', phone="919 555 0134", by=KIM, now=NOW)

    answer = kim.get("/desk/patients/4")

    assert '<b onclick="x">Bold</b>' in words(answer)
    assert "<b onclick" not in answer.text


def test_the_register_is_open_to_the_desk_alone(app: Flask, sit_down: Callable[[str], Sitting]) -> None:
    statuses = {
        name: sit_down(f"{name}@clinic.example").get("/desk/patients").status_code
        for name in ("kim", "dana", "max", "sam")
    }

    assert statuses == {"kim": 200, "dana": 200, "max": 200, "sam": 403}
    assert app.test_client().get("/desk/patients").status_code == 302


def test_a_page_asks_the_database_no_more_for_many_visits(kim: Sitting, mika: int) -> None:
    def statements() -> int:
        seen: list[str] = []

        def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", count)
        kim.get(f"/desk/patients/{mika}")
        event.remove(database.engine, "before_cursor_execute", count)
        return len(seen)

    few = statements()
    for day in (1, 2, 3):
        book(mika, at(9, 0, day=day))

    assert statements() == few
