"""The emergency sentence: what was answered, by which wording, to whom, and who took note."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import audit
from clinic.audit.models import Entry
from clinic.care import intake
from clinic.care.intake.queries import unseen_emergencies
from clinic.care.intake.sentence import COMPLAINTS, VERSION, focus_of
from clinic.database import database, transaction
from clinic.refusals import NotFound, Unacceptable
from tests.cast import CAST, KIM, NOW
from tests.visitor import Visitor


def screen(**changes: Any) -> intake.Screening:
    """Ask a caller, who says none of these."""
    facts = {"answer": "none", "complaint": ["low-back", "running"], "by": KIM, "now": NOW}
    database.session.rollback()
    with transaction():
        return intake.screen(**{**facts, **changes})


def test_answer_version_asker_and_moment_are_kept(app: Flask) -> None:
    kept = screen(caller_name="Rui Costa", caller_phone="919 555 0110", request_id="form-s")

    assert (kept.answer, kept.sentence_version, kept.asked_by, kept.asked_at) == ("none", VERSION, "Kim Alder", NOW)
    assert (kept.caller_name, kept.complaint) == ("Rui Costa", ["low-back", "running"])


def test_the_same_form_asks_once(app: Flask) -> None:
    assert screen(request_id="once").id == screen(request_id="once", answer="yes").id


@pytest.mark.parametrize("answer", ["", "maybe", "no"])
def test_an_answer_that_is_none_is_refused(app: Flask, answer: str) -> None:
    with pytest.raises(Unacceptable):
        screen(answer=answer)


def test_a_known_patient_is_named_by_the_register(app: Flask) -> None:
    kept = screen(patient_id=CAST.ada, caller_name="somebody")

    assert (kept.patient_id, kept.caller_name, kept.caller_phone) == (CAST.ada, "Ada Moore", "+19195550101")


def test_the_trail_says_that_it_was_asked_and_not_what_was_said(app: Flask) -> None:
    screen(answer="yes")

    entry = database.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.what, entry.before, entry.after, entry.reason) == ("told to the therapists", {}, {}, "")


def test_a_yes_waits_on_my_day_until_a_therapist_takes_note(app: Flask) -> None:
    kept = screen(answer="yes", caller_name="Rui Costa", caller_phone="+19195550110")
    dana = Visitor(app).sign_in("dana")
    assert "Rui Costa" in dana.get("/treatment/").text

    dana.post(f"/treatment/emergencies/{kept.id}/note", page="/treatment/")

    assert "Rui Costa" not in dana.get("/treatment/").text
    database.session.rollback()
    database.session.expire_all()
    assert database.session.get_one(intake.Screening, kept.id).seen_by == "Dana Ruiz"
    assert [entry.what for entry in audit.entries_about(f"screening:{kept.id}", limit=1)] == ["noted by a therapist"]


def test_a_none_is_nobodys_task(app: Flask) -> None:
    screen()

    assert unseen_emergencies(now=NOW) == []


@pytest.mark.parametrize("id_", [0, 99, 2**31])
def test_no_note_is_taken_of_what_is_not_there(app: Flask, id_: int) -> None:
    with pytest.raises(NotFound), transaction():
        intake.take_note(screening_id=id_, by=KIM, now=NOW)


def test_what_hurts_leads_to_a_focus() -> None:
    assert focus_of(["low-back", "running"]) == ("low back", "spine", "back", "running", "gait")
    assert all(complaint.focus for complaint in COMPLAINTS)
