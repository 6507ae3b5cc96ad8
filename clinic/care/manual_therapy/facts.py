"""What a person writes of manual therapy, as values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class PointFacts(NamedTuple):
    """A tender point: tenderness 0 to 10, seconds of the hold, and what followed.

    ``added`` makes a row of it before anything is rated.
    """

    point: str
    side: str = ""
    before: int | None = None
    in_position: int | None = None
    after: int | None = None
    position: str = ""
    hold_s: int | None = None
    adverse: str = ""
    adverse_words: str = ""
    recheck: bool = False
    added: bool = False

    @property
    def is_rated(self) -> bool:
        """Whether any tenderness stands in it."""
        return (self.before, self.in_position, self.after) != (None, None, None)


class TechniqueFacts(NamedTuple):
    """Another technique; ``row_id`` names the row that it was, None for a new one."""

    kind: str
    region: str = ""
    side: str = ""
    direction: str = ""
    grade: str = ""
    manner: str = ""
    bouts: int | None = None
    seconds: int | None = None
    effort_pct: int | None = None
    tool: str = ""
    minutes: int | None = None
    response: str = ""
    retest: str = ""
    consent: bool = False
    row_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ManualFacts:
    """All that a page sends: rows that it does not name stay as they are.

    ``values`` are the columns ``minutes`` and ``decided``; ``answers`` are yes or no by question; ``points_out`` and
    ``techniques_out`` name what is taken out.
    """

    values: Mapping[str, int | str | None] = field(default_factory=dict)
    points: tuple[PointFacts, ...] = ()
    techniques: tuple[TechniqueFacts, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    points_out: frozenset[tuple[str, str]] = frozenset()
    techniques_out: frozenset[int] = frozenset()
    checks_version: int = 0
