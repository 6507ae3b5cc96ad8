"""What the sentence of a goal is written from."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class GoalFacts:
    """Hold a goal and where it stands.

    ``words`` are the function that it is about ("sit, lift and sleep as before"), ``measure`` what it is read from
    ("ODI"); ``baseline``, ``last`` (at the last report), ``today``, ``target``, ``mdc`` and ``mcid`` are in ``unit``;
    ``status`` is the one that a clinician recorded, "" while there is none.
    """

    field: str
    code: str
    words: str
    measure: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    last: Decimal | None = None
    today: Decimal | None = None
    target: Decimal | None = None
    comparison: Literal["<=", ">=", "="] = "="
    lower_is_better: bool | None = None
    mdc: Decimal | None = None
    mcid: Decimal | None = None
    status: Literal["", "active", "met", "partly", "not_met", "discontinued"] = ""
