"""Scores in the chart, on both engines: answered by number, signed with the note, read over the visits."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from clinic.audit.models import Entry
from clinic.care import defaults, notes
from clinic.care.gait import GaitFacts
from clinic.care.notes import Measured, Note, NoteFacts, Ran, SavedElsewhere, WrittenInTheNote
from clinic.care.notes.due_measures import due_at, due_next
from clinic.care.notes.measures import measures
from clinic.care.notes.models import Measurement
from clinic.care.notes.running import are_far, shoe_marks, volume_marks, weeks_of
from clinic.care.notes.sign import is_as_signed
from clinic.care.notes.thresholds import thresholds_of
from clinic.care.notes.trends import points_of
from clinic.care.outcomes.measures import GROC, ODI, PSFS, NotAnAnswer, read_change
from clinic.care.outcomes.models import Score
from clinic.care.outcomes.queries import scores_at
from clinic.care.signatures import AlreadySigned
from clinic.database import database, transaction
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import practice
from tests.care.acts import (
    TODAY,
    begun,
    clinician,
    episode,
    evaluation_facts,
    saved,
    signed,
    visit,
    visit_facts,
    within,
)
from tests.cast import CAST, NOW, at

pytestmark = pytest.mark.usefixtures("app")
EIGHT = [2, 2, 2, 2, 2, 2, 2, 2, 0, None]


def note_(**changes: Any) -> Note:
    """Begin the note of a visit, in the episode that is open."""
    appointment = visit(**changes)
    episode_ = database.session.execute(text("select count(*) from episodes")).scalar()
    if not episode_:
        episode()
    return begun(appointment)


def kept(note: Note, answers: list[Any], *, of: str = "odi", edition: str = "2.1a", **more: Any) -> Note:
    """Score a measure as the note was last seen."""
    facts: dict[str, Any] = {"note_id": note.id, "instrument": of, "edition": edition, "answers": answers}
    facts |= {"seen": note.version, "by": clinician("Dana"), "now": NOW} | more
    return within(lambda: notes.save_score(**facts))


def test_the_trail_does_not_say_which_measure_was_scored() -> None:
    taken_out(kept(note_(), EIGHT))

    told = select(Entry.before, Entry.after).where(Entry.about.startswith("note:"), Entry.what.contains("scor"))
    assert [tuple(row) for row in database.session.execute(told)] == [({}, {}), ({}, {})]


def test_an_activity_that_the_database_cannot_keep_is_refused_beside_its_field() -> None:
    note = note_()

    with pytest.raises(Unacceptable) as refused:
        kept(note, [4, 5, 6], of="psfs", edition="", activities=["run", "sit\x00", "lift"])

    assert refused.value.field == "activity.2"


def taken_out(note: Note, of: str = "odi") -> Note:
    """Take a score out as the note was last seen."""
    by = clinician("Dana")
    return within(lambda: notes.take_out_score(note_id=note.id, instrument=of, seen=note.version, by=by, now=NOW))


def measured(note: Note, key: str = "odi") -> list[Decimal | None]:
    """Return the values of a measure that stand in a note."""
    database.session.rollback()
    query = select(Measurement.value).where(Measurement.note_id == note.id, Measurement.measure == key)
    return list(database.session.scalars(query))


def row(note: Note) -> Score:
    """Return the only score of a note."""
    database.session.rollback()
    (found,) = scores_at(note.id)
    return found


def test_a_score_is_kept_by_item_number_and_stands_among_the_measures() -> None:
    note = note_()

    kept(note, EIGHT)

    found = row(note)
    assert found.answers == {"items": {str(n): 2 for n in range(1, 9)} | {"9": 0}}
    assert (found.edition, found.value, found.words) == ("2.1a", Decimal("35.60"), "")
    assert measured(note) == [Decimal("35.60")]


def test_what_is_incomplete_is_kept_with_its_reason_and_is_no_value() -> None:
    note = kept(note_(), [1] * 10)

    kept(note, [3] * 7 + [None] * 3)

    found = row(note)
    assert (found.value, found.words) == (None, "incomplete, not scored: 3 of 10 sections missing")
    assert measured(note) == [None]


def test_nothing_new_is_no_new_version_and_another_edition_takes_the_place() -> None:
    note = note_()

    versions = [kept(note, [1] * 10, edition=edition).version for edition in ("2.1a", "2.1a", "modified")]

    assert versions == [2, 2, 3]
    assert (row(note).edition, measured(note)) == ("modified", [Decimal(20)])


@pytest.mark.parametrize(
    ("answers", "more", "field"),
    [
        ([6] + [1] * 9, {}, "item.1"),
        ([1] * 9 + [Decimal("1.5")], {}, "item.10"),
        ([1] * 9, {}, "items"),
        ([None] * 10, {}, "item.1"),
        ([1] * 10, {"edition": ""}, "version"),
        ([4], {"of": "psfs", "edition": "mean", "activities": [" "]}, "activity.1"),
        ([11, 1, 1], {"of": "psfs", "edition": "mean", "activities": ["a", "b", "c"]}, "item.1"),
        ([6], {"of": "groc", "edition": "11-point"}, "item.1"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(answers: list[Any], more: dict[str, Any], field: str) -> None:
    note = note_()

    with pytest.raises(NotAnAnswer) as refused:
        kept(note, answers, **more)

    assert refused.value.field == field
    assert list(scores_at(note.id)) == []


def test_pain_is_written_in_the_note_and_nothing_else_is_a_measure() -> None:
    note = note_()

    with pytest.raises(WrittenInTheNote):
        kept(note, [4], of="nprs", edition="now")
    with pytest.raises(NotFound):
        kept(note, [4], of="sf-36")


def test_activities_are_named_one_by_one_and_scored_from_three_on() -> None:
    two = {"of": "psfs", "edition": "mean", "activities": ["Run 5 km", "Sit at work"]}
    note = kept(note_(), [4, None], **two)
    incomplete = row(note).words

    kept(note, [4, 6, 7], of="psfs", edition="mean", activities=[*two["activities"], "Garden"])

    assert incomplete == "incomplete, not scored: 1 activity more to name"
    assert row(note).answers == {
        "items": {"1": 4, "2": 6, "3": 7},
        "activities": ["Run 5 km", "Sit at work", "Garden"],
    }
    assert measured(note, "psfs") == [Decimal("5.70")]


def test_the_wider_scale_of_change_is_no_value_of_the_clinics_measure() -> None:
    note = kept(note_(), [6], of="groc", edition="15-point")

    assert (row(note).value, measured(note, "groc")) == (6, [])


def test_a_score_is_taken_out_and_a_total_typed_since_is_left() -> None:
    first = kept(note_(), [1] * 10)
    second = kept(note_(starts_at=at(11)), [1] * 10)
    second = saved(second, NoteFacts(measured=(Measured("odi", "", Decimal(24)),)))

    taken_out(first)
    taken_out(second)

    assert (measured(first), measured(second)) == ([None], [Decimal(24)])
    with pytest.raises(NotFound):
        taken_out(within(lambda: notes.content_of(first)).note)


def test_two_tabs_cannot_overwrite_each_other() -> None:
    note = note_()
    kept(note, EIGHT)

    with pytest.raises(SavedElsewhere):
        kept(note, [1] * 10, seen=1)


def test_a_score_is_signed_with_its_note_and_never_changes_again() -> None:
    note = kept(saved(note_(), visit_facts()), EIGHT)
    note = signed(note, now=at(12))

    assert is_as_signed(note)
    with pytest.raises(AlreadySigned):
        kept(note, [1] * 10)
    for statement in ("UPDATE scores SET value = 1", "DELETE FROM scores"):
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(statement))
    database.session.rollback()
    assert is_as_signed(note)


def test_scores_typed_totals_and_pain_make_one_course_and_what_was_carried_does_not() -> None:
    first = kept(saved(note_(), visit_facts()), [2] * 10)
    later = saved(
        note_(starts_at=at(11)), NoteFacts(values={"pain_now": 2}, measured=(Measured("uwri", "", Decimal(20)),))
    )

    points = points_of(first.episode_id)

    assert [(one.visit, one.scored.version, one.value, one.typed) for one in points["odi"]] == [
        (first.visit_number, "2.1a", 40, False)
    ]
    assert [(one.note_id, one.scored.version, one.typed) for one in points["uwri"]] == [(later.id, "9-item", True)]
    assert [(one.scored.version, one.value) for one in points["nprs"]] == [("now", 3), ("worst", 5), ("now", 2)]


def test_another_edition_is_not_comparable() -> None:
    note = kept(note_(), [3] * 10)
    kept(note_(starts_at=at(11)), [1] * 10, edition="modified")

    before, after = points_of(note.episode_id)["odi"]

    change = read_change(of=ODI, before=before.scored, after=after.scored)
    assert not change.comparable
    assert change.reason == "ODI 2.1a and Modified ODI are not comparable"  # type: ignore[union-attr]


def test_the_clinics_own_thresholds_are_used_except_where_a_version_has_its_own() -> None:
    own: dict[str, Any] = {"value": {"mdc": 8, "mcid": 9}, "source": "Our audit", "reason": "Seen in 80 runners"}
    by = clinician("Dana").actor
    within(lambda: defaults.change(key="measure.odi", confirmed=True, seen=0, by=by, now=NOW, **own))

    known = measures()
    published, modified = (thresholds_of(ODI, version, known=known) for version in ("2.1a", "modified"))

    assert [(one.mdc.value, one.mcid.value) for one in (published, modified) if one.mdc and one.mcid] == [
        (8, 9),
        (Decimal("12.68"), 6),
    ]
    assert thresholds_of(PSFS, "single", known=known).mdc.value == 3  # type: ignore[union-attr]
    assert thresholds_of(GROC, "15-point", known=known).mcid is None


def test_what_is_due_follows_the_kind_of_visit_and_what_was_taken() -> None:
    evaluation = visit(type_id=CAST.evaluation)
    of = episode()
    note = kept(saved(begun(evaluation), evaluation_facts()), EIGHT)
    zone = practice.location().tz

    now = due_at(note, points_of(of.id), zone=zone)
    after = due_next(of.id, points_of(of.id), report=True, zone=zone, today=TODAY + timedelta(days=7))

    assert [one.key for one in now] == ["uwri", "psfs"]
    assert [(one.key, one.version) for one in after if one.key == "odi"] == [("odi", "2.1a")]


def test_weeks_add_up_the_runs_and_one_that_is_told_twice_counts_once() -> None:
    twice = Ran(date(2026, 11, 18), 20, pain=3)
    first = saved(note_(), NoteFacts(runs=(Ran(date(2026, 11, 10), 30, pain=4), twice)))
    saved(note_(starts_at=at(11)), NoteFacts(runs=(twice, Ran(date(2026, 11, 20), 20, pain=5))))

    weeks = weeks_of(first.episode_id)

    assert [(one.starts_on.day, one.minutes, one.pain, one.runs) for one in weeks] == [(9, 30, 4, 1), (16, 40, 5, 2)]
    assert [one.words for one in volume_marks(weeks)] == ["+33 %"]


def test_a_week_has_a_distance_where_every_run_of_it_tells_one() -> None:
    told = [
        Ran(date(2026, 11, 10), 30, pain=4, km=Decimal("5.0")),
        Ran(date(2026, 11, 17), 20, pain=3, km=Decimal("3.2")),
        Ran(date(2026, 11, 17), 20, pain=3, km=Decimal("3.1")),
        Ran(date(2026, 11, 23), 20, pain=3),
    ]
    note = saved(note_(), NoteFacts(runs=tuple(told)))

    weeks = weeks_of(note.episode_id)

    assert [one.km for one in weeks] == [Decimal("5.0"), Decimal("6.3"), None]
    assert [are_far(weeks), are_far(weeks[:2])] == [False, True]
    assert [[one.words for one in volume_marks(some)] for some in (weeks, weeks[:2])] == [["+33 %"], ["+26 %"]]


def test_a_run_without_a_distance_is_signed_as_before_distances_were_asked() -> None:
    note = saved(note_(), NoteFacts(runs=(Ran(date(2026, 11, 10), 30), Ran(date(2026, 11, 12), 20, km=Decimal("3.4")))))

    runs = notes.content_of(note).facts()["runs"]

    assert ["km" in one for one in runs] == [False, True]
    assert runs[1]["km"] == Decimal("3.4")


def test_another_shoe_is_marked_and_more_kilometers_on_the_same_are_not() -> None:
    by = clinician("Dana")
    for hour, shoe in ((9, "Daily trainer, 420 km"), (11, "daily trainer (455 km)"), (14, "Light racer")):
        facts = GaitFacts(values={"shoe": shoe})
        note = note_(starts_at=at(hour))
        within(partial(notes.save_gait, note_id=note.id, facts=facts, seen=note.version, by=by, now=NOW))

    found = shoe_marks(note.episode_id, zone=practice.location().tz)

    assert [one.words for one in found] == ["shoe: Light racer"]
