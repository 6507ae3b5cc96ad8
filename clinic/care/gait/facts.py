"""What a person writes in a gait analysis, as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple


class Found(NamedTuple):
    """One finding: an item, a side, and its value in the item's unit, a grade or a choice, and words."""

    metric: str
    side: str = ""
    value: Decimal | None = None
    grade: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None and not self.grade and not self.words


class Tried(NamedTuple):
    """A cue tried on the spot, with pain 0 to 10 before and with it, and the cadence that came of it."""

    cue: str
    pain_before: int | None = None
    pain_with: int | None = None
    cadence: int | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.pain_before is None and self.pain_with is None and self.cadence is None and not self.words


@dataclass(frozen=True, kw_only=True)
class GaitFacts:
    """All that a person writes in an analysis: ``values`` are its columns."""

    values: Mapping[str, Any] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    tried: tuple[Tried, ...] = ()
