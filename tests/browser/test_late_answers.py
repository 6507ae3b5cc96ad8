"""Answers that come late, in another order or not at all: each is for the panel and the question it was asked in."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.browser.gate import Gate
from tests.browser.test_caller import booked, panel
from tests.cast import CAST, at

Book = Callable[..., Appointment]
Open = Callable[..., Page]
FOUND = "[data-booking-found] [name=patient_id]"


def fail(page: Page, at: str) -> None:
    """Let whatever is asked of an address fail."""
    page.route(at, lambda route: route.fulfill(status=503, content_type="text/plain", body="Busy."))


def hold_and_open(page: Page, act: Callable[[], None], meanwhile: Callable[[], None], count: int = 1) -> None:
    """Do something whose questions wait, then something else, and let the questions through."""
    gate = Gate(page)
    act()
    gate.wait_for(count)
    meanwhile()
    gate.open()


def next_call(page: Page) -> None:
    """Close the panel and begin to type the next caller's name."""
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("Kav")


def test_enter_means_who_is_typed_and_what_is_typed_after_it_waits_for_the_answer(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("o")
    expect(page.locator(FOUND).first).to_have_value(str(CAST.ada))

    page.keyboard.press("Backspace")
    page.keyboard.type("ben")
    hold_and_open(page, lambda: page.keyboard.press("Enter"), lambda: page.keyboard.type("2"))

    expect(panel(page).locator("[type=hidden][name=patient_id]")).to_have_value(str(CAST.ben))
    expect(page.locator("[data-times] [name=opening]").nth(1)).to_be_checked()
    expect(page.locator("[data-held-words]")).to_contain_text("Held for you until")


def test_a_new_caller_is_typed_as_quickly_as_one_speaks(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("Odo Farrow")

    def go_on() -> None:
        page.keyboard.type("9195550173")
        page.keyboard.press("Enter")
        page.keyboard.type("odo@mail.examplx")
        page.keyboard.press("Backspace")
        page.keyboard.type("e")

    hold_and_open(page, lambda: page.keyboard.press("Enter"), go_on)

    expect(panel(page).locator("[name=email]")).to_have_value("odo@mail.example")
    assert [page.locator(f"[name={name}]").input_value() for name in ("name", "phone")] == ["Odo Farrow", "9195550173"]


def test_what_is_typed_before_the_panel_stands_is_typed_in_it(open_desk: Open, book: Book) -> None:
    book(starts_at=at(9))
    page = open_desk()
    page.locator("a.tile", has_text="Moore").focus()
    gate = Gate(page, "**/desk/appointments/new*", method="GET")

    page.keyboard.press("n")
    gate.wait_for(1)
    page.keyboard.type("abxcben")
    gate.open()

    expect(panel(page).locator("[name=q]")).to_have_value("abxcben")
    assert booking.Status(booked()[0].status) == booking.Status.BOOKED


def test_the_answer_for_a_closed_panel_is_not_the_next_callers(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("n")
    expect(panel(page).locator("[name=q]")).to_be_focused()
    page.keyboard.type("moore")
    expect(page.locator(FOUND)).to_have_count(1)

    hold_and_open(page, lambda: page.keyboard.press("Enter"), lambda: next_call(page))
    page.wait_for_timeout(300)
    page.keyboard.type("ya")

    expect(panel(page).locator("[name=q]")).to_have_value("Kavya")
    expect(panel(page).locator("input[type=hidden][name=patient_id]")).to_have_count(0)


def test_a_visit_booked_as_the_panel_was_closed_is_told_and_the_next_panel_stays(open_desk: Open, book: Book) -> None:
    page = open_desk()
    page.goto(f"/desk/appointments/new?patient_id={CAST.ben}&type_id={CAST.follow_up}")
    expect(page.locator("[data-times] [name=opening]").first).to_be_attached()

    hold_and_open(page, lambda: panel(page).locator(".panel__foot button").click(), lambda: next_call(page))

    expect(page.locator("#toasts")).to_contain_text("booked")
    expect(panel(page).locator("[name=q]")).to_have_value("Kav")
    assert [visit.patient_id for visit in booked()] == [CAST.ben]


def test_x_cancels_nobody_elses_visit_where_the_panel_does_not_come(open_desk: Open, book: Book) -> None:
    book(patient_id=CAST.ben, starts_at=at(11))
    ada = book(starts_at=at(9))
    page = open_desk()
    page.locator("a.tile", has_text="Ben").click()
    expect(panel(page)).to_contain_text("Ben")
    fail(page, f"**/desk/appointments/{ada.id}")

    page.locator("a.tile", has_text="Moore").focus()
    page.keyboard.press("x")
    expect(page.locator("#problem")).to_contain_text("Busy.")
    page.keyboard.press("1")
    page.wait_for_timeout(300)

    assert [visit.is_canceled for visit in booked()] == [False, False]


def test_the_panel_asked_for_last_is_the_one_that_stays(open_desk: Open, book: Book) -> None:
    ada = book(starts_at=at(9))
    book(patient_id=CAST.ben, starts_at=at(11))
    page = open_desk()
    gate = Gate(page, f"**/desk/appointments/{ada.id}", method="GET")

    page.locator("a.tile", has_text="Moore").click()
    gate.wait_for(1)
    page.locator("a.tile", has_text="Ben").click()
    expect(panel(page)).to_contain_text("Ben")
    gate.open()
    page.wait_for_timeout(300)

    expect(panel(page)).to_contain_text("Ben")
    expect(panel(page)).not_to_contain_text("Moore")


def test_a_type_whose_times_do_not_come_is_not_chosen(open_desk: Open) -> None:
    page = open_desk()
    page.goto(f"/desk/appointments/new?patient_id={CAST.ben}&type_id={CAST.follow_up}")
    fail(page, "**/desk/appointments/new")

    panel(page).locator(f"[name=type_id][value='{CAST.gait_lab}']").check(force=True)

    expect(page.locator("#problem")).to_contain_text("Busy.")
    expect(panel(page).locator(f"[name=type_id][value='{CAST.follow_up}']")).to_be_checked()


def test_two_types_chosen_quickly_are_answered_in_their_order(open_desk: Open) -> None:
    page = open_desk()
    page.goto(f"/desk/appointments/new?patient_id={CAST.ben}&type_id={CAST.follow_up}")
    late: list[Route] = []

    def first_is_late(route: Route) -> None:
        if late:
            route.fallback()
        else:
            late.append(route)

    page.route("**/desk/appointments/new", first_is_late)
    for kind in (CAST.gait_lab, CAST.follow_up):
        panel(page).locator(f"[name=type_id][value='{kind}']").check(force=True)
    page.wait_for_timeout(300)
    late[0].continue_()

    expect(panel(page).locator("[name=shown_type]")).to_have_value(str(CAST.follow_up))
    expect(panel(page).locator("[name=opening]").first).to_have_attribute("data-minutes", "40")
    expect(panel(page).locator(f"[name=type_id][value='{CAST.follow_up}']")).to_be_checked()


def test_what_is_typed_while_a_time_that_somebody_took_is_asked_for_stays(open_desk: Open, book: Book) -> None:
    page = open_desk()
    page.goto(f"/desk/appointments/new?patient_id={CAST.ben}&type_id={CAST.follow_up}")
    page.locator("[data-typed-time] summary").click()
    second = panel(page).locator("[data-times] [name=opening]").nth(1)
    starts = int(second.input_value().split(".")[0]) * 60
    book(starts_at=at(0).fromtimestamp(starts, at(0).tzinfo), therapist_id=int(second.input_value().split(".")[1]))

    def type_a_reason() -> None:
        panel(page).locator("[name=reason]").focus()
        page.keyboard.type("Parking is")

    hold_and_open(page, lambda: page.keyboard.press("2"), type_a_reason)
    expect(panel(page)).to_contain_text("Nearest free times")
    page.keyboard.type(" difficult")

    expect(panel(page).locator("[name=reason]")).to_have_value("Parking is difficult")


def test_an_answer_that_never_comes_is_not_said_to_have_saved_nothing(open_desk: Open, book: Book) -> None:
    ada = book(starts_at=at(9))
    page = open_desk()
    page.route(f"**/desk/appointments/{ada.id}/arrive", lambda route: route.abort())

    page.locator("a.tile", has_text="Moore").focus()
    page.keyboard.press("a")

    expect(page.locator("#problem")).to_contain_text("whether this was saved is not known")
    assert booking.Status(booked()[0].status) == booking.Status.BOOKED


def test_a_key_after_enter_is_no_part_of_the_name_that_is_found(open_desk: Open) -> None:
    page = open_desk()
    page.keyboard.press("/")

    def ask() -> None:
        page.keyboard.type("Cleo Ha")
        page.keyboard.press("Enter")

    hold_and_open(page, ask, lambda: page.keyboard.press("m"))

    page.wait_for_url(f"**/desk/patients/{CAST.cleo}")
    page.wait_for_load_state("networkidle")


def test_a_letter_does_not_leave_a_caller_who_is_half_written_down(open_desk: Open) -> None:
    page = open_desk()
    page.goto(f"/desk/appointments/new?patient_id={CAST.ben}&type_id={CAST.follow_up}")
    here = page.url
    panel(page).locator("[data-times] [name=opening]").first.focus()

    for key in ("j", "k", "t"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)

    assert (page.url, panel(page).locator("[type=hidden][name=patient_id]").count()) == (here, 1)


def test_keys_pressed_before_the_visit_that_was_sought_stands_are_meant_for_it(open_desk: Open, book: Book) -> None:
    ada = book(starts_at=at(9))
    page = open_desk()
    gate = Gate(page, f"**/desk/appointments/{ada.id}?*", method="GET")

    page.keyboard.press("/")
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    gate.wait_for(1)
    page.keyboard.type("m2")
    gate.open()

    expect(page.locator("[data-panel=move]")).to_have_attribute("data-appointment", str(ada.id))
    expect(panel(page).locator("[name=opening]").nth(1)).to_be_checked()
    expect(page.locator("#find-patient")).to_have_value("")


def test_no_key_cancels_a_visit_before_it_is_seen(open_desk: Open, book: Book) -> None:
    ada = book(starts_at=at(9))
    page = open_desk()
    gate = Gate(page, f"**/desk/appointments/{ada.id}?*", method="GET")

    page.keyboard.press("/")
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    gate.wait_for(1)
    page.keyboard.type("x1a")
    gate.open()
    expect(page.locator("[data-cancel]")).to_have_attribute("open", "")
    page.wait_for_timeout(300)

    assert [visit.status for visit in booked()] == [booking.Status.BOOKED]


def test_the_panel_asked_for_after_a_search_is_the_one_that_stays(open_desk: Open, book: Book) -> None:
    ada = book(starts_at=at(9))
    book(patient_id=CAST.ben, starts_at=at(11))
    page = open_desk()
    gate = Gate(page, f"**/desk/appointments/{ada.id}?*", method="GET")

    page.keyboard.press("/")
    page.keyboard.type("moo")
    page.keyboard.press("Enter")
    gate.wait_for(1)
    page.locator("a.tile", has_text="Ben").click()
    expect(panel(page)).to_contain_text("Ben")
    gate.open()
    page.wait_for_timeout(300)

    expect(panel(page)).to_contain_text("Ben")
