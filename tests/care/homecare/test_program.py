"""A home program on both engines: prescribed, weighed, changed by versions, stopped with a reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clinic.care import homecare
from clinic.care.episodes import close_episode
from clinic.care.episodes.the_row import EpisodeClosed
from clinic.care.homecare import AlreadyThere, ChangedBefore, GoesAgainst, HomeItem, Prescription, Weighed
from clinic.care.homecare.library import Irritability, Preference
from clinic.care.homecare.prescribe import to_weigh_again
from clinic.care.homecare.rules.thermal import HEAT
from clinic.care.signatures import NotForYou
from clinic.database import database, transaction
from clinic.refusals import Unacceptable
from tests.care.acts import TODAY, clinician, episode, within
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("app")
EASES_BACKWARD = Weighed(Preference.EXTENSION, Irritability.LOW)
CLEAR = {line.key: "no" for line in HEAT.contraindications}
SPLIT_SQUAT = Prescription(kind="exercise", code="SPLIT_SQ")


def given(
    what: Prescription = SPLIT_SQUAT, *, who: str = "Dana", weighed: Weighed = EASES_BACKWARD, **more: Any
) -> HomeItem:
    """Prescribe something in Ada's first episode."""
    by = clinician(who)
    return within(
        lambda: homecare.prescribe(episode_id=1, what=what, weighed=weighed, by=by, now=NOW, today=TODAY, **more)
    )


def changed(item: HomeItem, **changes: Any) -> HomeItem:
    """Put another version in an item's place."""
    by, what = clinician("Dana"), replace(SPLIT_SQUAT, **changes)
    return within(
        lambda: homecare.change_item(item_id=item.id, what=what, weighed=EASES_BACKWARD, by=by, now=NOW, today=TODAY)
    )


def stopped(item: HomeItem, reason: str = "worse") -> None:
    """Stop an item."""
    by = clinician("Dana")
    within(lambda: homecare.stop_item(item_id=item.id, reason=reason, words="", by=by, now=NOW))


def program() -> list[tuple[str, str, int]]:
    """Return the program: names, states, versions."""
    database.session.rollback()
    return [(one.item.name, one.status, one.number) for one in homecare.program_of(1)]


def test_an_exercise_comes_with_the_dose_and_words_of_the_library() -> None:
    episode()

    item = given()

    assert (item.name, item.dose["sets"], item.dose["reps"]) == ("Split squat", "3", "8")
    assert item.cue == homecare.exercise("SPLIT_SQ").cue  # type: ignore[union-attr]
    assert program() == [("Split squat", "active", 1)]


@pytest.mark.parametrize("field", ["cue", "stop_if", "why", "routine", "despite"])
def test_words_that_the_database_cannot_keep_are_refused_beside_their_field(field: str) -> None:
    episode()

    with pytest.raises(Unacceptable) as refused:
        given(replace(SPLIT_SQUAT, **{field: "slow\x00ly"}))

    assert refused.value.field == field
    assert program() == []


def test_words_that_cannot_be_kept_stop_nothing() -> None:
    episode()
    item, by = given(), clinician("Dana")

    with pytest.raises(Unacceptable) as refused:
        within(lambda: homecare.stop_item(item_id=item.id, reason="worse", words="\x00", by=by, now=NOW))

    assert refused.value.field == "words"
    assert program() == [("Split squat", "active", 1)]


def test_an_exercise_against_the_direction_asks_for_a_reason_and_keeps_the_warning() -> None:
    episode()
    knees = Prescription(kind="exercise", code="KTC")

    with pytest.raises(GoesAgainst) as refused:
        given(knees)
    item = given(replace(knees, despite="Flexion eases after the run, tested twice"))

    assert [one.level for one in refused.value.conflicts] == ["stop"]
    assert (item.despite, item.warned[0]["level"]) == ("Flexion eases after the run, tested twice", "stop")
    assert "Long 2004" in item.warned[0]["source"]


def test_only_a_therapist_goes_on_against_a_stop() -> None:
    episode()

    with pytest.raises(NotForYou):
        given(Prescription(kind="exercise", code="KTC", despite="It felt good"), who="Sam")


def test_what_is_in_the_program_is_not_prescribed_twice() -> None:
    episode()
    given(request_id="a")

    twin = given(request_id="a")
    with pytest.raises(AlreadyThere):
        given(request_id="b")

    assert (twin.id, program()) == (1, [("Split squat", "active", 1)])


def test_another_dose_is_another_version_and_the_first_one_stays_as_it_was() -> None:
    episode()
    first = given()

    second = changed(first, dose={"sets": "4", "reps": "8-10", "load": "6 kg", "weekdays": "0 2 5"})

    database.session.rollback()
    old = next(one for one in homecare.all_of(1) if one.item.id == first.id)
    assert (old.status, old.item.dose["sets"]) == ("replaced", "3")
    assert (second.dose["reps"], second.dose["load"], second.replaces_id) == ("8–10", "6 kg", first.id)
    assert program() == [("Split squat", "active", 2)]


def test_a_version_that_somebody_else_replaced_is_not_replaced_again() -> None:
    episode()
    first = given()
    changed(first, why="Stronger legs")

    with pytest.raises(ChangedBefore):
        changed(first, why="Other words")
    with pytest.raises(ChangedBefore):
        stopped(first)


def test_stopping_says_why_and_is_final_while_a_pause_is_not() -> None:
    episode()
    item, by = given(), clinician("Dana")

    within(lambda: homecare.pause_item(item_id=item.id, words="A cold", by=by, now=NOW))
    paused = program()
    within(lambda: homecare.resume_item(item_id=item.id, by=by, now=NOW))
    stopped(item)

    assert paused == [("Split squat", "paused", 1)]
    assert program() == []
    for verb in (lambda: stopped(item), lambda: changed(item, why="again")):
        with pytest.raises(ChangedBefore):
            verb()
    with pytest.raises(Unacceptable):
        stopped(given(), reason="because")


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (Prescription(kind="exercise", code="HANDSTAND"), "exercise"),
        (Prescription(kind="exercise", code="SPLIT_SQ", dose={"sets": "11", "reps": "8"}), "sets"),
        (Prescription(kind="exercise", code="SPLIT_SQ", dose={"sets": "3", "reps": "x"}), "reps"),
        (Prescription(kind="exercise", code="SPLIT_SQ", dose={"reps": "8", "load": "900 kg"}), "load"),
        (Prescription(kind="exercise", code="SPLIT_SQ", why="x" * 301), "why"),
        (Prescription(kind="exercise", code="SPLIT_SQ", review_on=date(2026, 11, 1)), "review_on"),
        (Prescription(kind="heat", minutes=45, checks=CLEAR), "minutes"),
        (Prescription(kind="heat", minutes=15), "checks"),
        (Prescription(kind="heat", minutes=15, checks=CLEAR | {"numb": "yes"}), "checks"),
        (Prescription(kind="running", details={"stage": 9}), "stage"),
        (Prescription(kind="running", details={"stage": 3, "spm": 87}), "spm"),
        (Prescription(kind="avoid"), "name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(what: Prescription, field: str) -> None:
    episode()

    with pytest.raises(Unacceptable) as refused:
        given(what)

    assert refused.value.field == field
    assert program() == []


def test_heat_is_released_by_a_therapist_with_every_line_answered() -> None:
    episode()
    heat = Prescription(kind="heat", minutes=15, routine="in the evening", checks=CLEAR)

    with pytest.raises(NotForYou):
        given(heat, who="Sam")
    item = given(heat)

    assert (item.name, item.minutes, item.checks, item.author) == ("Heat", 15, CLEAR, "Dana Ruiz")


def test_when_the_direction_turns_what_goes_against_it_is_named() -> None:
    episode()
    given(Prescription(kind="exercise", code="PRESS_UP"))
    given(replace(SPLIT_SQUAT))

    entries = homecare.program_of(1)

    assert [one.item.code for one in homecare.to_weigh_again(entries, Weighed(Preference.FLEXION))] == ["PRESS_UP"]
    assert homecare.to_weigh_again(entries, EASES_BACKWARD) == []


def test_a_closed_episode_takes_nothing_more() -> None:
    one = episode()
    item = given()
    within(lambda: close_episode(episode_id=one.id, why="Goals met", by=clinician("Dana").actor, now=NOW))

    with pytest.raises(EpisodeClosed):
        given(Prescription(kind="exercise", code="SIDE_PLANK"))
    with pytest.raises(EpisodeClosed):
        changed(item, dose={"sets": "4"})
    stopped(item)
    assert program() == []


def test_nothing_is_both_done_and_left_out() -> None:
    episode()
    given()
    leave_out = Prescription(kind="avoid", code="KTC", name="Knees to chest", why="Against extension")
    given(leave_out)

    with pytest.raises(Unacceptable, match="list to leave out"):
        given(Prescription(kind="exercise", code="KTC", despite="Tolerated well today"))
    with pytest.raises(Unacceptable, match="in the program"):
        given(Prescription(kind="avoid", code="SPLIT_SQ", name="Split squat"))


def test_what_goes_on_against_a_warning_does_not_give_the_librarys_reason_and_is_weighed_again() -> None:
    episode()
    item = given(Prescription(kind="exercise", code="KTC", despite="Tolerated well today"))
    kept = to_weigh_again(homecare.program_of(1), EASES_BACKWARD)
    other = to_weigh_again(homecare.program_of(1), Weighed(Preference.LATERAL_LEFT, Irritability.LOW))

    assert (item.why, kept) == ("", [])
    assert {one.item.code for one in other} <= {"KTC"}


def test_history_is_never_edited() -> None:
    episode()
    stopped(given())

    for statement in (
        "UPDATE home_items SET name = 'x'",
        "DELETE FROM home_items",
        "UPDATE home_events SET words = 'x'",
        "DELETE FROM home_events",
    ):
        database.session.rollback()
        with pytest.raises(DBAPIError), transaction() as session:
            session.execute(text(statement))


def test_words_find_an_exercise() -> None:
    found = [homecare.found_by(words) for words in ("side pl", "KTC", "squat split", "nothing like it", " ")]

    assert [one.code if one else None for one in found] == ["SIDE_PLANK", "KTC", "SPLIT_SQ", None, None]
