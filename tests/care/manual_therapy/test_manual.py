"""Manual therapy in the chart, on both engines: written with the note, flowing into its rows, signed with it."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.care import manual_therapy, notes
from clinic.care.defaults.manual import CHECKLIST
from clinic.care.manual_therapy import ManualFacts, PointFacts, TechniqueFacts
from clinic.care.notes import Done, Note, SavedElsewhere
from clinic.care.notes.models import Treatment
from clinic.care.notes.sign import is_as_signed, what_is_missing
from clinic.care.signatures import AlreadySigned, NotForYou
from clinic.database import database, transaction
from clinic.refusals import Unacceptable
from tests.care.acts import begun, clinician, episode, first_note, saved, signed, visit, visit_facts, within
from tests.cast import CAST, NOW, at

pytestmark = pytest.mark.usefixtures("app")
UPL5 = PointFacts("upl5", "L", 7, 2, 2, "Prone, left hip extended", 90, recheck=True)
QL = PointFacts("ql-l3", "L", 5, 1, 2, hold_s=90)
L4 = TechniqueFacts("mobilization", "L4", "", "PA central", "III", "oscillation", 3, 30, minutes=5, response="eased")
THRUST = TechniqueFacts("thrust", "L5", "R", "side-lying", minutes=2, response="eased", consent=True)
NO = {one.key.removeprefix("check.manual."): "no" for one in CHECKLIST if one.value["for"] != "thrust"}
POINTS = ManualFacts(values={"minutes": 8}, points=(UPL5, QL))


def kept(note: Note, what: ManualFacts, *, seen: int | None = None, who: str = "Dana") -> Note:
    """Save manual therapy as the note was last seen."""
    by, version = clinician(who), note.version if seen is None else seen
    return within(lambda: notes.save_manual(note_id=note.id, facts=what, seen=version, by=by, now=NOW))


def rows(note: Note) -> list[tuple[Any, ...]]:
    """Return the treatments of a note."""
    database.session.rollback()
    query = select(Treatment.name, Treatment.side, Treatment.dose, Treatment.minutes, Treatment.response)
    return [tuple(row) for row in database.session.execute(query.where(Treatment.note_id == note.id))]


def lacks(note: Note) -> list[str]:
    """Return what the manual therapy of a note lacks before it is signed."""
    found = within(lambda: what_is_missing(notes.content_of(note)))
    return [one.sentence for one in found if one.page == "manual"]


def test_points_and_techniques_flow_into_the_rows_of_the_note_and_out_again() -> None:
    note = kept(first_note(), replace(POINTS, techniques=(L4,)))
    counterstrain = ("Strain-counterstrain", "L", "2 points, 90 s", 8, "tenderness 7→2, 5→2")
    l4 = ("Mobilization, L4, grade III", "", "PA central, 3 × 30 s, oscillation", 5, "eased")
    there = rows(note)
    [id_] = [row.id for row in manual_therapy.given_at(note.id).techniques]

    note = kept(note, ManualFacts(techniques=(L4._replace(grade="IV", minutes=6, row_id=id_),)))
    changed = rows(note)
    note = kept(note, ManualFacts(techniques_out=frozenset({id_}), points_out=frozenset({("ql-l3", "L")})))

    assert there == [counterstrain, l4]
    assert changed == [counterstrain, ("Mobilization, L4, grade IV", "", l4[2], 6, "eased")]
    assert rows(note) == [("Strain-counterstrain", "L", "1 point, 90 s", 8, "tenderness 7→2")]


def test_what_a_therapist_typed_in_the_note_by_hand_stays() -> None:
    note = saved(
        first_note(), replace(visit_facts(), done=(Done("manual therapy", "manual", "Massage", "", "", 4, "warm"),))
    )
    note = kept(note, POINTS)
    content = within(lambda: notes.content_of(note))
    done = [
        Done(row.kind, row.category, row.name, row.side, row.dose, row.minutes, "slept well after", row.id)
        for row in content.treatments
    ]
    note = saved(note, replace(visit_facts(), done=tuple(done)))

    note = kept(note, ManualFacts(values={"minutes": 11}))

    massage = ("Massage", "", "", 4, "slept well after")
    assert rows(note) == [massage, ("Strain-counterstrain", "L", "2 points, 90 s", 11, "slept well after")]


def test_a_carried_row_is_taken_over_and_the_flagged_points_are_there_to_recheck() -> None:
    first = kept(first_note(), POINTS)
    later = begun(visit(starts_at=at(14)))

    kept(later, ManualFacts(values={"minutes": 6}, points=(UPL5._replace(before=4, in_position=1, after=1),)))

    history = manual_therapy.history_of(episode_id=first.episode_id, note_id=later.id)
    assert rows(later) == [("Strain-counterstrain", "L", "1 point, 90 s", 6, "tenderness 4→1")]
    assert [(one.visit_number, [row.recheck for row in one.given.points]) for one in history] == [(1, [True, False])]


def test_before_signing_the_checklist_of_the_episode_is_answered_and_a_yes_decided() -> None:
    note = kept(first_note(), POINTS)
    open_ = lacks(note)
    note = kept(note, ManualFacts(answers=NO | {"fracture": "yes"}, checks_version=3))
    undecided = lacks(note)
    note = kept(note, ManualFacts(values={"decided": "Healed in 2019, films seen"}))
    decided = lacks(note)
    later = kept(begun(visit(starts_at=at(14))), ManualFacts(points=(QL,)))
    with_thrust = kept(later, ManualFacts(techniques=(THRUST,)))

    assert open_ == ["Checklist before manual therapy: 12 to answer"]
    assert undecided == ["What you decided about the checklist"]
    assert decided == []
    assert lacks(with_thrust) == ["Checklist before manual therapy: 9 to answer"]
    assert [row.checks_version for row in [manual_therapy.given_at(note.id).row] if row] == [3]


def test_another_response_needs_its_words() -> None:
    note = kept(first_note(), ManualFacts(points=(UPL5._replace(adverse="other"),), answers=NO))

    missing = lacks(note)
    kept(note, ManualFacts(points=(UPL5._replace(adverse="other", adverse_words="hiccups"),)))

    assert missing == ["What the response after a point was"]
    assert lacks(note) == []
    assert rows(note)[0][4] == "tenderness 7→2; other after UPL5: hiccups"


def test_what_cannot_be_leaves_nothing_behind() -> None:
    note = first_note()

    with pytest.raises(Unacceptable) as refused:
        kept(note, replace(POINTS, techniques=(THRUST._replace(consent=False),)))

    assert refused.value.field == "add_consent"
    assert manual_therapy.given_at(note.id).row is None
    assert rows(note) == []


def test_an_assistant_mobilizes_and_leaves_a_thrust_alone() -> None:
    note = kept(first_note(), ManualFacts(techniques=(THRUST,)))
    [id_] = [row.id for row in manual_therapy.given_at(note.id).techniques]

    note = kept(note, ManualFacts(techniques=(L4, THRUST._replace(row_id=id_))), who="Sam")

    for what in (
        ManualFacts(techniques=(THRUST,)),
        ManualFacts(techniques=(THRUST._replace(row_id=id_, region="L4"),)),
        ManualFacts(techniques_out=frozenset({id_})),
    ):
        with pytest.raises(NotForYou) as refused:
            kept(note, what, who="Sam")
    assert refused.value.sentence == (
        "A thrust is given by a licensed physical therapist, not by an assistant or a student."
    )
    assert [row[0] for row in rows(note)] == ["Thrust, L5", "Mobilization, L4, grade III"]


def test_nothing_new_is_no_new_version_and_two_tabs_do_not_overwrite_each_other() -> None:
    note = first_note()
    versions = [
        kept(note, POINTS).version,
        kept(note, POINTS, seen=2).version,
        kept(note, ManualFacts(), seen=2).version,
    ]

    assert versions == [2, 2, 2]
    with pytest.raises(SavedElsewhere):
        kept(note, POINTS, seen=1)


def test_manual_therapy_is_signed_with_its_note_and_never_changes_again() -> None:
    note = saved(first_note(), visit_facts())
    note = kept(note, replace(POINTS, techniques=(L4,), answers=NO))
    note = signed(note, now=at(12))

    assert is_as_signed(note)
    with pytest.raises(AlreadySigned):
        kept(note, POINTS)
    for statement in (
        "UPDATE tender_points SET after = 0",
        "DELETE FROM techniques",
        "UPDATE manual_therapies SET minutes = 30",
        f"INSERT INTO check_answers (note_id, question, answer) VALUES ({note.id}, 'x', 'no')",
    ):
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(statement))
    database.session.rollback()
    assert is_as_signed(note)


def test_points_of_another_patient_are_not_in_the_history() -> None:
    kept(first_note(), POINTS)
    appointment = visit(patient_id=CAST.ben, starts_at=at(14))
    episode(patient_id=CAST.ben)
    other = begun(appointment)

    assert manual_therapy.history_of(episode_id=other.episode_id, note_id=other.id) == []
    assert manual_therapy.newest_note(other.episode_id) is None
