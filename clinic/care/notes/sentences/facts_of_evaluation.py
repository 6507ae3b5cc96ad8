"""What the summary of an evaluation is written from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinic.care.notes.sentences.facts import Value

ONSET, WEEKLY_NOW, WEEKLY_BEFORE, RED_FLAGS = "onset", "weekly_now", "weekly_before", "red_flags"


@dataclass(frozen=True, kw_only=True)
class Region:
    """Hold one region of the body chart in words ("Low back, left"), its pain 0–10 and its quality ("ache, deep")."""

    words: str
    field: str
    pain: int | None = None
    quality: str = ""


@dataclass(frozen=True, kw_only=True)
class Outside:
    """Hold a value outside normal, and what normal is in words with its unit: "≥ 25°"."""

    value: Value
    normal: str


@dataclass(frozen=True, kw_only=True)
class Flag:
    """Hold one question of the therapist's own red-flag screen; ``answer`` is None while it is not answered."""

    label: str
    field: str
    answer: bool | None


@dataclass(frozen=True, kw_only=True)
class EvaluationFacts:
    """Hold what is known at an evaluation.

    ``pain`` is now, best and worst, with labels such as "Pain now", "Best in 24 h"; ``onset`` is its kind ("gradual");
    the weekly distances are of running, now and before the problem, both in ``distance_unit``.
    """

    pain: tuple[Value, ...] = ()
    regions: tuple[Region, ...] = ()
    onset_on: date | None = None
    onset: str = ""
    weekly_now: Decimal | None = None
    weekly_before: Decimal | None = None
    distance_unit: str = "km"
    outside: tuple[Outside, ...] = ()
    red_flags: tuple[Flag, ...] = ()
