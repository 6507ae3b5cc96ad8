"""What a person writes in a plan of care, as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class Aim(NamedTuple):
    """A goal as it is written: term (ST or LT), function, what is measured, from where, to where, until when."""

    term: str
    function: str = ""
    measure: str = ""
    measured: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    comparison: str = ">="
    condition: str = ""
    due_on: date | None = None
    goal_id: int | None = None


class Prescribed(NamedTuple):
    """An intervention as it is written: the kind, what, how much, how many minutes of a visit, and why."""

    kind: str
    category: str
    name: str
    side: str = ""
    dose: str = ""
    minutes: int | None = None
    why: str = ""
    stopped: str = ""


class Diagnosed(NamedTuple):
    """A diagnosis code with its title."""

    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """All that a person writes in a plan; None for a list of rows leaves those rows as they are."""

    values: Mapping[str, Any] = field(default_factory=dict)
    diagnoses: tuple[str, ...] | None = None
    goals: tuple[Aim, ...] | None = None
    interventions: tuple[Prescribed, ...] | None = None
