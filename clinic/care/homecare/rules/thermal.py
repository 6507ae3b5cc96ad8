"""Heat and cold at home: how, how long, and for whom not. Released only after a signed checklist.

A heat wrap gives small short-term relief in acute and subacute low back pain; for cold there is too little evidence
(French 2006, Cochrane CD004750: 9 trials, 1,117 people). So heat, or what the patient prefers; cold is optional for a
new flare. Minutes, barriers and contraindications are from secondary pages (clinical reference, E3 with sources 66 to
70) or from memory: ``OURS``.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from clinic.care.homecare.rules import OURS
from clinic.refusals import Unacceptable

EVIDENCE = "French 2006, Cochrane CD004750"


class Modality(StrEnum):
    """What is put on."""

    HEAT = "heat"
    COLD = "cold"


class ThermalRefused(Unacceptable):
    """A time cannot be, for heat or cold at home."""


class Contraindication(NamedTuple):
    """A line of the checklist, asked as "does this hold?", with its source."""

    key: str
    words: str
    source: str


class Instruction(NamedTuple):
    """How heat or cold is used at home. Minutes; ``times_a_day`` and ``gap_min`` are 0 where no source was found.

    ``steps`` are for the patient and name no diagnosis.
    """

    modality: Modality
    least_min: int
    most_min: int
    times_a_day: int
    gap_min: int
    barrier: str
    skin_check: str
    steps: tuple[str, ...]
    contraindications: tuple[Contraindication, ...]
    source: str


def _from(source: int | str) -> str:
    return f"Clinical reference E3, source {source} (secondary). {OURS}"


HEAT = Instruction(
    modality=Modality.HEAT,
    least_min=15,
    most_min=20,
    times_a_day=0,
    gap_min=0,
    barrier="Put four to six layers of towel between a hot pack and the skin.",
    skin_check="Look at the skin halfway and after. Stop if it is white with red blotches, or hurts.",
    steps=(
        "Put four to six layers of towel between a hot pack and the skin.",
        "Never lie on it, and never fall asleep with it.",
        "Look at the skin halfway and after. Stop if it is white with red blotches, or hurts.",
        "Not over a rash, a sunburn or numb skin, and not over a cream or patch for pain.",
    ),
    contraindications=(
        Contraindication("numb", "Reduced sensation in the area", _from(70)),
        Contraindication("circulation", "Poor circulation", _from(70)),
        Contraindication("swelling", "Local infection or acute swelling", _from(70)),
        Contraindication("injury", "An acute injury within the last 72 hours", _from(66)),
        Contraindication("tumor", "Malignancy in the area", _from(70)),
        Contraindication("pregnancy", "Pregnancy, for use on the abdomen", _from(70)),
        Contraindication("burn", "A heat injury in the past", _from(70)),
        Contraindication("sedation", "Sedation", _from(70)),
    ),
    source=f"{EVIDENCE}; minutes: {_from('66, 67')}",
)
COLD = Instruction(
    modality=Modality.COLD,
    least_min=10,
    most_min=20,
    times_a_day=4,
    gap_min=40,
    barrier="Put a towel between the pack and the skin; never ice directly.",
    skin_check="Look at the skin halfway. Stop if an area turns white, or once it is numb.",
    steps=(
        "Put a towel between the pack and the skin; never ice directly.",
        "Look at the skin halfway. Stop if an area turns white, or once it is numb.",
        "Wait at least 40 minutes before the next time, at most four times a day.",
        "Never fall asleep with it.",
    ),
    contraindications=(
        Contraindication("raynaud", "Raynaud's phenomenon", _from("69, 70")),
        Contraindication("hives", "Hives from cold", _from("69, 70")),
        Contraindication("cryoglobulins", "Cryoglobulinemia", _from("69, 70")),
        Contraindication("circulation", "Peripheral vascular disease", _from("69, 70")),
        Contraindication("numb", "Reduced sensation in the area", _from("69, 70")),
        Contraindication("frostbite", "A cold injury or frostbite in the past", _from("69, 70")),
        Contraindication("diabetes", "Diabetes", _from("70, a product leaflet")),
        Contraindication("child", "A child of 12 or younger", _from("70, a product leaflet")),
    ),
    source=f"{EVIDENCE}: too little evidence; minutes: {_from('67, 68')}",
)
INSTRUCTIONS: Mapping[Modality, Instruction] = {Modality.HEAT: HEAT, Modality.COLD: COLD}


def check_minutes(modality: Modality, minutes: int) -> None:
    """Check the time of one use; raises ThermalRefused outside the instruction's range."""
    how = INSTRUCTIONS[modality]
    if not how.least_min <= minutes <= how.most_min:
        raise ThermalRefused(
            f"{modality.capitalize()} at home is {how.least_min} to {how.most_min} minutes.", field="minutes"
        )


def what_blocks(modality: Modality, answers: Mapping[str, bool], *, is_signed: bool) -> list[str]:
    """Return why the instruction may not be released to the patient yet; empty where it may.

    ``answers`` says of each line of the checklist whether it holds; every line must be answered, none may hold, and a
    therapist must have signed.
    """
    lines = INSTRUCTIONS[modality].contraindications
    blocks = [f"{line.words}: no {modality} at home." for line in lines if answers.get(line.key)]
    unanswered = [line.words for line in lines if line.key not in answers]
    if unanswered:
        blocks.append(f"Not answered yet: {'; '.join(unanswered)}.")
    if not is_signed:
        blocks.append("A therapist signs the checklist before the patient sees this.")
    return blocks
