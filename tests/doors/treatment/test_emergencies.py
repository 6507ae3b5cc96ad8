"""The notice of an emergency answer: every therapist reads it until one of them has taken note."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from clinic import clock
from clinic.care import intake
from clinic.database import database, transaction
from tests.cast import CAST, KIM, NOW
from tests.doors.desk.conftest import words
from tests.visitor import Visitor


@pytest.fixture
def emergency(app: Flask) -> int:
    """A caller has said yes at the desk; this is the number of the answer."""
    with transaction():
        made = intake.screen(
            answer="yes", complaint=["knee"], caller_name="Rui Costa", caller_phone="+19195550177", by=KIM, now=NOW
        )
    database.session.rollback()
    return int(made.id)


def seen(id_: int) -> tuple[Any, str]:
    """Return when and by whom it was noted."""
    database.session.rollback()
    database.session.expire_all()
    found = database.session.get_one(intake.Screening, id_)
    return found.seen_at, found.seen_by


def test_every_therapist_reads_who_called_and_nothing_of_what_was_said(app: Flask, emergency: int) -> None:
    for who in ("dana", "noor"):
        read = words(Visitor(app).sign_in(who).get("/treatment/"))
        assert "Emergency answer at the desk, Tue Nov 24, 7:00 am Rui Costa, (919) 555-0177 . Told to call 911" in read
        assert "nee" not in read.replace("needed", "")


def test_note_is_taken_once_and_the_notice_goes(app: Flask, emergency: int) -> None:
    dana, noor = Visitor(app).sign_in("dana"), Visitor(app).sign_in("noor")
    clock.set_source(lambda: NOW + timedelta(minutes=2))

    first = dana.post(f"/treatment/emergencies/{emergency}/note", page="/treatment/")
    clock.set_source(lambda: NOW + timedelta(minutes=3))
    second = noor.post(f"/treatment/emergencies/{emergency}/note", page="/treatment/")

    assert (first.status_code, second.status_code) == (303, 303)
    assert seen(emergency) == (NOW + timedelta(minutes=2), "Dana Ruiz")
    assert "Rui Costa" not in noor.get("/treatment/").text


def test_an_open_page_looks_again_and_hears_only_of_what_is_new(app: Flask, emergency: int) -> None:
    dana = Visitor(app).sign_in("dana")

    known = dana.get(f"/treatment/emergencies?shown={emergency}.9").status_code
    fresh = dana.get("/treatment/emergencies?shown=0")

    assert (known, fresh.status_code, "Rui Costa" in fresh.text) == (204, 200, True)


def test_only_therapists_read_it_and_take_note(app: Flask, emergency: int) -> None:
    sam = Visitor(app).sign_in("sam")

    refused = sam.post(f"/treatment/emergencies/{emergency}/note")

    assert (refused.status_code, seen(emergency)) == (403, (None, ""))
    assert "Rui Costa" not in sam.get("/treatment/").text + sam.get("/treatment/emergencies").text


@pytest.mark.parametrize("id_", [0, 99, CAST.ada + 10, 2**31])
def test_what_is_not_there_cannot_be_noted(app: Flask, id_: int) -> None:
    assert Visitor(app).sign_in("dana").post(f"/treatment/emergencies/{id_}/note").status_code == 404


def test_an_answer_that_was_none_is_no_emergency(app: Flask) -> None:
    with transaction():
        made = intake.screen(answer="none", complaint=[], by=KIM, now=NOW)
    database.session.rollback()

    assert Visitor(app).sign_in("dana").post(f"/treatment/emergencies/{made.id}/note").status_code == 404
