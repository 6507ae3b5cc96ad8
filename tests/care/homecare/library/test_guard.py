"""The guard objects where the clinical reference does, and says why."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

import pytest

from clinic.care.homecare.library import BY_CODE, EXERCISES, Direction, Dose, Flag, Level, Load, LoadUnit, Side, Span
from clinic.care.homecare.library.amount import too_many
from clinic.care.homecare.library.guard import (
    LONG,
    POLICY,
    Conflict,
    Irritability,
    Preference,
    conflicts,
    exercises_to_stop,
    symptom_conflict,
    things_to_stop,
)

CALM, IRRITABLE = Irritability.LOW, Irritability.HIGH


@pytest.mark.parametrize(
    ("preference", "code", "reason"),
    [
        (
            Preference.EXTENSION,
            "KTC",
            "Extension eases this patient, and this is flexion: it belongs on the stop list.",
        ),
        (
            Preference.FLEXION,
            "PRESS_UP",
            "Flexion eases this patient, and this is extension: it belongs on the stop list.",
        ),
    ],
)
def test_the_opposite_direction_is_stopped(preference: Preference, code: str, reason: str) -> None:
    assert conflicts(preference, CALM, BY_CODE[code]) == [Conflict(Level.STOP, reason, LONG)]


def test_a_slight_bend_the_wrong_way_asks_for_a_second_look() -> None:
    found = conflicts(Preference.EXTENSION, CALM, BY_CODE["PEL_TILT"])

    assert found == [
        Conflict(Level.CAUTION, "Extension eases this patient, and this one goes a little into flexion.", LONG)
    ]


@pytest.mark.parametrize("preference", [Preference.NONE, Preference.UNTESTED])
def test_without_a_preference_no_direction_is_against_it(preference: Preference) -> None:
    spine = [one for one in EXERCISES if one.direction is not Direction.LATERAL]

    assert [one.code for one in spine if conflicts(preference, CALM, one)] == []


def test_a_matched_exercise_meets_no_objection() -> None:
    assert conflicts(Preference.EXTENSION, CALM, BY_CODE["PRESS_UP"]) == []
    assert conflicts(Preference.FLEXION, CALM, BY_CODE["KTC"]) == []


@pytest.mark.parametrize("direction", [Direction.FLEXION, Direction.ROTATION])
def test_the_lateral_shift_is_cleared_first(direction: Direction) -> None:
    exercise = replace(BY_CODE["KTC"], direction=direction)

    found = conflicts(Preference.LATERAL_LEFT, CALM, exercise)

    assert found == [
        Conflict(Level.CAUTION, f"Clear the lateral shift first: {direction} may wait until then.", POLICY)
    ]


@pytest.mark.parametrize(
    ("preference", "side", "expected"),
    [
        (Preference.LATERAL_LEFT, Side.LEFT, []),
        (
            Preference.LATERAL_LEFT,
            Side.RIGHT,
            [Conflict(Level.STOP, "The tested direction is to the left, and this is to the right.", POLICY)],
        ),
        (
            Preference.LATERAL_RIGHT,
            Side.NONE,
            [Conflict(Level.CAUTION, "Say the side: the tested direction is to the right.", POLICY)],
        ),
        (
            Preference.EXTENSION,
            Side.LEFT,
            [Conflict(Level.CAUTION, "Only in a direction that was tested: no lateral preference is noted.", POLICY)],
        ),
    ],
)
def test_a_side_glide_goes_only_the_tested_way(preference: Preference, side: Side, expected: list[Conflict]) -> None:
    glide = BY_CODE["SIDE_GLIDE"]

    assert conflicts(preference, CALM, glide, dose=replace(glide.dose, side=side)) == expected


def test_a_loaded_back_is_too_much_while_irritability_is_high() -> None:
    loaded = Conflict(Level.CAUTION, "Irritability is high, and this loads the back.", POLICY)
    heavy = Dose(reps=Span(8), load=Load(LoadUnit.KG, Decimal(6)))

    assert conflicts(Preference.NONE, IRRITABLE, BY_CODE["RDL"]) == [loaded]
    assert conflicts(Preference.NONE, IRRITABLE, BY_CODE["SPLIT_SQ"], dose=heavy) == [loaded]
    assert conflicts(Preference.NONE, IRRITABLE, BY_CODE["SPLIT_SQ"]) == []
    assert conflicts(Preference.NONE, Irritability.MODERATE, BY_CODE["RDL"]) == []


def test_a_twist_to_the_end_is_too_much_while_irritability_is_high() -> None:
    twist = replace(BY_CODE["BRACE"], end_range_rotation=True)

    found = conflicts(Preference.NONE, IRRITABLE, twist)

    assert found == [Conflict(Level.CAUTION, "Irritability is high, and this turns the back to its end.", POLICY)]


@pytest.mark.parametrize(
    ("code", "flags", "levels"),
    [
        ("PRESS_UP", {Flag.STENOSIS}, [Level.STOP]),
        ("PRESS_UP", {Flag.SPONDYLOLISTHESIS}, [Level.CAUTION]),
        ("KTC", {Flag.DISC_LEG_PAIN}, [Level.STOP]),
        ("LUM_EXT_ROM", {Flag.ACUTE, Flag.FACET_PAIN}, [Level.STOP, Level.STOP]),
        ("HAM_ST_SUP", {Flag.DISC_LEG_PAIN, Flag.NERVE_SYMPTOMS}, [Level.STOP, Level.CAUTION]),
        ("NERVE_SLIDER", {Flag.SPREADING}, [Level.STOP]),
        ("SIDE_PLANK", {Flag.SHOULDER_PAIN}, [Level.CAUTION]),
        ("SIDE_PLANK", {Flag.KNEE_PAIN}, []),
    ],
)
def test_what_is_known_of_the_patient_is_weighed(code: str, flags: Collection[Flag], levels: list[Level]) -> None:
    assert [found.level for found in conflicts(Preference.NONE, CALM, BY_CODE[code], flags)] == levels


def test_what_must_stop_is_said_first() -> None:
    found = conflicts(Preference.FLEXION, IRRITABLE, BY_CODE["LUM_EXT_ROM"], {Flag.ACUTE})

    assert [conflict.level for conflict in found] == [Level.STOP, Level.STOP, Level.CAUTION]


def test_the_avoid_list_is_the_opposite_direction() -> None:
    assert [one.code for one in exercises_to_stop(Preference.EXTENSION)] == ["KTC", "CHILD"]
    assert [one.code for one in exercises_to_stop(Preference.FLEXION)] == [
        "PRONE_LIE",
        "PRESS_UP",
        "STAND_EXT",
        "LUM_EXT_ROM",
    ]
    assert exercises_to_stop(Preference.UNTESTED) == []


def test_things_to_stop_follow_the_preference_and_the_irritability() -> None:
    always = ["double-leg-lowering", "toe-touch-bouncing", "loaded-twist", "hard-hamstring-stretch"]

    assert [thing.key for thing in things_to_stop(Preference.NONE, CALM)] == always
    assert [thing.key for thing in things_to_stop(Preference.EXTENSION, CALM)] == ["sit-ups", *always]
    assert [thing.key for thing in things_to_stop(Preference.FLEXION, IRRITABLE)] == [
        "sit-ups",
        *always,
        "early-hills-speed",
    ]


def test_symptoms_overrule_all() -> None:
    spreads = symptom_conflict(spreads_down_the_leg=True, worse_for_min=0)
    lingers = symptom_conflict(spreads_down_the_leg=False, worse_for_min=31)

    assert spreads == Conflict(Level.STOP, "It spreads pain down the leg: stop it, and look again.", POLICY)
    assert lingers == Conflict(
        Level.STOP, "It left the pain worse for 31 min, more than 30: stop it, and look again.", POLICY
    )
    assert symptom_conflict(spreads_down_the_leg=False, worse_for_min=30) is None


def test_more_than_four_items_are_warned_of_with_the_evidence() -> None:
    assert too_many(4) is None
    assert too_many(5) == (
        "5 items at once. In a military sample 86 % kept to programs of two exercises or fewer, and 54 % to those of "
        "four or more: consider leaving one out."
    )
