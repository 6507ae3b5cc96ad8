"""Manual therapy as the fields of its form, and back to values."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from clinic.care.manual_therapy import Given, ManualFacts, PointFacts, TechniqueFacts
from clinic.care.manual_therapy.check import field_of
from clinic.care.manual_therapy.kinds import KINDS
from clinic.doors.treatment.charts import whole_of
from clinic.doors.treatment.note_values import NUMBER, read, shown
from clinic.refusals import Unacceptable

POINT_NUMBERS = ("before", "in_position", "after", "hold_s")
POINT_WORDS = ("position", "adverse", "adverse_words")
TECHNIQUE_NUMBERS = ("bouts", "seconds", "effort_pct", "minutes")
TECHNIQUE_WORDS = ("region", "side", "direction", "grade", "manner", "tool", "response", "retest")
MIDDLE = "M"
"""What stands for no side where a side must be chosen."""


class Identity(NamedTuple):
    """A point on a side, as addresses and fields name it: upl5.L."""

    point: str
    side: str

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.point}.{self.side}"

    @property
    def field(self) -> str:
        """The beginning of the names of its fields."""
        return field_of(self.point, self.side)


def identity_of(text: str | None) -> Identity | None:
    """Return what an address or a button names; None for nothing."""
    point, dot, side = (text or "").partition(".")
    return Identity(point, side) if dot and point and side in ("", "L", "R") else None


def manual_values(given: Given) -> dict[str, str]:
    """Return what stands in the draft, by the names of the form's fields; a ticked box is 1."""
    values: dict[str, str] = {}
    if given.row is not None:
        values = {"minutes": shown(given.row.minutes), "decided": given.row.decided}
    for row in given.points:
        name = field_of(row.point, row.side)
        values |= {f"{name}.{part}": shown(getattr(row, part)) for part in (*POINT_NUMBERS, *POINT_WORDS)}
        values[f"{name}.recheck"] = "1" if row.recheck else ""
    for one in given.techniques:
        name = f"tech.{one.id}"
        values |= {f"{name}.{part}": shown(getattr(one, part)) for part in (*TECHNIQUE_NUMBERS, *TECHNIQUE_WORDS)}
        values[f"{name}.consent"] = "1" if one.consent else ""
    return values | {f"check.{row.question}": row.answer for row in given.checks}


def manual_facts(form: Mapping[str, str], *, points: Collection[str], questions: Collection[str]) -> ManualFacts:
    """Return what was typed, as values. Raises ``Unacceptable`` beside the field that is none.

    What was typed to be added is added whatever button was pressed, or it would be lost.
    """
    values: dict[str, Any] = {}
    if "minutes" in form:
        values["minutes"] = read(form, "minutes", NUMBER)
    if "decided" in form:
        values["decided"] = read(form, "decided")
    typed = [_point(form, Identity(key, side)) for key in points for side in ("", "L", "R")]
    chosen = form.get("act") == "add_point" or (form.get("add_point") and form.get("add_side"))
    added = [_added_point(form)] if chosen else []
    begun = form.get("act") == "add_technique" or form.get("add_region", "").strip()
    new = [_technique(form, "add_", None)] if begun else []
    rows = [whole_of(name.split(".")[1]) for name in form if name.startswith("tech.") and name.endswith(".region")]
    out = {name.removeprefix("point.").removesuffix(".out") for name in form if name.startswith("point.")}
    return ManualFacts(
        values=values,
        points=tuple(one for one in typed if one is not None) + tuple(added),
        techniques=tuple([_technique(form, f"tech.{id_}.", id_) for id_ in rows] + new),
        answers={key: form[f"check.{key}"] for key in questions if form.get(f"check.{key}")},
        points_out=frozenset(
            found for name in out if f"point.{name}.out" in form and (found := identity_of(name)) is not None
        ),
        techniques_out=frozenset(
            whole_of(name.split(".")[1]) for name in form if name.startswith("tech.") and name.endswith(".out")
        ),
        checks_version=max(whole_of(form.get("checks_version", "0")), 0),
    )


def _point(form: Mapping[str, str], one: Identity) -> PointFacts | None:
    if f"{one.field}.position" not in form:
        return None
    numbers = {part: read(form, f"{one.field}.{part}", NUMBER) for part in POINT_NUMBERS}
    words = {part: read(form, f"{one.field}.{part}") for part in POINT_WORDS}
    return PointFacts(one.point, one.side, **numbers, **words, recheck=f"{one.field}.recheck" in form)


def _added_point(form: Mapping[str, str]) -> PointFacts:
    point, side = form.get("add_point", ""), form.get("add_side", "")
    if not point:
        raise Unacceptable("Choose a point.", field="add_point")
    if side not in ("L", "R", MIDDLE):
        raise Unacceptable("Left, right, or in the middle?", field="add_side")
    return PointFacts(point, "" if side == MIDDLE else side, added=True)


def _technique(form: Mapping[str, str], name: str, row_id: int | None) -> TechniqueFacts:
    kind = form.get(f"{name}kind", "")
    if kind not in KINDS:
        raise Unacceptable("Choose the kind of technique.", field=f"{name}kind")
    numbers = {part: read(form, f"{name}{part}", NUMBER) for part in TECHNIQUE_NUMBERS}
    words = {part: read(form, f"{name}{part}") for part in TECHNIQUE_WORDS}
    return TechniqueFacts(kind, **numbers, **words, consent=f"{name}consent" in form, row_id=row_id)
