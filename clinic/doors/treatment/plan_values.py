"""A plan of care as the fields of its form, and back to values."""

import re
from collections.abc import Mapping
from typing import Any

from clinic.care.plans import Aim, PlanFacts, Prescribed
from clinic.care.plans.codes import dotted_code
from clinic.care.plans.models import Goal
from clinic.care.plans.the_row import PlanContent
from clinic.doors.treatment.note_values import DAY, DECIMAL, NUMBER, places, plain_text, read, shown
from clinic.refusals import Unacceptable

CODE = re.compile(r"[A-Z]\d[0-9A-Z]{1,5}")
PHASES = range(1, 5)
AIM = ("term", "function", "measure", "measured", "unit", "baseline", "baseline_on", "target", "comparison")
AIM_MORE = ("condition", "due_on")
INTERVENTION = ("kind", "category", "name", "side", "dose", "minutes", "why", "stopped")
TEXTS = ("impairments", "precautions", "prognosis", "discharge_when", "why_changed")
NUMBERS = ("amount", "type_id", "least_apart", "reevaluate_every")


def plan_values(content: PlanContent) -> dict[str, str]:
    """Return what stands in the draft, by the names of the form's fields."""
    plan = content.plan
    values = {name: shown(getattr(plan, name)) for name in (*TEXTS, *NUMBERS, "from_on", "agreed_on")}
    values["therapist_only"] = "1" if plan.therapist_only else ""
    values["treadmill_at"] = ", ".join(map(str, plan.treadmill_at))
    for number in PHASES:
        per_week, weeks = plan.phases[number - 1] if number <= len(plan.phases) else ("", "")
        values |= {f"per_week_{number}": str(per_week), f"weeks_{number}": str(weeks)}
    for place, goal in enumerate(content.goals):
        values |= _goal_values(place, goal)
    for place, row in enumerate(content.interventions):
        values |= {f"intervention.{place}.{name}": shown(getattr(row, name)) for name in INTERVENTION}
    return values


def _goal_values(place: int, goal: Goal) -> dict[str, str]:
    found = {f"goal.{place}.{name}": shown(getattr(goal, name)) for name in (*AIM, *AIM_MORE)}
    return found | {f"goal.{place}.id": str(goal.id)}


def plan_facts(form: Mapping[str, str], *, codes: list[str]) -> PlanFacts:
    """Return what was typed, as values. Raises ``Unacceptable`` beside the field that is none."""
    values: dict[str, Any] = {name: read(form, name) for name in TEXTS if name in form}
    values |= {name: read(form, name, NUMBER) for name in NUMBERS if name in form}
    values |= {name: read(form, name, DAY) for name in ("from_on", "agreed_on") if name in form}
    values["therapist_only"] = bool(form.get("therapist_only"))
    values["phases"] = _phases(form)
    values["treadmill_at"] = _visit_numbers(form.get("treadmill_at", ""))
    for name, least in (("amount", 1), ("least_apart", 1)):
        if values.get(name) is None:
            values[name] = least
    wanted = [*codes, *([form["add_code"]] if form.get("add_code") else _typed_code(form.get("diagnosis", "")))]
    return PlanFacts(
        values=values,
        diagnoses=tuple(code for code in wanted if code != form.get("drop_code")),
        goals=_goals(form),
        interventions=_interventions(form),
    )


def _typed_code(text: str) -> list[str]:
    """Return the code that was typed as one; words are for the search."""
    code = text.strip().upper().replace(".", "")
    return [dotted_code(code)] if CODE.fullmatch(code) else []


def _phases(form: Mapping[str, str]) -> list[list[int]]:
    found = []
    for number in PHASES:
        per_week, weeks = (read(form, f"{name}_{number}", NUMBER) for name in ("per_week", "weeks"))
        if per_week is None and weeks is None:
            continue
        if per_week is None or weeks is None:
            name = "per_week" if per_week is None else "weeks"
            raise Unacceptable("Both are needed: visits a week, and weeks.", field=f"{name}_{number}")
        found.append([per_week, weeks])
    return found


def _visit_numbers(text: str) -> list[int]:
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 60 for part in parts):
        raise Unacceptable("Type visit numbers, such as 1, 4, 8.", field="treadmill_at")
    return sorted({int(part) for part in parts})


def _goals(form: Mapping[str, str]) -> tuple[Aim, ...]:
    found = []
    for place in places(form, "goal"):
        name = f"goal.{place}"
        if form.get(f"{name}.out"):
            continue
        row_id = form.get(f"{name}.id", "")
        measure = form.get(f"{name}.measure", "")
        found.append(
            Aim(
                term=form.get(f"{name}.term", "ST"),
                function=read(form, f"{name}.function"),
                measure=measure,
                measured=read(form, f"{name}.measured"),
                unit=read(form, f"{name}.unit"),
                baseline=read(form, f"{name}.baseline", DECIMAL),
                baseline_on=read(form, f"{name}.baseline_on", DAY),
                target=read(form, f"{name}.target", DECIMAL),
                comparison=form.get(f"{name}.comparison", ">="),
                condition=read(form, f"{name}.condition"),
                due_on=read(form, f"{name}.due_on", DAY),
                goal_id=int(row_id) if row_id.isascii() and row_id.isdigit() and len(row_id) < 10 else None,
            )
        )
    return tuple(found)


def _interventions(form: Mapping[str, str]) -> tuple[Prescribed, ...]:
    found = []
    for place in places(form, "intervention"):
        name = f"intervention.{place}"
        if form.get(f"{name}.out") or not form.get(f"{name}.name", "").strip():
            continue
        found.append(
            Prescribed(
                kind=form.get(f"{name}.kind", ""),
                category=form.get(f"{name}.category", ""),
                name=" ".join(plain_text(form[f"{name}.name"]).split()),
                side=form.get(f"{name}.side", ""),
                dose=read(form, f"{name}.dose"),
                minutes=read(form, f"{name}.minutes", NUMBER),
                why=read(form, f"{name}.why"),
                stopped=read(form, f"{name}.stopped"),
            )
        )
    return tuple(found)
