"""A gait analysis as the fields of its form, and back to values."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clinic.care.gait import Analysis, Found, GaitFacts, Tried
from clinic.care.gait.item import CUES, Item
from clinic.doors.treatment.note_values import DECIMAL, NUMBER, TEXT, read, shown
from clinic.refusals import Unacceptable

COLUMNS = {
    "incline_pct": DECIMAL,
    "surface": TEXT,
    "shoe": TEXT,
    "warm_up_min": NUMBER,
    "method": TEXT,
    "camera_fps": NUMBER,
    "pain": NUMBER,
    "words": TEXT,
    "cue": TEXT,
    "target_pct": DECIMAL,
    "target_why": TEXT,
    "protocol": TEXT,
}
TRIED = ("pain_before", "pain_with", "cadence")
NO_SPEED = "Type a speed as 2.78 m/s, 10 km/h, 6:00 a kilometer, or 9:40/mi."
KILOMETER, MILE = Decimal(1000), Decimal("1609.344")


def gait_values(analysis: Analysis) -> dict[str, str]:
    """Return what stands in the analysis, by the names of the form's fields."""
    values: dict[str, str] = {}
    if analysis.row is not None:
        values = {name: shown(getattr(analysis.row, name)) for name in COLUMNS}
        values["speed"] = shown(analysis.row.speed_ms)
    for row in analysis.findings:
        name = f"find.{row.metric}.{row.side}"
        values |= {f"{name}.value": shown(row.value), f"{name}.grade": row.grade, f"{name}.words": row.words}
    for cue in analysis.cues:
        values |= {f"cue.{cue.cue}.{name}": shown(getattr(cue, name)) for name in TRIED}
    return values


def gait_facts(form: Mapping[str, str], *, known: Mapping[str, Item]) -> GaitFacts:
    """Return what was typed, as values. Raises ``Unacceptable`` beside the field that is none."""
    values = {name: read(form, name, kind) for name, kind in COLUMNS.items() if name in form}
    if "speed" in form:
        values["speed_ms"] = speed_of(form["speed"])
    return GaitFacts(values=values, found=tuple(_found(form, known)), tried=tuple(_tried(form)))


def speed_of(text: str) -> Decimal | None:
    """Return a speed in meters a second, two places, as people type it; None for nothing. Raises ``Unacceptable``."""
    words = text.strip().lower().replace(",", ".").replace(" ", "")
    if not words:
        return None
    try:
        if ":" in words:
            minutes, _, rest = words.partition(":")
            per = MILE if rest.endswith(("/mi", "/mile", "permile")) else KILOMETER
            seconds = Decimal(minutes) * 60 + Decimal(rest.split("/")[0].split("per")[0].removesuffix("min"))
            speed = per / seconds
        elif words.endswith(("km/h", "kmh", "kph")):
            speed = Decimal(words.rstrip("kmph/")) * KILOMETER / 3600
        elif words.endswith(("mph", "mi/h")):
            speed = Decimal(words.rstrip("mpih/")) * MILE / 3600
        else:
            speed = Decimal(words.removesuffix("m/s"))
    except ArithmeticError:  # no number, no time at all, or beyond any number
        raise Unacceptable(NO_SPEED, field="speed") from None
    if not speed.is_finite() or not Decimal("0.5") <= speed <= 8:
        raise Unacceptable(f"That is no running speed. {NO_SPEED}", field="speed")
    return speed.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _found(form: Mapping[str, str], known: Mapping[str, Item]) -> list[Found]:
    """Read each finding that the page shows; of the grades one that was taken out is not even sent."""
    found = []
    for item in known.values():
        for side in ("", "L", "R"):
            name = f"find.{item.key}.{side}"
            parts: dict[str, Any] = {part: f"{name}.{part}" for part in ("value", "grade", "words")}
            is_graded_here = item.graded and side and "checklist" in form
            if not is_graded_here and not any(part in form for part in parts.values()):
                continue
            found.append(
                Found(
                    item.key,
                    side,
                    read(form, parts["value"], DECIMAL),
                    read(form, parts["grade"]),
                    read(form, parts["words"]),
                )
            )
    return found


def _tried(form: Mapping[str, str]) -> list[Tried]:
    return [
        Tried(cue, *(read(form, f"cue.{cue}.{name}", NUMBER) for name in TRIED))
        for cue in CUES
        if any(f"cue.{cue}.{name}" in form for name in TRIED)
    ]
