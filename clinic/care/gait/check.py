"""What an analysis may hold: each refusal names its field. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from clinic.care.gait.cadence import CadenceRule
from clinic.care.gait.facts import Found, GaitFacts
from clinic.care.gait.item import CUES, GRADES, METHODS, SURFACES, Item
from clinic.refusals import Unacceptable

WHOLE = {
    "warm_up_min": (0, 120, "A warm-up is 0 to 120 minutes."),
    "camera_fps": (1, 2000, "A camera takes 1 to 2,000 frames a second."),
    "pain": (0, 10, "Pain is 0 to 10."),
    "target_spm": (120, 240, "A cadence is 120 to 240 steps a minute, both feet."),
}
SPEED = (Decimal("0.5"), Decimal(8))
"""Meters a second: a walk, and a sprinter's mile."""
INCLINE = (Decimal(-20), Decimal(30))
WIDTHS = {"shoe": 120, "words": 1000, "target_why": 300}


def check(facts: GaitFacts, *, known: Mapping[str, Item], rule: CadenceRule) -> None:
    """Raise ``Unacceptable`` beside the first field that cannot be."""
    values = facts.values
    _within(values.get("speed_ms"), *SPEED, "speed_ms", "A speed is 0.5 to 8 m/s. 6:00 a kilometer is 2.78 m/s.")
    _within(values.get("incline_pct"), *INCLINE, "incline_pct", "An incline is −20 to 30 %.")
    for name, (low, high, sentence) in WHOLE.items():
        _within(values.get(name), Decimal(low), Decimal(high), name, sentence)
    for name, most in WIDTHS.items():
        if len(values.get(name) or "") > most:
            raise Unacceptable(f"At most {most:,} letters.", field=name)
    for name, choices in (("surface", SURFACES), ("method", METHODS), ("cue", CUES)):
        if values.get(name) and values[name] not in choices:
            raise Unacceptable("Choose one of these.", field=name)
    _check_target(values.get("target_pct"), values.get("target_why") or "", rule)
    for one in facts.found:
        _check_found(one, known)
    for tried in facts.tried:
        for name in ("pain_before", "pain_with"):
            _within(getattr(tried, name), Decimal(0), Decimal(10), f"cue.{tried.cue}.{name}", "Pain is 0 to 10.")
        _within(tried.cadence, Decimal(120), Decimal(240), f"cue.{tried.cue}.cadence", WHOLE["target_spm"][2])
        if tried.cue not in CUES or len(tried.words) > 200:
            raise Unacceptable("Choose one of the cues, and at most 200 letters.", field="cue")


def _check_target(percent: Decimal | None, why: str, rule: CadenceRule) -> None:
    if percent is None:
        return
    if not Decimal(-20) <= percent <= Decimal(30):
        raise Unacceptable("A target is at most 30 % above what was measured.", field="target_pct")
    if not rule.least_percent <= percent <= rule.most_percent and not why.strip():
        raise Unacceptable(
            f"Outside of {rule.least_percent.normalize():f} to {rule.most_percent.normalize():f} %: say why.",
            field="target_why",
        )


def _check_found(one: Found, known: Mapping[str, Item]) -> None:
    item, name = known.get(one.metric), f"find.{one.metric}.{one.side}"
    if item is None or one.side not in ("", "L", "R"):
        raise Unacceptable("That is none of the clinic's items.", field=name)
    if one.grade and one.grade not in (item.choices or GRADES):
        raise Unacceptable("Choose one of these.", field=f"{name}.grade")
    if len(one.words) > 200:
        raise Unacceptable("At most 200 letters.", field=f"{name}.words")
    if one.value is None:
        return
    if item.low is None or item.high is None:
        raise Unacceptable("This is graded, not measured.", field=f"{name}.value")
    _within(
        one.value,
        item.low,
        item.high,
        f"{name}.value",
        f"{item.label} is {item.low.normalize():f} to {item.high.normalize():f} {item.unit}.",
    )


def _within(value: Decimal | int | None, low: Decimal, high: Decimal, field: str, sentence: str) -> None:
    if value is not None and not low <= value <= high:
        raise Unacceptable(sentence, field=field)
