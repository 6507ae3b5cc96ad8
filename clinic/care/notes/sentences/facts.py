"""What the sentences of a visit are written from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

SINCE_LAST, NEW_EVENT, HOME_DONE, RUNS, MINUTES = "since_last", "new_event", "home_done", "runs", "minutes"


@dataclass(frozen=True, kw_only=True)
class Value:
    """Hold one measured value, today and before.

    ``label`` stands alone ("Lumbar extension, standing", "Worst pain in 24 h") and leaves the side to ``side``;
    ``unit`` is "°", "s", "/10", "%", "spm", "min" or ""; ``before`` is the last value before today, of
    whichever visit, and ``before_visit`` that visit; ``unchanged_since`` is the first visit with today's value, read
    only when ``now == before``. ``mdc`` and ``mcid`` are in the unit of the value, as the clinic's registry of measures
    has them with their source; ``lower_is_better`` is None where neither direction is (a cadence in its band).
    """

    field: str
    label: str
    side: Literal["", "L", "R"] = ""
    unit: str = ""
    now: Decimal | None = None
    before: Decimal | None = None
    before_visit: int | None = None
    unchanged_since: int | None = None
    lower_is_better: bool | None = None
    mdc: Decimal | None = None
    mcid: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Treated:
    """Hold one intervention of today, in minutes, with its dose in words ("3 × 20 s"); "L" and "R" are written out."""

    name: str
    field: str
    side: str = ""
    dose_now: str = ""
    dose_before: str | None = None
    minutes: int | None = None
    response: str = ""
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Run:
    """Hold one run of the patient's log: minutes, km, steps per minute, pain 0–10, percent of the run in the band."""

    on: date
    minutes: int
    spm: int | None = None
    pain: int | None = None
    next_morning: int | None = None
    in_band_pct: int | None = None
    km: Decimal | None = None

    @property
    def field(self) -> str:
        """Return the id of the field that shows this run: ``run.2026-11-21``."""
        return f"run.{self.on.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """Hold what is known of a visit; ``new_event`` is "" while unknown, "none", or words; ``minutes`` is all treatment.

    Home care is counted in times done of times planned since the last visit.
    """

    visit: int
    since_last: Literal["", "better", "same", "worse"] = ""
    pain: tuple[Value, ...] = ()
    home_done: int | None = None
    home_planned: int | None = None
    new_event: str = ""
    values: tuple[Value, ...] = ()
    treated: tuple[Treated, ...] = ()
    left_out: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    minutes: int | None = None
