"""The caller on the phone, by key: each budget counted, the time kept, the sentence first."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bench.keys import CLICK, DECISION, KEY
from clinic.care.intake import Screening
from clinic.database import database, transaction
from clinic.people import patients
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Kept
from tests.browser.axe import violations
from tests.browser.gate import Gate
from tests.cast import CAST, KIM, NOW, PASSWORD, at

Book = Callable[..., Appointment]
Open = Callable[..., Page]
TEXT = {"Tab"}


class Hands:
    """The two hands at a keyboard: they count keys apart from typed text and Tab, and never click."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.typed = 0

    def press(self, *keys: str) -> "Hands":
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += key not in TEXT
            self.typed += key in TEXT
        return self

    def type(self, text: str) -> "Hands":
        """Type text, as quickly as it goes."""
        self.page.keyboard.type(text)
        self.typed += len(text)
        return self


def panel(page: Page) -> Any:
    """Return the panel."""
    return page.locator("[data-panel]")


def booked() -> list[Appointment]:
    """Return all appointments, in order."""
    database.session.rollback()
    database.session.expire_all()
    return list(database.session.scalars(select(Appointment).order_by(Appointment.id)))


def kept() -> list[tuple[int, Any]]:
    """Return who keeps what."""
    database.session.rollback()
    return [tuple(row) for row in database.session.execute(select(Kept.user_id, Kept.starts_at))]


def rui() -> int:
    """Rui Costa is in the register; this is his id."""
    database.session.rollback()
    with transaction():
        return patients.register(name="Rui Costa", phone="919 555 0177", by=KIM, now=NOW).id


# ---- find


def test_a_patient_is_found_without_a_click(open_desk: Open) -> None:
    rui()
    page = open_desk()
    hands = Hands(page).press("/").type("rui")

    expect(page.locator("#found-patients a.row")).to_contain_text("Rui Costa")
    hands.press("Enter")

    page.wait_for_url("**/desk/patients/*")
    assert hands.keys == 2


@pytest.mark.parametrize("asked", ["rui", "0177"])
def test_three_letters_or_four_digits_land_on_the_next_visit_however_quickly_typed(
    open_desk: Open, book: Book, asked: str
) -> None:
    visit = book(patient_id=rui(), starts_at=at(9, day=2))
    page = open_desk()
    hands = Hands(page).press("/").type(asked).press("Enter")

    page.wait_for_url(f"**/desk/appointments/{visit.id}")
    expect(page.locator("h1")).to_contain_text("Thursday")
    assert page.evaluate("document.querySelector('[data-panel]').contains(document.activeElement)")
    assert hands.keys == 2


def test_cannot_do_thursday(open_desk: Open, book: Book) -> None:
    visit = book(patient_id=rui(), starts_at=at(9, day=2))
    page = open_desk()
    hands = Hands(page).press("/").type("rui").press("Enter")
    page.wait_for_url(f"**/desk/appointments/{visit.id}")

    hands.press("m")
    expect(panel(page)).to_have_attribute("data-panel", "move")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    hands.press("2", "Enter")
    expect(page.locator(".toast")).to_contain_text("Rui Costa moved to")

    (moved,) = booked()
    assert (moved.starts_at != at(9, day=2), hands.keys) == (True, 5)


def test_the_landing_takes_each_step_by_one_key(open_desk: Open, book: Book) -> None:
    book(patient_id=rui(), starts_at=at(9))
    page = open_desk()
    hands = Hands(page).press("/").type("rui").press("Enter")
    page.wait_for_url("**/desk/appointments/*")

    hands.press("c")
    expect(panel(page).locator(".chip").first).to_contain_text("Confirmed")
    hands.press("x")
    expect(panel(page).locator("[data-cancel]")).to_have_attribute("open", "")
    hands.press("a")
    expect(page.locator(".toast").last).to_contain_text("Rui Costa is here")

    assert hands.keys == 5


# ---- a known patient's follow-up


def test_a_follow_up_takes_two_keys_after_the_name(open_desk: Open) -> None:
    page = open_desk()
    hands = Hands(page).press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    hands.type("moo")
    before = hands.keys
    hands.press("Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    hands.press("Enter")

    expect(page.locator(".toast")).to_contain_text("Ada Moore booked")
    seconds = (hands.keys + hands.typed) * KEY + 3 * DECISION
    assert (hands.keys - before <= 4, seconds <= 12) == (True, True)


# ---- a new caller


def test_a_new_caller_is_booked_within_the_budget(open_desk: Open) -> None:
    page = open_desk()
    hands = Hands(page).press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    hands.type("Mika Lindqvist").press("Enter")
    expect(page.locator("[name=phone]")).to_be_focused()
    expect(page.locator("[name=name]")).to_have_value("Mika Lindqvist")
    hands.type("919 555 0134").press("Tab").type("mika@mail.example").press("Tab")
    expect(page.locator("[name=consent]")).to_be_focused()
    outside = hands.keys
    hands.press("Space", "Tab", "Space", *["ArrowRight"] * 6, "Space", "Tab", "Tab", "Tab")
    fields = hands.keys - outside
    expect(page.locator("[data-sentence] button").first).to_be_focused()
    assert page.locator("[data-times]").count() == 0
    hands.press("0")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    expect(page.locator("[data-times] .option")).to_have_count(3)
    expect(page.locator("[data-times] .option").first).to_contain_text("Dana Ruiz · focus fits")
    expect(page.locator("[data-times] .option").last).to_be_in_viewport(ratio=1)
    expect(page.locator(".panel__foot .button--primary")).to_be_in_viewport(ratio=1)
    hands.press("2", "Enter")
    expect(page.locator(".toast")).to_contain_text("Mika Lindqvist booked")

    (visit,) = booked()
    (answer,) = database.session.scalars(select(Screening)).all()
    assert (answer.answer, answer.appointment_id, answer.complaint) == ("none", visit.id, ["low-back", "running"])
    assert database.session.get_one(patients.Patient, visit.patient_id).gets_letters
    assert hands.keys - fields == 5  # n, Enter, 0, 2, Enter
    assert (hands.keys + hands.typed) * KEY + 8 * DECISION + 0 * CLICK <= 45
    assert kept() == []


def test_enter_leads_from_question_to_question_and_to_the_sentence(open_desk: Open) -> None:
    page = open_desk()
    hands = Hands(page).press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    hands.type("Mika Lindqvist").press("Enter")
    expect(page.locator("[name=phone]")).to_be_focused()
    seen = []
    for _ in range(5):
        hands.press("Enter")
        seen.append(page.evaluate("document.activeElement.name"))

    assert seen == ["email", "complaint", "wished_days", "wished_when", "answer"]
    expect(page.locator("[data-sentence]")).to_be_in_viewport(ratio=1)


def test_the_letter_c_begins_a_new_caller_and_what_is_typed_meanwhile_stays(open_desk: Open) -> None:
    page = open_desk()
    hands = Hands(page).press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    hands.press("Tab", "c")
    expect(page.locator("[name=name]")).to_be_focused()
    hands.type("Mi")
    page.locator("[name=type_id][value='2']").evaluate("radio => radio.click()")
    page.locator("[name=name]").focus()
    page.keyboard.press("End")
    hands.type("ka Lindqvist")
    page.wait_for_load_state("networkidle")

    expect(page.locator("[name=name]")).to_have_value("Mika Lindqvist")


def test_without_consent_to_letters_the_panel_says_to_read_the_time_aloud(open_desk: Open) -> None:
    page = open_desk()
    Hands(page).press("n").type("")
    page.locator("[data-new-caller]").click()
    expect(page.locator("[data-no-letters]")).to_be_visible()
    panel(page).locator("[name=email]").fill("mika@mail.example")
    page.locator("[name=consent]").check()

    expect(page.locator("[data-no-letters]")).to_be_hidden()


def test_a_digit_quicker_than_the_times_chooses_one_of_them_and_never_an_answer(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    page.locator("[data-new-caller]").click()
    expect(page.locator("[name=name]")).to_be_focused()
    page.locator("[data-sentence] button").first.focus()
    page.keyboard.press("0")
    page.keyboard.press("2")

    expect(page.locator("[data-times] .option").nth(1).locator("[name=opening]")).to_be_checked()
    expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")
    database.session.rollback()
    assert [one.answer for one in database.session.scalars(select(Screening))] == ["none"]


def test_what_is_typed_while_the_answer_is_on_its_way_stays_and_so_does_whoever_types(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    page.locator("[data-new-caller]").click()
    page.locator("[name=name]").fill("Rui Costa")
    page.locator("[data-sentence] button").first.focus()
    gate = Gate(page)

    page.keyboard.press("0")
    panel(page).locator("[name=email]").focus()
    page.keyboard.type("rui@mail")
    gate.open()
    expect(page.locator("[data-times] [name=opening]").first).to_be_attached()
    page.keyboard.type(".example")

    expect(panel(page).locator("[name=email]")).to_be_focused()
    expect(panel(page).locator("[name=email]")).to_have_value("rui@mail.example")
    expect(page.locator("[name=name]")).to_have_value("Rui Costa")


def test_yes_shows_the_script_and_a_therapist_takes_note(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    page.locator("[data-new-caller]").click()
    page.locator("[name=name]").fill("Rui Costa")
    page.locator("[data-sentence] button").first.focus()
    page.keyboard.press("1")
    expect(page.locator(".alarm")).to_be_focused()
    assert page.locator("[name=opening]").count() == 0

    dana = page.context.browser.new_context(base_url=page.url.split("/desk")[0]).new_page()
    dana.goto("/sign-in")
    dana.fill("main [name=email]", "dana@clinic.example")
    dana.fill("main [name=password]", PASSWORD)
    dana.press("main [name=password]", "Enter")
    dana.wait_for_url("**/treatment/")
    dana.get_by_role("button", name="I have taken note").click()
    expect(dana.locator("[data-emergencies]")).not_to_contain_text("Rui Costa")
    dana.context.close()

    expect(page.locator("[data-noted]")).to_contain_text("Noted by Dana Ruiz")


# ---- a time kept


def test_a_digit_holds_the_time_another_desk_sees_it_and_escape_lets_it_go(open_desk: Open) -> None:
    page, other = open_desk(), open_desk_of_max(open_desk)
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    assert kept() == []
    page.keyboard.press("1")

    expect(page.locator(".option[data-held]")).to_contain_text("Held")
    expect(page.locator("[data-held-words]")).to_have_text("Held for you until 7:05.")
    other.evaluate("document.dispatchEvent(new Event('board:look'))")
    expect(other.locator(".tile--kept")).to_contain_text("Held by Kim")
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    other.wait_for_timeout(300)
    other.evaluate("document.dispatchEvent(new Event('board:look'))")
    expect(other.locator(".tile--kept")).to_have_count(0)
    assert kept() == []


def test_another_tab_that_keeps_a_time_takes_it_from_this_one(open_desk: Open) -> None:
    tabs = [open_desk()]
    tabs.append(tabs[0].context.new_page())
    tabs[1].goto("/desk/")
    for place, page in enumerate(tabs):
        page.keyboard.press("n")
        expect(panel(page).locator("[name=q]")).to_be_focused()
        page.keyboard.type("moo")
        page.keyboard.press("Enter")
        expect(page.locator("[name=opening]:checked")).to_be_focused()
        page.keyboard.press(str(place + 1))
        expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")

    expect(tabs[0].locator("[data-held-words]")).to_contain_text("No longer held")
    tabs[0].keyboard.press("Escape")
    expect(panel(tabs[0])).to_have_count(0)
    tabs[0].wait_for_timeout(300)
    assert len(kept()) == 1


def test_a_search_in_another_tab_leaves_the_time_that_is_held_in_this_one(open_desk: Open) -> None:
    page = open_desk()
    hold_one(page)
    other = page.context.new_page()
    other.goto("/desk/")
    hands = Hands(other).press("n")
    expect(panel(other).locator("[name=q]")).to_be_focused()
    hands.type("Mika Lindqvist").press("Enter")
    expect(other.locator("[name=phone]")).to_be_focused()
    searched = len(kept())
    hands.press("Escape")
    expect(panel(other)).to_have_count(0)
    Hands(other).press("n")
    expect(panel(other).locator("[data-times]")).to_be_visible()
    assert other.locator(".option[data-held]").count() == 0
    other.keyboard.press("Escape")
    other.close()
    page.wait_for_timeout(300)

    assert (searched, len(kept())) == (1, 1)
    expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    page.wait_for_timeout(300)
    assert kept() == []


def test_a_time_that_is_let_go_of_before_the_answer_came_is_not_kept(open_desk: Open) -> None:
    page = open_desk()
    find_ada(page)
    gate = Gate(page)
    page.keyboard.press("1")
    gate.wait_for(1)
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    gate.open()
    page.wait_for_timeout(300)

    assert kept() == []


def hold_one(page: Page) -> None:
    """Hold the first time for Ada."""
    find_ada(page)
    page.keyboard.press("1")
    expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")


def find_ada(page: Page) -> None:
    """Open the panel and choose Ada."""
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()


def open_desk_of_max(open_desk: Open) -> Page:
    """Open a second desk, of another user."""
    page = open_desk()
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("main [name=email]", "max@clinic.example")
    page.fill("main [name=password]", PASSWORD)
    page.press("main [name=password]", "Enter")
    page.wait_for_url("**/office/")
    page.goto("/desk/")
    return page


def test_enter_right_after_the_digit_waits_for_the_time_and_books_it(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    second = page.locator("[name=opening]").nth(1).get_attribute("value")
    page.keyboard.press("3")
    page.keyboard.press("2")
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_contain_text("Ada Moore booked")
    (visit,) = booked()
    assert f"{int(visit.starts_at.timestamp()) // 60}.{visit.therapist_id}" == second
    assert kept() == []


def test_a_time_that_somebody_else_keeps_meanwhile_is_said_with_the_nearest(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    minutes, therapist_id = page.locator("[name=opening]").first.get_attribute("value").split(".")
    database.session.rollback()
    with transaction():
        booking.keep(
            user_id=5,
            therapist_id=int(therapist_id),
            type_id=CAST.follow_up,
            starts_at=at(0) + (int(minutes) * 60 - at(0).timestamp()) * (at(0, 1) - at(0)) / 60,
            by=KIM,
            now=NOW,
        )
    page.keyboard.press("1")

    expect(page.locator("[data-panel] .notice")).to_be_focused()
    expect(page.locator("[data-panel] .option")).to_have_count(3)


# ---- weeks, and the list of keys


def test_a_visit_in_hand_walks_to_another_week(open_desk: Open, book: Book) -> None:
    visit = book()
    page = open_desk()
    page.locator("a.tile", has_text="Ada Moore").focus()
    hands = Hands(page).press("m", "PageDown")
    expect(page.locator("h1")).to_contain_text("December 1")
    expect(page.locator("[data-ghost]")).to_be_focused()
    hands.press("PageDown")
    expect(page.locator("h1")).to_contain_text("December 8")
    hands.press("PageUp")
    expect(page.locator("h1")).to_contain_text("December 1")
    hands.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Ada Moore moved to Tue Dec 1 at 9:00 am")

    assert [one.starts_at for one in booked() if one.id == visit.id] == [at(9, day=7)]


def test_without_anything_in_hand_the_board_walks_by_weeks_too(open_desk: Open) -> None:
    page = open_desk()

    page.keyboard.press("PageDown")
    page.wait_for_url("**/desk/days/2026-12-01")
    page.keyboard.press("PageUp")

    page.wait_for_url("**/desk/days/2026-11-24")


def test_the_question_mark_lists_the_keys_of_the_landing(open_desk: Open, book: Book) -> None:
    book()
    page = open_desk()
    page.goto("/desk/appointments/1")
    page.keyboard.press("?")

    listed = page.locator("[data-key-list]").inner_text()
    for meaning in ("Move the visit", "Cancel the visit", "Book a course", "The patient is here", "A week on"):
        assert meaning in listed


# ---- for everybody


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")], ids=str)
def test_the_panel_has_no_findings_at_any_width_in_either_theme(open_desk: Open, width: int, scheme: str) -> None:
    page = open_desk(width=width, height=900, color_scheme=scheme)
    steps: list[Callable[[], Any]] = [
        lambda: page.goto("/desk/appointments/new"),
        lambda: page.locator("[data-new-caller]").click(),
        lambda: page.locator("[data-sentence] button").first.click(),
        lambda: page.locator("[name=opening]").nth(1).click(force=True),
        lambda: page.locator("[name=look][value=ask]").click(),
        lambda: page.locator("[data-sentence] button").last.click(),
    ]
    marks = ["[name=q]", "[data-sentence]", "[data-times]", "[data-held]", "[data-sentence]", ".alarm"]
    for step, mark in zip(steps, marks, strict=True):
        step()
        page.wait_for_selector(mark)
        page.wait_for_timeout(200)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_new_caller_is_booked_without_a_script(open_desk: Open) -> None:
    page = open_desk(java_script_enabled=False)
    page.goto("/desk/appointments/new")
    panel(page).locator("[name=q]").fill("Mika Lindqvist")
    page.locator("[data-new-caller]").click()
    page.locator("[name=phone]").fill("919 555 0134")
    page.get_by_label("Running").check(force=True)
    page.get_by_role("button", name="None of these").click()
    page.locator("[data-times] .option").nth(1).click()
    page.get_by_role("button", name="Hold the chosen time for five minutes").click()
    expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")
    page.locator(".panel__foot button").click()

    expect(page.locator(".toast")).to_contain_text("Mika Lindqvist booked")
