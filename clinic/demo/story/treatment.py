"""What the runners' treatment was made of, visit by visit: their gait, and what they do at home."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from clinic.care import homecare, notes
from clinic.care.gait import Found, GaitFacts, Tried
from clinic.care.homecare import Prescription, Weighed
from clinic.care.homecare.library import Irritability, Preference
from clinic.care.homecare.rules.thermal import HEAT
from clinic.care.manual_therapy.facts import ManualFacts, PointFacts
from clinic.care.notes import Note
from clinic.care.signatures import Clinician
from clinic.people import patients
from clinic.people.patients import make_home_link, note_birth_date

EASES_BACKWARD = Weighed(Preference.EXTENSION, Irritability.MODERATE)


class Stride(NamedTuple):
    """What was seen of a run at one visit: cadence, pain, grades and values by item."""

    cadence: int
    pain: int
    grades: Mapping[str, str]
    values: Mapping[str, str]


FIRST = Stride(
    162,
    5,
    {
        "overstride": "22",
        "tibia": "21",
        "foot-inclination": "22",
        "knee-stance": "11",
        "trunk-lean": "11",
        "pelvic-tilt": "22",
        "hip-extension": "11",
        "pelvic-drop": "20",
        "step-width": "11",
        "arm-crossover": "00",
        "sound": "11",
    },
    {
        "overstride": "14",
        "tibia": "9",
        "foot-inclination": "19",
        "knee-stance": "37",
        "trunk-lean": "2",
        "hip-extension": "8",
        "step-width": "3.1",
        "pelvic-drop.L": "8",
        "pelvic-drop.R": "5",
    },
)
SECOND = Stride(
    168,
    3,
    {**FIRST.grades, "overstride": "11", "tibia": "10", "trunk-lean": "00", "pelvic-tilt": "11", "pelvic-drop": "10"},
    {**FIRST.values, "overstride": "10", "tibia": "6", "trunk-lean": "5", "hip-extension": "11", "pelvic-drop.L": "6"},
)
THIRD = Stride(
    170,
    1,
    {**SECOND.grades, "overstride": "00", "foot-inclination": "11", "pelvic-tilt": "10", "sound": "00"},
    {**SECOND.values, "overstride": "8", "tibia": "5", "foot-inclination": "14", "knee-stance": "40"},
)
STRIDES = {0: FIRST, 4: SECOND, 8: THIRD}
GRADES = ("normal", "mild", "marked")
BORN_ON = date(1990, 5, 17)
"""For whoever has not told a birth date yet: the home link asks for it."""
POINTS: tuple[tuple[str, str, tuple[str | None, ...]], ...] = (
    ("upl5", "L", ("7 2 3", "6 2 2", "6 1 2", "4 1 1", "4 1 1", "3 0 1", "2 0 0")),
    ("ql-l3", "L", ("6 2 3", "5 1 2", "4 1 2", "3 1 1", "2 0 1", "1 0 0")),
    ("pl4-lateral", "L", ("5 3 4", "5 3 4", "5 2 4", "5 3 4")),
    ("hisi", "L", (None, "4 1 2", "3 1 1", "2 0 0", "1 0 0")),
    ("al5", "R", ("4 1 1", "1 0 0", "0 0 0")),
    ("iliacus", "R", (None, None, "5 1 2", "3 1 1", "3 1 2", "2 0 1")),
)
"""Points and sides with their tenderness before, in position and after, treatment by treatment."""
EASE = {
    "upl5": "Prone, hip extended and adducted, slight internal rotation, knee bent 30°",
    "ql-l3": "Prone, trunk side-bent to the left, hip abducted",
    "pl4-lateral": "Prone, hip extended, abducted, external rotation",
    "hisi": "Prone, hip extended and abducted, external rotation",
    "al5": "Supine, both hips flexed, side-bent away, slight rotation",
    "iliacus": "Supine, both hips flexed, ankles crossed, knees out",
}
CHECKS = (
    "trauma",
    "severe-illness",
    "spondylosis",
    "cannot-relax",
    "connective-tissue",
    "hurts-in-position",
    "local-injury",
    "fracture",
    "thrombosis",
    "surgery",
    "aneurysm",
    "neuro-signs",
)
ACTIVITIES = ("Running half an hour", "Sitting through a meeting", "Lifting the bicycle")
ANSWERS = {
    "evaluation": ((2, 1, 1, 1, 2, 1, 1, 1, 2, 2), (3, 1, 1, 1, 1, 2, 2, 2, 2), (3, 4, 5)),
    "progress report": ((1, 1, 1, 1, 2, 1, 1, 1, 1, 1), (3, 2, 2, 2, 2, 2, 3, 2, 3), (6, 6, 7)),
    "discharge": ((1, 0, 1, 0, 1, 0, 1, 0, 1, 1), (4, 3, 3, 3, 3, 3, 3, 3, 2), (9, 8, 9)),
}
"""The answers to ODI, UWRI and PSFS by item number, as the runners improve."""


def analyze(note: Note, *, number: int, by: Clinician, at: datetime) -> Note:
    """Write the gait analysis of a visit that has one; ``number`` counts treatments, 0 is the evaluation."""
    stride = STRIDES.get(number)
    if stride is None:
        return note
    found = [
        *[
            Found(item, side, None, GRADES[int(grade)])
            for item, pair in stride.grades.items()
            for side, grade in zip("LR", pair, strict=True)
        ],
        *[Found("strike", side, None, "rear") for side in "LR"],
        Found("cadence", "", Decimal(stride.cadence), "", "86 taps in 61 s, spread 1.1 %, 1 left out"),
    ]
    for item, value in stride.values.items():
        key, _, side = item.partition(".")
        found.append(Found(key, side, Decimal(value), *_grade_of(found, key, side)))
    facts = GaitFacts(
        values=_conditions(stride, number),
        found=tuple({(one.metric, one.side): one for one in found}.values()),
        tried=(
            Tried("cadence +5 %", stride.pain, max(stride.pain - 2, 0), 170),
            Tried("softer", stride.pain, stride.pain, stride.cadence - 1),
            Tried("lean", stride.pain, stride.pain + 1, stride.cadence),
        ),
    )
    return notes.save_gait(note_id=note.id, facts=facts, seen=note.version, by=by, now=at)


def treat_points(note: Note, *, number: int, by: Clinician, at: datetime) -> Note:
    """Write the tender points of the ``number``-th treatment; the checklist is answered before the first."""
    given = []
    for point, side, ratings in POINTS:
        if number > len(ratings) or ratings[number - 1] is None:
            continue
        before, in_position, after = (int(part) for part in str(ratings[number - 1]).split())
        given.append(
            PointFacts(point, side, before, in_position, after, EASE[point], 90, "none", recheck=after > 1, added=True)
        )
    facts = ManualFacts(
        values={"minutes": 8 if given else None},
        points=tuple(given),
        answers=dict.fromkeys(CHECKS, "no") if number == 1 else {},
    )
    return notes.save_manual(note_id=note.id, facts=facts, seen=note.version, by=by, now=at) if given else note


def score(note: Note, *, by: Clinician, at: datetime) -> Note:
    """Write the measures that a visit asks for: three at an evaluation, report or discharge, else the global change."""
    if note.kind not in ANSWERS:
        return _scored(note, "groc", "11-point", (min(note.visit_number - 1, 4),), by, at)
    odi, uwri, psfs = ANSWERS[note.kind]
    note = _scored(note, "odi", "2.1a", odi, by, at)
    note = _scored(note, "uwri", "9-item", uwri, by, at)
    return _scored(note, "psfs", "mean", psfs, by, at, ACTIVITIES)


def begin_at_home(*, episode_id: int, patient_id: int, by: Clinician, at: datetime, today: date) -> None:
    """Prescribe the program that the evaluation leads to, and make the patient's link."""
    clear = {line.key: "no" for line in HEAT.contraindications}
    avoid: tuple[tuple[str, str, str], ...] = (
        ("KTC", "Knees to chest", "It goes against extension, which eases your back."),
        ("sit-ups", "Full sit-ups", "They bend the low back under load, again and again."),
        ("early-hills-speed", "Hills and speed", "They raise the load before the easy minutes are steady."),
    )
    for what in (
        Prescription(kind="exercise", code="PRESS_UP"),
        Prescription(kind="exercise", code="SIDE_PLANK", routine="after coffee"),
        Prescription(kind="exercise", code="SPLIT_SQ"),
        Prescription(kind="heat", minutes=15, routine="in the evening", checks=clear),
        _run(2, 12),
        *[Prescription(kind="avoid", code=code, name=name, why=why) for code, name, why in avoid],
    ):
        _prescribe(what, episode_id, by, at, today)
    patient = patients.patient(patient_id)
    if patient.born_on is None:
        note_birth_date(patient_id=patient_id, born_on=BORN_ON, seen=patient.version, by=by.actor, now=at)
    make_home_link(patient_id=patient_id, by=by.actor, now=at)


def go_on_at_home(*, episode_id: int, number: int, by: Clinician, at: datetime, today: date) -> None:
    """Raise the stage of the run at every third treatment, and the load of the squat at the fourth."""
    by_kind = {one.item.kind: one.item for one in homecare.program_of(episode_id)}
    run = by_kind.get("running")
    if number % 3 == 0 and run is not None:
        stage = min(run.details["stage"] + 1, 7)
        _change(run.id, _run(stage, 10 + 2 * stage), by, at, today)
    squat = next((one.item for one in homecare.program_of(episode_id) if one.item.code == "SPLIT_SQ"), None)
    if number == 4 and squat is not None:
        dose = {**squat.dose, "load": "6 kg", "weekdays": "0 2 5"}
        _change(squat.id, Prescription(kind="exercise", code="SPLIT_SQ", dose=dose), by, at, today)


def _scored(
    note: Note,
    instrument: str,
    edition: str,
    answers: tuple[int, ...],
    by: Clinician,
    at: datetime,
    activities: tuple[str, ...] = (),
) -> Note:
    return notes.save_score(
        note_id=note.id,
        instrument=instrument,
        edition=edition,
        answers=answers,
        activities=activities,
        seen=note.version,
        by=by,
        now=at,
    )


def _conditions(stride: Stride, number: int) -> dict[str, Any]:
    return {
        "speed_ms": Decimal("2.78"),
        "incline_pct": Decimal(1),
        "surface": "treadmill",
        "shoe": f"neutral, {90 + 30 * number} km",
        "warm_up_min": 6,
        "method": "2D video",
        "camera_fps": 120,
        "pain": stride.pain,
        "cue": "cadence +5 %",
        "target_pct": Decimal(5),
        "protocol": "protocol.fade-8",
    }


def _grade_of(found: list[Found], key: str, side: str) -> tuple[str]:
    return (next((one.grade for one in found if (one.metric, one.side) == (key, side) and side), ""),)


def _run(stage: int, weekly_km: int) -> Prescription:
    return Prescription(
        kind="running",
        details={"stage": stage, "spm": 170},
        weekly_km=Decimal(weekly_km),
        routine="three times a week, a day of rest between",
    )


def _prescribe(what: Prescription, episode_id: int, by: Clinician, at: datetime, today: date) -> None:
    homecare.prescribe(episode_id=episode_id, what=what, weighed=EASES_BACKWARD, by=by, now=at, today=today)


def _change(item_id: int, what: Prescription, by: Clinician, at: datetime, today: date) -> None:
    homecare.change_item(item_id=item_id, what=what, weighed=EASES_BACKWARD, by=by, now=at, today=today)
