"""The board under the fingers: by key, by mouse, on two desks, on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from clinic.database import database, transaction
from clinic.people import patients
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, KIM, NOW, at

Book = Callable[..., Appointment]
Open = Callable[..., Page]


def tile(page: Page, name: str) -> Any:
    """Return somebody's tile."""
    return page.locator("a.tile", has_text=name)


def where(visit: Appointment) -> tuple[Any, ...]:
    """Return when and with whom a visit is in the database."""
    database.session.rollback()
    database.session.expire_all()
    found = database.session.get_one(Appointment, visit.id)
    return found.starts_at, found.therapist_id


def keys(page: Page, *pressed: str) -> None:
    """Press keys one after the other."""
    for key in pressed:
        page.keyboard.press(key)


def test_a_known_patient_is_booked_from_free_time_with_four_keys_after_the_name(open_desk: Open) -> None:
    page = open_desk()
    page.locator("a.free.col-1").first.focus()

    keys(page, "Enter")
    expect(page.locator("[data-panel] [name=q]")).to_be_focused()
    page.keyboard.type("moore")
    keys(page, "Enter")
    expect(page.locator("[name=opening]:checked")).to_be_focused()
    expect(page.locator("[data-ghost]")).to_contain_text("Ada Moore")
    keys(page, "Enter")

    expect(tile(page, "Ada Moore")).to_be_focused()
    expect(page.locator(".toast")).to_contain_text("Ada Moore booked today at 8:00 am")
    expect(page.locator("[data-panel]")).to_have_count(0)


def test_a_new_caller_is_registered_inside_the_panel(open_desk: Open) -> None:
    page = open_desk()

    keys(page, "n")
    page.locator("[data-panel] [name=q]").fill("Mika Lindqvist")
    page.locator("[data-new-caller]", has_text="Mika").click()
    expect(page.locator("[name=name]")).to_have_value("Mika Lindqvist")
    expect(page.locator("[name=phone]")).to_be_focused()
    page.keyboard.type("919 555 0134")
    expect(page.locator("[name=type_id]:checked + span")).to_contain_text("Evaluation 60")
    page.get_by_role("button", name="None of these").click()
    page.locator("label[data-key='2']").click()
    keys(page, "Enter")

    expect(page.locator(".toast")).to_contain_text("Mika Lindqvist booked")


def test_escape_closes_the_panel_and_gives_the_focus_back(open_desk: Open, book: Book) -> None:
    book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "Enter")
    expect(page.locator("[data-panel]")).to_be_visible()
    keys(page, "Escape")

    expect(page.locator("[data-panel]")).to_have_count(0)
    expect(tile(page, "Ada Moore")).to_be_focused()


def test_a_visit_is_moved_by_keys_and_moved_back(open_desk: Open, book: Book) -> None:
    visit = book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "m", "ArrowRight", "ArrowDown", "ArrowDown")
    expect(page.locator("#live")).to_have_text("9:10 am, Noor Haddad")
    keys(page, "Enter")
    expect(page.locator(".toast")).to_contain_text("Ada Moore moved to today at 9:10 am")
    moved = where(visit)
    page.locator(".toast__undo").click()
    expect(page.locator(".toast")).to_contain_text("moved back")

    assert (moved, where(visit)) == ((at(9, 10), CAST.noor), (at(9), CAST.dana))


def test_a_visit_in_hand_walks_to_another_day(open_desk: Open, book: Book) -> None:
    visit = book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "m", "j")
    expect(page.locator("h1")).to_contain_text("Wednesday")
    expect(page.locator("[data-ghost]")).to_be_focused()
    keys(page, "Enter")
    expect(page.locator(".toast")).to_contain_text("Ada Moore moved to Wed Nov 25 at 9:00 am")

    assert where(visit) == (at(9, day=1), CAST.dana)


def test_escape_puts_a_visit_in_hand_back(open_desk: Open, book: Book) -> None:
    visit = book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "m", "ArrowDown", "Escape")

    expect(page.locator("[data-ghost]")).to_have_count(0)
    expect(tile(page, "Ada Moore")).to_be_focused()
    assert where(visit) == (at(9), CAST.dana)


def test_a_visit_is_dragged_in_steps_of_five_minutes_and_the_click_is_none(open_desk: Open, book: Book) -> None:
    visit = book()
    page = open_desk()
    start = tile(page, "Ada Moore").bounding_box()
    head = page.locator(".board__head.col-2").bounding_box()
    row = start["height"] / 8

    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(head["x"] + 30, start["y"] + 40, steps=5)
    page.mouse.move(head["x"] + 40, start["y"] + 10 + 13 * (start["height"] + 2) / 8, steps=5)
    page.mouse.up()
    expect(page.locator(".toast")).to_contain_text("Ada Moore moved to today")

    expect(page.locator("[data-panel]")).to_have_count(0)
    starts_at, therapist_id = where(visit)
    assert row > 5
    assert (therapist_id, (starts_at - at(9)).total_seconds() // 60) == (CAST.noor, 65)


def test_a_taken_time_opens_the_panel_with_the_nearest_and_the_focus_on_why(open_desk: Open, book: Book) -> None:
    visit = book()
    book(patient_id=CAST.ben, starts_at=at(9), therapist_id=CAST.noor)
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "m", "ArrowRight", "Enter")

    expect(page.locator("[data-panel] .notice")).to_be_focused()
    expect(page.locator("[data-panel] .notice")).to_contain_text("The therapist's time has just been taken.")
    expect(page.locator("[data-panel] .option")).to_have_count(3)
    assert where(visit) == (at(9), CAST.dana)


def test_one_key_checks_in_and_the_undo_takes_it_back(open_desk: Open, book: Book) -> None:
    book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "a")
    expect(page.locator(".toast")).to_contain_text("Ada Moore is here")
    expect(tile(page, "Ada Moore")).to_have_class(re.compile("tile--here"))
    page.locator(".toast__undo").click()

    expect(tile(page, "Ada Moore")).to_have_class(re.compile("tile--unconfirmed"))


def test_a_visit_is_canceled_with_a_reason_in_one_key(open_desk: Open, book: Book) -> None:
    book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "x")
    expect(page.locator("[name=reason][value=Ill]")).to_be_focused()
    keys(page, "3")

    expect(page.locator(".toast")).to_contain_text("Ada Moore canceled")
    expect(tile(page, "Ada Moore")).to_have_class(re.compile("tile--cancelled"))


def test_a_change_at_another_desk_appears_and_is_lit(open_desk: Open, book: Book, do: Callable[..., Any]) -> None:
    visit = book()
    page = open_desk()

    do(booking.confirm, visit)
    page.evaluate("document.dispatchEvent(new Event('board:look'))")

    expect(tile(page, "Ada Moore")).to_have_class(re.compile("tile--confirmed.*tile--changed"))
    expect(page.locator("#live")).to_contain_text("Changed by somebody else: Ada Moore")


def test_a_refusal_in_the_panel_brings_the_tile_beside_it_up_to_date(
    open_desk: Open, book: Book, do: Callable[..., Any]
) -> None:
    visit = book(starts_at=at(9, day=1))
    page = open_desk()
    page.goto("/desk/days/2026-11-25")
    tile(page, "Ada Moore").click()
    expect(page.locator("[data-panel]")).to_be_visible()
    do(booking.move, visit, starts_at=at(11, day=1))

    page.get_by_role("button", name="Confirmed by phone").click()

    expect(page.locator("[data-panel] .notice")).to_contain_text("Somebody else has just changed this appointment.")
    expect(tile(page, "Ada Moore")).to_contain_text("11:00 Follow-up")
    expect(tile(page, "Ada Moore")).to_have_class(re.compile("tile--selected"))
    expect(page.locator("[data-panel] .notice")).to_be_focused()


def test_a_drop_that_is_refused_brings_the_board_up_to_date(
    open_desk: Open, book: Book, do: Callable[..., Any]
) -> None:
    visit = book()
    page = open_desk()
    tile(page, "Ada Moore").focus()
    keys(page, "m", "ArrowDown")
    do(booking.confirm, visit)

    keys(page, "Enter")

    expect(page.locator("[data-panel] .notice")).to_be_focused()
    expect(page.locator(f'a.tile[href="/desk/appointments/{visit.id}"]')).to_have_class(re.compile("tile--confirmed"))


def test_a_change_waits_while_a_visit_is_in_hand(open_desk: Open, book: Book, do: Callable[..., Any]) -> None:
    visit = book()
    page = open_desk()

    tile(page, "Ada Moore").focus()
    keys(page, "m")
    do(booking.confirm, visit)
    page.evaluate("document.dispatchEvent(new Event('board:look'))")
    page.wait_for_timeout(300)

    expect(tile(page, "Ada Moore").first).to_have_class(re.compile("tile--unconfirmed"))


def test_arrows_walk_the_board_and_inside_free_time(open_desk: Open, book: Book) -> None:
    book()
    page = open_desk()

    page.locator("a.free.col-1").first.focus()
    keys(page, "ArrowDown")
    expect(page.locator("#live")).to_have_text("Free at 8:15 am")
    keys(page, "ArrowDown", "ArrowDown", "ArrowDown")
    expect(tile(page, "Ada Moore")).to_be_focused()
    keys(page, "ArrowRight")

    expect(page.locator("a.free.col-2").first).to_be_focused()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_one_column_and_never_scrolls_sideways(open_desk: Open, book: Book, width: int) -> None:
    book()
    book(patient_id=CAST.ben, therapist_id=CAST.noor)

    page = open_desk(width=width, height=844)
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.goto("/desk/appointments/1")
    panel = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.goto("/desk/appointments/new")
    form = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.goto("/desk/")

    assert (sideways, panel, form) == (0, 0, 0)
    expect(tile(page, "Ada Moore")).to_be_visible()
    expect(tile(page, "Ben Novak")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_chips_of_a_patient_leave_the_name_its_room(open_desk: Open, app: Flask, width: int) -> None:
    with transaction():
        patients.mark_deceased(patient_id=CAST.cleo, by=KIM, now=NOW)
    page = open_desk(width=width, height=844)

    page.goto(f"/desk/patients/{CAST.cleo}")

    name = page.locator("h1").bounding_box()
    chips = [chip.bounding_box() for chip in page.locator(".title-row > .chip").all()]
    assert name is not None
    assert [chip is not None and chip["y"] >= name["y"] + name["height"] for chip in chips] == [True, True]
    assert name["width"] > 100
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_without_a_script_a_visit_is_booked_and_moved(open_desk: Open) -> None:
    page = open_desk(java_script_enabled=False)

    page.locator("a.free.col-1").first.click()
    page.locator("[data-panel] [name=q]").fill("moore")
    page.get_by_role("button", name="Find", exact=True).last.click()
    page.locator("[data-panel] label.option", has_text="Ada Moore").click()
    page.locator(".panel__foot button").click()
    expect(page.locator(".toast")).to_contain_text("Ada Moore booked today at 8:00 am")
    tile(page, "Ada Moore").click()
    page.get_by_role("link", name="Move…").click()
    page.locator(".panel__foot button").click()

    expect(page.locator(".toast")).to_contain_text("Ada Moore moved to")
