"""Heat and cold reach a patient only after a checklist that a therapist has signed."""

import re

import pytest

from clinic.care.homecare.rules.rest import REST_WORDS
from clinic.care.homecare.rules.thermal import (
    COLD,
    HEAT,
    INSTRUCTIONS,
    Modality,
    ThermalRefused,
    check_minutes,
    what_blocks,
)

CLEAR = {modality: {line.key: False for line in how.contraindications} for modality, how in INSTRUCTIONS.items()}
NAMED = re.compile(r"back pain|disc|sciatica|diagnos", re.IGNORECASE)


@pytest.mark.parametrize("modality", list(Modality))
def test_a_clear_and_signed_checklist_releases(modality: Modality) -> None:
    assert what_blocks(modality, CLEAR[modality], is_signed=True) == []


def test_an_unsigned_checklist_does_not_release() -> None:
    assert what_blocks(Modality.HEAT, CLEAR[Modality.HEAT], is_signed=False) == [
        "A therapist signs the checklist before the patient sees this."
    ]


def test_one_line_that_holds_blocks() -> None:
    answers = CLEAR[Modality.COLD] | {"raynaud": True}

    assert what_blocks(Modality.COLD, answers, is_signed=True) == ["Raynaud's phenomenon: no cold at home."]


def test_a_line_that_was_not_answered_blocks() -> None:
    answers = {key: no for key, no in CLEAR[Modality.HEAT].items() if key not in ("numb", "burn")}

    assert what_blocks(Modality.HEAT, answers, is_signed=True) == [
        "Not answered yet: Reduced sensation in the area; A heat injury in the past."
    ]


@pytest.mark.parametrize(
    ("modality", "minutes", "sentence"),
    [
        (Modality.HEAT, 14, "Heat at home is 15 to 20 minutes."),
        (Modality.HEAT, 31, "Heat at home is 15 to 20 minutes."),
        (Modality.COLD, 9, "Cold at home is 10 to 20 minutes."),
        (Modality.COLD, 21, "Cold at home is 10 to 20 minutes."),
    ],
)
def test_times_outside_the_range_are_refused(modality: Modality, minutes: int, sentence: str) -> None:
    with pytest.raises(ThermalRefused) as refused:
        check_minutes(modality, minutes)

    assert refused.value.sentence == sentence


def test_times_at_the_ends_of_the_range_are_accepted() -> None:
    for how in (HEAT, COLD):
        check_minutes(how.modality, how.least_min)
        check_minutes(how.modality, how.most_min)


def test_what_the_patient_reads_names_no_diagnosis_and_every_line_has_a_source() -> None:
    read = [*HEAT.steps, *COLD.steps, *REST_WORDS]
    lines = [*HEAT.contraindications, *COLD.contraindications]

    assert [sentence for sentence in read if NAMED.search(sentence) or not sentence.endswith(".")] == []
    assert [line.key for line in lines if not line.source] == []
    assert (len(HEAT.contraindications), len(COLD.contraindications)) == (8, 8)
