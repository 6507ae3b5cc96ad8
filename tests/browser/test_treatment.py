"""Gait by tap and by digits, a home program by name, the page at home on a phone, and what goes on paper."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from clinic.care import gait
from clinic.care.homecare import HomeItem, program_of
from clinic.care.notes.models import Note
from clinic.database import database, transaction
from clinic.people.patients import HomeLink, make_home_link
from clinic.people.patients.home_link import home_token
from tests.browser.axe import found_in_every_look, violations
from tests.care.acts import begun, episode, evaluation_facts, saved, visit
from tests.cast import CAST, KIM, NOW
from tests.engines import SECRET

Open = Callable[..., Page]
ADA = f"/treatment/patients/{CAST.ada}"
PROGRAM = f"{ADA}/episodes/1/program"
KEY, DECISION = 0.2, 1.35
"""Seconds by the keystroke-level model of Card, Moran and Newell."""


def draft() -> Note:
    """Begin an evaluation that says that extension eases."""
    appointment = visit(type_id=CAST.evaluation)
    episode()
    return saved(begun(appointment), evaluation_facts())


def program() -> list[str]:
    """Return the codes of the program."""
    database.session.rollback()
    return [one.item.code for one in program_of(1)]


def add(page: Page, words: str) -> int:
    """Type a part of a name and press Enter; return the keys."""
    field = page.locator("#exercise")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return len(words) + 1


def test_cadence_is_counted_by_the_space_bar_and_the_target_reckoned(open_as: Open) -> None:
    note = draft()
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note.id}/gait")

    page.locator("[data-pad]").focus()
    for _ in range(10):
        page.keyboard.press("Space")
        page.wait_for_timeout(650)
    counted = int(page.locator("[data-spm]").inner_text())
    page.locator("#target_pct label").filter(has_text="+5 %").click()
    page.fill("#speed", "6:00")
    expect(page.locator("[data-live=target] b").first).to_have_text(str(int(counted * 1.05 + 0.5)))

    database.session.rollback()
    analysis = gait.analysis_of(note.id)
    assert 120 <= counted <= 240
    assert page.locator("[data-taps]").inner_text() == "10"
    assert (analysis.row.target_spm if analysis.row else None) == int(counted * 1.05 + 0.5)


def test_the_checklist_is_graded_by_digits_alone(open_as: Open) -> None:
    note = draft()
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note.id}/gait")

    page.locator(".grades").first.locator("input").first.focus()
    page.keyboard.type("2110" + "0" * 18)
    expect(page.locator("[data-live=count]")).to_have_text("11 of 12 graded")

    database.session.rollback()
    seen = gait.analysis_of(note.id).seen
    grades = [seen[item, side].grade for item in ("overstride", "tibia") for side in ("L", "R")]
    assert grades == ["marked", "mild", "mild", "normal"]


def test_a_grade_that_is_chosen_again_is_taken_out(open_as: Open) -> None:
    note = draft()
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note.id}/gait")
    grade = page.locator("input[name='find.sound.L.grade'][value=mild]")

    grade.click(force=True)
    expect(page.locator("[data-version]")).to_have_value(str(note.version + 1))
    grade.click(force=True)
    expect(page.locator("[data-version]")).to_have_value(str(note.version + 2))

    database.session.rollback()
    assert gait.analysis_of(note.id).seen == {}


def test_three_exercises_are_prescribed_within_a_minute(open_as: Open) -> None:
    draft()
    page = open_as("dana")
    page.goto(PROGRAM)

    keys = sum(add(page, words) for words in ("side pl", "split", "press-up"))

    assert program() == ["SIDE_PLANK", "SPLIT_SQ", "PRESS_UP"]
    assert keys * KEY + 3 * DECISION <= 60


def test_against_the_direction_a_reason_goes_on(open_as: Open) -> None:
    draft()
    page = open_as("dana")
    page.goto(PROGRAM)

    add(page, "knees to chest")
    expect(page.locator(".program-against")).to_contain_text("it belongs on the stop list")
    page.fill("#despite", "Eases after runs, tested twice")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    database.session.rollback()
    item = database.session.scalars(select(HomeItem)).one()
    assert (item.code, item.despite) == ("KTC", "Eases after runs, tested twice")


def test_the_page_at_home_opens_on_a_phone_and_beats(open_as: Open, server: str) -> None:
    draft()
    page = open_as("dana")
    page.goto(PROGRAM)
    add(page, "split")
    page.locator("details").filter(has_text="Stage").locator("summary").first.click()
    page.fill("#spm", "174")
    with page.expect_navigation():
        page.get_by_role("button", name="Prescribe", exact=True).first.click()
    database.session.rollback()
    with transaction():
        make_home_link(patient_id=CAST.ada, by=KIM, now=NOW)
    link = database.session.scalars(select(HomeLink)).one()
    phone = page.context.browser.new_context(viewport={"width": 390, "height": 844}, base_url=server).new_page()  # type: ignore[union-attr]

    phone.goto(f"/home/{home_token(link, secret=SECRET)}")
    asked = violations(phone)
    phone.fill("#born_on", "4/2/1988")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Today, Ada")).to_be_visible()
    phone.get_by_role("button", name="Start the beat").click()
    expect(phone.get_by_role("button", name="Pause the beat")).to_be_visible()
    phone.get_by_role("button", name="Two steps more").click()

    assert (asked, violations(phone)) == ([], [])
    assert phone.locator("[data-spm]").inner_text() == "176"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.context.close()


def test_the_pages_of_treatment_have_no_fault_that_a_tool_finds_in_any_look(open_as: Open) -> None:
    note = draft()
    page = open_as("dana")
    page.goto(PROGRAM)
    add(page, "split")
    pages = [PROGRAM, f"{PROGRAM}/print", f"{ADA}/notes/{note.id}/gait", f"{ADA}/notes/{note.id}/print"]
    found = {}

    for path in pages:
        found |= found_in_every_look(page, path)

    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_home_program_prints_on_one_page(open_as: Open) -> None:
    draft()
    page = open_as("dana")
    page.goto(PROGRAM)
    for words in ("side pl", "split", "press-up"):
        add(page, words)
    page.goto(f"{PROGRAM}/print")

    printed = page.pdf(prefer_css_page_size=True)

    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 1
