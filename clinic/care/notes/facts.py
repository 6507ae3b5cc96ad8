"""What a person writes in a note, as values: what the screens hand to ``save_note``. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple


class Measured(NamedTuple):
    """A value of a measure: a number in its unit, or a grade; ``kept`` says that a carried value was looked at."""

    measure: str
    side: str = ""
    value: Decimal | None = None
    grade: str = ""
    words: str = ""
    kept: bool = False


class Done(NamedTuple):
    """An intervention of a visit; ``row_id`` names the row that it was, None for a new one."""

    kind: str
    category: str
    name: str
    side: str = ""
    dose: str = ""
    minutes: int | None = None
    response: str = ""
    row_id: int | None = None
    kept: bool = False


class Ran(NamedTuple):
    """A run at home: minutes, steps a minute, percent of the time in the band, pain 0 to 10, kilometers."""

    ran_on: date
    minutes: int
    cadence: int | None = None
    in_band: int | None = None
    pain: int | None = None
    next_morning: int | None = None
    km: Decimal | None = None


class Hurts(NamedTuple):
    """A place where it hurts, of the body chart."""

    region: str
    quality: str = ""
    intensity: int | None = None
    words: str = ""


class Stands(NamedTuple):
    """Where a goal stands, in a report."""

    goal_id: int
    value: Decimal | None = None
    status: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteFacts:
    """All that a person writes in a note.

    ``values`` are the columns of the note, ``evaluation`` those of the evaluation. None for a list of rows leaves
    those rows as they are.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    measured: tuple[Measured, ...] | None = None
    done: tuple[Done, ...] | None = None
    runs: tuple[Ran, ...] | None = None
    hurts: tuple[Hurts, ...] | None = None
    flags: Mapping[str, str] | None = None
    goals: tuple[Stands, ...] | None = None
