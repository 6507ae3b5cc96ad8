"""The chart's pages: who opens them, a visit from its note to its signature, the plan to its booking."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import clock
from clinic.audit.models import Entry
from clinic.care import notes
from clinic.care.charts import Breach
from clinic.care.notes.models import Note
from clinic.care.plans.models import GoalEvent, Plan
from clinic.database import database, transaction
from clinic.people.accounts.models import User
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Therapist
from tests.care.acts import (
    begun,
    clinician,
    episode,
    evaluation_facts,
    plan_signed,
    planned,
    saved,
    signed,
    visit,
    visit_facts,
    within,
)
from tests.cast import CAST, at
from tests.forms import filled
from tests.visitor import Visitor, path_of

ADA = f"/treatment/patients/{CAST.ada}"
Open = Callable[..., Visitor]


def test_a_chart_of_somebody_elses_patient_asks_for_a_reason(visitor: Open) -> None:
    visit()
    episode()
    noor = visitor("noor")

    closed = noor.get(f"{ADA}/")
    short = noor.post(f"{ADA}/glass", {"reason": "why not", "then": f"{ADA}/"})
    opened = noor.post(f"{ADA}/glass", {"reason": "Dana is ill, and Ada called", "then": f"{ADA}/"})

    assert (closed.status_code, short.status_code, opened.status_code) == (403, 422, 303)
    assert "This is not one of your patients" in noor.get(f"{ADA}/").text
    assert database.session.scalars(select(Breach.reason)).all() == ["Dana is ill, and Ada called"]


def test_when_the_hour_is_over_a_draft_says_so_and_saves_nothing(visitor: Open) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    noor = visitor("noor")
    noor.post(f"{ADA}/glass", {"reason": "Dana is ill, and Ada called", "then": f"{ADA}/"})
    form = form_of(noor, note.id, report="After the hour")
    clock.set_source(lambda: at(8, 1))
    noor.sign_in("noor")

    answer = noor.post(f"{ADA}/notes/{note.id}", form, headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 409
    assert "no longer open to you, so nothing was saved" in json.loads(answer.text)["sentence"]
    database.session.rollback()
    assert database.session.scalars(select(Note.report)).all() == [""]


def test_reception_and_the_manager_open_no_chart(visitor: Open) -> None:
    visit()
    one = episode()
    pages = [f"{ADA}/", f"{ADA}/episodes/{one.id}/plan", "/treatment/caseload", "/treatment/unsigned"]

    assert [visitor(who).get(page).status_code for who in ("kim", "max") for page in pages] == [403] * 8


def test_every_reading_of_a_chart_is_in_the_trail(dana: Visitor) -> None:
    visit()
    episode()

    dana.get(f"{ADA}/")

    entry = database.session.scalars(select(Entry).where(Entry.what == "chart read")).one()
    assert (entry.by, entry.patient_id, entry.after) == ("Dana Ruiz", CAST.ada, {"page": "overview"})


def test_an_episode_is_opened_and_the_visits_note_begins(dana: Visitor) -> None:
    appointment = visit()
    page = dana.get(f"{ADA}/appointments/{appointment}").text
    form = filled(page, having="data-episode") | {"problem": "Low back pain, runner"}

    opened = dana.post(f"{ADA}/episodes", form)
    begun_ = dana.post(f"{ADA}/appointments/{appointment}/note", {})

    assert path_of(opened) == f"{ADA}/appointments/{appointment}"
    assert path_of(begun_) == f"{ADA}/notes/1"
    assert dana.get(f"{ADA}/notes/1").status_code == 200


def test_an_episode_without_a_name_is_refused_beside_the_field_and_the_visit_is_kept(dana: Visitor) -> None:
    appointment = visit()
    facts = {"problem": " ", "therapist_id": CAST.dana, "payer": "payer.self-pay", "then_note": str(appointment)}

    answer = dana.post(f"{ADA}/episodes", facts)

    assert answer.status_code == 422
    assert "Name the problem in a few words" in answer.text
    assert f'name="then_note" value="{appointment}"' in answer.text


def form_of(dana: Visitor, note_id: int, **changes: object) -> dict[str, object]:
    """Return a note's form as the page shows it, with changes."""
    page = dana.get(f"{ADA}/notes/{note_id}").text
    return filled(page, having="data-autosave") | changes


def test_a_draft_saves_itself_and_says_what_changed(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    answer = dana.post(
        f"{ADA}/notes/{note.id}",
        form_of(dana, note.id, pain_now="3", since_last="better"),
        headers={"X-Requested-With": "fetch"},
    )

    saved_ = json.loads(answer.text)
    assert (answer.status_code, saved_["version"], sorted(saved_["parts"])) == (
        200,
        2,
        ["measures", "minutes", "missing", "written"],
    )
    assert database.session.scalars(select(Note.pain_now)).all() == [3]


def test_two_tabs_meet_a_sentence_and_nothing_is_overwritten(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    first, second = form_of(dana, note.id, pain_now="3"), form_of(dana, note.id, pain_now="9", report="kept here")
    dana.post(f"{ADA}/notes/{note.id}", first)

    by_script = dana.post(f"{ADA}/notes/{note.id}", second, headers={"X-Requested-With": "fetch"})
    by_page = dana.post(f"{ADA}/notes/{note.id}", second)

    assert (by_script.status_code, by_page.status_code) == (409, 409)
    assert "somewhere else since you opened it" in by_page.text
    assert "kept here" in by_page.text
    assert database.session.scalars(select(Note.pain_now)).all() == [3]


def test_whoever_saves_second_sees_both_and_decides(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    first, second = form_of(dana, note.id, report="First tab"), form_of(dana, note.id, report="Second tab")
    dana.post(f"{ADA}/notes/{note.id}", first)

    refused = dana.post(f"{ADA}/notes/{note.id}", second).text
    again = dana.post(f"{ADA}/notes/{note.id}", filled(refused, having="data-autosave"))

    assert "<td>First tab</td><td>Second tab</td>" in refused
    assert again.status_code == 303
    database.session.rollback()
    assert database.session.scalars(select(Note.report)).all() == ["Second tab"]


def test_what_was_typed_into_a_note_that_was_signed_meanwhile_is_not_lost(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts())
    late = form_of(dana, note.id, report="Typed too late")
    signed(note)

    refused = dana.post(f"{ADA}/notes/{note.id}", late)

    assert refused.status_code == 409
    assert "<td>Typed too late</td>" in refused.text


def test_a_measure_and_another_kind_take_what_was_typed_along(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    added = dana.post(f"{ADA}/notes/{note.id}/measures", form_of(dana, note.id, report="Slept", add_measure="slr"))
    kind = {"kind": "progress report", "own_words": "Going on"}
    changed = dana.post(f"{ADA}/notes/{note.id}/kind", form_of(dana, note.id) | kind)
    wrong = dana.post(f"{ADA}/notes/{note.id}/kind", form_of(dana, note.id, pain_now="11") | {"kind": "visit"})

    assert (added.status_code, changed.status_code, wrong.status_code) == (303, 303, 422)
    database.session.rollback()
    now = database.session.execute(select(Note.report, Note.own_words, Note.kind)).one()
    assert tuple(now) == ("Slept", "Going on", "progress report")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("pain_now", "11", "This must be 0 to 10."),
        ("pain_now", "a lot", "Type a number."),
        ("home_done", "1.5", "Type a whole number."),
        ("run.0.minutes", "20", "A run has a day and minutes."),
        ("total_minutes", "99999999", "Type a number."),
        ("pain_now", "5_0", "Type a number."),
        ("pain_now", "５", "Type a number."),
        ("pain_now", "NaN", "Type a number."),
        ("pain_now", "1e0", "Type a number."),
        ("home_done", "1,200", "Type a number."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(dana: Visitor, field: str, typed: str, sentence: str) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    answer = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **{field: typed}))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    ("km", "sentence"),
    [
        ("0", "This must be 0.1 to 200."),
        ("-3", "This must be 0.1 to 200."),
        ("15.1", "Nobody runs 15.1 km in 20 minutes."),
        ("far", "Type a number."),
    ],
)
def test_a_run_has_a_distance_that_can_be(dana: Visitor, km: str, sentence: str) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    run = {"run.0.ran_on": "2026-11-22", "run.0.minutes": "20"}

    refused = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **run, **{"run.0.km": km}))
    kept = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **run, **{"run.0.km": "3.44"}))

    assert (refused.status_code, kept.status_code) == (422, 303)
    assert sentence in refused.text
    assert "Sun Nov 22, 20 min, 3.4 km" in dana.get(f"{ADA}/notes/{note.id}").text


def test_what_no_page_offers_is_refused_beside_its_field(dana: Visitor) -> None:
    first, second = visit(type_id=CAST.evaluation), visit(starts_at=at(13))
    episode()
    evaluation = begun(first)
    note = begun(second, now=at(13))
    row = {"treatment.0.kind": "exercise", "treatment.0.name": "Bridge", "treatment.0.category": "exercise"}

    answers = [
        dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **row, **{"treatment.0.side": "Z"})),
        dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **row | {"treatment.0.category": "gold"})),
        dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **{"goal.77.status": "met"})),
        dana.post(f"{ADA}/notes/{evaluation.id}", form_of(dana, evaluation.id, **{"flag.saddle": "maybe"})),
        dana.post(f"{ADA}/notes/{evaluation.id}", form_of(dana, evaluation.id, **{"flag.mood": "yes"})),
        dana.post(f"{ADA}/notes/{evaluation.id}", form_of(dana, evaluation.id, weekly_km="12.55")),
    ]

    assert [answer.status_code for answer in answers] == [422] * 6


def test_a_report_judges_the_goals_of_its_own_episode_only(dana: Visitor) -> None:
    visit(starts_at=at(13), patient_id=CAST.ben)
    appointment = visit()
    plan_signed(planned(episode(patient_id=CAST.ben)))
    episode()
    note = saved(begun(appointment), visit_facts(own_words="As planned."))
    foreign = {"goal.1.status": "met", "goal.1.value": "30"}
    clock.set_source(lambda: at(10))
    dana.sign_in("dana")

    of_a_visit = dana.post(f"{ADA}/notes/{note.id}/sign", form_of(dana, note.id, **foreign))
    dana.post(f"{ADA}/notes/{note.id}/kind", {"kind": "progress report"})
    of_a_report = dana.post(f"{ADA}/notes/{note.id}/sign", form_of(dana, note.id, **foreign))

    assert (of_a_visit.status_code, of_a_report.status_code) == (422, 422)
    assert "There is no such goal in this episode." in of_a_report.text
    database.session.rollback()
    assert database.session.scalars(select(GoalEvent.status)).all() == []


def test_words_are_kept_as_other_programs_paste_them(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    joined = "\U0001f469\u200d\U0001f469\u200d\U0001f467 \u0645\u06cc\u200c\u0631\u0648\u062f"

    answer = dana.post(
        f"{ADA}/notes/{note.id}", form_of(dana, note.id, report=f"5\u00a0km\u200b, <b>tired</b> {joined}")
    )
    hidden = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, report="left \u202ethgir"))

    assert (answer.status_code, hidden.status_code) == (303, 422)
    database.session.rollback()
    assert database.session.scalars(select(Note.report)).all() == [f"5 km, <b>tired</b> {joined}"]


def test_a_total_below_its_rows_is_among_what_is_missing(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts(total_minutes=5))

    page = dana.get(f"{ADA}/notes/{note.id}").text

    assert "Total minutes: at least the 10 of the rows" in page


def test_an_addendum_that_is_too_long_is_refused_and_not_cut(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = signed(saved(begun(appointment), visit_facts()))
    words = {"kind": "addendum", "reason": "Forgotten", "words": "word " * 1000}

    answer = dana.post(f"{ADA}/notes/{note.id}/addenda", words)

    assert answer.status_code == 422
    assert "That is 4999 letters; at most 4000 fit here." in answer.text


def test_a_treatment_is_added_in_one_line_and_taken_out_again(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    line = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, add_treatment="bridge both 3x12 5 min"))
    added = form_of(dana, note.id)
    dana.post(f"{ADA}/notes/{note.id}", added | {"treatment.0.out": "1"})

    parts = {name.split(".")[2]: value for name, value in added.items() if name.startswith("treatment.0")}
    assert line.headers["Location"].endswith(f"/notes/{note.id}#add_treatment")
    assert (parts["name"], parts["side"], parts["dose"], parts["minutes"]) == (["Bridge"], ["both"], ["3 × 12"], ["5"])
    assert "treatment.0.name" not in form_of(dana, note.id)


def test_signing_lists_what_is_missing_and_then_signs(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts(skilled_need=""))
    clock.set_source(lambda: at(10))
    dana.sign_in("dana")

    missing = dana.post(f"{ADA}/notes/{note.id}/sign", form_of(dana, note.id))
    done = dana.post(f"{ADA}/notes/{note.id}/sign", form_of(dana, note.id, skilled_need="Form needs a hand"))
    page = dana.get(f"{ADA}/notes/{note.id}").text

    assert (missing.status_code, done.status_code) == (422, 303)
    assert "Skilled need, one line" in missing.text
    assert "data-autosave" not in page
    assert "Signed Tue Nov 24" in page


def test_a_signed_note_takes_an_addendum_once(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = signed(saved(begun(appointment), visit_facts()))
    words = {"kind": "correction", "reason": "Wrong side", "words": "The left side.", "request_id": "once"}

    first = dana.post(f"{ADA}/notes/{note.id}/addenda", words)
    dana.post(f"{ADA}/notes/{note.id}/addenda", words)
    lacking = dana.post(f"{ADA}/notes/{note.id}/addenda", words | {"words": "", "request_id": "twice"})

    assert (first.status_code, lacking.status_code) == (303, 422)
    assert dana.get(f"{ADA}/notes/{note.id}").text.count("The left side.") == 1


def test_another_patients_note_is_not_found_under_this_patients_address(dana: Visitor) -> None:
    appointment = visit()
    visit(starts_at=at(11), patient_id=CAST.ben)
    one = episode()
    note, plan = begun(appointment), planned(one)
    ben = f"/treatment/patients/{CAST.ben}"

    answers = [
        dana.get(f"{ben}/notes/{note.id}"),
        dana.post(f"{ben}/notes/{note.id}", {"version": "1"}),
        dana.post(f"{ben}/notes/{note.id}/sign", {"version": "1"}),
        dana.get(f"{ben}/episodes/{one.id}/plan"),
        dana.post(f"{ben}/plans/{plan.id}", {"version": "2"}),
        dana.post(f"{ben}/appointments/{appointment}/note", {}),
        dana.get(f"{ben}/notes/999999"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7


def test_an_evaluation_page_shows_every_section_and_keeps_the_answers(dana: Visitor) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = begun(appointment)
    typed = {"flag.saddle": "no", "complaint": "It hurts.", "region": "back.low-back.left", "weekly_km": "12.5"}

    answer = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **typed))
    page = dana.get(f"{ADA}/notes/{note.id}").text

    assert answer.status_code == 303
    assert "required, 11 left" in page
    assert 'value="12.5"' in page
    assert "Low back, left" in page


def test_a_signed_evaluation_reads_as_a_whole(dana: Visitor) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = signed(saved(begun(appointment), evaluation_facts()))

    page = dana.get(f"{ADA}/notes/{note.id}").text

    assert "Mechanical low back pain, extension-biased" in page
    assert "data-autosave" not in page


def test_a_plan_is_written_from_a_template_signed_and_booked(dana: Visitor) -> None:
    visit(type_id=CAST.evaluation)
    one = episode()
    home = f"{ADA}/episodes/{one.id}/plan"

    dana.post(home, {"template": "runner-extension"})
    page = dana.get(f"{home}?draft=").text
    form = filled(page, having="data-autosave")
    starts = {f"goal.{place}.baseline": start for place, start in enumerate(("6", "28", "15", "20"))}
    plan = database.session.scalars(select(Plan)).one()
    missing = dana.post(f"/treatment/patients/{CAST.ada}/plans/{plan.id}/sign", form | starts)
    form = filled(dana.get(f"{home}?draft=").text, having="data-autosave")
    done = dana.post(
        f"/treatment/patients/{CAST.ada}/plans/{plan.id}/sign", form | {"diagnosis": "M54.59", "prognosis": "good"}
    )
    shown = dana.get(home).text
    book = re.search(r'href="(/desk/patients/1/course[^"]*)"', shown)

    assert (missing.status_code, done.status_code) == (422, 303)
    assert "A diagnosis code" in missing.text
    assert book is not None
    assert "12 visits" in dana.get(book[1].replace("&amp;", "&")).text


def test_the_plan_is_booked_by_the_first_enter_also_where_days_are_wished(dana: Visitor) -> None:
    visit(type_id=CAST.evaluation)
    one = episode()
    plan_signed(planned(one))
    database.session.rollback()
    with transaction() as session:
        ada = session.get_one(Patient, CAST.ada)
        ada.wished_days, ada.wished_from, ada.wished_until = [0, 1, 2, 3], 13 * 60, 18 * 60
    link = re.search(r'href="(/desk/patients/1/course[^"]*)"', dana.get(f"{ADA}/episodes/{one.id}/plan").text)
    assert link is not None
    form = filled(dana.get(link[1].replace("&amp;", "&")).text, having="data-course")

    booked = dana.post(f"/desk/patients/{CAST.ada}/course", form | {"act": "book"})

    assert form["wished_days"] == ["0", "1", "2", "3"]
    assert (form["wished_from"], form["wished_until"]) == (["780"], ["1080"])
    assert booked.status_code == 303
    assert "Booked: " in dana.get(f"{ADA}/episodes/{one.id}/plan").text


def test_a_plan_that_changes_while_it_is_booked_is_told_before_anything_is_booked(dana: Visitor) -> None:
    for day in (0, 1):
        visit(starts_at=at(9, day=day))
    one = episode()
    plan_signed(planned(one))
    found = re.search(r'href="(/desk/patients/1/course[^"]*)"', dana.get(f"{ADA}/episodes/{one.id}/plan").text)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    form = filled(dana.get(address).text, having="data-course") | {"act": "book"}
    draft = dana.post(f"{ADA}/episodes/{one.id}/plan", {})
    changes = {"per_week_1": "1", "weeks_1": "6", "per_week_2": "", "weeks_2": "", "why_changed": "Better"}
    changed = filled(dana.get(path_of(draft) + "?draft=").text, having="data-autosave") | changes
    signed_ = dana.post(f"{ADA}/plans/2/sign", changed)

    told = dana.post(f"/desk/patients/{CAST.ada}/course", form)
    before = len(database.session.scalars(select(Appointment)).all())
    done = dana.post(f"/desk/patients/{CAST.ada}/course", filled(told.text, having="data-course") | {"act": "book"})

    database.session.rollback()
    assert [answer.status_code for answer in (signed_, told, done)] == [303, 409, 303]
    assert "it asks for 4 more visits now. Nothing was booked." in told.text
    assert "device.treadmill=2&device.treadmill=6" in address
    assert (before, len(database.session.scalars(select(Appointment)).all())) == (2, 12)


def test_codes_are_found_by_words_and_an_ended_one_says_so(dana: Visitor) -> None:
    visit()
    plan = planned(episode())
    form = filled(dana.get(f"{ADA}/episodes/1/plan?draft=").text, having="data-autosave")

    found = dana.post(f"{ADA}/diagnoses", {"diagnosis": "sciatica left"}, headers={"HX-Request": "true"})
    ended = dana.post(f"{ADA}/plans/{plan.id}", form | {"diagnosis": "M54.5"})

    assert re.findall(r"<b>(M[\d.]+)</b>", found.text) == ["M54.42"]
    assert ended.status_code == 422
    assert "not valid since October 1, 2021" in ended.text


def test_a_new_version_says_what_changed_and_keeps_the_goals(dana: Visitor) -> None:
    visit()
    one = episode()
    plan_signed(planned(one))
    home = f"{ADA}/episodes/{one.id}/plan"
    begun_ = dana.post(home, {})
    assert begun_.status_code == 303
    database.session.rollback()
    plan = database.session.scalars(select(Plan).where(Plan.number == 2)).one()
    form = filled(dana.get(f"{home}?draft=").text, having="data-autosave")

    changes = {"intervention.0.dose": "3 × 20 s", "why_changed": "Holds longer"}
    done = dana.post(f"{ADA}/plans/{plan.id}/sign", form | changes)
    shown = dana.get(home).text

    assert done.status_code == 303
    assert "Side plank: 3 × 15 s → 3 × 20 s" in shown
    assert "LT1" in shown


def test_the_certification_is_noted_and_no_day_to_come(dana: Visitor) -> None:
    visit()
    one = episode()
    plan = plan_signed(planned(one))

    noted = dana.post(f"{ADA}/plans/{plan.id}/certification", {"step": "sent", "on": "2026-11-24", "words": "fax"})
    future = dana.post(f"{ADA}/plans/{plan.id}/certification", {"step": "signed", "on": "2026-12-24"})

    assert (noted.status_code, future.status_code) == (303, 422)
    assert "Sent to the referrer, fax" in dana.get(f"{ADA}/episodes/{one.id}/plan").text


def test_my_day_the_caseload_and_the_unsigned_say_what_waits(dana: Visitor) -> None:
    appointment = visit()
    one = episode()
    plan_signed(planned(one))
    begun(appointment)

    assert "Low back pain, runner" in dana.get("/treatment/").text
    assert "Ada Moore" in dana.get("/treatment/caseload").text
    assert "Visit 1, Tue Nov 24" in dana.get("/treatment/unsigned").text


def test_canary_words_of_the_chart_reach_no_page_of_the_desk(visitor: Open, app: Flask) -> None:
    appointment = visit(type_id=CAST.evaluation)
    one = episode(problem="CANARYPROBLEM")
    saved(begun(appointment), evaluation_facts(complaint="CANARYWORDS"))
    plan_signed(planned(one))
    kim, max_ = visitor("kim"), visitor("max")
    today = date(2026, 11, 24).isoformat()
    pages = [f"/desk/days/{today}", f"/desk/patients/{CAST.ada}", "/desk/calls", "/desk/letters", "/desk/patients"]

    texts = [kim.get(page).text for page in [*pages, f"/desk/appointments/{appointment}"]]
    texts += [max_.get(page).text for page in ("/office/", "/office/trail")]

    assert not [text for text in texts if "CANARY" in text or "M54" in text]


def test_the_desk_sees_dates_and_numbers_of_a_plan_and_notes_an_authorization(visitor: Open) -> None:
    visit(type_id=CAST.evaluation)
    one = episode()
    plan_signed(planned(one))
    kim = visitor("kim")

    noted = kim.post(
        f"/desk/patients/{CAST.ada}/authorizations",
        {"episode_id": one.id, "visits": "10", "until_on": "2027-01-15", "number": "A-1"},
    )
    wrong = kim.post(f"/desk/patients/{CAST.ada}/authorizations", {"episode_id": one.id, "visits": "many"})
    foreign = kim.post(f"/desk/patients/{CAST.ben}/authorizations", {"episode_id": one.id, "visits": "10"})
    page = kim.get(f"/desk/patients/{CAST.ada}").text

    assert (noted.status_code, wrong.status_code, foreign.status_code) == (303, 422, 404)
    assert "Authorized: 10 until Fri Jan 15, 2027, A-1." in page
    assert "Low back" not in page
    assert kim.get("/desk/plans").status_code == 200


def test_a_booked_follow_up_belongs_to_the_open_episode(visitor: Open) -> None:
    one = episode()
    kim = visitor("kim")
    page = kim.get(f"/desk/appointments/new?patient_id={CAST.ada}&type_id={CAST.follow_up}").text
    form = filled(page, having="data-booking") if "data-booking" in page else {}

    answer = kim.post(
        "/desk/appointments/new",
        form
        | {
            "patient_id": CAST.ada,
            "therapist_id": CAST.dana,
            "type_id": CAST.follow_up,
            "starts_at": "2026-11-27T09:00",
            "request_id": "fu",
        },
    )

    assert answer.status_code == 303
    assert database.session.scalars(select(Appointment.episode_id)).all() == [one.id]


def test_the_library_says_every_source_and_keeps_the_clinics_versions(dana: Visitor, visitor: Open) -> None:
    key = "/treatment/library/measure.odi"
    words = {"low": "0", "high": "100", "normal": "", "mdc": "12.8", "mcid": "10", "better": "lower", "seen": "0"}
    words |= {"source": "ODI 2.1a guide", "reason": "The clinic's version", "confirmed": "1"}

    without = dana.post(key, words | {"reason": ""})
    done = dana.post(key, words)
    stale = dana.post(key, words)
    assistant = visitor("sam").post(key, words | {"seen": "1"})

    assert [one.status_code for one in (without, done, stale, assistant)] == [422, 303, 409, 403]
    assert "ODI 2.1a guide; confirmed by Dana Ruiz" in dana.get("/treatment/library").text
    assert "Childs 2005" in dana.get("/treatment/library").text


def test_a_plan_becomes_a_template_that_the_next_plan_starts_from(dana: Visitor) -> None:
    visit()
    one = episode()
    plan = plan_signed(planned(one))
    keep = f"{ADA}/plans/{plan.id}/template"
    words = {"name": "Runner, tempo", "replaces": "", "source": "Own practice", "confirmed": "1"}

    nameless = dana.post(keep, words | {"name": ""})
    kept = dana.post(keep, words)

    assert (nameless.status_code, path_of(kept)) == (422, "/treatment/library/template.own-1")
    assert "Give it a name." in nameless.text
    assert "Treadmill with metronome" in dana.get("/treatment/library/template.own-1").text
    assert "2 a week for 4 then 1 a week for 4 weeks, 1 goal, 3 interventions" in dana.get("/treatment/library").text
    assert "Runner, tempo" in dana.get(f"{ADA}/episodes/{one.id}/plan").text


def test_the_manager_reads_which_charts_were_opened_with_a_reason(visitor: Open) -> None:
    visit()
    episode()
    visitor("noor").post(f"{ADA}/glass", {"reason": "Dana is ill, and Ada called", "then": f"{ADA}/"})
    max_ = visitor("max")

    listed = max_.get("/office/charts").text
    max_.post("/office/charts/1/seen", {})

    assert "Dana is ill, and Ada called" in listed
    assert "Read by Max Weller" in max_.get("/office/charts").text


def test_the_manager_names_who_signs_after_an_assistant(visitor: Open) -> None:
    max_ = visitor("max")
    sam = database.session.scalars(select(User.id).where(User.name == "Sam Osei")).one()

    named = max_.post(f"/office/people/{sam}/supervisor", {"supervisor_id": CAST.dana})
    own = max_.post(f"/office/people/{sam}/supervisor", {"supervisor_id": CAST.sam})

    assert (named.status_code, own.status_code) == (303, 422)
    database.session.rollback()
    assert database.session.get_one(Therapist, CAST.sam).supervisor_id == CAST.dana


def discharged() -> tuple[int, int]:
    """Sign the discharge of Ada, whom Sam would still see; return the note's and that visit's id."""
    first, later = visit(), visit(starts_at=at(10, day=7), therapist_id=CAST.sam)
    episode()
    note = begun(first)
    dana = clinician("Dana")
    report = within(lambda: notes.change_kind(note_id=note.id, kind="discharge", by=dana, now=at(9, 30)))
    signed(saved(report, visit_facts(own_words="Runs 30 min without pain.")))
    return note.id, later


def test_a_signed_discharge_names_the_visits_still_booked_and_closes_the_episode(dana: Visitor) -> None:
    note_id, later = discharged()
    page = dana.get(f"{ADA}/notes/{note_id}").text
    form = filled(page, having="data-close-episode")

    closed = dana.post(f"{ADA}/episodes/1/close", form)

    assert f'href="/desk/appointments/{later}"' in page
    assert (form["why"], path_of(closed)) == (["Discharged"], f"{ADA}/")
    after = dana.get(f"{ADA}/notes/{note_id}").text
    assert ("Episode closed" in after, "Close the episode" in after) == (True, False)


def test_the_visits_left_after_a_discharge_are_links_for_those_alone_who_may_open_the_desk(visitor: Open) -> None:
    note_id, later = discharged()

    page = visitor("sam").get(f"{ADA}/notes/{note_id}").text

    assert ("Tell reception which to cancel" in page, f"/desk/appointments/{later}" in page) == (True, False)


def test_what_is_missing_shows_four_and_folds_the_rest_so_that_signing_stays_in_sight(dana: Visitor) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = begun(appointment)

    page = dana.get(f"{ADA}/notes/{note.id}").text

    shown, folded = re.findall(r'<ul class="missing">(.*?)</ul>', page, re.DOTALL)
    count = int(re.findall(r"<h2>(\d+) things before you sign</h2>", page)[0])
    assert (shown.count("<li>"), folded.count("<li>")) == (4, count - 4)
    assert f"<summary>and {count - 4} more</summary>" in page


def test_a_signed_evaluation_reads_complaint_and_body_chart_before_its_measures(dana: Visitor) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = signed(saved(begun(appointment), evaluation_facts()))

    page = dana.get(f"{ADA}/notes/{note.id}").text

    heads = re.findall(r'<section class="soap"[^>]*><h2>(.*?)</h2>', page)
    named = [re.sub(r"<[^>]+>", "", head) for head in heads]
    assert named == ["History", "Body chart", "Running", "Objective", "Judgment", "Assessment", "Added later"]


@pytest.mark.parametrize(
    ("type_id", "words"), [(CAST.evaluation, "Skip to the evaluation"), (CAST.follow_up, "Skip to the note")]
)
def test_the_second_tab_stop_of_a_draft_leads_to_its_form(dana: Visitor, type_id: int, words: str) -> None:
    appointment = visit(type_id=type_id)
    episode()
    note = begun(appointment)

    page = dana.get(f"{ADA}/notes/{note.id}").text

    assert re.findall(r'<a class="button skip-link" href="(.*?)">(.*?)</a>', page) == [
        ("#content", "Skip to content"),
        ("#note", words),
    ]
    assert page.count('id="note" tabindex="-1"') == 1


def test_older_carried_values_are_folded_and_stay_in_the_form_and_what_is_in_use_is_open(dana: Visitor) -> None:
    evaluation, first, second = visit(type_id=CAST.evaluation), visit(starts_at=at(10, 30)), visit(starts_at=at(13))
    episode()
    signed(saved(begun(evaluation), evaluation_facts()))
    signed(saved(begun(first), visit_facts()))
    note = begun(second)

    page = dana.get(f"{ADA}/notes/{note.id}").text

    objective = re.search(r'id="objective".*?</section>', page, re.DOTALL)
    before, folded = objective.group().split("<details", 1) if objective else ("", "")
    assert re.findall(r'id="(measure[^"]+)"', before) == ["measure.lumbar-extension.", "measure.side-plank.L"]
    assert re.findall(r'id="(measure[^"]+)"', folded) == ["measure.slr.L"]
    assert 'name="measure.slr.L.keep"' in folded
    assert "1 carried value<" in folded


def test_what_an_event_was_is_in_the_page_whether_or_not_a_script_or_the_stylesheet_hides_it(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    form = form_of(dana, note.id, new_event="none", event="")
    answer = dana.post(f"{ADA}/notes/{note.id}", form)

    assert (answer.status_code, form_of(dana, note.id)["event"]) == (303, [""])


def test_a_visit_is_called_the_same_on_my_day_in_its_note_and_in_the_overview(dana: Visitor) -> None:
    evaluation, first = visit(type_id=CAST.evaluation), visit(starts_at=at(10, 30))
    one = episode()
    signed(saved(begun(evaluation), evaluation_facts()))
    plan_signed(planned(one))
    note = begun(first)

    day, overview = dana.get("/treatment/").text, dana.get(f"{ADA}/").text
    head = dana.get(f"{ADA}/notes/{note.id}").text

    assert re.findall(r'my-day__what quiet">(.*?) · Low', day) == ["Evaluation", "Visit 1 of 12"]
    assert re.findall(r'<th scope="row" class="number nowrap">(.*?)</th>', overview) == ["Visit 1 of 12", "Evaluation"]
    assert re.findall(r'button--still">(.*?)</span>', head) == ["Visit 1 of 12"]


def test_a_blank_run_above_a_filled_one_leaves_the_error_in_its_row(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    typed = {"run.2.ran_on": "2026-11-22", "run.2.minutes": "9000"}

    answer = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **typed))

    assert answer.status_code == 422
    assert re.findall(r'id="(run[^"]+-error)"', answer.text) == ["run.2.minutes-error"]
    assert 'value="9000"' in answer.text


def test_a_treatment_that_is_taken_out_leaves_the_error_of_the_next_in_its_row(dana: Visitor) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    for line in ("bridge 3x12 5 min", "side plank 3x20 5 min"):
        dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, add_treatment=line))
    typed = {"treatment.0.out": "1", "treatment.1.minutes": "900"}

    answer = dana.post(f"{ADA}/notes/{note.id}", form_of(dana, note.id, **typed))

    assert answer.status_code == 422
    assert re.findall(r'id="(treatment[^"]+-error)"', answer.text) == ["treatment.1.minutes-error"]


@pytest.mark.parametrize(
    "then", ["../../", "..%2f..", "notes/../../../account", "/example.com", "\\example.com", "?next=//example.com"]
)
def test_the_way_on_from_a_reason_stays_inside_the_chart(visitor: Open, then: str) -> None:
    visit()
    episode()
    facts = {"reason": "Dana is ill, and Ada called", "then": f"{ADA}/{then}"}

    answer = visitor("noor").post(f"{ADA}/glass", facts)

    assert answer.location == f"{ADA}/"


def test_a_reason_that_is_too_long_is_refused_and_kept_whole(visitor: Open) -> None:
    visit()
    episode()
    reason = "Dana is ill, and Ada called. " * 12

    answer = visitor("noor").post(f"{ADA}/glass", {"reason": reason, "then": f"{ADA}/"})

    assert answer.status_code == 422
    assert ("At most 300 letters." in answer.text, reason in answer.text) == (True, True)
    assert database.session.scalars(select(Breach.reason)).all() == []


def test_words_on_a_certification_that_are_too_long_are_refused_and_kept_whole(dana: Visitor) -> None:
    visit(type_id=CAST.evaluation)
    plan = plan_signed(planned(episode()))
    facts = {"step": "sent", "on": "2026-11-24", "words": "fax, 2 pages " * 20}

    answer = dana.post(f"{ADA}/plans/{plan.id}/certification", facts)

    assert answer.status_code == 422
    assert ("At most 200 letters." in answer.text, facts["words"] in answer.text) == (True, True)


def test_a_draft_says_which_of_the_visits_that_it_carries_from_is_not_signed(dana: Visitor) -> None:
    first, second = visit(), visit(starts_at=at(13))
    episode()
    before = saved(begun(first), visit_facts())
    note = begun(second)
    unsigned = dana.get(f"{ADA}/notes/{note.id}").text
    signed(before)

    after = dana.get(f"{ADA}/notes/{note.id}").text

    words = "Not signed yet: visit 1. What is carried from there may still change."
    assert (words in unsigned, words in after) == (True, False)


def test_a_plan_says_start_and_now_with_their_unit_and_what_was_not_measured_since(dana: Visitor) -> None:
    visit(type_id=CAST.evaluation)
    one = episode()
    plan_signed(planned(one))

    page = dana.get(f"{ADA}/episodes/{one.id}/plan").text

    wide = re.sub(r'<span class="phone-only[^>]*>[^<]*</span>', "", page)
    row = re.search(r"run 30 min without a break.*?</tr>", wide, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row.group() if row else "")]
    assert cells[:3] == ["6 min", "not measured since", "≥ 30 min"]


def test_a_plan_draws_visits_authorization_and_certification_on_one_line_of_days_and_says_the_same(
    dana: Visitor,
) -> None:
    visit(type_id=CAST.evaluation)
    visit(starts_at=at(10, day=7))
    one = episode()
    plan_signed(planned(one))

    page = dana.get(f"{ADA}/episodes/{one.id}/plan").text

    said = re.search(r'<desc id="plan-time-desc">(.*?)</desc>', page)
    assert said is not None
    assert said.group(1).split("; ") == [
        "Plan from Nov 24 to Jan 18",
        "To certify from Nov 24 to Jan 18",
        "visits done 0, booked 2, the evaluation among them",
        "today Nov 24",
        "the certification is to be signed by Dec 24.",
    ]
    assert re.findall(r'plan-time__bar--(\w+)" x="(\d+)" y="\d+" width="(\d+)"', page) == [
        ("plan", "68", "224"),
        ("certified", "68", "224"),
    ]
    assert re.findall(r'plan-time__visit" cx="(\d+)"', page) == ["68", "97"]
