"""A note as the fields of its form: what stands in the draft, what was typed, and back to values."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from sqlalchemy import inspect

from clinic.care.notes import Content, Done, Hurts, Measured, NoteFacts, Ran, Stands
from clinic.care.notes.measures import Measure
from clinic.care.notes.models import Evaluation, Note
from clinic.care.notes.save import COLUMNS, EVALUATION_COLUMNS
from clinic.doors.treatment.charts import day_of
from clinic.refusals import Unacceptable

MOST_ROWS = 40
TREATMENT = ("kind", "category", "name", "side", "dose", "minutes", "response")
RUN = ("ran_on", "minutes", "cadence", "in_band", "pain", "next_morning", "km")
TENTH = Decimal("0.1")
TYPED_NUMBER = re.compile(r"[-+−]?(?:\d+\.?|\d*\.\d+|\d*,\d{1,2})", re.ASCII)
PASTED = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
UNSEEN = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
NUMBER, DECIMAL, DAY, TEXT = "number", "decimal", "day", "text"


def _kinds() -> dict[str, str]:
    names: dict[Any, str] = {int: NUMBER, Decimal: DECIMAL, date: DAY, str: TEXT}
    columns = [*inspect(Note).columns, *inspect(Evaluation).columns]
    return {one.name: names.get(one.type.python_type, TEXT) for one in columns}


KINDS = _kinds()


def values_of(content: Content) -> dict[str, str]:
    """Return what stands in the draft, by the names of the form's fields."""
    values = {name: shown(getattr(content.note, name)) for name in COLUMNS}
    if content.evaluation is not None:
        values |= {name: shown(getattr(content.evaluation, name)) for name in EVALUATION_COLUMNS}
    for row in content.measurements:
        key = f"measure.{row.measure}.{row.side}"
        values[key] = row.grade or shown(row.value)
        values[f"{key}.words"] = row.words
    for place, one in enumerate(content.treatments):
        values |= {f"treatment.{place}.{name}": shown(getattr(one, name)) for name in TREATMENT}
        values[f"treatment.{place}.id"] = str(one.id)
    for place, run in enumerate(content.runs):
        values |= {f"run.{place}.{name}": shown(getattr(run, name)) for name in RUN}
    for region in content.regions:
        values |= {
            f"region.{region.region}.{name}": shown(getattr(region, name)) for name in ("quality", "intensity", "words")
        }
    values["region_order"] = " ".join(region.region for region in content.regions)
    values |= {f"flag.{row.question}": row.answer for row in content.flags}
    for goal in content.goals:
        values |= {f"goal.{goal.goal_id}.{name}": shown(getattr(goal, name)) for name in ("value", "status", "words")}
    return values


def shown(value: Any) -> str:
    """Return a value as a field shows it: 12.5, 2026-11-24; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def facts_of(form: Mapping[str, str], *, regions: list[str], known: Mapping[str, Measure], kind: str) -> NoteFacts:
    """Return what was typed, as values. Raises ``Unacceptable`` beside the field that is none.

    Fields that the page did not show are left alone.
    """
    values = {name: read(form, name, KINDS[name]) for name in COLUMNS if name in form}
    evaluation = {name: read(form, name, KINDS[name]) for name in EVALUATION_COLUMNS if name in form}
    flags = {name.removeprefix("flag."): text for name, text in form.items() if name.startswith("flag.") and text}
    return NoteFacts(
        values=values,
        evaluation=evaluation if kind == "evaluation" else {},
        measured=tuple(_measured(form, known)) if "rows" in form else None,
        done=_done(form) if "rows" in form and kind != "evaluation" else None,
        runs=_runs(form) if "rows" in form and kind != "evaluation" else None,
        hurts=_hurts(form, regions) if "region_order" in form else None,
        flags=flags if kind == "evaluation" else None,
        goals=_goals(form) if any(name.startswith("goal.") for name in form) else None,
    )


def read(form: Mapping[str, str], name: str, kind: str = TEXT) -> Any:
    """Return one field as a value. Raises ``Unacceptable`` beside it."""
    text = plain_text(form.get(name, ""))
    if kind == TEXT:
        return text
    if not text:
        return None
    if kind == DAY:
        return day_of(text, name)
    if not TYPED_NUMBER.fullmatch(text):
        raise Unacceptable("Type a number.", field=name)
    try:
        number = Decimal(text.replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        raise Unacceptable("Type a number.", field=name) from None
    if not number.is_finite() or abs(number) >= 10**6:
        raise Unacceptable("Type a number.", field=name)
    if kind == NUMBER and number != number.to_integral_value():
        raise Unacceptable("Type a whole number.", field=name)
    return int(number) if kind == NUMBER else number


def plain_text(text: str) -> str:
    """Return words as they are kept: what other programs paste as a wide or unbreakable space is a space."""
    return PASTED.sub(" ", UNSEEN.sub("", text.replace("\r\n", "\n"))).strip()


def _measured(form: Mapping[str, str], known: Mapping[str, Measure]) -> list[Measured]:
    found = []
    for name in form:
        parts = name.split(".")
        if len(parts) != 3 or parts[0] != "measure":
            continue
        _, key, side = parts
        graded = key in known and bool(known[key].grades)
        found.append(
            Measured(
                key,
                side,
                None if graded else read(form, name, DECIMAL),
                form[name] if graded else "",
                read(form, f"{name}.words"),
                kept=bool(form.get(f"{name}.keep")),
            )
        )
    return found


def places(form: Mapping[str, str], kind: str) -> list[int]:
    """Return the numbers of the rows of one kind that the form holds."""
    found = {
        int(parts[1])
        for parts in (name.split(".") for name in form)
        if len(parts) == 3 and parts[0] == kind and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 10
    }
    if len(found) > MOST_ROWS:
        raise Unacceptable(f"At most {MOST_ROWS} rows fit here.")
    return sorted(found)


def field_as_typed(field: str, form: Mapping[str, str]) -> str:
    """Return where the form has a field of a row; the rules do not count rows that are blank or taken out."""
    kind, _, rest = field.partition(".")
    number, _, part = rest.partition(".")
    if kind not in IS_FILLED or not number.isdigit():
        return field
    filled = [place for place in places(form, kind) if IS_FILLED[kind](form, f"{kind}.{place}")]
    return f"{kind}.{filled[int(number)]}.{part}" if int(number) < len(filled) else field


def _is_done(form: Mapping[str, str], name: str) -> bool:
    return not form.get(f"{name}.out") and bool(form.get(f"{name}.name", "").strip())


def _is_run(form: Mapping[str, str], name: str) -> bool:
    return any(form.get(f"{name}.{part}", "").strip() for part in RUN)


IS_FILLED = {"treatment": _is_done, "run": _is_run}


def _done(form: Mapping[str, str]) -> tuple[Done, ...]:
    found = []
    for place in places(form, "treatment"):
        name = f"treatment.{place}"
        if not _is_done(form, name):
            continue
        row_id = form.get(f"{name}.id", "")
        found.append(
            Done(
                kind=form.get(f"{name}.kind", ""),
                category=form.get(f"{name}.category", ""),
                name=" ".join(plain_text(form[f"{name}.name"]).split()),
                side=form.get(f"{name}.side", ""),
                dose=read(form, f"{name}.dose"),
                minutes=read(form, f"{name}.minutes", NUMBER),
                response=read(form, f"{name}.response"),
                row_id=int(row_id) if row_id.isascii() and row_id.isdigit() and len(row_id) < 10 else None,
                kept=bool(form.get(f"{name}.keep")),
            )
        )
    return tuple(found)


def _runs(form: Mapping[str, str]) -> tuple[Ran, ...]:
    found = []
    for place in places(form, "run"):
        name = f"run.{place}"
        if not _is_run(form, name):
            continue
        ran_on = read(form, f"{name}.ran_on", DAY)
        minutes = read(form, f"{name}.minutes", NUMBER)
        if ran_on is None or minutes is None:
            missing = "ran_on" if ran_on is None else "minutes"
            raise Unacceptable("A run has a day and minutes.", field=f"{name}.{missing}")
        km = read(form, f"{name}.km", DECIMAL)
        km = None if km is None else km.quantize(TENTH, ROUND_HALF_UP)  # a watch shows two digits
        numbers = {part: read(form, f"{name}.{part}", NUMBER) for part in RUN[2:-1]}
        found.append(Ran(ran_on, minutes, km=km, **numbers))
    return tuple(found)


def _hurts(form: Mapping[str, str], regions: list[str]) -> tuple[Hurts, ...]:
    chosen = dict.fromkeys([*(one for one in form["region_order"].split() if one in regions), *regions])
    return tuple(
        Hurts(
            one,
            form.get(f"region.{one}.quality", ""),
            read(form, f"region.{one}.intensity", NUMBER),
            read(form, f"region.{one}.words"),
        )
        for one in chosen
    )


def _goals(form: Mapping[str, str]) -> tuple[Stands, ...]:
    return tuple(
        Stands(
            place,
            read(form, f"goal.{place}.value", DECIMAL),
            form.get(f"goal.{place}.status", ""),
            read(form, f"goal.{place}.words"),
        )
        for place in places(form, "goal")
    )
