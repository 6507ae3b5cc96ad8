"""Manual therapy at the door: points treated and mapped, techniques, the checklist, who may and who may not."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from clinic.care.defaults.manual import CHECKLIST
from clinic.care.manual_therapy.models import CheckAnswer, Technique, TenderPoint
from clinic.care.notes.models import Note, Treatment
from clinic.database import database
from clinic.scheduling.booking.models import Appointment
from tests.care.acts import begun, episode, saved, signed, visit, visit_facts, within
from tests.cast import CAST, at
from tests.forms import filled
from tests.visitor import Visitor, path_of

ADA = f"/treatment/patients/{CAST.ada}"
Open = Callable[..., Visitor]
SCRIPT = {"X-Requested-With": "fetch"}
NO = {f"check.{one.key.removeprefix('check.manual.')}": "no" for one in CHECKLIST}
MOBILIZATION = {
    "kind": "mobilization",
    "act": "add_technique",
    "add_kind": "mobilization",
    "add_region": "L4",
    "add_direction": "PA central",
    "add_grade": "III",
    "add_bouts": "3",
    "add_seconds": "30",
    "add_minutes": "5",
    "add_response": "eased",
}
THRUST = {"kind": "thrust", "act": "add_technique", "add_kind": "thrust", "add_region": "L5", "add_consent": "1"}


@pytest.fixture
def page(note: str) -> str:
    """The address of the manual therapy of Ada's visit."""
    return f"{note}/manual"


def typed(who: Visitor, page: str, *, at_: str = "", **fields: str) -> dict[str, str]:
    """Return the form as it stands, with some fields filled in."""
    form = filled(who.get(page + at_).text, having="data-autosave")
    return {name: value[-1] if isinstance(value, list) else value for name, value in form.items()} | fields


def added(who: Visitor, page: str, point: str, side: str) -> str:
    """Add a point, and return where that leads."""
    return path_of(who.post(page, typed(who, page, act="add_point", add_point=point, add_side=side)))


def rated(who: Visitor, page: str, name: str, *values: int, at_: str = "?point=1", **more: str) -> None:
    """Rate a point before, in position and after."""
    parts = zip(("before", "in_position", "after"), values, strict=False)
    fields = {f"point.{name}.{part}": str(value) for part, value in parts}
    form = typed(who, page, at_=at_) | fields
    who.post(page, form | {f"point.{name}.{part}": value for part, value in more.items()})


def rows() -> list[tuple[object, ...]]:
    """Return the treatments of the notes."""
    database.session.rollback()
    query = select(Treatment.name, Treatment.dose, Treatment.minutes, Treatment.response).order_by(Treatment.id)
    return [tuple(row) for row in database.session.execute(query)]


def test_a_point_is_added_rated_and_flows_into_the_note(dana: Visitor, page: str) -> None:
    leads = added(dana, page, "upl5", "L")
    form = typed(dana, page, at_="?point=1")
    ratings = {"point.upl5.L.before": "7", "point.upl5.L.in_position": "2", "point.upl5.L.after": "2"}

    answer = dana.post(page, form | ratings | {"minutes": "8", "point.upl5.L.recheck": "1"}, headers=SCRIPT)

    parts = answer.json["parts"]  # type: ignore[index]
    row = database.session.scalars(select(TenderPoint)).one()
    assert leads == f"{page}?point=1"
    assert (row.before, row.in_position, row.after, row.hold_s, row.recheck) == (7, 2, 2, 90, True)
    assert row.position == "Prone, hip extended and adducted; fine-tune rotation of the hip"
    assert "71 %</b>" in parts["reduction"]
    assert 'aria-label="before 7, in position 2, after 2"' in parts["today-upl5.L"]
    assert "New today. Recheck" in parts["said-upl5.L"]
    assert rows() == [("Strain-counterstrain", "1 point, 90 s", 8, "tenderness 7→2")]


def test_the_map_says_over_visits_what_responds_and_what_to_recheck(dana: Visitor, page: str) -> None:
    for point in ("upl5", "al5"):
        added(dana, page, point, "L")
    rated(dana, page, "upl5.L", 7, 3, 3, recheck="1", position="Prone, knee bent 30°", hold_s="250")
    rated(dana, page, "al5.L", 4, 1, 1, at_="?point=2")
    later = f"{ADA}/notes/{begun(visit(starts_at=at(14))).id}/manual"

    before = dana.get(later).text
    rated(dana, later, "upl5.L", 4, 1, 1)
    after = dana.get(later).text

    assert ">recheck</span>" in before
    assert "Prone, knee bent 30°" in before
    assert "(from visit 1)" in before
    assert "position goal not reached" in before
    assert "A hold is usually 60 to 240 s." in dana.get(f"{page}?point=1").text
    assert ("7 → 4" in after, "Responds" in after, "2 points, 1 responds, 1 new" in after) == (True, True, True)


def test_a_technique_is_added_changed_and_taken_out_with_its_row(dana: Visitor, page: str) -> None:
    dana.post(page, typed(dana, page, at_="?kind=2") | MOBILIZATION)
    there = rows()
    id_ = database.session.scalars(select(Technique.id)).one()
    form = typed(dana, page, at_="?kind=2") | {
        f"tech.{id_}.minutes": "7",
        f"tech.{id_}.retest": "flexion freer",
    }
    dana.post(page, form)
    changed = rows()

    dana.post(page, typed(dana, page, at_="?kind=2") | {f"tech.{id_}.out": "1"})

    assert there == [("Mobilization, L4, grade III", "PA central, 3 × 30 s", 5, "eased")]
    assert changed == [("Mobilization, L4, grade III", "PA central, 3 × 30 s", 7, "eased; flexion freer")]
    assert rows() == []


def test_the_checklist_stands_before_the_signature_and_clears(dana: Visitor, page: str) -> None:
    added(dana, page, "upl5", "L")
    note = page.removesuffix("/manual")
    before = dana.get(note).text

    answer = dana.post(page, typed(dana, page) | NO | {"check.fracture": "yes"}, headers=SCRIPT)
    dana.post(page, typed(dana, page) | {"check.fracture": "no"})

    assert f'href="{page}#check.trauma">Checklist before manual therapy: 12 to answer' in before
    assert "Stop: fracture or instability." in answer.json["parts"]["stop"]  # type: ignore[index]
    assert "Contraindications clear, Nov 24" in dana.get(page).text
    assert "Checklist before manual therapy" not in dana.get(note).text
    assert len(database.session.scalars(select(CheckAnswer)).all()) == 21


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"point.upl5.L.before": "11"}, "Tenderness is 0 to 10."),
        ({"point.upl5.L.after": "two"}, "Type a number."),
        ({"point.upl5.L.hold_s": "9"}, "A hold is 10 to 600 seconds."),
        ({"minutes": "-1"}, "Minutes are 0 to 480."),
        ({"act": "add_point", "add_point": "upl5"}, "Left, right, or in the middle?"),
        ({"act": "add_point", "add_point": "../x", "add_side": "L"}, "Choose a point of the clinic"),
        (THRUST | {"add_consent": ""} | {"add_region": ""}, "Say where."),
        ({"check.trauma": "perhaps"}, "Answer with yes or no."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    dana: Visitor, page: str, fields: dict[str, str], sentence: str
) -> None:
    added(dana, page, "upl5", "L")

    answer = dana.post(page, typed(dana, page, at_="?point=1") | fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert database.session.scalars(select(Note.version)).all() == [2]


def test_a_draft_saved_elsewhere_is_not_overwritten(dana: Visitor, page: str) -> None:
    added(dana, page, "upl5", "L")
    form = typed(dana, page, at_="?point=1")
    dana.post(page, form | {"point.upl5.L.before": "7"})

    answer = dana.post(page, form | {"point.upl5.L.before": "3"}, headers=SCRIPT)

    assert answer.status_code == 409
    assert database.session.scalars(select(TenderPoint.before)).one() == 7


def test_a_thrust_is_the_therapists_and_needs_consent(dana: Visitor, page: str, visitor: Open) -> None:
    bare = dana.post(page, typed(dana, page, at_="?kind=5") | {k: v for k, v in THRUST.items() if k != "add_consent"})
    within(lambda: setattr(database.session.get(Appointment, 1), "therapist_id", CAST.sam))
    sam = visitor("sam")

    shown = sam.get(f"{page}?kind=5").text
    answer = sam.post(page, typed(sam, page) | THRUST, headers=SCRIPT)
    mobilized = sam.post(page, typed(sam, page) | MOBILIZATION)

    assert (bare.status_code, "A thrust needs the patient" in bare.text) == (422, True)
    assert "add_region" not in shown
    assert (answer.status_code, answer.json["sentence"]) == (  # type: ignore[index]
        403,
        "A thrust is given by a licensed physical therapist, not by an assistant or a student.",
    )
    assert mobilized.status_code == 303
    assert database.session.scalars(select(Technique.kind)).all() == ["mobilization"]


def test_what_is_signed_is_read_and_not_changed(dana: Visitor) -> None:
    appointment = visit(starts_at=at(11))
    episode()
    page = f"{ADA}/notes/{saved(begun(appointment), visit_facts()).id}/manual"
    added(dana, page, "upl5", "L")
    rated(dana, page, "upl5.L", 4, 1, 1)
    dana.post(page, typed(dana, page) | NO)
    form = typed(dana, page)
    database.session.rollback()
    note = database.session.scalars(select(Note)).one()
    signed(saved(note, visit_facts(pain_now=2)), now=at(12))

    answer = dana.post(page, form | {"point.upl5.L.before": "9"})

    text = dana.get(page).text
    assert answer.status_code == 409
    assert ("data-autosave" in text, "75 %" in text, "<select" in text) == (False, True, False)
    assert path_of(dana.get(f"{ADA}/episodes/1/manual")) == page


def test_the_chart_is_guarded_and_another_patients_note_is_not_here(dana: Visitor, page: str, visitor: Open) -> None:
    other = page.replace(f"/patients/{CAST.ada}/", f"/patients/{CAST.ben}/")
    visit(patient_id=CAST.ben, starts_at=at(15))

    assert [visitor(who).get(page).status_code for who in ("noor", "kim", "max")] == [403] * 3
    assert [dana.get(other).status_code, dana.post(other, {}).status_code] == [404, 404]
    assert path_of(dana.get(f"{ADA}/episodes/1/manual")) == page


def test_without_any_visit_the_tab_says_where_it_begins(dana: Visitor) -> None:
    visit()
    episode()

    assert "No manual therapy yet." in dana.get(f"{ADA}/episodes/1/manual").text


def test_a_therapist_adds_a_point_of_the_clinics_own_and_an_assistant_does_not(
    dana: Visitor, page: str, visitor: Open
) -> None:
    facts = {"label": "Glute min", "location": "below the crest", "position": "side-lying, abducted"}
    words = {"source": "Own practice", "reason": "Seen often"}

    refused = dana.post("/treatment/library/points", facts)
    led = path_of(dana.post("/treatment/library/points", facts | words))
    forbidden = visitor("sam").post("/treatment/library/points", facts | words)
    added(dana, page, "own-1", "R")

    assert (refused.status_code, "Say where this comes from." in refused.text) == (422, True)
    assert "Glute min" in dana.get(led).text
    assert forbidden.status_code == 403
    assert database.session.scalars(select(TenderPoint.position)).one() == "side-lying, abducted"


def test_what_was_typed_is_not_lost_whatever_button_was_pressed(dana: Visitor, page: str) -> None:
    added(dana, page, "upl5", "L")
    rated(dana, page, "upl5.L", 7, 2, 2, recheck="1")
    later = f"{ADA}/notes/{begun(visit(starts_at=at(14))).id}/manual"
    untouched = dana.post(later, typed(dana, later), headers=SCRIPT)
    first = database.session.scalars(select(TenderPoint.id)).all()

    dana.post(later, typed(dana, later) | {"point.upl5.L.position": "Prone, pillow under the thigh"}, headers=SCRIPT)
    dana.post(later, typed(dana, later, at_="?kind=2") | MOBILIZATION | {"act": "kind:thrust"})
    elsewhere = dana.post(page, typed(dana, page) | {"tech.1.kind": "mobilization", "tech.1.region": "L5"})

    database.session.rollback()
    assert (untouched.status_code, len(first), elsewhere.status_code) == (200, 1, 404)
    positions = database.session.scalars(select(TenderPoint.position).order_by(TenderPoint.id)).all()
    assert positions[1:] == ["Prone, pillow under the thigh"]
    assert database.session.scalars(select(Technique.region)).all() == ["L4"]


def test_the_points_stand_on_the_notes_paper(dana: Visitor, page: str) -> None:
    added(dana, page, "upl5", "L")
    rated(dana, page, "upl5.L", 7, 2, 3)

    paper = dana.get(page.removesuffix("/manual") + "/print").text

    row = paper[paper.index("Strain-counterstrain</h2>") :]
    assert [f'<td class="table__number">{number}</td>' in row for number in (7, 2, 3)] == [True] * 3
    assert "90 s" in row
