"""Notes: begun from the last visit's values, saved by version, signed once and for all, added to."""

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.care import notes, plans
from clinic.care.notes import Done, Measured, NotComplete, NoteFacts, SavedElsewhere, Stands
from clinic.care.notes.begin import NoEpisode, NotVisited
from clinic.care.notes.models import Measurement, Note, Treatment
from clinic.care.notes.sign import is_as_signed
from clinic.care.notes.written import write
from clinic.care.plans.queries import goals_of
from clinic.care.signatures import AlreadySigned, NotForYou, addenda_of, signatures_of
from clinic.database import database, transaction
from clinic.refusals import Unacceptable
from clinic.scheduling.practice.models import Therapist
from tests.care.acts import (
    begun,
    clinician,
    episode,
    evaluation_facts,
    plan_signed,
    planned,
    saved,
    signed,
    visit,
    visit_facts,
    within,
)
from tests.cast import CAST, at


def test_a_note_belongs_to_an_episode(app: Flask) -> None:
    appointment = visit()

    with pytest.raises(NoEpisode):
        begun(appointment)


def test_an_evaluation_is_signed_with_all_its_parts(app: Flask) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()

    note = signed(saved(begun(appointment), evaluation_facts()))

    assert (note.kind, note.visit_number, note.author) == ("evaluation", 0, "Dana Ruiz")
    assert [(one.part, one.name, one.credentials) for one in signatures_of(note.key)] == [
        ("author", "Dana Ruiz", "PT, DPT")
    ]
    assert is_as_signed(note)


def test_an_evaluation_says_what_it_lacks(app: Flask) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = begun(appointment)

    with pytest.raises(NotComplete) as refused:
        signed(note)

    assert [part.field for part in refused.value.missing] == [
        "complaint",
        "onset_kind",
        "pain_now",
        "regions",
        "flag.saddle",
        "direction",
        "irritability",
        "diagnosis",
        "impairments",
        "prognosis",
        "necessity",
        "presentation",
        "decision",
        "history_factors",
        "examined_elements",
    ]


def test_a_red_flag_asks_what_was_decided_and_bone_stress_asks_for_its_tests(app: Flask) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    facts = evaluation_facts()
    note = saved(begun(appointment), NoteFacts(**{**vars(facts), "flags": {**(facts.flags or {}), "bone-pain": "yes"}}))

    with pytest.raises(NotComplete) as refused:
        signed(note)

    assert [part.field for part in refused.value.missing] == ["flags_words", "measure.hop.L"]


def test_values_are_carried_and_sentences_are_not(app: Flask) -> None:
    first, second = visit(), visit(starts_at=at(9, day=2))
    episode()
    signed(saved(begun(first), visit_facts(own_words="Holds form without cueing.", report="Slept well.")))

    note = begun(second, now=at(9, day=2))
    content = notes.content_of(note)

    assert (note.visit_number, note.own_words, note.report, note.since_last) == (2, "", "", "")
    assert [(one.measure, one.side, one.value, one.carried_from) for one in content.measurements] == [
        ("side-plank", "L", Decimal(30), 1),
        ("lumbar-extension", "", Decimal(25), 1),
    ]
    assert [(one.name, one.dose, one.minutes, one.response, one.carried_from) for one in content.treatments] == [
        ("Side plank", "3 × 20 s", 10, "", 1)
    ]


def test_the_first_visit_after_the_plan_does_what_the_plan_says_but_not_the_home_care(app: Flask) -> None:
    evaluation, first = visit(type_id=CAST.evaluation), visit(starts_at=at(9, day=2))
    one = episode()
    signed(saved(begun(evaluation), evaluation_facts()))
    plan_signed(planned(one))

    rows = notes.content_of(begun(first, now=at(9, day=2))).treatments

    assert [(row.name, row.dose, row.minutes, row.carried_from) for row in rows] == [
        ("Side plank", "3 × 15 s", 5, 0),
        ("Treadmill with metronome", "174 spm", 15, 0),
    ]


def test_visits_are_counted_as_the_plan_counts_them_and_the_evaluation_is_none_of_them(app: Flask) -> None:
    evaluation, first, second = (
        visit(type_id=CAST.evaluation),
        visit(starts_at=at(9, day=2)),
        visit(starts_at=at(13, day=2)),
    )
    one = episode()
    signed(saved(begun(evaluation), evaluation_facts()))
    plan_signed(planned(one))

    note = saved(begun(first, now=at(9, day=2)), visit_facts(), now=at(9, day=2))
    later = begun(second, now=at(9, day=2))

    content, last = notes.content_of(note), notes.content_of(later)
    assert (note.visit_number, later.visit_number) == (1, 2)
    assert {row.measure: row.carried_from for row in last.measurements} == {
        "slr": 0,
        "side-plank": 1,
        "lumbar-extension": 1,
    }
    assert "since the evaluation" in write(content).text


def test_what_is_touched_is_todays_and_what_is_looked_at_too(app: Flask) -> None:
    first, second = visit(), visit(starts_at=at(9, day=2))
    episode()
    signed(saved(begun(first), visit_facts()))
    note = begun(second, now=at(9, day=2))
    facts = NoteFacts(
        measured=(
            Measured("side-plank", "L", Decimal(34)),
            Measured("lumbar-extension", "", Decimal(25), kept=True),
        )
    )

    content = notes.content_of(saved(note, facts, now=at(10, day=2)))

    assert [(one.measure, one.value, one.carried_from) for one in content.measurements] == [
        ("side-plank", Decimal(34), None),
        ("lumbar-extension", Decimal(25), None),
    ]


def test_two_tabs_cannot_overwrite_each_other(app: Flask) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    saved(note, visit_facts(pain_now=3), seen=1)

    with pytest.raises(SavedElsewhere):
        saved(note, visit_facts(pain_now=1), seen=1)

    assert database.session.scalars(select(Note.pain_now)).all() == [3]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (NoteFacts(values={"pain_now": 11}), "pain_now"),
        (NoteFacts(values={"pain_now": 7, "pain_worst": 5}), "pain_now"),
        (NoteFacts(values={"own_words": "x" * 4001}), "own_words"),
        (NoteFacts(values={"own_words": "a\x00b"}), "own_words"),
        (NoteFacts(values={"since_last": "great"}), "since_last"),
        (NoteFacts(measured=(Measured("slr", "L", Decimal(700)),)), "measure.slr.L"),
        (NoteFacts(measured=(Measured("slr", "", Decimal(70)),)), "measure.slr."),
        (NoteFacts(measured=(Measured("nothing", "", Decimal(1)),)), "measure.nothing."),
        (NoteFacts(measured=(Measured("slr", "L", Decimal("NaN")),)), "measure.slr.L"),
        (NoteFacts(done=(Done("exercise", "exercise", "Squat", minutes=500),)), "treatment.0.minutes"),
        (NoteFacts(done=(Done("surgery", "exercise", "Squat"),)), "treatment.0.kind"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_saved(
    app: Flask, facts: NoteFacts, field: str
) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    with pytest.raises(Unacceptable) as refused:
        saved(note, NoteFacts(**{**vars(facts), "values": {"report": "kept out", **facts.values}}))

    assert refused.value.field == field
    assert database.session.scalars(select(Note.report)).all() == [""]


def test_a_signed_note_is_not_saved_again(app: Flask) -> None:
    appointment = visit()
    episode()
    note = signed(saved(begun(appointment), visit_facts()))

    with pytest.raises(AlreadySigned):
        saved(note, visit_facts(pain_now=1))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE notes SET pain_now = 0",
        "UPDATE notes SET signed_at = NULL",
        "DELETE FROM notes",
        "UPDATE measurements SET value = 99",
        "UPDATE measurements SET note_id = 2",
        "DELETE FROM measurements",
        "INSERT INTO measurements (note_id, measure, side, grade, words) VALUES (1, 'slr', 'R', '', '')",
        "UPDATE treatments SET minutes = 60",
        "DELETE FROM treatments",
        "UPDATE signatures SET name = 'Somebody'",
        "DELETE FROM signatures",
        "UPDATE addenda SET words = ''",
        "DELETE FROM addenda",
    ],
)
def test_raw_sql_cannot_change_what_is_signed(app: Flask, sql: str) -> None:
    note = with_an_addendum()

    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text(sql))

    assert is_as_signed(within(lambda: database.session.get_one(Note, note.id)))


REPLACES = [
    "REPLACE INTO measurements (id, note_id, measure, side, grade, words) VALUES (1, 1, 'slr', 'R', '', '')",
    "REPLACE INTO notes SELECT * FROM notes",
    "REPLACE INTO signatures SELECT * FROM signatures",
    "REPLACE INTO addenda SELECT * FROM addenda",
    "REPLACE INTO audit_entries SELECT * FROM audit_entries",
]


def test_replace_and_truncate_cannot_either(app: Flask) -> None:
    note = with_an_addendum()
    sqlite = database.engine.dialect.name == "sqlite"
    tables = ("notes", "measurements", "treatments", "signatures", "addenda", "goals", "plans")

    if sqlite:
        with transaction() as session:
            session.execute(text("PRAGMA recursive_triggers=OFF"))
    for sql in REPLACES if sqlite else [f"TRUNCATE {table} CASCADE" for table in tables]:
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(sql))

    assert is_as_signed(within(lambda: database.session.get_one(Note, note.id)))


def test_a_draft_of_another_visit_is_not_in_the_way(app: Flask) -> None:
    with_an_addendum()
    second = visit(starts_at=at(9, day=2))

    note = saved(begun(second, now=at(9, day=2)), visit_facts(pain_now=2), now=at(10, day=2))

    assert (note.visit_number, note.pain_now) == (2, 2)


def test_an_addendum_keeps_the_original_and_says_who_and_why(app: Flask) -> None:
    note = with_an_addendum()

    assert [(one.kind, one.reason, one.words, one.name, one.at) for one in addenda_of(note.key)] == [
        ("correction", "Wrong side", "The left side.", "Dana Ruiz", at(13))
    ]
    assert is_as_signed(within(lambda: database.session.get_one(Note, note.id)))


@pytest.mark.parametrize(
    ("field", "changes"), [("kind", {"kind": "x"}), ("reason", {"reason": " "}), ("words", {"words": ""})]
)
def test_an_addendum_needs_kind_reason_and_words(app: Flask, field: str, changes: dict[str, str]) -> None:
    note = with_an_addendum()
    by = clinician("Dana")
    facts = {"kind": "addendum", "reason": "Later", "words": "More."} | changes

    with pytest.raises(Unacceptable) as refused:
        within(lambda: notes.amend_note(note_id=note.id, by=by, now=at(13), **facts))

    assert refused.value.field == field


def test_an_unsigned_note_takes_no_addendum(app: Flask) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)

    with pytest.raises(Unacceptable):
        amended(note)


def test_somebody_elses_note_is_not_signed(app: Flask) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts())

    with pytest.raises(NotForYou):
        signed(note, who="Noor")


def test_an_assistants_note_waits_for_a_therapist_who_signs_after_them(app: Flask) -> None:
    appointment = visit(therapist_id=CAST.sam)
    episode()
    within(lambda: setattr(database.session.get_one(Therapist, CAST.sam), "supervisor_id", CAST.dana))
    note = signed(saved(begun(appointment, who="Sam"), visit_facts(), who="Sam"), who="Sam")
    sam, dana = clinician("Sam"), clinician("Dana")

    with pytest.raises(NotForYou):
        within(lambda: notes.cosign_note(note_id=note.id, by=sam, now=at(13)))
    within(lambda: notes.cosign_note(note_id=note.id, by=dana, now=at(13)))

    assert [(one.part, one.name) for one in signatures_of(note.key)] == [
        ("author", "Sam Osei"),
        ("co-signer", "Dana Ruiz"),
    ]
    with pytest.raises(AlreadySigned):
        within(lambda: notes.cosign_note(note_id=note.id, by=dana, now=at(14)))


def test_an_assistant_without_a_supervisor_cannot_sign_and_never_evaluates(app: Flask) -> None:
    appointment = visit(therapist_id=CAST.sam)
    evaluation = visit(starts_at=at(10), type_id=CAST.evaluation)
    episode()
    note = saved(begun(appointment, who="Sam"), visit_facts(), who="Sam")

    with pytest.raises(NotForYou):
        signed(note, who="Sam")
    with pytest.raises(NotForYou):
        begun(evaluation, who="Sam")


def test_what_is_to_come_has_no_note_yet(app: Flask) -> None:
    appointment = visit(starts_at=at(9, day=2))
    episode()

    with pytest.raises(NotVisited):
        begun(appointment)


def test_beginning_twice_begins_once(app: Flask) -> None:
    appointment = visit()
    episode()

    assert begun(appointment).id == begun(appointment).id
    assert len(database.session.scalars(select(Note)).all()) == 1


def test_treatments_are_changed_added_and_taken_out_by_their_rows(app: Flask) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts())
    row = notes.content_of(note).treatments[0]

    done = (
        Done("manual therapy", "manual", "Central mobilization L4", dose="3 × 60 s", minutes=6),
        Done("exercise", "exercise", "Side plank", "both", "3 × 25 s", 10, "form held", row_id=row.id),
    )
    note = saved(note, NoteFacts(done=done))
    rows = notes.content_of(note).treatments

    assert [(one.position, one.name, one.dose) for one in rows] == [
        (0, "Central mobilization L4", "3 × 60 s"),
        (1, "Side plank", "3 × 25 s"),
    ]
    saved(note, NoteFacts(done=()))
    assert database.session.scalars(select(Treatment)).all() == []


def test_nothing_new_is_no_new_version(app: Flask) -> None:
    appointment = visit()
    episode()
    note = saved(begun(appointment), visit_facts())

    assert saved(note, visit_facts()).version == note.version
    assert len(database.session.scalars(select(Measurement)).all()) == 2


def amended(note: Note) -> object:
    """Add to a note."""
    by = clinician("Dana")
    return within(
        lambda: notes.amend_note(
            note_id=note.id, kind="correction", reason="Wrong side", words="The left side.", by=by, now=at(13)
        )
    )


def with_an_addendum() -> Note:
    """Return a signed note with an addendum."""
    appointment = visit()
    episode()
    note = signed(saved(begun(appointment), visit_facts()))
    amended(note)
    database.session.rollback()
    return note


def test_a_visit_says_nothing_of_the_best_pain_which_it_does_not_ask(app: Flask) -> None:
    evaluation, first = visit(type_id=CAST.evaluation), visit(starts_at=at(10, 30))
    episode()
    signed(saved(begun(evaluation), evaluation_facts()))

    note = signed(saved(begun(first), visit_facts()), now=at(12))

    assert "best in 24 h" not in note.written.casefold()
    assert "worst in 24 h 6/10 → 5/10" in note.written


def test_a_number_that_would_be_rounded_is_refused_so_that_what_is_signed_is_what_was_typed(app: Flask) -> None:
    appointment = visit(type_id=CAST.evaluation)
    episode()
    note = begun(appointment)
    facts = [
        NoteFacts(measured=(Measured("slr", "L", Decimal("70.125")),)),
        NoteFacts(measured=(Measured("slr", "L", Decimal("1e30")),)),
        NoteFacts(evaluation={"weekly_km": Decimal("30.55")}),
    ]
    fields = []

    for one in facts:
        with pytest.raises(Unacceptable) as refused:
            saved(note, one)
        fields.append(refused.value.field)

    assert fields == ["measure.slr.L", "measure.slr.L", "weekly_km"]


def test_a_report_judges_the_goals_of_its_own_episode_and_of_signed_plans_alone(app: Flask) -> None:
    appointment = visit()
    one, other = episode(), episode(patient_id=CAST.ben)
    own, others = (plans.plan_content(plan_signed(planned(of))).goals[0].id for of in (one, other))
    draft = plans.plan_content(planned(one)).goals[0].id
    note = begun(appointment, episode_id=one.id, kind="progress report")

    for goal_id in (others, draft, 99):
        with pytest.raises(Unacceptable) as refused:
            saved(note, NoteFacts(goals=(Stands(own, Decimal(12), "active"), Stands(goal_id, None, "met"))))
        assert refused.value.field == f"goal.{goal_id}.status"
    for value in ("NaN", "1e30", "12.125"):
        with pytest.raises(Unacceptable) as refused:
            saved(note, NoteFacts(goals=(Stands(own, Decimal(value), "active"),)))
        assert refused.value.field == f"goal.{own}.value"
    note = saved(note, NoteFacts(goals=(Stands(own, Decimal(12), "active"),)))

    assert [(row.goal_id, row.value) for row in notes.content_of(note).goals] == [(own, Decimal(12))]
    assert [row.goal.id for row in goals_of(one.id)] == [own]
