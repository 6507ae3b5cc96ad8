"""Doses are checked, and read like a sentence."""

from decimal import Decimal
from typing import Any

import pytest

from clinic.care.homecare.library import EXERCISES, Dose, DoseRefused, Load, LoadUnit, Side, Span, words

GOLDEN = {
    "HAM_ST_SUP": "2 × 30 s each side, every day",
    "HAM_ST_STAND": "2 × 30 s each side, every day",
    "HAM_ECC_SL": "3 × 8, slow 3-0-1-0, 3 days a week",
    "HF_ST_KNEEL": "2 × 30 s each side, every day",
    "GLUTE_FIG4": "2 × 30 s each side, every day",
    "CALF_ST": "2 × 30 s each side, every day",
    "CALF_RAISE": "3 × 12, 3 days a week",
    "CAT_CAMEL": "5–6 times, every day",
    "PEL_TILT": "2 × 10, hold 5 s, every day",
    "BRACE": "2 × 10, hold 10 s, every day",
    "CURLUP_MCG": "5, 4, then 3 times each side, hold 8–10 s, every day",
    "SIDE_PLANK": "3–4 × 10 s each side, every day",
    "BIRD_DOG": "3–5 × 5–10 s each side, every day",
    "DEAD_BUG": "3 × 6 each side, every day",
    "FRONT_PLANK": "3 × 20 s, every day",
    "PALLOF": "3 × 10 each side with a light band, hold 2 s, 3 days a week",
    "BRIDGE_2": "3 × 12, hold 2 s, 3 days a week",
    "BRIDGE_1": "3 × 8 each side, 3 days a week",
    "CLAM": "2 × 15 each side, every day",
    "SL_HIPABD": "3 × 12 each side, 3 days a week",
    "MONSTER": "3 × 10 steps each side with a light band, 3 days a week",
    "HIP_HINGE": "2 × 10, every day",
    "RDL": "3 × 8, slow 3-0-1-0, 2–3 days a week",
    "SQUAT_BOX": "3 × 10, 3 days a week",
    "STEP_UP": "3 × 10 each side, slow 3-0-1-0, 3 days a week",
    "SPLIT_SQ": "3 × 8 each side, 3 days a week",
    "KNEE_EXT": "3 × 12, 3 days a week",
    "SLS_REACH": "3 × 6 each side, every day",
    "PRONE_LIE": "3–5 min, 3–5 times a day",
    "PRESS_UP": "10 times, 4–6 times a day",
    "STAND_EXT": "10 times, after sitting",
    "LUM_EXT_ROM": "3 × 10, 3 days a week",
    "KTC": "10 times, hold 5–10 s, every day",
    "CHILD": "5 times, hold 10 s, every day",
    "SIDE_GLIDE": "10 times, 4–6 times a day",
    "NERVE_SLIDER": "2 × 10 each side, every day",
}


def test_every_default_dose_reads_as_it_should() -> None:
    said = {exercise.code: words(exercise.dose) for exercise in EXERCISES}

    assert said == GOLDEN


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        (
            Dose(sets=Span(3), reps=Span(8), side=Side.BOTH, load=Load(LoadUnit.KG, Decimal(6)), weekdays=(5, 0, 2)),
            "3 × 8 each side with 6 kg, Mon, Wed, Sat",
        ),
        (Dose(reps=Span(1)), "1 time, every day"),
        (Dose(hold_s=Span(90), side=Side.LEFT), "90 s, left side, every day"),
        (Dose(hold_s=Span(120), side=Side.RIGHT), "2 min, right side, every day"),
        (Dose(hold_s=Span(150)), "150 s, every day"),
        (Dose(sets=Span(2), reps=Span(6), side=Side.ALTERNATING), "2 × 6, alternating sides, every day"),
        (Dose(reps=Span(5), per_day=Span(2), days_per_week=Span(1)), "5 times, twice a day, 1 day a week"),
        (
            Dose(sets=Span(3), reps=Span(8), load=Load(LoadUnit.RPE, Decimal(6)), rest_s=60),
            "3 × 8 at effort 6 of 10, rest 60 s between sets, every day",
        ),
        (Dose(reps=Span(8), load=Load(LoadUnit.BODYWEIGHT)), "8 times, every day"),
        (Dose(reps=Span(8), load=Load(LoadUnit.LB, Decimal("7.5"))), "8 times with 7.5 lb, every day"),
    ],
)
def test_any_dose_reads_like_a_sentence(dose: Dose, said: str) -> None:
    assert words(dose) == said


@pytest.mark.parametrize(
    ("typed", "sentence", "field"),
    [
        ({}, "Say how many times, or how long to hold.", "reps"),
        ({"reps": Span(8), "sets": Span(11)}, "Sets are a whole number from 1 to 10.", "sets"),
        ({"reps": Span(51)}, "Repetitions are a whole number from 1 to 50.", "reps"),
        ({"reps": Span(-1)}, "Repetitions are a whole number from 1 to 50.", "reps"),
        ({"reps": Span(5, 3)}, "Repetitions are a whole number from 1 to 50.", "reps"),
        ({"hold_s": Span(301)}, "A hold is 1 to 300 seconds.", "hold_s"),
        ({"reps": Span(8), "per_day": Span(25)}, "Times a day are 1 to 24.", "per_day"),
        ({"reps": Span(8), "days_per_week": Span(8)}, "Days a week are 1 to 7.", "days_per_week"),
        ({"reps": Span(8), "rest_s": 601}, "The rest between sets is at most 600 seconds.", "rest_s"),
        ({"reps": Span(8), "rest_s": -5}, "The rest between sets is at most 600 seconds.", "rest_s"),
        ({"reps": Span(8), "pain_ceiling": 11}, "The pain to stay under is 0 to 10.", "pain_ceiling"),
        ({"reps": Span(8), "tempo": "slow"}, "Write the tempo as four counts of seconds, like 3-0-1-0.", "tempo"),
        ({"reps": Span(8), "when": "x" * 61}, "Keep the time of day to 60 characters.", "when"),
        ({"reps": Span(8), "weekdays": (0, 0)}, "Name each day of the week once.", "weekdays"),
        ({"reps": Span(8), "weekdays": (7,)}, "Name each day of the week once.", "weekdays"),
        ({"reps": Span(8), "load": Load(LoadUnit.BAND)}, "Say the color of the band.", "load"),
        (
            {"reps": Span(8), "load": Load(LoadUnit.BAND, color="g" * 21)},
            "Say the color of the band in at most 20 letters.",
            "load",
        ),
        ({"reps": Span(8), "load": Load(LoadUnit.KG)}, "The load in kg is more than 0 and at most 500.", "load"),
        (
            {"reps": Span(8), "load": Load(LoadUnit.RPE, Decimal(11))},
            "The load in RPE is more than 0 and at most 10.",
            "load",
        ),
        (
            {"reps": Span(8), "load": Load(LoadUnit.KG, Decimal("NaN"))},
            "The load in kg is more than 0 and at most 500.",
            "load",
        ),
        (
            {"reps": Span(3, 5), "sets": Span(2), "fewer_each_set": True},
            "Counting down needs one number of repetitions for each set.",
            "reps",
        ),
    ],
)
def test_an_impossible_dose_is_refused_in_a_sentence(typed: dict[str, Any], sentence: str, field: str) -> None:
    with pytest.raises(DoseRefused) as refused:
        Dose(**typed)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
