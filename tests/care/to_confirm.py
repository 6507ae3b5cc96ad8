"""The list of what a licensed therapist has to confirm, in words, from the clinical defaults themselves."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from clinic.care import homecare
from clinic.care.defaults import Default, Shipped
from clinic.care.defaults.entry import OURS
from clinic.care.defaults.queries import SHIPPED
from clinic.care.intake.sentence import SENTENCE, VERSION
from clinic.care.plans.facts import Aim, Prescribed
from clinic.care.plans.templates import template_of

EVERYWHERE = homecare
"""The rooms that bring defaults of their own bring them when they are opened."""
HEAD = """# To be confirmed by a licensed therapist

The program brings these clinical defaults without a source that settles them. Each can be changed under Library, with
the source beside it, by a therapist who answers for it; from then on it no longer stands there as open. This list is
written from the defaults themselves: `CLINIC_GOLDEN=write .venv/bin/pytest tests/care/defaults/test_to_confirm.py`.
"""
BESIDE = "Beside the library"
NO_SOURCE = "No source was found."
TERMS = {"LT": "long-term", "ST": "short-term"}
SIGNS = {"<=": "≤", ">=": "≥", "=": "="}


def document() -> str:
    """Return the whole list as Markdown."""
    open_ones = [one for one in SHIPPED if not as_default(one).is_confirmed]
    parts = [HEAD, f"Open: {len(open_ones)} of {len(SHIPPED)} defaults, and {len(list(_beside()))} texts and rules.\n"]
    for group in dict.fromkeys(one.group for one in open_ones):
        parts.append(f"## {group}\n")
        parts += [_entry(one) for one in open_ones if one.group == group]
    parts.append(f"## {BESIDE}\n")
    parts += [f"**{label}.** {value}\n*Why:* {why}\n" for label, value, why in _beside()]
    return "\n".join(parts)


def as_default(one: Shipped) -> Default:
    """Return what the program brings as it holds where the clinic changed nothing."""
    return Default(*one, number=0, confirmed_by="")


def why(source: str) -> str:
    """Return why a default is open, from what stands for its source."""
    if source == OURS:
        return NO_SOURCE
    words = source.replace(f"doses: {OURS}", "no source was found for the doses")
    words = words.replace(f": {OURS}", ": to be confirmed").replace(OURS, "To confirm")
    return f"{words.rstrip('.')}."


def _entry(one: Shipped) -> str:
    values = _of_template(one) if one.key.startswith("template.") else [_in_words(one.value)]
    lines = [f"**{one.label}** (`{one.key}`): {values[0]}", *values[1:], f"*Why:* {why(one.source)}"]
    return "\n".join(lines) + "\n"


def _in_words(value: Mapping[str, Any]) -> str:
    return "; ".join(_of_measure(value) if "grades" in value else _of_rule(value)).rstrip(".") + "."


def _of_measure(value: Mapping[str, Any]) -> Iterator[str]:
    unit = f" {value['unit']}" if value["unit"] and "/" not in value["unit"] else ""
    if value["grades"]:
        yield "one of " + ", ".join(value["grades"])
    if value["low"] is not None or value["high"] is not None:
        yield f"from {value['low']} to {value['high']}{unit}".replace("-", "−")
    for name, words in (("normal", "normal"), ("mdc", "measurement error (MDC)"), ("mcid", "important change (MCID)")):
        if value[name] is not None:
            yield f"{words} “{value[name]}”" if value["grades"] else f"{words} {value[name]}{unit}"
    if value["better"]:
        yield f"{value['better']} is better"
    if value["sided"]:
        yield "left and right"


def _of_rule(value: Mapping[str, Any]) -> Iterator[str]:
    for name, what in value.items():
        if what not in ("", [], None, False):
            yield f"{name}: {_said(what)}".replace("_", " ")


def _said(what: Any) -> str:
    if isinstance(what, list):
        return " / ".join(map(_said, what))
    if isinstance(what, dict):
        return ", ".join(f"{name} {_said(one)}" for name, one in what.items())
    return "none" if what is None else ("no", "yes")[what] if isinstance(what, bool) else str(what)


def _of_template(one: Shipped) -> list[str]:
    template = template_of(as_default(one))
    phases = ", then ".join(f"{per_week} a week for {weeks} weeks" for per_week, weeks in template.phases)
    found = [f"{phases}.", f"- Impairments: {template.impairments}"]
    found += [f"- Precautions: {template.precautions}"] if template.precautions else []
    found += [f"- Discharge when: {template.discharge_when}"]
    found += [f"- Goal, {_goal(aim)}" for aim in template.goals]
    return found + [f"- {_given(row)}" for row in template.interventions]


def _goal(aim: Aim) -> str:
    target = "" if aim.target is None else f" {SIGNS[aim.comparison]} {aim.target.normalize():f} {aim.unit}".rstrip()
    return f"{TERMS[aim.term]}: {aim.function} ({aim.measured}{target})"


def _given(row: Prescribed) -> str:
    parts = [row.dose, f"{row.minutes} min" if row.minutes else "", {"both": "both sides"}.get(row.side, row.side)]
    dose = ", ".join(part for part in parts if part)
    return f"{row.kind.capitalize()}: {row.name}, {dose}; because: {row.why}"


def _beside() -> Iterator[tuple[str, str, str]]:
    """Yield what the program says or counts by itself: what, in which words, and why it is open."""
    yield "The emergency sentence", f"Version {VERSION}: “{SENTENCE}”", "The signs have sources, the wording has none."
    filled = template_of(as_default(next(one for one in SHIPPED if one.key.startswith("template."))))
    values = filled.facts(from_on=date(2026, 11, 24), type_id=None).values
    days, visits = values["least_apart"], values["reevaluate_every"]
    words = f"At least {days} days from visit to visit, a re-evaluation every {visits} visits, short-term goals due "
    yield "What every template fills in", f"{words}after half the weeks, long-term goals at the end.", NO_SOURCE
    yield (
        "When a recertification is signed in time",
        "By the last day of the certified interval before it.",
        "From memory: Medicare Benefit Policy Manual ch. 15 §220.1.3.",
    )
