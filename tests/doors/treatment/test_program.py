"""The home program at the door, on paper, and at home by the patient's link."""

import re
import zlib
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import select

from clinic import clock
from clinic.care import episodes
from clinic.care.episodes import close_episode
from clinic.care.homecare import HomeEvent, HomeItem
from clinic.care.homecare.rules.thermal import HEAT
from clinic.care.notes.queries import note as note_by_id
from clinic.database import database
from clinic.people.patients import HomeLink, note_birth_date
from clinic.people.patients.home_link import home_token
from clinic.people.patients.models import Patient
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
    within,
)
from tests.cast import CAST, KIM, NOW, at
from tests.engines import SECRET
from tests.forms import filled
from tests.visitor import Visitor

ADA = f"/treatment/patients/{CAST.ada}"
PAGE = f"{ADA}/episodes/1/program"
Open = Callable[..., Visitor]
BORN = "1991-03-08"


@pytest.fixture
def dana(visitor: Open) -> Visitor:
    """Dana, who treats Ada; Ada's evaluation says that extension eases."""
    appointment = visit(type_id=CAST.evaluation)
    episode()
    saved(begun(appointment), evaluation_facts())
    return visitor("dana")


def add(dana: Visitor, words: str = "split squat", **more: str) -> HomeItem:
    """Add an exercise by part of its name."""
    dana.post(PAGE, {"kind": "exercise", "exercise": words} | more)
    return newest()


def newest() -> HomeItem:
    """Return the newest item."""
    database.session.rollback()
    return database.session.scalars(select(HomeItem).order_by(HomeItem.id.desc())).first()  # type: ignore[return-value]


def link(dana: Visitor) -> str:
    """Make Ada's link, and return the address that it has."""
    dana.post(f"{ADA}/episodes/1/home-link/make", {})
    database.session.rollback()
    return f"/home/{home_token(database.session.scalars(select(HomeLink)).one(), secret=SECRET)}"


def born(day: str = BORN) -> None:
    """Write down when Ada was born."""
    within(lambda: note_birth_date(patient_id=CAST.ada, born_on=date.fromisoformat(day), seen=1, by=KIM, now=NOW))


def test_part_of_a_name_and_enter_add_an_exercise(dana: Visitor) -> None:
    for words in ("side pl", "split", "press-up"):
        add(dana, words)

    page = dana.get(PAGE).text
    assert [word in page for word in ("Side plank", "Split squat", "Press-up, face down")] == [True] * 3
    assert "3 × 8 each side" in page


def test_against_the_direction_the_reasons_stand_there_and_a_reason_goes_on(dana: Visitor) -> None:
    warned = dana.post(PAGE, {"kind": "exercise", "exercise": "knee-to-chest"})
    done = dana.post(PAGE, {"kind": "exercise", "code": "KTC", "despite": "Eases after runs, tested twice"})

    assert (warned.status_code, done.status_code) == (409, 303)
    assert "Long 2004, Spine 29:2593" in warned.text
    assert "it belongs on the stop list" in warned.text
    assert "Eases after runs, tested twice" in dana.get(PAGE).text


def test_a_dose_is_changed_by_a_version(dana: Visitor) -> None:
    item = add(dana)
    dose = {f"dose.{name}": value for name, value in item.dose.items()} | {"dose.weekdays.shown": "1"}

    done = dana.post(
        f"{ADA}/home-items/{item.id}",
        dose | {"kind": "exercise", "code": item.code, "dose.load": "6 kg", "weekday": ["0", "2", "5"]},
    )
    wrong = dana.post(
        f"{ADA}/home-items/{newest().id}", dose | {"kind": "exercise", "code": item.code, "dose.sets": "0"}
    )

    assert (done.status_code, wrong.status_code) == (303, 422)
    assert "3 × 8 each side with 6 kg, Mon, Wed, Sat" in dana.get(PAGE).text
    assert "Version 2" in dana.get(PAGE).text


def test_stopping_asks_why_and_stands_under_stopped(dana: Visitor) -> None:
    item = add(dana)

    bare = dana.post(f"{ADA}/home-items/{item.id}/stop", {})
    done = dana.post(f"{ADA}/home-items/{item.id}/stop", {"reason": "spreads", "words": "Down the left leg"})
    again = dana.post(f"{ADA}/home-items/{item.id}/stop", {"reason": "worse"})

    assert (bare.status_code, done.status_code, again.status_code) == (422, 303, 409)
    assert "it spread the pain down the leg. Down the left leg" in dana.get(PAGE).text


def test_heat_waits_for_every_line_of_the_checklist(dana: Visitor, visitor: Open) -> None:
    clear = {f"check.heat.{line.key}": "no" for line in HEAT.contraindications}
    heat = {"kind": "heat", "minutes": "15", "routine": "in the evening"}

    half = dana.post(PAGE, heat | clear | {"check.heat.numb": ""})
    blocked = dana.post(PAGE, heat | clear | {"check.heat.numb": "yes"})
    done = dana.post(PAGE, heat | clear)

    assert (half.status_code, blocked.status_code, done.status_code) == (422, 422, 303)
    assert "Not answered yet: Reduced sensation in the area." in half.text
    assert "Reduced sensation in the area: no heat at home." in blocked.text
    assert "checklist signed, none holds" in dana.get(PAGE).text


def test_heat_is_changed_after_the_checklist_is_signed_again(dana: Visitor) -> None:
    clear = {f"check.heat.{line.key}": "no" for line in HEAT.contraindications}
    dana.post(PAGE, {"kind": "heat", "minutes": "15", "routine": "in the evening"} | clear)
    address = f"{ADA}/home-items/{newest().id}"
    longer = {"kind": "heat", "minutes": "20", "routine": "before running"}

    bare = dana.post(address, longer)
    blocked = dana.post(address, longer | clear | {"check.heat.numb": "yes"})
    done = dana.post(address, longer | clear)

    assert (bare.status_code, blocked.status_code, done.status_code) == (422, 422, 303)
    assert 'name="minutes" inputmode="numeric" value="20"' in bare.text
    now = newest()
    assert (now.minutes, now.routine, now.replaces_id) == (20, "before running", int(address.rpartition("/")[2]))


def test_a_change_of_running_keeps_how_often(dana: Visitor) -> None:
    dana.post(PAGE, {"kind": "running", "stage": "2", "routine": "three times a week"})
    address = f"{ADA}/home-items/{newest().id}"

    dana.post(address, filled(dana.get(PAGE).text, having=address) | {"stage": "3"})

    assert (newest().details["stage"], newest().routine) == (3, "three times a week")


def test_more_than_four_items_are_warned_of(dana: Visitor) -> None:
    for words in ("side plank", "split squat", "press-up", "bird dog", "clamshell"):
        add(dana, words)

    assert "5 items at once" in dana.get(PAGE).text


def test_reception_reads_no_program_and_another_patients_item_is_not_here(dana: Visitor, visitor: Open) -> None:
    item = add(dana)
    visit(patient_id=CAST.ben, starts_at=at(15))

    answers = [visitor("kim").get(PAGE), dana.post(f"/treatment/patients/{CAST.ben}/home-items/{item.id}/pause", {})]

    assert [one.status_code for one in answers] == [403, 404]


def test_the_link_asks_the_birth_date_once_on_each_device(dana: Visitor, visitor: Open) -> None:
    add(dana)
    born()
    home = link(dana)
    phone, other = visitor(), visitor()

    asked = phone.get(home)
    wrong = phone.post(home, {"born_on": "3/9/1991"}, page=home)
    opened = phone.post(home, {"born_on": "3/8/1991"}, page=home)

    assert (asked.status_code, wrong.status_code, opened.status_code) == (200, 422, 303)
    assert "Split squat" not in asked.text + wrong.text + other.get(home).text
    assert "Split squat" in phone.get(home).text
    assert re.search(r"<title>(.*?)</title>", phone.get(home).text)[1] == "Your page"  # type: ignore[index]
    assert "ada" not in home.lower()


def test_five_wrong_birth_dates_lock_the_link_until_it_is_opened_again(dana: Visitor, visitor: Open) -> None:
    add(dana)
    born()
    home, phone = link(dana), visitor()

    wrong = [phone.post(home, {"born_on": f"3/{day}/1991"}, page=home).status_code for day in range(10, 15)]
    locked = phone.post(home, {"born_on": "3/8/1991"})
    closed = phone.get(home)
    dana.post(f"{ADA}/episodes/1/home-link/unlock", {})
    opened = phone.post(home, {"born_on": "3/8/1991"}, page=home)

    assert (wrong, locked.status_code, opened.status_code) == ([422] * 5, 409, 303)
    assert (closed.status_code, "This page is closed" in closed.text) == (409, True)


def test_what_is_no_date_does_not_count_as_a_wrong_one(dana: Visitor, visitor: Open) -> None:
    born()
    home, phone = link(dana), visitor()

    answers = [phone.post(home, {"born_on": text}, page=home) for text in ("", "x", "13/45/1991", "1" * 500)]

    database.session.rollback()
    assert [one.status_code for one in answers] == [422] * 4
    assert database.session.scalars(select(HomeLink.wrong)).all() == [0]


def test_a_revoked_link_opens_nothing_also_where_it_was_open(dana: Visitor, visitor: Open) -> None:
    born()
    home, phone = link(dana), visitor()
    phone.post(home, {"born_on": "3/8/1991"}, page=home)

    dana.post(f"{ADA}/episodes/1/home-link/revoke", {})
    gone = phone.get(home)
    new = link(dana)

    assert (gone.status_code, phone.get(home).status_code, phone.get(new).status_code) == (404, 404, 200)
    assert "birth date" in phone.get(new).text
    assert phone.get("/home/made.up").status_code == 404


def test_the_link_ends_ninety_days_after_the_last_episode(dana: Visitor, visitor: Open) -> None:
    born()
    home = link(dana)
    by = clinician("Dana").actor
    within(lambda: close_episode(episode_id=1, why="Goals met", by=by, now=NOW))

    statuses = []
    for days in (90, 91):
        later = NOW + timedelta(days=days)
        clock.set_source(lambda later=later: later)  # type: ignore[misc]
        statuses.append(visitor().get(home).status_code)

    assert statuses == [200, 404]


def test_an_exercise_of_other_weekdays_is_not_for_today(dana: Visitor, visitor: Open) -> None:
    dana.post(PAGE, {"kind": "exercise", "exercise": "split squat"})
    address = f"{ADA}/home-items/{newest().id}"
    dana.post(address, filled(dana.get(PAGE).text, having=address) | {"weekday": ["0", "2"]})
    born()
    home, phone = link(dana), visitor()
    phone.post(home, {"born_on": "3/8/1991"}, page=home)

    page = phone.get(home).text

    assert "Not today" in page
    assert "1. Split squat" not in page


def test_what_was_stopped_stands_on_the_patients_page_as_stopped(dana: Visitor, visitor: Open) -> None:
    item = add(dana)
    born()
    home, phone = link(dana), visitor()
    phone.post(home, {"born_on": "3/8/1991"}, page=home)

    dana.post(f"{ADA}/home-items/{item.id}/stop", {"reason": "worse", "words": "radiating, canary words"})

    page = phone.get(home).text
    assert "Do not do <b>Split squat</b> any more" in page
    assert "canary" not in page
    database.session.rollback()
    assert database.session.scalars(select(HomeEvent.what)).all() == ["stopped"]


def test_what_was_stopped_and_is_prescribed_again_is_not_forbidden_at_home(dana: Visitor, visitor: Open) -> None:
    item = add(dana)
    born()
    home, phone = link(dana), visitor()
    phone.post(home, {"born_on": "3/8/1991"}, page=home)
    dana.post(f"{ADA}/home-items/{item.id}/stop", {"reason": "too easy"})

    add(dana)

    page = phone.get(home).text
    assert "1. Split squat</h2>" in page
    assert "Do not do" not in page


def test_only_known_gates_of_drinking_are_kept(dana: Visitor) -> None:
    dana.post(PAGE, {"kind": "hydration", "gate.diuretics": "1", "gate." + "x" * 5000: "1", "request_id": "a\x00b"})

    item = newest()
    assert (item.details["gates"], item.request_id) == (["diuretics"], "ab")


def test_without_a_birth_date_on_file_the_page_says_to_call(dana: Visitor, visitor: Open) -> None:
    within(lambda: setattr(database.session.get(Patient, CAST.ada), "born_on", None))
    home, phone = link(dana), visitor()

    answer = phone.post(home, {"born_on": "3/8/1991"}, page=home)

    assert answer.status_code == 409
    assert "Please call the clinic." in answer.text


def test_the_program_on_paper_has_drawings_a_code_and_a_table_of_the_days_that_count(dana: Visitor) -> None:
    add(dana)
    dana.post(PAGE, {"kind": "running", "stage": "4", "spm": "174", "weekly_km": "14"})
    link(dana)

    page = dana.get(f"{PAGE}/print").text
    bare = dana.get(f"{PAGE}/print?size=a4&as=nothing").text

    assert page.count('<svg class="figure"') == 2
    assert "The address of your home program" in page
    assert page.count('class="ticks__box"') == 12
    assert "paper-letter.css" in page
    assert "paper-a4.css" in bare


def test_a_pdf_is_tagged_and_has_its_pages(dana: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    add(dana)
    caplog.set_level("INFO")

    answer = dana.get(f"{PAGE}/print?as=pdf")

    assert [one.name for one in caplog.records if one.name.startswith("fontTools")] == []
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    parts = re.findall(rb"stream\n(.*?)\nendstream", answer.data, re.DOTALL)
    inside = b"".join(zlib.decompress(part) for part in parts if part.startswith(b"x"))
    assert answer.data.startswith(b"%PDF-")
    assert (b"/StructTreeRoot" in inside, b"/Figure" in inside, b"/Lang" in inside) == (True, True, True)


def test_an_evaluation_with_its_body_chart_is_made_a_pdf(dana: Visitor) -> None:
    note = signed(note_by_id(1), now=at(12))

    page = dana.get(f"{ADA}/notes/{note.id}/print").text
    answer = dana.get(f"{ADA}/notes/{note.id}/print?as=pdf")

    assert '<g class="figure__outline" aria-hidden="true" fill="none"' in page
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")


def test_where_no_pdf_is_made_the_page_says_how_to_print(dana: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)

    answer = dana.get(f"{PAGE}/print?as=pdf")

    assert answer.mimetype == "text/html"
    assert "This computer makes no PDF" in answer.text


def test_notes_and_plans_go_on_paper_with_their_signatures(dana: Visitor) -> None:
    database.session.rollback()
    plan = plan_signed(planned(episodes.episode(1)))
    note = signed(note_by_id(1), now=at(12))

    on_paper = dana.get(f"{ADA}/notes/{note.id}/print").text
    contract = dana.get(f"{ADA}/plans/{plan.id}/print").text

    assert "Signed electronically by <b>Dana Ruiz" in on_paper
    assert "My low back hurts after half an hour of running." in on_paper
    assert "Physician’s or referrer’s signature, date and time" in contract
    assert "paper__whose" in on_paper
    assert "paper__whose" in contract
    assert "run 30 min without a break" in contract
    assert dana.get(f"/treatment/patients/{CAST.ben}/notes/{note.id}/print").status_code in (403, 404)


def test_the_desk_makes_revokes_and_opens_the_link_and_never_sees_it(dana: Visitor, visitor: Open) -> None:
    item, kim = add(dana), visitor("kim")
    desk = f"/desk/patients/{CAST.ada}"
    born()

    kim.post(f"{desk}/home-link/make", {})
    home, phone = link(dana), visitor()
    for day in range(10, 15):
        phone.post(home, {"born_on": f"3/{day}/1991"}, page=home)
    locked = kim.get(desk).text
    kim.post(f"{desk}/home-link/unlock", {})
    works = kim.get(desk).text
    kim.post(f"{desk}/home-link/revoke", {})

    assert "Locked after five wrong birth dates" in locked
    assert "it stands in every letter" in works
    assert [text.count("/home/") + text.count(item.name) for text in (locked, works)] == [0, 0]
    assert phone.get(home).status_code == 404


def test_a_week_that_grows_by_more_than_a_tenth_is_warned_of_for_a_week(dana: Visitor, visitor: Open) -> None:
    run = {"kind": "running", "stage": "4", "weekly_km": "10"}
    dana.post(PAGE, run)
    before = dana.get(PAGE).text

    clock.set_source(lambda: NOW + timedelta(days=8))
    again = visitor("dana")
    for km in ("10.9", "11.8", "14"):
        again.post(f"{ADA}/home-items/{newest().id}", run | {"weekly_km": km})
    raised = again.get(PAGE).text.replace("&#39;", "'")
    clock.set_source(lambda: NOW + timedelta(days=16))

    assert "at most 10 % is the convention" not in before + visitor("dana").get(PAGE).text
    assert "14.0 km is 40 % more than last week" in raised


def test_an_exercise_of_the_library_is_changed_where_it_can_be_read_again(dana: Visitor) -> None:
    key = "/treatment/library/exercise.SPLIT_SQ"
    form = filled(dana.get(key).text, having="data-default") | {
        "source": "Our practice",
        "reason": "Lighter",
        "confirmed": "1",
    }

    wrong = dana.post(key, form | {"sets": "99"})
    done = dana.post(key, form | {"sets": "2", "label": "Split squat, ours"})
    item = add(dana, "split squat")

    assert (wrong.status_code, done.status_code) == (422, 303)
    assert (item.name, item.dose["sets"]) == ("Split squat, ours", "2")


def test_what_is_paused_stands_on_the_patients_page_as_paused(dana: Visitor, visitor: Open) -> None:
    item = add(dana)
    born()
    home, phone = link(dana), visitor()
    phone.post(home, {"born_on": "3/8/1991"}, page=home)

    dana.post(f"{ADA}/home-items/{item.id}/pause", {})

    page = phone.get(home).text
    assert "until your therapist takes them up again: <b>Split squat</b>" in page
    assert "3 × 8" not in page


@pytest.mark.parametrize("inside", [[2**70, 1], ["1", 1], [None, 1], {}, 7, [1]])
def test_a_token_of_another_shape_opens_nothing(visitor: Open, inside: object) -> None:
    token = URLSafeSerializer(SECRET, salt="home link").dumps(inside)

    assert visitor().get(f"/home/{token}").status_code == 404
