"""A dose as it is stored and as a form shows it, and back. Pure."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clinic.care.homecare.library import Dose, DoseRefused, Load, LoadUnit, Side, Span

SPANS = ("sets", "reps", "hold_s", "per_day", "days_per_week")
NUMBERS = ("rest_s", "pain_ceiling")
FIELDS = (*SPANS, *NUMBERS, "side", "load", "tempo", "when", "weekdays", "fewer_each_set", "in_steps")
SPAN = re.compile(r"\s*(\d{1,3})(?:\s*(?:[-–]|to)\s*(\d{1,3}))?\s*")
LOAD = re.compile(
    r"\s*(?:(\d+(?:[.,]\d+)?)\s*(kg|lb|lbs)|effort\s*(\d+)|(?:a\s+)?([a-z]+)\s+band|bodyweight)?\s*", re.I
)
USUAL: dict[str, str] = {"sets": "1", "per_day": "1", "days_per_week": "7", "rest_s": "0", "pain_ceiling": "3"}


def as_fields(dose: Dose) -> dict[str, str]:
    """Return a dose as texts by name: ``sets`` "3", ``reps`` "8–10", ``load`` "6 kg", ``weekdays`` "0 2 5"."""
    return {
        **{name: "" if getattr(dose, name) is None else str(getattr(dose, name)) for name in (*SPANS, *NUMBERS)},
        "side": dose.side.value,
        "load": _load_words(dose.load),
        "tempo": dose.tempo,
        "when": dose.when,
        "weekdays": " ".join(map(str, dose.weekdays)),
        "fewer_each_set": "yes" if dose.fewer_each_set else "",
        "in_steps": "yes" if dose.in_steps else "",
    }


def from_fields(fields: Mapping[str, Any]) -> Dose:
    """Return the dose that texts by name say; raises DoseRefused beside the one that cannot be."""
    spans = {name: _span(name, str(fields.get(name) or USUAL.get(name, ""))) for name in SPANS}
    numbers = {name: _span(name, str(fields.get(name) or USUAL[name])) for name in NUMBERS}
    try:
        side = Side(fields.get("side") or "none")
        weekdays = tuple(int(day) for day in str(fields.get("weekdays") or "").split())
    except ValueError:
        raise DoseRefused("Choose one of these.", field="side") from None
    given = {name: value for name, value in spans.items() if value is not None}
    return Dose(
        **given,
        rest_s=numbers["rest_s"].least if numbers["rest_s"] else 0,
        pain_ceiling=numbers["pain_ceiling"].least if numbers["pain_ceiling"] else 3,
        side=side,
        load=_load(str(fields.get("load") or "")),
        tempo=str(fields.get("tempo") or "").strip(),
        when=str(fields.get("when") or "").strip(),
        weekdays=weekdays,
        fewer_each_set=bool(fields.get("fewer_each_set")),
        in_steps=bool(fields.get("in_steps")),
    )


def _span(name: str, text: str) -> Span | None:
    if not text.strip():
        return None
    found = SPAN.fullmatch(text)
    if found is None:
        raise DoseRefused("Type a number, or two as in 8–10.", field=name)
    least, most = int(found[1]), int(found[2] or found[1])
    if name == "rest_s" and not least:
        return Span(0, 0)
    if most < least:
        raise DoseRefused("The smaller number comes first.", field=name)
    if not least and name != "pain_ceiling":
        raise DoseRefused("Type a number above 0.", field=name)
    return Span(least, most)


def _load(text: str) -> Load | None:
    if not text.strip():
        return None
    found = LOAD.fullmatch(text)
    if found is None:
        raise DoseRefused("Type a load as 6 kg, 15 lb, green band, effort 7, or bodyweight.", field="load")
    amount, unit, effort, color = found.groups()
    try:
        if amount:
            return Load(LoadUnit.KG if unit.lower() == "kg" else LoadUnit.LB, Decimal(amount.replace(",", ".")))
        if effort:
            return Load(LoadUnit.RPE, Decimal(effort))
    except InvalidOperation:
        raise DoseRefused("Type a load as 6 kg or 15 lb.", field="load") from None
    return Load(LoadUnit.BAND, color=color.lower()) if color else Load(LoadUnit.BODYWEIGHT)


def _load_words(load: Load | None) -> str:
    if load is None:
        return ""
    if load.unit is LoadUnit.BAND:
        return f"{load.color} band"
    if load.unit is LoadUnit.RPE:
        return f"effort {load.amount}"
    return "bodyweight" if load.amount is None else f"{load.amount} {load.unit}"
