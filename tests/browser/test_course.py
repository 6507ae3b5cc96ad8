"""A whole course by key: the preview, another time for one visit, and Enter; each budget counted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from clinic.scheduling.booking import Appointment
from tests.browser.axe import violations
from tests.browser.test_caller import Hands, booked
from tests.cast import CAST, at

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
