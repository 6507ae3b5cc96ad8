"""What the page of a gait analysis shows beside its fields: the earlier one, what changed, the target on its scale."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from clinic.care.gait import Analysis, analyses_of, baseline_of
from clinic.care.gait.cadence import Target, pace, step_length, target
from clinic.care.gait.compare import Change, after_number, change_of, count_verdicts, why_not_comparable
from clinic.care.gait.item import CUES, GRADES, METHODS, SURFACES, Item
from clinic.care.gait.items import cadence_rule, protocols
from clinic.care.gait.models import GaitStill
from clinic.care.gait.queries import Baseline, Dated
from clinic.care.notes import Note

CADENCE = "cadence"
EDGE, SPAN = 14, 244
"""The scale of the target: its margin and the length of its axis, in units of the drawing."""


class Line(NamedTuple):
    """One item of the checklist: grades and values of the earlier analysis, images of today, and the change."""

    item: Item
    was: dict[str, str]
    was_values: list[str]
    stills: dict[str, GaitStill]
    is_graded: bool
    change: Change | None


class Scale(NamedTuple):
    """The target cadence on an axis, in units of the drawing; ``ticks`` are places with their numbers."""

    ticks: list[tuple[Decimal, int]]
    baseline: Decimal
    now: Decimal | None
    aim: Decimal
    band: tuple[Decimal, Decimal]
    target: Target


def gait_page(note: Note, analysis: Analysis, *, known: Mapping[str, Item], against: int | None) -> dict[str, Any]:
    """Return everything that the page shows; ``against`` is the note of the analysis to compare with."""
    others = [one for one in analyses_of(note.episode_id) if one.note_id != note.id and one.at <= note.service_at]
    other = next((one for one in others if one.note_id == against), next(iter(others), None))
    rule, baseline = cadence_rule(), baseline_of(episode_id=note.episode_id, note_id=note.id)
    speed = analysis.row.speed_ms if analysis.row is not None else None
    apart = _why_apart(analysis, other, rule.same_speed_percent)
    lines = _lines(analysis, other, known, apart=apart)
    graded = [line for line in lines if line.item.graded]
    spm, known_protocols = _cadence(analysis), protocols()
    return {
        "note": note,
        "analysis": analysis,
        "lines": graded,
        "more": [line for line in lines if not line.item.graded and line.item.key != CADENCE],
        "count": sum(line.is_graded for line in graded),
        "others": others,
        "other": other,
        "apart": apart,
        "verdicts": count_verdicts([line.change for line in lines]),
        "pain_was": other.analysis.row.pain if other is not None and other.analysis.row is not None else None,
        "grades": list(enumerate(GRADES)),
        "cues": CUES,
        "surface_choices": [(one, one) for one in SURFACES],
        "method_choices": [(one, one) for one in METHODS],
        "protocol_choices": [(one.key, one.name) for one in known_protocols.values()],
        "protocol": known_protocols.get(analysis.row.protocol) if analysis.row is not None else None,
        "rule": rule,
        "baseline": baseline,
        "percents": _percents(rule.percent),
        "spm": spm,
        "scale": _scale(analysis, baseline, spm, rule.band_percent),
        "pace": pace(speed) if speed else "",
        "step_length": step_length(speed_ms=speed, spm=Decimal(spm)) if speed and spm else None,
    }


def _why_apart(analysis: Analysis, other: Dated | None, same_speed_percent: Decimal) -> str:
    row, before = analysis.row, other.analysis.row if other is not None else None
    if before is None:
        return ""
    return why_not_comparable(
        speeds=(before.speed_ms, row.speed_ms if row is not None else None),
        surfaces=(before.surface, row.surface if row is not None else ""),
        same_speed_percent=same_speed_percent,
    )


def _lines(analysis: Analysis, other: Dated | None, known: Mapping[str, Item], *, apart: str) -> list[Line]:
    today, before = analysis.seen, other.analysis.seen if other is not None else {}
    stills = {(row.metric, row.side): row for row in analysis.stills}
    return [
        Line(
            item,
            {side: seen.grade for (key, side), seen in before.items() if key == item.key and seen.grade},
            [
                f"{seen.value.normalize():f}{after_number(item.unit)}{' ' + side if side else ''}"
                for (key, side), seen in sorted(before.items())
                if key == item.key and seen.value is not None
            ],
            {side: row for (key, side), row in stills.items() if key == item.key},
            all(today.get((item.key, side)) and today[item.key, side].grade for side in ("L", "R")),
            None if apart else change_of(item, before, today),
        )
        for item in known.values()
    ]


def _cadence(analysis: Analysis) -> int | None:
    seen = analysis.seen.get((CADENCE, ""))
    return int(seen.value) if seen is not None and seen.value is not None else None


def _percents(usual: Decimal) -> list[Decimal]:
    return sorted({Decimal(3), usual, Decimal(8), Decimal(10)})


def _scale(analysis: Analysis, baseline: Baseline | None, spm: int | None, band_percent: Decimal) -> Scale | None:
    if baseline is None or analysis.row is None or analysis.row.target_pct is None:
        return None
    aim = target(baseline=baseline.spm, percent=analysis.row.target_pct, band_percent=band_percent)
    marks = [baseline.spm, aim.spm, aim.low, aim.high, *([spm] if spm is not None else [])]
    low, high = (min(marks) - 3) // 4 * 4, -(-(max(marks) + 3) // 4) * 4
    step = 4 if high - low <= 40 else 10 * -(-(high - low) // 80)

    def at(value: int) -> Decimal:
        return (Decimal(EDGE) + Decimal(value - low) * SPAN / (high - low)).quantize(Decimal("0.1"))

    return Scale(
        [(at(value), value) for value in range(low, high + 1, step)],
        at(baseline.spm),
        at(spm) if spm is not None and spm != baseline.spm else None,
        at(aim.spm),
        (at(aim.low), at(aim.high)),
        aim,
    )
