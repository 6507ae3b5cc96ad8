"""What a plan of care cannot hold."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic.care.plans.facts import Aim, PlanFacts, Prescribed
from clinic.care.signatures import check_words, is_exact
from clinic.refusals import Unacceptable

KINDS = ("gait retraining", "manual therapy", "exercise", "home care")
SIDES = ("", "L", "R", "both")
PROGNOSES = ("", "excellent", "good", "fair", "guarded")
MOST_VISITS = 60
MOST_PHASES = 4
TEXTS = {"impairments": 1000, "precautions": 500, "discharge_when": 1000, "why_changed": 500}


def check_plan(facts: PlanFacts, *, today: date) -> None:
    """Raise ``Unacceptable`` beside the first field that cannot be."""
    values = facts.values
    for name, most in TEXTS.items():
        check_words(values.get(name, ""), most, name)
    if values.get("prognosis", "") not in PROGNOSES:
        raise Unacceptable("Choose one of these.", field="prognosis")
    _check_frequency(values)
    agreed_on = values.get("agreed_on")
    if agreed_on is not None and agreed_on > today:
        raise Unacceptable("The patient cannot have agreed in the future.", field="agreed_on")
    for number, aim in enumerate(facts.goals or ()):
        _check_aim(aim, f"goal.{number}")
    for number, row in enumerate(facts.interventions or ()):
        _check_intervention(row, f"intervention.{number}")


def _check_frequency(values: Mapping[str, Any]) -> None:
    phases = values.get("phases", ())
    if len(phases) > MOST_PHASES:
        raise Unacceptable("At most four stretches of weeks.", field="per_week_4")
    for number, (per_week, weeks) in enumerate(phases, 1):
        if not 1 <= per_week <= 7:
            raise Unacceptable("Between 1 and 7 visits a week.", field=f"per_week_{number}")
        if not 1 <= weeks <= 52:
            raise Unacceptable("Between 1 and 52 weeks.", field=f"weeks_{number}")
    visits = sum(per_week * weeks for per_week, weeks in phases)
    if visits > MOST_VISITS:
        raise Unacceptable(f"That is {visits} visits; at most {MOST_VISITS} in one plan.", field="weeks_1")
    for name, low, high, words in (
        ("amount", 1, 4, "1 to 4 treatments a day"),
        ("least_apart", 1, 31, "1 to 31 days"),
        ("reevaluate_every", 1, 60, "1 to 60 visits"),
    ):
        value = values.get(name)
        if value is not None and not low <= value <= high:
            raise Unacceptable(f"This must be {words}.", field=name)


def _check_aim(aim: Aim, field: str) -> None:
    if aim.term not in ("ST", "LT"):
        raise Unacceptable("Choose short-term or long-term.", field=f"{field}.term")
    if aim.comparison not in ("<=", ">=", "="):
        raise Unacceptable("Choose at most, at least or exactly.", field=f"{field}.comparison")
    for name, most in (("function", 200), ("measured", 80), ("unit", 12), ("condition", 200)):
        check_words(getattr(aim, name), most, f"{field}.{name}")
    for name in ("baseline", "target"):
        value = getattr(aim, name)
        if value is not None and not (is_exact(value, 2) and -10_000 < value < 100_000):
            raise Unacceptable("That value cannot be.", field=f"{field}.{name}")
    if aim.baseline_on and aim.due_on and aim.due_on <= aim.baseline_on:
        raise Unacceptable("A goal is due after its start.", field=f"{field}.due_on")


def _check_intervention(row: Prescribed, field: str) -> None:
    if row.kind not in KINDS:
        raise Unacceptable("Choose the kind.", field=f"{field}.kind")
    if row.side not in SIDES:
        raise Unacceptable("Choose a side.", field=f"{field}.side")
    if not row.name.strip():
        raise Unacceptable("Name it.", field=f"{field}.name")
    if row.minutes is not None and not 0 <= row.minutes <= 480:
        raise Unacceptable("Minutes must be 0 to 480.", field=f"{field}.minutes")
    for name, most in (("name", 120), ("dose", 120), ("why", 300), ("stopped", 200)):
        check_words(getattr(row, name), most, f"{field}.{name}")
