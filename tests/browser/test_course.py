"""A whole course by key: the preview, another time for one visit, and Enter; each budget counted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from clinic.scheduling.booking import Appointment
from tests.browser.axe import violations
from tests.browser.gate import Gate
from tests.browser.test_caller import Hands, booked
from tests.cast import CAST, PASSWORD, at

Book = Callable[..., Appointment]
Open = Callable[..., Page]
PATIENT = f"/desk/patients/{CAST.ben}"


def preview(open_desk: Open, **more: object) -> tuple[Page, Hands]:
    """Open Ben's page and ask for a course with one key."""
    page = open_desk(**more)
    page.goto(PATIENT)
    hands = Hands(page).press("p")
    page.wait_for_url("**/course")
    page.wait_for_load_state("load")
    if "width" in more:
        expect(page.locator("[data-row='1'] button").first).to_be_in_viewport()
    else:
        expect(page.locator("[data-book]")).to_be_focused()
    return page, hands


def test_twelve_visits_take_one_key_from_the_preview(open_desk: Open) -> None:
    page, hands = preview(open_desk)

    hands.press("Enter")

    page.wait_for_url("**/desk/days/**")
    assert len(booked()) == 12
    assert hands.keys == 2


def test_another_time_for_one_visit_is_one_key_away(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    before = page.locator("[name='row.2']").input_value()

    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()
    hands.press("ArrowDown")
    expect(page.locator("[data-row='2'].course-row--in-hand")).to_be_visible()
    hands.press("ArrowRight")
    expect(page.locator("[name='row.2']")).not_to_have_value(before)
    hands.press("Enter")

    page.wait_for_url("**/desk/days/**")
    assert hands.keys == 5
    assert len(booked()) == 12


def test_a_visit_is_left_out_by_x_and_put_back_by_x(open_desk: Open) -> None:
    page, hands = preview(open_desk)

    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()
    hands.press("x")
    expect(page.locator("[data-book]")).to_contain_text("Book 11 visits")
    hands.press("x")

    expect(page.locator("[data-book]")).to_contain_text("Book 12 visits")


def test_a_row_taken_while_enter_is_pressed_is_alone_found_anew(open_desk: Open, book: Book) -> None:
    page, hands = preview(open_desk)
    first = page.locator("[name='row.1']").input_value()
    book(patient_id=CAST.ada, starts_at=at(8, day=2))
    book(patient_id=CAST.cleo, starts_at=at(8, 40, day=2))

    hands.press("Enter")

    expect(page.get_by_role("alert").filter(has_text="Nothing was booked yet")).to_be_visible()
    expect(page.locator("[name='row.1']")).not_to_have_value(first)
    assert [visit.course_id for visit in booked()] == [None, None]


def let_through(gate: Gate) -> None:
    """Let the course's question through, and wait for the answers."""
    gate.open()
    expect(gate.page.locator("[data-course]")).not_to_have_attribute("aria-busy", "true")


def test_what_is_typed_while_the_course_is_found_anew_stays_with_its_caret(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    gate = Gate(page)
    page.locator("[name=per_week_1]").focus()
    page.keyboard.press("Control+a")

    hands.type("1").press("Tab").type("1")
    let_through(gate)
    hands.type("0")

    weeks = page.locator("[name=weeks_1]")
    expect(weeks).to_be_focused()
    expect(weeks).to_have_value("10")
    hands.press("Tab")
    expect(page.locator("[data-book]")).to_contain_text("Book 14 visits")


def test_what_is_typed_is_asked_even_if_nothing_more_follows(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    gate = Gate(page)
    page.locator("[name=per_week_1]").focus()
    page.keyboard.press("Control+a")

    hands.type("1").press("Tab").type("6")
    let_through(gate)
    hands.press("Tab")

    expect(page.locator("[name=weeks_1]")).to_have_value("6")
    expect(page.locator("[data-book]")).to_contain_text("Book 10 visits")


def test_keys_quicker_than_the_answers_are_done_one_after_the_other_and_then_booked(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    gate = Gate(page)

    hands.press("ArrowDown", "ArrowDown", "x", "Enter")
    gate.open()

    page.wait_for_url("**/desk/days/**")
    assert [visit.course_number for visit in booked()] == [1, *range(3, 13)]


def test_a_time_that_is_chosen_and_booked_at_once_is_the_one_that_is_booked(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    before = page.locator("[name='row.1']").input_value()
    hands.press("ArrowDown")
    expect(page.locator("[name=alternative]:checked")).to_be_focused()
    offered = [one.get_attribute("value") for one in page.locator("[name=alternative]").all()]
    chosen = offered[(offered.index(before) + 1) % len(offered)]

    hands.press("ArrowRight", "Enter")

    page.wait_for_url("**/desk/days/**")
    first = booked()[0]
    assert f"{int(first.starts_at.timestamp()) // 60}.{first.therapist_id}" == chosen


def test_enter_never_books_what_is_only_being_found(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    gate = Gate(page)

    page.get_by_label("Tue", exact=True).focus()
    hands.press("Space")
    page.locator("[data-book]").focus()
    hands.press("Enter")
    let_through(gate)

    expect(page.locator("[data-book]")).to_be_focused()
    assert booked() == []
    hands.press("Enter")
    page.wait_for_url("**/desk/days/**")
    assert len(booked()) == 12


def test_a_day_is_typed_number_by_number(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    page.get_by_text("Authorization, end, more").click()
    page.locator("[name=end_on]").focus()

    page.keyboard.type("02122027", delay=120)
    hands.press("Tab")

    expect(page.locator("[data-course]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[name=end_on]")).to_have_value("2027-02-12")
    expect(page.locator("[name=end_on]")).not_to_have_attribute("aria-invalid", "true")


def test_an_option_of_a_list_is_typed_letter_by_letter(open_desk: Open) -> None:
    page, _ = preview(open_desk)
    page.locator("[name=wished_from]").focus()

    page.keyboard.type("11:30", delay=150)

    expect(page.locator("[data-course]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[name=wished_from] option:checked")).to_have_text("11:30 am")


def test_a_box_without_a_name_of_its_own_keeps_the_focus(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    gate = Gate(page)
    first, fourth = (page.locator(f"[name='device.treadmill'][value='{n}']") for n in (1, 4))
    first.focus()

    hands.press("Space")
    fourth.focus()
    let_through(gate)

    expect(first).to_be_checked()
    expect(fourth).to_be_focused()


@pytest.mark.parametrize(
    "more",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}],
    ids=["light", "dark", "phone"],
)
def test_the_course_screen_has_no_fault_that_a_machine_can_find(open_desk: Open, more: dict[str, object]) -> None:
    page, hands = preview(open_desk, **more)
    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()

    found = violations(page)

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_time_that_could_not_be_taken_is_marked_no_longer(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()
    before = page.locator("[name='row.1']").input_value()
    page.route("**/course", lambda route: route.abort())

    hands.press("ArrowRight")
    expect(page.locator("#problem")).to_contain_text("did not answer. Please try again.")
    marked = page.locator("[name=alternative]:checked").input_value()
    page.unroute("**/course")
    hands.press("ArrowRight")
    expect(page.locator("[name='row.1']")).not_to_have_value(before)

    assert marked == before
    expect(page.locator("#problem")).to_be_empty()


def test_the_arrows_walk_all_times_and_come_back_the_same_way(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()
    shown = page.locator("[name=alternative]").evaluate_all("all => all.map((one) => one.value)")
    taken = []

    for key in ["ArrowRight"] * (len(shown) - 1) + ["ArrowLeft"] * (len(shown) - 1):
        hands.press(key)
        expect(page.locator("[data-course]")).not_to_have_attribute("aria-busy", "true")
        taken.append(page.locator("[name='row.1']").input_value())

    assert taken == [*shown[1:], *reversed(shown[:-1])]


def test_who_was_signed_out_before_enter_loses_nothing(open_desk: Open) -> None:
    page, hands = preview(open_desk)
    hands.press("ArrowDown")
    expect(page.locator("[data-row='1'].course-row--in-hand")).to_be_visible()
    hands.press("x")
    expect(page.locator("[data-book]")).to_contain_text("Book 11 visits")
    page.context.clear_cookies()

    hands.press("Enter")
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("E-mail").fill("kim@clinic.example")
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).to_contain_text("What you asked for before was not done")
    page.locator("[data-book]").focus()
    hands.press("Enter")

    page.wait_for_url("**/desk/days/**")
    expect(page.locator(".toast")).to_contain_text("11 visits of Ben Novak booked")
    assert len(booked()) == 11


def test_the_prescription_is_one_key_away_and_escape_leaves_the_field_first(open_desk: Open) -> None:
    page, hands = preview(open_desk)

    hands.press("e")
    expect(page.locator("[name=per_week_1]")).to_be_focused()
    hands.type("3").press("Escape")

    expect(page.locator("[data-book]")).to_be_focused()
    expect(page.locator("[data-book]")).to_contain_text("Book 16 visits")
    hands.press("Escape")
    page.wait_for_url(f"**{PATIENT}")
