"""What a visit holds as data, on paper: the gait analysis with its cues, and the tender points."""

from collections.abc import Sequence
from typing import NamedTuple

from clinic.care import gait, manual_therapy
from clinic.care.gait import Analysis, GaitAnalysis
from clinic.care.gait.cadence import pace
from clinic.care.gait.compare import after_number
from clinic.care.gait.item import CUES, GRADES, Item
from clinic.care.gait.items import items
from clinic.care.manual_therapy.dictionary import points
from clinic.care.notes import Note
from clinic.care.plans.short_day import short_day
from clinic.doors.treatment.outcomes_view import day_of_wall

SIDES = {"": "", "L": "left", "R": "right"}


class Finding(NamedTuple):
    """One item of an analysis: what was seen on the left and on the right, and what was measured."""

    label: str
    left: str
    right: str
    measured: str
    typical: str


class GaitOnPaper(NamedTuple):
    """An analysis in words: how it was taken, the findings, cues that were tried, and the cadence to aim at."""

    taken: str
    findings: list[Finding]
    cues: list[str]
    target: str
    words: str


class PointOnPaper(NamedTuple):
    """A tender point: tenderness 0 to 10 before, in position and after, the position, and what came of it."""

    name: str
    before: int | None
    in_position: int | None
    after: int | None
    position: str
    response: str


def gait_on_paper(note: Note) -> GaitOnPaper | None:
    """Return the analysis of a note; None where nothing was written."""
    analysis = gait.analysis_of(note.id)
    if analysis.row is None:
        return None
    found = [_finding(item, analysis) for item in items().values()]
    cues = [
        f"{CUES.get(one.cue, one.cue)}: {_numbers(one.pain_before, one.pain_with, one.cadence)}"
        for one in analysis.cues
    ]
    kept = [one for one in found if one.left or one.right or one.measured]
    return GaitOnPaper(_taken(analysis.row), kept, cues, _target(note, analysis.row), analysis.row.words)


def points_on_paper(note_id: int) -> list[PointOnPaper]:
    """Return the tender points of a note."""
    known = points()
    return [
        PointOnPaper(
            name=" ".join(filter(None, (known[row.point].name if row.point in known else row.point, SIDES[row.side]))),
            before=row.before,
            in_position=row.in_position,
            after=row.after,
            position=_joined((row.position, f"{row.hold_s} s" if row.hold_s else "")),
            response=_joined((row.adverse, row.adverse_words, "recheck next visit" if row.recheck else "")),
        )
        for row in manual_therapy.given_at(note_id).points
    ]


def _finding(item: Item, analysis: Analysis) -> Finding:
    seen = analysis.seen
    grades = {side: one.grade for side in ("L", "R") if (one := seen.get((item.key, side))) is not None}
    measured = [
        f"{one.value.normalize():f}{after_number(item.unit)}{' ' + SIDES[side] if side else ''}"
        for side in item.value_sides
        if (one := seen.get((item.key, side))) is not None and one.value is not None
    ]
    words = {side: f"{GRADES.index(grade)} {grade}" if grade in GRADES else grade for side, grade in grades.items()}
    return Finding(item.label, words.get("L", ""), words.get("R", ""), ", ".join(measured), item.typical)


def _taken(row: GaitAnalysis) -> str:
    speed = f"{row.speed_ms.normalize():f} m/s ({pace(row.speed_ms)} /km)" if row.speed_ms else ""
    return _joined(
        (
            speed,
            row.surface,
            f"incline {row.incline_pct.normalize():f} %" if row.incline_pct else "",
            row.shoe,
            f"{row.warm_up_min} min warm-up" if row.warm_up_min is not None else "",
            row.method,
            f"{row.camera_fps} frames a second" if row.camera_fps else "",
            f"pain {row.pain}/10" if row.pain is not None else "",
        )
    )


def _target(note: Note, row: GaitAnalysis) -> str:
    baseline = gait.baseline_of(episode_id=note.episode_id, note_id=note.id)
    if row.target_spm is None or row.target_pct is None or baseline is None:
        return ""
    first = short_day(day_of_wall(baseline.at))
    percent = f"{row.target_pct.normalize():f} % above the first cadence, {baseline.spm} on {first}"
    return _joined((f"{row.target_spm} steps a minute", percent, CUES.get(row.cue, row.cue), row.target_why))


def _numbers(before: int | None, with_it: int | None, spm: int | None) -> str:
    pain = f"pain {'–' if before is None else before} → {'–' if with_it is None else with_it}"
    return pain if spm is None else f"{pain} at {spm} steps a minute"


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part and part != "none")
