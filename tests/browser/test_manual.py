"""The therapist treats two points by keyboard alone: added, rated, held, the map drawn anew; clean in every light."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from clinic.care.manual_therapy.models import TenderPoint
from clinic.care.notes.models import Treatment
from clinic.database import database
from tests.browser.axe import violations
from tests.care.acts import begun, episode, visit
from tests.cast import CAST

Open = Callable[..., Page]


def manual() -> str:
    """Begin the note of Ada's visit, and return the address of its manual therapy."""
    appointment = visit()
    episode()
    return f"/treatment/patients/{CAST.ada}/notes/{begun(appointment).id}/manual"


def treat(page: Page, letters: str, side: str, ratings: str) -> None:
    """Add a point by its first letters, and rate it, without a mouse."""
    page.locator("h1").click()
    page.keyboard.press("p")
    page.keyboard.type(letters)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range({"left": 0, "right": 1}[side]):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".stepper__value").first).to_be_focused()
    for digit in ratings:
        page.keyboard.type(digit)
        page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(page.locator("[data-live=reduction]")).to_contain_text("%")


def test_two_points_are_treated_by_keyboard_and_stand_on_the_map(open_as: Open) -> None:
    address = manual()
    page = open_as("dana")
    page.clock.install()
    page.goto(address)

    treat(page, "UPL5", "left", "722")
    treat(page, "AL5", "right", "412")
    page.locator("h1").click()
    page.keyboard.press("h")
    page.clock.run_for(60_000)
    expect(page.locator("[data-left]")).to_have_text("30")
    page.clock.run_for(31_000)

    expect(page.locator("[data-hold-said]")).to_have_text("90 s are over. Return slowly, then rate after.")
    expect(page.locator("#live")).to_have_text("90 seconds are over. Return slowly, then rate after.")
    expect(page.get_by_label("before 7, in position 2, after 2")).to_be_visible()
    page.locator("[id='point.al5.R.before']").press("ArrowUp")
    page.clock.run_for(1_500)
    expect(page.get_by_label("before 5, in position 1, after 2")).to_be_visible()
    database.session.rollback()
    rows = database.session.execute(select(TenderPoint.point, TenderPoint.before, TenderPoint.after)).all()
    assert [tuple(row) for row in rows] == [("upl5", 7, 2), ("al5", 5, 2)]
    assert database.session.scalars(select(Treatment.response)).one() == "tenderness 7→2, 5→2"


def test_the_page_is_clean_in_every_light_and_width(open_as: Open) -> None:
    address = manual()
    page = open_as("dana")
    page.goto(address)
    page.select_option("#add_point", "upl5")
    page.get_by_role("radio", name="left").press("Space")
    page.get_by_role("button", name="Point", exact=True).click()
    page.locator("[id='point.upl5.L.before']").fill("6")
    page.locator("[id='point.upl5.L.in_position']").fill("3")
    expect(page.locator("[data-live=reduction]")).to_contain_text("not reached")

    found, wide = [], []
    for kind in (1, 5):
        page.goto(f"{address}?kind={kind}")
        for width, scheme in ((1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += violations(page)
            wide.append(page.evaluate("document.documentElement.scrollWidth") <= width)

    assert found == []
    assert all(wide)
