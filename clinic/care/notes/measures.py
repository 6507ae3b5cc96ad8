"""The clinic's measures: unit, hard range, normal, and the thresholds by which a change is read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from clinic.care import defaults
from clinic.care.defaults import Default

SIDES = {"": "", "L": "left", "R": "right"}


class Measure(NamedTuple):
    """One measure, from the clinical defaults. A measure has a unit and a range, or ``grades``."""

    key: str
    label: str
    unit: str
    section: str
    sided: bool
    grades: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None
    normal: Decimal | str | None
    better: str
    mdc: Decimal | None
    mcid: Decimal | None
    source: str

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides on which it is taken."""
        return ("L", "R") if self.sided else ("",)

    @property
    def lower_is_better(self) -> bool | None:
        """Which way is better; None where neither is."""
        return {"lower": True, "higher": False}.get(self.better)

    def named(self, side: str) -> str:
        """Return the label with the side: Side plank, left."""
        return f"{self.label}, {SIDES[side]}" if side else self.label

    def is_normal(self, value: Decimal | None, grade: str) -> bool | None:
        """Say whether a value is as it should be; None where that cannot be said."""
        if self.grades:
            return grade == self.normal if grade else None
        if value is None or not isinstance(self.normal, Decimal) or not self.better:
            return None
        return value <= self.normal if self.lower_is_better else value >= self.normal


def measures() -> dict[str, Measure]:
    """Return all measures of the clinic by their keys, in order."""
    found = (_measure(one) for one in defaults.every("measure."))
    return {one.key: one for one in found}


def _measure(one: Default) -> Measure:
    value = one.value
    normal = value["normal"]
    return Measure(
        key=one.key.removeprefix("measure."),
        label=one.label,
        unit=value["unit"],
        section=value["section"],
        sided=value["sided"],
        grades=tuple(value["grades"]),
        low=_number(value["low"]),
        high=_number(value["high"]),
        normal=normal if isinstance(normal, str) else _number(normal),
        better=value["better"],
        mdc=_number(value["mdc"]),
        mcid=_number(value["mcid"]),
        source=one.source,
    )


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def in_section(found: Mapping[str, Measure], *sections: str) -> list[Measure]:
    """Return the measures of some sections, in order."""
    return [one for one in found.values() if one.section in sections]
