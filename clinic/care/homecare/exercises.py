"""The exercise library as the clinic has it: what is shipped, with the clinic's own versions laid over."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clinic.care import defaults
from clinic.care.defaults import Default, Shipped
from clinic.care.homecare.doses import as_fields, from_fields
from clinic.care.homecare.library import BY_CODE, EXERCISES, Exercise
from clinic.refusals import Unacceptable

PREFIX = "exercise."
BETWEEN = " / "
MOST = 300
DOSE = ("sets", "reps", "hold_s", "rest_s", "side", "load", "tempo", "per_day", "days_per_week", "when", "pain_ceiling")


def exercises() -> list[Exercise]:
    """Return the exercises that the clinic uses, in the order of the library."""
    return [_of(one) for one in defaults.every(PREFIX) if not one.value["retired"]]


def exercise(code: str) -> Exercise | None:
    """Return an exercise by its code, retired or not; None where there is none."""
    if code not in BY_CODE:
        return None
    return _of(defaults.current(PREFIX + code))


def found_by(words: str) -> Exercise | None:
    """Return the exercise that typed words mean best: by code, the beginning of its name, or any part of it."""
    typed = _plain(words)
    if not typed:
        return None
    known = [(one, _plain(one.name), _plain(f"{one.name} {one.target}")) for one in exercises()]
    for fits in (
        lambda one, name, _all: typed in (_plain(one.code), name),
        lambda _one, name, _all: name.startswith(typed),
        lambda _one, name, _all: all(part in name for part in typed.split()),
        lambda _one, _name, everything: all(part in everything for part in typed.split()),
    ):
        match = next((row[0] for row in known if fits(*row)), None)
        if match is not None:
            return match
    return None


def shipped() -> list[Shipped]:
    """Return the library as clinical defaults: texts and dose may be changed, what it does to the spine may not."""
    return [Shipped(PREFIX + one.code, "Exercises", one.name, _value(one), one.source) for one in EXERCISES]


def check_value(value: Mapping[str, Any]) -> None:
    """Raise ``Unacceptable`` beside what could not be read in a changed exercise."""
    from_fields({name: value[name] for name in DOSE})
    if not _steps(value):
        raise Unacceptable("Say how it is done, step by step with / between.", field="steps")
    for name in ("cue", "why", "stop_if"):
        if len(value[name]) > MOST:
            raise Unacceptable(f"At most {MOST} letters.", field=name)


def _steps(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part.strip() for part in value["steps"].split(BETWEEN.strip()) if part.strip())


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[0-9a-z]+", words.casefold()))


def _value(one: Exercise) -> dict[str, Any]:
    dose = as_fields(one.dose)
    return {
        "steps": BETWEEN.join(one.steps),
        "cue": one.cue,
        "why": one.why,
        "stop_if": one.stop_if,
        **{name: dose[name] for name in DOSE},
        "retired": False,
    }


def _of(one: Default) -> Exercise:
    base, value = BY_CODE[one.key.removeprefix(PREFIX)], one.value
    if one.number == 0:
        return base
    dose = from_fields(as_fields(base.dose) | {name: value[name] for name in DOSE})
    return replace(
        base,
        name=one.label,
        steps=_steps(value),
        cue=value["cue"],
        why=value["why"],
        stop_if=value["stop_if"],
        dose=dose,
        source=one.source,
    )
