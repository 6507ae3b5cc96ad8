"""Analyses in the chart, on both engines: written with the note, signed with it, taken up in the plan."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.audit.models import Entry
from clinic.care import gait, notes
from clinic.care.gait import Found, GaitFacts, Tried
from clinic.care.gait.still import Still
from clinic.care.notes import Done, Note, NoteFacts, SavedElsewhere
from clinic.care.notes.gait_session import gait_session
from clinic.care.notes.models import Measurement
from clinic.care.notes.queries import note as note_by_id
from clinic.care.notes.sign import is_as_signed
from clinic.care.plans.queries import interventions_of
from clinic.care.plans.take_up import take_up_gait
from clinic.care.signatures import AlreadySigned
from clinic.database import database, transaction
from clinic.refusals import Unacceptable
from tests.care.acts import (
    TODAY,
    begun,
    clinician,
    episode,
    first_note,
    plan_signed,
    planned,
    saved,
    signed,
    visit,
    visit_facts,
    within,
)
from tests.cast import NOW, at

pytestmark = pytest.mark.usefixtures("app")
PICTURE = Still(b"\xff\xd8\xff", "0" * 64, 10, 10)


def facts(cadence: int | None = 166, **values: Any) -> GaitFacts:
    """Return the facts of an analysis."""
    columns: dict[str, Any] = {"speed_ms": Decimal("2.78"), "surface": "treadmill", "pain": 4}
    columns |= {"cue": "cadence +5 %", "target_pct": Decimal(5), "protocol": "protocol.fade-8"} | values
    found = [Found("overstride", "L", None, "marked"), Found("pelvic-drop", "R", Decimal(8), "mild")]
    if cadence is not None:
        found.append(Found("cadence", "", Decimal(cadence), "", "87 taps"))
    return GaitFacts(values=columns, found=tuple(found), tried=(Tried("cadence +5 %", 4, 2, 174),))


def kept(note: Note, what: GaitFacts, *, seen: int | None = None) -> Note:
    """Save an analysis as the note was last seen."""
    by, version = clinician("Dana"), note.version if seen is None else seen
    return within(lambda: notes.save_gait(note_id=note.id, facts=what, seen=version, by=by, now=NOW))


@pytest.mark.parametrize("field", ["shoe", "words", "target_why"])
def test_words_that_the_database_cannot_keep_are_refused_beside_their_field(field: str) -> None:
    note = first_note()

    with pytest.raises(Unacceptable) as refused:
        kept(note, facts(**{field: "neutral\x00"}))

    assert refused.value.field == field


@pytest.mark.parametrize("protocol", ["protocol.none-such", "x" * 5000])
def test_a_protocol_that_the_clinic_does_not_have_is_refused(protocol: str) -> None:
    note = first_note()

    with pytest.raises(Unacceptable) as refused:
        kept(note, facts(protocol=protocol))

    assert refused.value.field == "protocol"


def test_the_trail_does_not_say_which_finding_an_image_stands_beside() -> None:
    note, by = kept(first_note(), facts()), clinician("Dana")

    still = within(
        lambda: notes.add_still(note_id=note.id, metric="overstride", side="L", still=PICTURE, by=by, now=NOW)
    )
    within(lambda: notes.take_out_still(note_id=note.id, still_id=still.id, by=by, now=NOW))

    told = select(Entry.before, Entry.after).where(Entry.what.startswith("gait image"))
    assert [tuple(row) for row in database.session.execute(told)] == [({}, {}), ({}, {})]


def test_the_target_follows_from_the_cadence_that_was_measured() -> None:
    note = first_note()

    kept(note, facts())

    database.session.rollback()
    analysis = gait.analysis_of(note.id)
    assert analysis.row is not None
    assert (analysis.row.target_spm, analysis.row.speed_ms) == (174, Decimal("2.78"))
    assert analysis.seen["pelvic-drop", "R"] == (Decimal(8), "mild")
    assert [(one.cue, one.pain_with) for one in analysis.cues] == [("cadence +5 %", 2)]
    measured = select(Measurement.value).where(Measurement.measure == "cadence")
    assert database.session.scalars(measured).all() == [Decimal(166)]


def test_nothing_new_is_no_new_version_and_what_is_emptied_goes() -> None:
    note = kept(first_note(), facts())

    versions = [
        kept(note, what).version
        for what in (facts(), GaitFacts(found=(Found("overstride", "L"),), tried=(Tried("cadence +5 %"),)))
    ]

    database.session.rollback()
    analysis = gait.analysis_of(note.id)
    assert versions == [2, 3]
    assert sorted(analysis.seen) == [("cadence", ""), ("pelvic-drop", "R")]
    assert list(analysis.cues) == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"speed_ms": Decimal(10)}, "speed_ms", "A speed is 0.5 to 8 m/s. 6:00 a kilometer is 2.78 m/s."),
        ({"pain": 11}, "pain", "Pain is 0 to 10."),
        ({"camera_fps": 0}, "camera_fps", "A camera takes 1 to 2,000 frames a second."),
        ({"surface": "moon"}, "surface", "Choose one of these."),
        ({"target_pct": Decimal(12)}, "target_why", "Outside of 3 to 10 %: say why."),
        ({"target_pct": Decimal(31)}, "target_pct", "A target is at most 30 % above what was measured."),
        ({"cadence": 83}, "find.cadence..value", "Cadence is 120 to 240 spm."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(changes: dict[str, Any], field: str, sentence: str) -> None:
    note = first_note()

    with pytest.raises(Unacceptable) as refused:
        kept(note, facts(**changes))

    assert (refused.value.field, refused.value.sentence) == (field, sentence)
    assert gait.analysis_of(note.id).row is None


def test_a_target_outside_of_the_range_goes_with_a_reason() -> None:
    note = kept(first_note(), facts(target_pct=Decimal(12), target_why="Ran at 178 before the injury"))

    row = gait.analysis_of(note.id).row
    assert row is not None
    assert row.target_spm == 186


def test_two_tabs_cannot_overwrite_each_other() -> None:
    note = first_note()
    kept(note, facts())

    with pytest.raises(SavedElsewhere):
        kept(note, facts(cadence=170), seen=1)


def test_an_analysis_is_signed_with_its_note_and_never_changes_again(app: Any) -> None:
    note = saved(first_note(), visit_facts())
    note = kept(note, facts())
    by = clinician("Dana")
    within(lambda: notes.add_still(note_id=note.id, metric="overstride", side="L", still=PICTURE, by=by, now=NOW))
    note = signed(within(lambda: notes.content_of(note)).note, now=at(12))

    assert is_as_signed(note)
    with pytest.raises(AlreadySigned):
        kept(note, facts(cadence=170))
    for statement in (
        "UPDATE gait_findings SET grade = 'normal'",
        "DELETE FROM gait_stills",
        "UPDATE gait_analyses SET target_spm = 180",
        f"INSERT INTO cue_responses (note_id, cue, words) VALUES ({note.id}, 'lean', '')",
    ):
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(statement))
    database.session.rollback()
    assert is_as_signed(note)


def test_the_plan_takes_up_the_target_in_place_of_its_gait_retraining() -> None:
    appointment = visit()
    one = episode()
    plan_signed(planned(one))
    note = kept(begun(appointment), facts())
    by = clinician("Dana")

    draft = within(lambda: take_up_gait(episode_id=one.id, note_id=note.id, by=by, now=NOW, today=TODAY))

    found = [
        (row.name, row.dose, row.minutes, row.why) for row in interventions_of(draft.id) if row.kind.startswith("gait")
    ]
    assert found == [
        (
            "Running with a target cadence",
            "174 spm (+5 %), metronome; eight sessions, fading, 15 to 30 min",
            15,
            "Cadence +5 %",
        )
    ]
    assert (draft.number, draft.is_signed, len(interventions_of(draft.id))) == (2, False, 3)


def test_without_a_target_the_plan_takes_up_nothing() -> None:
    note = kept(first_note(), facts(target_pct=None))
    by = clinician("Dana")

    with pytest.raises(Unacceptable) as refused:
        within(lambda: take_up_gait(episode_id=1, note_id=note.id, by=by, now=NOW, today=TODAY))

    assert refused.value.sentence == "Measure a cadence and choose a target first."


def test_the_first_cadence_of_the_episode_is_the_baseline_of_later_targets() -> None:
    first = visit()
    one = episode()
    kept(begun(first), facts())
    later = begun(visit(starts_at=at(14)))

    kept(later, facts(cadence=172))

    row = gait.analysis_of(later.id).row
    found = gait.baseline_of(episode_id=one.id, note_id=later.id)
    assert row is not None
    assert found is not None
    assert (row.target_spm, found.spm) == (174, 166)
    assert [dated.note_id for dated in gait.analyses_of(one.id)] == [later.id, 1]


def test_each_visit_with_gait_retraining_is_a_session_of_the_fading_feedback() -> None:
    first = visit()
    episode()
    kept(begun(first), facts())
    sessions = []
    for hour in (10, 11, 14):
        note = begun(visit(starts_at=at(hour)))
        sessions.append(gait_session(note))
        run = NoteFacts(done=(Done("gait retraining", "gait", "Treadmill run", "", "174 spm", 15, "held"),))
        saved(note, run)

    assert [(one.number, one.session.run, one.session.feedback, one.target_spm) for one in sessions if one] == [
        (1, 15, 15, 174),
        (2, 18, 18, 174),
        (3, 20, 20, 174),
    ]
    assert gait_session(note_by_id(1)) is None
