"""The therapist at the chart: an evaluation, a routine visit within its budget, a signature, an addendum, a report."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from clinic import clock
from clinic.care.notes import content_of
from clinic.care.notes.models import Note
from clinic.care.signatures import addenda_of
from clinic.database import database
from tests.browser.axe import found_in_every_look
from tests.care.acts import begun, episode, evaluation_facts, plan_signed, planned, saved, signed, visit, visit_facts
from tests.cast import CAST, at

Open = Callable[..., Page]
ADA = f"/treatment/patients/{CAST.ada}"
KEY, CLICK, DECISION = 0.2, 1.1, 1.35
"""Seconds by the keystroke-level model of Card, Moran and Newell."""


class Therapist:
    """Hands at the chart that count: keys, clicks, and the decisions before them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = self.clicks = self.decisions = 0

    def choose(self, group: str, words: str) -> None:
        """Choose one of some segments."""
        self.page.locator(f"[id='{group}'] label").filter(has_text=words).click()
        self.clicks += 1
        self.decisions += 1

    def type(self, field: str, words: str) -> None:
        """Go to a field and type."""
        self.page.locator(f"[id='{field}']").fill(words)
        self.clicks += 1
        self.decisions += 1
        self.keys += len(words)

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).first.click()
        self.clicks += 1
        self.decisions += 1

    @property
    def seconds(self) -> float:
        """How long it takes by the model."""
        return self.keys * KEY + self.clicks * CLICK + self.decisions * DECISION


def note() -> Note:
    """Return the newest note."""
    database.session.rollback()
    return database.session.scalars(select(Note).order_by(Note.id.desc())).first()  # type: ignore[return-value]


def saves_itself(page: Page) -> None:
    """Wait until the draft has saved itself."""
    expect(page.locator("[data-saved]")).to_contain_text("Saved")


def second_visit() -> None:
    """Put Ada's first two visits behind her: the evaluation, and a visit whose values the next one carries."""
    evaluation, first = visit(type_id=CAST.evaluation), visit(starts_at=at(10, 30))
    one = episode()
    signed(saved(begun(evaluation), evaluation_facts()))
    plan_signed(planned(one))
    signed(saved(begun(first), visit_facts()), now=at(12))


def test_a_routine_visit_is_written_and_signed_within_its_budget(open_as: Open) -> None:
    second_visit()
    third = visit(starts_at=at(13))
    begun(third)
    clock.set_source(lambda: at(14))
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note().id}")
    hands = Therapist(page)

    hands.choose("since_last", "Better")
    hands.type("pain_now", "2")
    hands.type("pain_worst", "4")
    hands.choose("new_event", "None")
    hands.type("measure.side-plank.L", "34")
    hands.type("treatment.0.minutes", "12")
    hands.type("treatment.0.response", "form held")
    hands.type("skilled_need", "form needs a hand")
    hands.type("next_focus", "fade feedback")
    expect(page.locator("[data-live=missing]")).to_contain_text("Ready to sign")
    hands.press("Sign visit")

    expect(page.get_by_text("Signed Tue Nov 24, 2:00 pm")).to_be_visible()
    written = note()
    assert (written.pain_now, written.signed_at, written.total_minutes) == (2, at(14), 12)
    assert "side plank, left +4 s to 34 s" in written.written
    assert hands.seconds <= 90


def test_a_draft_saves_itself_and_a_second_tab_meets_a_sentence(open_as: Open) -> None:
    appointment = visit()
    episode()
    begun(appointment)
    first = open_as("dana")
    first.goto(f"{ADA}/notes/{note().id}")
    second = first.context.new_page()
    second.goto(first.url)

    first.fill("#pain_now", "3")
    expect(first.locator("[data-saved]")).to_contain_text("am")
    expect(first.locator("[data-version]")).to_have_value("2")
    second.fill("#pain_now", "9")

    expect(second.locator("#problem")).to_contain_text("somewhere else since you opened it")
    assert note().pain_now == 3
    assert second.locator("#pain_now").input_value() == "9"


def test_what_cannot_be_is_said_beside_the_field_while_it_is_typed(open_as: Open) -> None:
    appointment = visit()
    episode()
    begun(appointment)
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note().id}")

    page.fill("#pain_now", "30")
    expect(page.locator("#pain_now-error")).to_have_text("This must be 0 to 10.")
    expect(page.locator("#pain_now")).to_have_attribute("aria-invalid", "true")
    page.fill("#pain_now", "3")
    expect(page.locator("#pain_now-error")).to_have_count(0)

    expect(page.locator("[data-version]")).to_have_value("2")
    assert note().pain_now == 3


def test_an_evaluation_is_acted_by_hand(open_as: Open) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    begun(appointment)
    clock.set_source(lambda: at(10))
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note().id}")

    page.locator("[data-region='back.low-back.left']").press("Enter")
    for name, value in (("pain_now", 4), ("pain_best", 1), ("pain_worst", 6)):
        page.locator(f"[id='{name}'] label").nth(value).click()
    for row in page.locator(".flag").all():
        row.locator("label").filter(has_text="No").click()
    page.keyboard.press(".")
    page.fill("#complaint", "My low back hurts after half an hour of running.")
    page.select_option("#onset_kind", "gradual")
    page.select_option("#direction", "extension")
    page.locator("[id='irritability'] label").nth(1).click()
    for field, words in (("diagnosis", "Mechanical low back pain"), ("impairments", "Extension limited; cannot run")):
        page.fill(f"#{field}", words)
    page.fill("#necessity", "Needs cueing")
    page.fill("#history_factors", "1")
    page.fill("#examined_elements", "4")
    for field, value_ in (("prognosis", "good"), ("presentation", "stable"), ("decision", "low")):
        page.select_option(f"#{field}", value_)
    expect(page.locator("[data-live=missing]")).to_contain_text("Ready to sign")
    page.get_by_role("button", name="Sign evaluation").click()

    expect(page.get_by_text("Signed Tue Nov 24, 10:00 am")).to_be_visible()
    content = content_of(note())
    assert [row.region for row in content.regions] == ["back.low-back.left"]
    assert len(content.flags) == 12
    assert len([row for row in content.measurements if row.grade or row.value is not None]) > 20


def test_an_addendum_is_added_by_hand(open_as: Open) -> None:
    appointment = visit()
    episode()
    written = signed(saved(begun(appointment), visit_facts()), now=at(9, 30))
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{written.id}")

    page.get_by_text("Add to this note").click()
    page.get_by_label("Correction: something was wrong").check()
    page.get_by_label("Why now").fill("Wrong side")
    page.get_by_label("What is added").fill("It was the left side.")
    page.get_by_role("button", name="Add and sign").click()

    expect(page.get_by_text("It was the left side.")).to_be_visible()
    database.session.rollback()
    assert [one.kind for one in addenda_of(written.key)] == ["correction"]


def test_a_progress_report_is_goal_by_goal(open_as: Open) -> None:
    second_visit()
    third = visit(starts_at=at(13))
    saved(begun(third), visit_facts(own_words="Going on as planned."))
    clock.set_source(lambda: at(14))
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note().id}")

    page.select_option("#kind", "progress report")
    page.get_by_role("button", name="Change").click()
    page.get_by_label("LT1 today").fill("18")
    page.get_by_label("How LT1 stands").select_option("partly met")
    expect(page.locator("[data-live=missing]")).to_contain_text("Ready to sign")
    page.get_by_role("button", name="Sign progress report").click()

    expect(page.get_by_text("Signed Tue Nov 24, 2:00 pm")).to_be_visible()
    page.goto(f"{ADA}/episodes/1/plan")
    expect(page.locator("table.goals")).to_contain_text("18")
    expect(page.locator("table.goals")).to_contain_text("partly met")


def test_the_charts_pages_have_no_finding_in_any_look(open_as: Open) -> None:
    second_visit()
    third = visit(starts_at=at(13))
    begun(third)
    page = open_as("dana", bypass_csp=True)
    found = {}

    for path in (f"{ADA}/", f"{ADA}/notes/1", f"{ADA}/notes/{note().id}", f"{ADA}/episodes/1/plan", "/treatment/"):
        found |= found_in_every_look(page, path)

    assert {path: rules for path, rules in found.items() if rules} == {}


def test_the_frame_stands_still_while_a_long_note_scrolls(open_as: Open) -> None:
    second_visit()
    page = open_as("dana", width=1180, height=600)

    page.goto(f"{ADA}/notes/{begun(visit(starts_at=at(13))).id}")
    page.locator("#add_treatment").focus()

    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    assert page.evaluate("document.documentElement.scrollTop") == 0
    assert page.evaluate("document.querySelector('.page__body').scrollTop") > 0


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_of_the_chart_scrolls_sideways_on_a_phone(open_as: Open, width: int) -> None:
    second_visit()
    third = visit(starts_at=at(13))
    begun(third)
    one = episode(patient_id=CAST.ada, problem="Neck")
    planned(one)
    page = open_as("dana", width=width, height=700)
    wide = {}

    draft = f"{ADA}/notes/{note().id}"
    for path in (
        f"{ADA}/",
        f"{ADA}/notes/1",
        f"{ADA}/notes/2",
        draft,
        f"{ADA}/episodes/1/plan",
        f"{ADA}/episodes/{one.id}/plan",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        wide[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.goto(draft)
    name = page.locator("[id='treatment.0.name']").bounding_box()

    assert {path: more for path, more in wide.items() if more > 0} == {}
    assert name is not None
    assert name["width"] >= 140


def test_a_visit_asks_which_event_only_after_yes_and_keeps_sign_in_sight(open_as: Open) -> None:
    second_visit()
    third = visit(starts_at=at(13))
    begun(third)
    clock.set_source(lambda: at(14))
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{note().id}")
    which, words = page.locator("#event"), page.locator("#report")

    expect(which).to_be_hidden()
    low = words.evaluate("field => field.offsetHeight")
    words.focus()
    high = words.evaluate("field => field.offsetHeight")
    page.locator("#new_event label").filter(has_text="Yes").click()
    expect(which).to_be_visible()
    which.fill("Fell on the stairs")
    page.locator("#new_event label").filter(has_text="None").click()
    expect(which).to_be_visible()
    page.locator("#home_change").scroll_into_view_if_needed()

    assert (low <= 36, high >= 60) == (True, True)
    expect(page.locator("[data-sign]")).to_be_in_viewport()
