"""A caller at the desk: the emergency sentence before any time, a time kept while they think, and no word too many."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from clinic import clock
from clinic.audit.models import Entry
from clinic.care.intake import Screening
from clinic.care.intake.sentence import COMPLAINTS, SENTENCE, VERSION
from clinic.database import database
from clinic.people.patients import Patient
from clinic.scheduling.booking import Appointment, Kept
from tests.cast import CAST, NOW, at
from tests.doors.desk.conftest import words
from tests.visitor import Visitor

PATH = "/desk/appointments/new"
SCRIPTED = {"X-Requested-With": "fetch"}
Book = Callable[..., Appointment]


def caller(**changes: Any) -> dict[str, Any]:
    """Return what the panel sends for Mika, whose low back hurts when running."""
    facts = {
        "caller": "new",
        "name": "Mika Lindqvist",
        "phone": "919 555 0134",
        "email": "",
        "complaint": ["low-back", "running"],
        "wished_days": ["1", "3"],
        "wished_when": "afternoons",
        "type_id": CAST.evaluation,
        "screening_asked": "1",
        "screening": "form-s",
        "request_id": "form",
    }
    return {name: value for name, value in {**facts, **changes}.items() if value is not None}


def rows(model: type[Any]) -> list[Any]:
    """Return all rows of a table, in order."""
    database.session.rollback()
    database.session.expire_all()
    return list(database.session.scalars(select(model).order_by(model.id)))


def openings(html: str) -> list[str]:
    """Return the values of the numbered cards."""
    return re.findall(r'name="opening" value="(\d+\.\d+)"', html)


def whens(html: str) -> list[str]:
    """Return the words of the numbered cards."""
    return re.findall(r'<b class="number">(.*?)</b>', html)


# ---- the sentence


def test_a_name_that_nobody_has_unfolds_the_questions(desk: Visitor) -> None:
    page = desk.post(PATH, {"q": "Mika Lindqvist", "look": "new"}).text

    assert 'value="Mika Lindqvist"' in page
    assert [name for name in ("name", "phone", "email", "complaint", "wished_days") if f'name="{name}"' in page] == [
        "name",
        "phone",
        "email",
        "complaint",
        "wished_days",
    ]


def test_a_number_that_nobody_has_is_the_new_callers(desk: Visitor) -> None:
    page = desk.post(PATH, {"q": "919 555 0134", "look": "new"}).text

    assert 'value="919 555 0134"' in page


def test_no_time_is_shown_before_the_sentence_is_answered(desk: Visitor) -> None:
    page = desk.post(PATH, caller(look="1"))

    assert SENTENCE in words(page)
    assert (openings(page.text), 'aria-disabled="true"' in page.text) == ([], True)


def test_the_panel_cannot_pass_the_sentence_over(desk: Visitor) -> None:
    answer = desk.post(PATH, caller(starts_at="2026-11-24T14:00", therapist_id=CAST.dana))

    assert (answer.status_code, rows(Appointment)) == (422, [])
    assert re.search(r'id="sentence-error">Read the sentence aloud', answer.text)
    assert 'value="Mika Lindqvist"' in answer.text
    assert re.findall(r'value="([a-z-]+)" checked', answer.text) == ["low-back", "running"]
    assert re.search(r'<input checked[^>]*value="afternoons"', answer.text)


def test_a_plain_form_books_an_evaluation_and_says_that_nobody_asked(desk: Visitor) -> None:
    fields = {"patient_id": CAST.ada, "therapist_id": CAST.dana, "type_id": CAST.evaluation, "request_id": "plain"}

    answer = desk.post(PATH, {**fields, "starts_at": "2026-11-24T09:00"})

    (visit,) = rows(Appointment)
    assert answer.status_code == 303
    assert "Emergency sentence not asked" in words(desk.get(f"/desk/appointments/{visit.id}"))


def test_none_of_these_is_kept_and_leads_to_times_that_fit(desk: Visitor) -> None:
    page = desk.post(PATH, caller(answer="none"))

    (kept,) = rows(Screening)
    assert (kept.answer, kept.sentence_version, kept.asked_by, kept.asked_at) == ("none", VERSION, "Kim Alder", NOW)
    assert (kept.caller_name, kept.complaint) == ("Mika Lindqvist", ["low-back", "running"])
    assert len(openings(page.text)) == 3
    assert page.text.count("Dana Ruiz · focus fits, at a wished time") == 3
    assert "No letters: read the time aloud." in words(page)


def test_the_answer_belongs_to_the_visit_once_it_is_booked(desk: Visitor) -> None:
    page = desk.post(PATH, caller(answer="none")).text
    sent = caller(opening=openings(page)[1])

    first, again = desk.post(PATH, sent), desk.post(PATH, sent)

    (visit,), (kept,) = rows(Appointment), rows(Screening)
    patient = database.session.get_one(Patient, visit.patient_id)
    assert (first.status_code, again.status_code) == (303, 303)
    assert (kept.appointment_id, kept.patient_id) == (visit.id, patient.id)
    assert (patient.wished_days, patient.wished_from, patient.wished_until) == ([1, 3], 720, 1440)
    assert "Emergency sentence not asked" not in words(desk.get(f"/desk/appointments/{visit.id}"))


def test_an_answer_counts_for_one_visit_only(desk: Visitor) -> None:
    page = desk.post(PATH, caller(answer="none")).text
    desk.post(PATH, caller(opening=openings(page)[0]))

    answer = desk.post(PATH, caller(opening=openings(page)[1], request_id="another"))

    assert (answer.status_code, len(rows(Appointment))) == (422, 1)


def test_an_answer_about_one_patient_is_none_about_another(desk: Visitor) -> None:
    ada = {"patient_id": CAST.ada, "caller": None, "name": None, "phone": None}
    page = desk.post(PATH, caller(**ada, answer="none")).text

    answer = desk.post(PATH, caller(**{**ada, "patient_id": CAST.ben}, opening=openings(page)[0]))

    assert (answer.status_code, rows(Appointment)) == (422, [])


def test_an_answer_that_somebody_else_wrote_down_is_none(desk: Visitor, app: Flask) -> None:
    page = Visitor(app).sign_in("max").post(PATH, caller(answer="none")).text

    answer = desk.post(PATH, caller(opening=openings(page)[0]))

    assert (answer.status_code, rows(Appointment)) == (422, [])


def test_yes_leads_to_help_and_to_no_time(desk: Visitor, app: Flask) -> None:
    page = desk.post(PATH, caller(answer="yes"))
    tried = desk.post(PATH, caller(starts_at="2026-11-24T14:00", therapist_id=CAST.dana))
    as_follow_up = desk.post(PATH, caller(look="1", type_id=CAST.follow_up))

    assert "Please get medical help now" in words(page)
    assert "Nobody has taken note yet." in words(page)
    assert (openings(page.text), openings(as_follow_up.text), rows(Appointment)) == ([], [], [])
    assert tried.status_code == 409
    read = words(Visitor(app).sign_in("dana").get("/treatment/"))
    assert "Mika Lindqvist, 919 555 0134" in read.replace("(919) 555-0134", "919 555 0134")


def test_the_desk_reads_who_has_taken_note(desk: Visitor, app: Flask) -> None:
    desk.post(PATH, caller(answer="yes"))
    Visitor(app).sign_in("dana").post("/treatment/emergencies/1/note", page="/treatment/")

    assert "Noted by Dana Ruiz, 7:00 am." in words(desk.get("/desk/screenings/1/noted"))


def test_the_caller_is_named_after_the_yes_and_registered_without_a_visit(desk: Visitor) -> None:
    desk.post(PATH, caller(answer="yes", name="", phone=""))
    desk.post(PATH, caller(look="who"))
    page = desk.post(PATH, caller(register="1"))

    (kept,) = rows(Screening)
    assert (kept.caller_name, kept.caller_phone) == ("Mika Lindqvist", "919 555 0134")
    assert [one.name for one in rows(Patient)][-1] == "Mika Lindqvist"
    assert (page.status_code, rows(Appointment)) == (200, [])
    assert "Please get medical help now" in words(page)


def test_a_slip_is_asked_again_and_both_answers_stay(desk: Visitor) -> None:
    desk.post(PATH, caller(answer="yes"))
    again = desk.post(PATH, caller(look="ask")).text
    token = re.findall(r'name="screening" value="([^"]+)"', again)[0]

    page = desk.post(PATH, caller(answer="none", screening=token)).text

    assert [one.answer for one in rows(Screening)] == ["yes", "none"]
    assert (token != "form-s", len(openings(page))) == (True, 3)


def test_a_changed_answer_under_the_same_number_is_an_answer_of_its_own(desk: Visitor) -> None:
    desk.post(PATH, caller(answer="none"))

    page = desk.post(PATH, caller(answer="yes"))

    assert [one.answer for one in rows(Screening)] == ["none", "yes"]
    assert "Please get medical help now" in words(page)


def test_the_sentence_is_asked_later_from_the_visit(desk: Visitor, book: Book) -> None:
    visit = book(type_id=CAST.evaluation)
    path = f"/desk/appointments/{visit.id}"

    answer = desk.post(f"{path}/sentence", {"answer": "yes", "screening": "later"})

    (kept,) = rows(Screening)
    assert (answer.status_code, kept.appointment_id, kept.patient_id) == (303, visit.id, CAST.ada)
    assert "Please get medical help now" in words(desk.get(path))


# ---- a time kept


def test_a_chosen_time_is_kept_and_said(desk: Visitor) -> None:
    card = openings(desk.get(f"{PATH}?patient_id={CAST.ben}&type_id={CAST.follow_up}").text)[0]
    fields = {"opening": card, "type_id": CAST.follow_up, "patient_id": CAST.ben}

    answer = desk.post("/desk/kept", fields, headers=SCRIPTED)
    plain = desk.post("/desk/kept", fields)

    assert (answer.status_code, answer.text) == (200, "Held for you until 7:05.")
    assert "Held for you until 7:05." in words(plain)
    assert [(one.user_id, one.until) for one in rows(Kept)] == [(CAST.kim, NOW + timedelta(minutes=5))]


def test_another_desk_sees_it_and_the_own_does_not(desk: Visitor, app: Flask) -> None:
    max_ = Visitor(app).sign_in("max")
    mark = max_.get("/desk/days/2026-11-24/version").headers["ETag"]
    desk.post("/desk/kept", keep_nine())

    theirs, own = max_.get("/desk/days/2026-11-24").text, desk.get("/desk/days/2026-11-24").text
    changed = max_.get("/desk/days/2026-11-24/version", headers={"If-None-Match": mark}).status_code
    assert re.findall(r'class="tile tile--kept ([^"]*)"><b>(.*?)</b><span>(.*?)</span>', theirs) == [
        ("col-1 row-12 span-8", "Held by Kim", "until 7:05")
    ]
    assert ("tile--kept" in own, changed) == (False, 200)


def keep_nine() -> dict[str, Any]:
    """Return what keeps Dana's nine o'clock for a follow-up."""
    return {
        "opening": f"{int(at(9).timestamp()) // 60}.{CAST.dana}",
        "type_id": CAST.follow_up,
        "screening_asked": "1",
    }


def test_the_mark_of_a_day_changes_with_closures_and_time_off(desk: Visitor) -> None:
    path = "/desk/days/2026-11-25/version"
    marks = [desk.get(path).headers["ETag"]]
    for statement in (
        "insert into closures (location_id, starts_at, ends_at, label) values (1, :a, :b, 'Fire drill')",
        "insert into time_off (therapist_id, starts_at, ends_at, label) values (1, :a, :b, 'Away')",
    ):
        database.session.rollback()
        database.session.execute(
            text(statement), {"a": "2026-11-25 15:00:00.000000", "b": "2026-11-25 16:00:00.000000"}
        )
        database.session.commit()
        marks.append(desk.get(path).headers["ETag"])

    assert len(set(marks)) == 3


def test_release_and_booking_end_it(desk: Visitor) -> None:
    desk.post("/desk/kept", keep_nine())
    released = desk.post("/desk/kept/release", headers=SCRIPTED).status_code
    after_release = len(rows(Kept))
    desk.post("/desk/kept", keep_nine())
    booked = desk.post(PATH, {**keep_nine(), "patient_id": CAST.ada}).status_code

    assert (released, after_release, booked, len(rows(Kept))) == (204, 0, 303, 0)


def test_a_look_that_leaves_the_time_lets_it_go(desk: Visitor) -> None:
    held = held_by(desk.post("/desk/kept", keep_nine()).text)
    held_after = held_by(desk.post(PATH, {**keep_nine(), "look": "1", "held": held}).text)
    stays = len(rows(Kept))
    desk.post(PATH, {**keep_nine(), "look": "1", "held": held, "opening": ""})

    assert (held, held_after, stays, len(rows(Kept))) == (keep_nine()["opening"], held, 1, 0)


def test_a_booking_ends_what_its_form_holds_and_leaves_the_time_of_another_tab(desk: Visitor) -> None:
    ten = {"opening": f"{int(at(10).timestamp()) // 60}.{CAST.dana}", "patient_id": CAST.ada}
    desk.post("/desk/kept", keep_nine())
    beside = desk.post(PATH, {**keep_nine(), **ten, "held": ""}).status_code
    stays = len(rows(Kept))
    own = desk.post(
        PATH, {**keep_nine(), "opening": at_eleven(), "patient_id": CAST.ben, "held": keep_nine()["opening"]}
    )

    assert (beside, stays, own.status_code, len(rows(Kept))) == (303, 1, 303, 0)


def at_eleven() -> str:
    """Return the card of Noor's eleven o'clock."""
    return f"{int(at(11).timestamp()) // 60}.{CAST.noor}"


def held_by(html: str) -> str:
    """Return the card that the panel says it holds."""
    return re.findall(r'name="held" value="([^"]*)"', html)[0]


@pytest.mark.parametrize(
    "looked", [{"q": "Mika Lindqvist", "look": "new"}, {"look": "1", "opening": "1.1"}, {"q": "ada"}], ids=str
)
def test_a_look_in_a_tab_that_holds_nothing_leaves_the_time_of_the_other(desk: Visitor, looked: dict[str, str]) -> None:
    desk.post("/desk/kept", keep_nine())

    page = desk.post(PATH, {"type_id": CAST.follow_up, **looked, "held": ""}).text

    assert (len(rows(Kept)), held_by(page), "Held for you" in page, "data-held>" in page) == (1, "", False, False)


def test_a_panel_opened_beside_one_that_holds_a_time_does_not_call_it_its_own(desk: Visitor) -> None:
    desk.post("/desk/kept", keep_nine())

    page = desk.get(f"{PATH}?starts_at=2026-11-24T09:00&therapist_id={CAST.dana}&type_id={CAST.follow_up}").text

    assert (openings(page)[0], held_by(page), "data-held>" in page) == (keep_nine()["opening"], "", False)


def test_a_time_that_is_kept_in_another_tab_is_not_this_ones_after_a_refusal(desk: Visitor, app: Flask) -> None:
    desk.post("/desk/kept", {**keep_nine(), "opening": f"{int(at(10).timestamp()) // 60}.{CAST.dana}"})
    Visitor(app).sign_in("max").post("/desk/kept", keep_nine())

    refused = desk.post("/desk/kept", keep_nine())

    assert (refused.status_code, held_by(refused.text), len(rows(Kept))) == (409, "", 2)


def test_a_time_that_somebody_else_keeps_answers_with_the_nearest(desk: Visitor, app: Flask) -> None:
    Visitor(app).sign_in("max").post("/desk/kept", keep_nine())

    kept = desk.post("/desk/kept", {**keep_nine(), "patient_id": CAST.ada}, headers=SCRIPTED)
    booked = desk.post(PATH, {**keep_nine(), "patient_id": CAST.ada})

    assert (kept.status_code, booked.status_code, rows(Appointment)) == (409, 409, [])
    assert kept.text.lstrip().startswith('<aside class="panel"')
    assert sorted(whens(kept.text)) == ["Today, 8:00–8:40 am", "Today, 8:20–9:00 am", "Today, 9:40–10:20 am"]


def test_what_ran_out_is_offered_again_at_once(desk: Visitor, app: Flask) -> None:
    Visitor(app).sign_in("max").post("/desk/kept", keep_nine())
    clock.set_source(lambda: NOW + timedelta(minutes=5))

    assert desk.post(PATH, {**keep_nine(), "patient_id": CAST.ada}).status_code == 303


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"opening": ""}, 422),
        ({"opening": "x.y"}, 422),
        ({"opening": "9" * 9 + ".1"}, 422),
        ({"opening": "0.1"}, 409),
        ({"opening": f"{int(at(9).timestamp()) // 60 + 2}.1"}, 422),
        ({"opening": f"{int(at(9).timestamp()) // 60}.99"}, 409),
        ({"opening": f"{int(at(6).timestamp()) // 60}.1"}, 409),
        ({"type_id": ""}, 422),
        ({"type_id": "-5"}, 409),
        ({"type_id": "9" * 30}, 409),
        ({"patient_id": "77"}, 409),
        ({"patient_id": "9" * 30}, 409),
        ({"patient_id": "\0"}, 409),
        ({"name": "\0", "request_id": "\0", "screening": "\0" * 90}, 200),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(desk: Visitor, changes: dict[str, Any], status: int) -> None:
    answer = desk.post("/desk/kept", {**keep_nine(), **changes}, headers=SCRIPTED)

    assert (answer.status_code, len(rows(Kept))) == (status, int(status == 200))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"answer": "maybe"}, 422),
        ({"answer": ""}, 422),
        ({"answer": "none", "name": "\0\x07 O'Brien <b>", "phone": "\0"}, 200),
        ({"answer": "yes", "name": "x" * 400, "phone": "9" * 400}, 200),
        ({"answer": "none", "complaint": ["<script>", "\0", "knee"]}, 200),
        ({"answer": "none", "screening": "\0"}, 200),
        ({"answer": "none", "screening": "x" * 300}, 200),
        ({"answer": "none", "patient_id": "9" * 30}, 200),
        ({"answer": "none", "wished_days": ["9", "x"], "wished_when": "never"}, 200),
        ({"register": "1", "name": ""}, 422),
        ({"register": "1", "wished_days": ["9"]}, 422),
        ({"register": "1", "wished_when": "never"}, 422),
        ({"look": "who", "screening": "nobody", "name": "\0"}, 200),
    ],
)
def test_hostile_answers_break_nothing(desk: Visitor, changes: dict[str, Any], status: int) -> None:
    answer = desk.post(PATH, caller(**changes))

    assert answer.status_code == status
    assert "<script>" not in answer.text.replace("<script src", "")


def test_a_missing_token_and_a_made_up_number_are_refused(desk: Visitor, book: Book) -> None:
    visit = book(type_id=CAST.evaluation)
    path = f"/desk/appointments/{visit.id}/sentence"

    assert desk.open("POST", "/desk/kept", data=keep_nine()).status_code == 400
    assert desk.open("POST", "/desk/kept/release").status_code == 400
    assert desk.post(path, {"answer": "none", "screening": "\0"}).status_code == 400
    assert desk.post(path, {"answer": "perhaps", "screening": "x"}).status_code == 400
    assert desk.post("/desk/appointments/99/sentence", {"answer": "none", "screening": "x"}).status_code == 404
    assert desk.get("/desk/screenings/99/noted").status_code == 404


# ---- known patients


def test_a_found_patient_leads_to_the_next_visit_or_to_the_patient(desk: Visitor, book: Book) -> None:
    visit = book(starts_at=at(9, day=2))

    found = desk.post("/desk/patients/search", {"q": "ada"}, headers={"HX-Request": "true"}).text
    nobody = desk.post("/desk/patients/search", {"q": "ben"}, headers={"HX-Request": "true"}).text
    page = desk.post("/desk/patients/search", {"q": "ada"}).text

    assert re.findall(r'class="row" href="([^"]+)"', found) == [f"/desk/appointments/{visit.id}"]
    assert re.findall(r'class="row" href="([^"]+)"', nobody) == [f"/desk/patients/{CAST.ben}"]
    assert {f'href="/desk/appointments/{visit.id}"', f'href="/desk/patients/{CAST.ada}"'} <= set(
        re.findall(r'href="[^"]+"', page)
    )


def test_the_landing_names_its_keys(desk: Visitor, book: Book) -> None:
    page = desk.get(f"/desk/appointments/{book().id}").text

    panel = page[page.index("<aside") :]
    assert sorted(set(re.findall(r'data-key="([a-z])"', panel))) == ["a", "b", "c", "m", "p", "x"]


# ---- no word too many


def test_neither_complaint_nor_answer_is_read_anywhere_else(
    desk: Visitor, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = desk.post(PATH, caller(answer="none", email="mika@mail.example", consent="y")).text
    sent = caller(opening=openings(page)[0], email="mika@mail.example", consent="y")
    booked = desk.post(PATH, sent)
    desk.post(PATH, caller(answer="yes", name="Rui Costa", screening="second", request_id="second"))
    (visit,) = rows(Appointment)

    seen = [
        booked.location or "",
        caplog.text,
        *(repr((e.what, e.about, e.before, e.after, e.reason)) for e in rows(Entry)),
        *(repr(row) for row in database.session.execute(text("select * from letters"))),
        desk.get(f"/desk/days/{visit.starts_at.date()}").text,
        desk.get(f"/desk/patients/{visit.patient_id}").text,
        desk.get(f"/desk/appointments/{visit.id}").text,
        desk.get("/desk/calls").text,
        desk.get("/desk/letters").text,
        Visitor(app).sign_in("max").get("/office/trail").text,
    ]
    canaries = [one.label for one in COMPLAINTS] + [one.key for one in COMPLAINTS] + ["None of these", "Yes, or unsure"]
    bare = [re.sub(r"sprite|runs|rerun", "", one) for one in seen]
    assert [(word, text_[:80]) for text_ in bare for word in canaries if re.search(rf"\b{word}\b", text_)] == []


# ---- a time chosen stays chosen for what it was shown


def test_what_is_to_be_mended_of_the_caller_leaves_the_held_time_chosen(desk: Visitor) -> None:
    cards = openings(desk.post(PATH, {"type_id": CAST.follow_up, "caller": "new", "look": "1"}).text)
    caller = {"caller": "new", "name": "Tilda Berg", "phone": "555", "type_id": CAST.follow_up, "opening": cards[1]}
    desk.post("/desk/kept", caller)

    refused = desk.post(PATH, {**caller, "held": cards[1]})

    chosen = re.findall(r'name="opening" value="([^"]*)"[^>]* checked', refused.text)
    assert (refused.status_code, openings(refused.text)[0], chosen) == (422, cards[1], [cards[1]])
    assert (held_by(refused.text), "Openings that fit best" in refused.text) == (cards[1], True)


def test_a_time_that_was_shown_for_another_type_is_not_booked(desk: Visitor) -> None:
    fields = {**keep_nine(), "patient_id": CAST.ada, "shown_type": CAST.gait_lab}

    refused = desk.post(PATH, fields)
    shown = re.findall(r'name="shown_type" value="([^"]*)"', refused.text)
    booked = desk.post(PATH, {**fields, "shown_type": shown[0]})

    assert (refused.status_code, "The times were those of another type" in refused.text) == (422, True)
    assert (shown, booked.status_code) == ([str(CAST.follow_up)], 303)


def test_a_name_typed_with_the_number_behind_it_is_not_lost(desk: Visitor) -> None:
    page = desk.post(PATH, {"q": "Odo Farrow 919 555 0173", "look": "new"}).text

    assert re.findall(r'name="name"[^>]* value="([^"]*)"', page) == ["Odo Farrow 919 555 0173"]
