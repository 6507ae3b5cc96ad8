"""The therapist at the measures: answered by keyboard, scored as they type, read over the visits."""

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Page, expect
from sqlalchemy import select

from clinic.care import notes
from clinic.care.notes import NoteFacts, Ran
from clinic.care.notes.models import Note
from clinic.care.outcomes.models import Score
from clinic.database import database
from tests.browser.axe import found_in_every_look
from tests.care.acts import TODAY, begun, clinician, episode, plan_signed, planned, saved, visit, within
from tests.cast import CAST, NOW, at

Open = Callable[..., Page]
ADA = f"/treatment/patients/{CAST.ada}"


def scored(note: Note, answers: list[int]) -> None:
    """Score the ODI of a draft."""
    facts = {"instrument": "odi", "edition": "2.1a", "answers": answers, "by": clinician("Dana"), "now": NOW}
    within(lambda: notes.save_score(note_id=note.id, seen=note.version, **facts))  # type: ignore[arg-type]


def two_visits() -> Note:
    """Score the ODI at Ada's first visit, with a plan and a run, and begin the note of her second."""
    first = visit()
    plan_signed(planned(episode()))
    note = saved(begun(first), NoteFacts(values={"pain_now": 4}, runs=(Ran(TODAY, 20, pain=3),)))
    scored(note, [4] * 10)
    return begun(visit(starts_at=at(13)))


def test_an_odi_is_answered_by_keyboard_and_scored_as_it_is_typed(open_as: Open) -> None:
    page = open_as("dana")
    page.goto(f"{ADA}/notes/{two_visits().id}")

    page.locator("#measures").get_by_role("link", name="ODI").click()
    expect(page.locator("[name=edition]:checked")).to_have_value("2.1a")
    page.locator("[id='item.1'] input").first.focus()
    page.keyboard.type("2222222")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("22")
    expect(page.locator("[data-live=score]")).to_contain_text("clinically important improvement")
    page.get_by_role("button", name="Save the answers").click()

    expect(page.locator("#measures")).to_contain_text("40 %")
    database.session.rollback()
    row = database.session.scalars(select(Score).order_by(Score.id.desc())).first()
    assert row is not None
    assert (row.value, "8" in row.answers["items"]) == (Decimal(40), False)


def test_the_pages_of_outcomes_have_no_finding_in_any_look(open_as: Open) -> None:
    note = two_visits()
    scored(note, [2] * 10)
    page = open_as("dana", bypass_csp=True)
    found = {}

    measures = [f"{ADA}/notes/{note.id}/outcomes/{key}" for key in ("odi", "rmdq", "psfs", "groc")]
    for path in (f"{ADA}/episodes/1/outcomes", f"{ADA}/notes/{note.id}", *measures):
        found |= found_in_every_look(page, path, unfold=True)

    assert {path: rules for path, rules in found.items() if rules} == {}
