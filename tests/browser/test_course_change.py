"""A booked course changed by key: this, later or all visits moved, given away, canceled; and two visits swapped."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Status
from tests.browser.axe import violations
from tests.browser.gate import Gate
from tests.browser.test_caller import Hands, booked
from tests.browser.test_course import let_through
from tests.cast import CAST, at
from tests.scheduling.booking.test_course import DAYS, book_course
from tests.scheduling.booking.test_course import change as do_to_course

Book = Callable[..., Appointment]
Open = Callable[..., Page]
BEFORE = [at(9, day=day) for day in DAYS]
SCREENS = pytest.mark.parametrize(
    "more",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}],
    ids=["light", "dark", "phone"],
)


def change(open_desk: Open, number: int = 3, **more: object) -> tuple[Page, Hands]:
    """Open one visit of Ada's course on the board and change the course from there, by one key."""
    book_course()
    page = open_desk(**more)
    page.goto(f"/desk/appointments/{booked()[number - 1].id}")
    hands = Hands(page).press("p")
    page.wait_for_url(f"**/change?from={number}")
    page.wait_for_load_state("load")
    return page, hands


def times() -> list[datetime]:
    """Return when the visits are."""
    return [visit.starts_at for visit in booked()]


def undo(page: Page, said: str) -> None:
    """Take back what the toast says, by key."""
    expect(page.locator(".toast")).to_contain_text(said)
    page.locator(".toast__undo").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toast").last).to_contain_text("taken back")


def test_this_and_later_visits_move_to_another_day_and_come_back(open_desk: Open) -> None:
    page, hands = change(open_desk)
    expect(page.get_by_label("this and later", exact=True)).to_be_checked()

    for day in ("Mon", "Wed"):
        page.get_by_label(day, exact=True).focus()
        hands.press("Space")
        expect(page.locator("[data-course]")).not_to_have_attribute("aria-busy", "true")
        expect(page.get_by_label(day, exact=True)).to_be_focused()
    expect(page.locator("[data-book]")).to_contain_text("Move 2 visits")
    hands.press("f")
    expect(page.locator("[data-book]")).to_be_focused()
    hands.press("Enter")
    page.wait_for_url("**/desk/days/**")
    moved = times()
    undo(page, "2 visits of Ada Moore moved")

    assert (moved[:2], {one.weekday() for one in moved[2:]}) == (BEFORE[:2], {0, 2})
    assert (times(), hands.keys) == (BEFORE, 5)


def test_this_visit_alone_gets_another_time(open_desk: Open) -> None:
    page, hands = change(open_desk)

    page.get_by_label("this and later", exact=True).focus()
    hands.press("ArrowUp")
    expect(page.get_by_label("this visit", exact=True)).to_be_focused()
    expect(page.locator("h2#course-preview")).to_have_text("1 of 4 visits")
    page.locator("[data-open-row]").focus()
    hands.press("Enter")
    expect(page.locator("[data-row='3'].course-row--in-hand")).to_be_visible()
    hands.press("ArrowRight")
    expect(page.locator("[data-book]")).to_contain_text("Move 1 visit")
    hands.press("Enter")
    page.wait_for_url("**/desk/days/**")

    assert [one == other for one, other in zip(times(), BEFORE, strict=True)] == [True, True, False, True]


def test_all_visits_go_to_another_therapist_at_their_times(open_desk: Open) -> None:
    page, hands = change(open_desk)

    page.get_by_label("this and later", exact=True).focus()
    hands.press("ArrowDown")
    expect(page.get_by_label("all that are to come", exact=True)).to_be_focused()
    page.get_by_label("Move", exact=True).focus()
    hands.press("ArrowDown")
    expect(page.get_by_label("Another therapist", exact=True)).to_be_focused()
    page.locator("[name=therapist_id]").select_option(str(CAST.noor))
    expect(page.locator("[data-book]")).to_contain_text("Give 4 visits")
    page.locator("[data-book]").focus()
    hands.press("Enter")
    page.wait_for_url("**/desk/days/**")
    given = [(visit.starts_at, visit.therapist_id) for visit in booked()]
    undo(page, "4 visits of Ada Moore moved")

    assert given == [(one, CAST.noor) for one in BEFORE]
    assert [visit.therapist_id for visit in booked()] == [CAST.dana] * 4


def test_later_visits_are_canceled_with_a_reason_and_come_back(open_desk: Open) -> None:
    page, hands = change(open_desk)

    page.get_by_label("Move", exact=True).focus()
    hands.press("ArrowUp")
    expect(page.get_by_label("Cancel", exact=True)).to_be_focused()
    expect(page.locator("[data-book]")).to_contain_text("Cancel 2 visits")
    page.get_by_label("Reason", exact=True).focus()
    hands.type("Better").press("Enter")
    expect(page.locator("[data-book]")).to_be_focused()
    hands.press("Enter")
    page.wait_for_url("**/desk/days/**")
    gone = [(visit.status, visit.cancel_reason) for visit in booked()[2:]]
    undo(page, "2 visits of Ada Moore canceled")

    assert gone == [(Status.CANCELED, "Better")] * 2
    assert [visit.status for visit in booked()] == [Status.BOOKED] * 4


def test_a_reason_that_is_typed_while_an_answer_is_under_way_stays_whole(open_desk: Open) -> None:
    page, hands = change(open_desk)
    page.get_by_label("Cancel", exact=True).check(force=True)
    expect(page.locator("[data-book]")).to_contain_text("Cancel 2 visits")
    gate = Gate(page)

    page.get_by_label("all that are to come", exact=True).check(force=True)
    page.get_by_label("Reason", exact=True).focus()
    hands.type("travel")
    let_through(gate)
    hands.type(" abroad")

    expect(page.locator("[data-book]")).to_contain_text("Cancel 4 visits")
    expect(page.get_by_label("Reason", exact=True)).to_have_value("travel abroad")


def test_enter_never_does_to_a_course_what_was_not_shown(open_desk: Open) -> None:
    page, hands = change(open_desk)
    gate = Gate(page)

    page.get_by_label("Move", exact=True).focus()
    hands.press("ArrowUp", "Enter")
    let_through(gate)

    expect(page.locator("[data-book]")).to_contain_text("Cancel 2 visits")
    assert [visit.status for visit in booked()] == [Status.BOOKED] * 4
    page.locator("[data-book]").press("Enter")
    page.wait_for_url("**/desk/days/**")
    assert [visit.status for visit in booked()] == [Status.BOOKED] * 2 + [Status.CANCELED] * 2


def test_a_change_by_another_desk_is_said_and_nothing_is_done_twice(open_desk: Open) -> None:
    page, _ = change(open_desk)
    other = page.context.new_page()
    other.goto(page.url)
    for desk in (page, other):
        desk.get_by_label("Cancel", exact=True).check(force=True)
        expect(desk.locator("[data-book]")).to_contain_text("Cancel 2 visits")

    other.locator("[data-book]").press("Enter")
    other.wait_for_url("**/desk/days/**")
    page.locator("[data-book]").press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("Somebody else has just changed this course.")
    assert [visit.status for visit in booked()] == [Status.BOOKED] * 2 + [Status.CANCELED] * 2


def test_two_visits_exchange_their_times_by_key_and_back(open_desk: Open, book: Book) -> None:
    ada = book()
    book(patient_id=CAST.ben, therapist_id=CAST.noor, starts_at=at(15))
    book(patient_id=CAST.cleo, therapist_id=CAST.noor, starts_at=at(10))
    page = open_desk()
    page.goto(f"/desk/appointments/{ada.id}/move")
    hands = Hands(page)

    page.get_by_text("Exchange times with another visit").focus()
    hands.press("Enter", "Tab", "ArrowDown")
    expect(page.locator("#other-visit option:checked")).to_contain_text("3:00 pm, Ben Novak, Noor Haddad")
    hands.press("Tab", "Tab", "Enter")
    expect(page.locator(".toast")).to_contain_text("Ben Novak have exchanged times")
    swapped = times()
    page.locator(".toast__undo").focus()
    hands.press("Enter")
    expect(page.locator(".toast").last).to_contain_text("Ada Moore, now today at 9:00 am")

    assert swapped == [at(15), at(9), at(10)]
    assert times() == [at(9), at(15), at(10)]


def test_a_second_enter_does_not_answer_what_the_first_was_refused_with(open_desk: Open) -> None:
    book_course()
    page = open_desk()
    page.clock.install(time=at(8))
    page.goto("/desk/courses/1/change?from=2&scope=all&what=cancel")
    last = booked()[3]
    do_to_course(booking.cancel_visits, course_id=1, visits={last.id: last.version}, seen=1)
    page.clock.pause_at(at(9))

    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    stand = [visit.status for visit in booked()].count(Status.BOOKED)
    page.clock.run_for(1_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/days/**")

    assert stand == 3
    assert [visit.status for visit in booked()] == [Status.CANCELED] * 4


@SCREENS
def test_changing_a_course_has_no_fault_that_a_machine_can_find(open_desk: Open, more: dict[str, object]) -> None:
    page, _ = change(open_desk, **more)
    page.locator("[data-open-row]").first.press("Enter")
    expect(page.locator("[data-row='3'].course-row--in-hand")).to_be_visible()

    moving = faults(page)
    page.get_by_label("Cancel", exact=True).check(force=True)
    expect(page.locator("[data-book]")).to_contain_text("Cancel 2 visits")

    assert (moving, faults(page)) == ([], [])


@SCREENS
def test_swapping_has_no_fault_that_a_machine_can_find(open_desk: Open, book: Book, more: dict[str, object]) -> None:
    ada = book()
    book(patient_id=CAST.ben, therapist_id=CAST.noor, starts_at=at(15))
    page = open_desk(**more)
    page.goto(f"/desk/appointments/{ada.id}/move")

    page.get_by_text("Exchange times with another visit").click()

    assert faults(page) == []


def faults(page: Page) -> list[object]:
    """Return what axe finds, and whether the page scrolls sideways."""
    found: list[object] = [*violations(page)]
    if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        found.append("scrolls sideways")
    return found
