"""The starter library is whole, and reads plainly."""

import re

from clinic.care.homecare.library import BY_CODE, EXERCISES, TO_STOP, Exercise

CODES = (
    "HAM_ST_SUP HAM_ST_STAND HAM_ECC_SL HF_ST_KNEEL GLUTE_FIG4 CALF_ST CALF_RAISE CAT_CAMEL PEL_TILT BRACE "
    "CURLUP_MCG SIDE_PLANK BIRD_DOG DEAD_BUG FRONT_PLANK PALLOF BRIDGE_2 BRIDGE_1 CLAM SL_HIPABD MONSTER HIP_HINGE "
    "RDL SQUAT_BOX STEP_UP SPLIT_SQ KNEE_EXT SLS_REACH PRONE_LIE PRESS_UP STAND_EXT LUM_EXT_ROM KTC CHILD "
    "SIDE_GLIDE NERVE_SLIDER"
)
LATIN = re.compile(r"flexion|extension|abduct|lumbar|spine|gluteal|quadriceps|prone|supine", re.IGNORECASE)


def test_the_library_has_the_thirty_six_exercises_in_order() -> None:
    assert [exercise.code for exercise in EXERCISES] == CODES.split()
    assert [exercise.number for exercise in EXERCISES] == list(range(1, 37))


def test_names_are_told_apart() -> None:
    assert len({exercise.name for exercise in EXERCISES}) == 36


def test_every_exercise_has_two_to_four_short_steps() -> None:
    wrong = [
        exercise.code
        for exercise in EXERCISES
        if not 2 <= len(exercise.steps) <= 4 or any(len(step) > 110 for step in exercise.steps)
    ]

    assert wrong == []


def test_what_a_patient_reads_is_whole_sentences_in_plain_words() -> None:
    read = {exercise.code: _read_by_the_patient(exercise) for exercise in EXERCISES}

    assert [code for code, texts in read.items() if not all(text.endswith(".") for text in texts)] == []
    assert [code for code, texts in read.items() if any(LATIN.search(text) for text in texts)] == []


def test_harder_and_easier_ways_name_exercises_of_the_library() -> None:
    named = {way.code for one in EXERCISES for way in (one.progression, one.regression) if way is not None and way.code}

    assert named - set(BY_CODE) == set()


def test_every_exercise_and_every_thing_to_stop_names_its_source_or_who_must_confirm_it() -> None:
    unsaid = [one for one in (*EXERCISES, *TO_STOP) if not one.source.endswith("confirmed by a licensed therapist")]

    assert unsaid == []


def test_things_to_stop_have_a_reason() -> None:
    assert [one.key for one in TO_STOP if not one.why.endswith(".")] == []
    assert len({one.key for one in TO_STOP}) == len(TO_STOP) == 6


def _read_by_the_patient(exercise: Exercise) -> tuple[str, ...]:
    return (*exercise.steps, exercise.cue, exercise.why, exercise.stop_if)
