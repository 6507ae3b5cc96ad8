"""The shapes of a chart, in units of its own box: x to the right, y down; one unit is one pixel at full size."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

TEXT = 12
"""The size of all text in a chart."""
WIDE = 0.62
"""How wide a character is, on average, for its size: somewhat more than Inter, so that labels keep apart."""


class Segment(NamedTuple):
    """A straight line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, kw_only=True)
class Box:
    """An upright rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Say whether two boxes share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Say whether another box lies wholly in this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, line: Segment) -> bool:
        """Say whether a line passes through the box."""
        enter, leave = 0.0, 1.0
        dx, dy = line.x2 - line.x1, line.y2 - line.y1
        for run, low, high in (
            (dx, self.left - line.x1, self.right - line.x1),
            (dy, self.top - line.y1, self.bottom - line.y1),
        ):
            if not run:
                if not low < 0 < high:
                    return False
                continue
            near, far = sorted((low / run, high / run))
            enter, leave = max(enter, near), min(leave, far)
        return enter < leave


@dataclass(frozen=True, kw_only=True)
class Text:
    """Words at the base line ``y``; ``x`` is where they start, end, or have their middle."""

    x: float
    y: float
    words: str
    anchor: Literal["start", "middle", "end"] = "middle"

    @property
    def box(self) -> Box:
        """The room that the words take."""
        width = len(self.words) * TEXT * WIDE
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return Box(left=left, top=self.y - TEXT * 0.85, right=left + width, bottom=self.y + TEXT * 0.25)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line of the grid at ``at``, and its label."""

    at: float
    label: Text


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One value: ``label`` is None where there is no room for it, the table beside the chart has it.

    ``last``: drawn as a double ring.
    """

    x: float
    y: float
    on: date
    value: str
    label: Text | None
    last: bool


@dataclass(frozen=True, kw_only=True)
class Level:
    """A horizontal line at ``y``; a goal is the band of ``height`` from ``top`` on."""

    y: float
    top: float
    height: float
    label: Text | None


@dataclass(frozen=True, kw_only=True)
class Upright:
    """A vertical line at ``x``, for what was changed on a day."""

    x: float
    on: date
    words: str
    label: Text | None


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar of one week."""

    x: float
    y: float
    width: float
    height: float
    value: str
    label: Text | None


def number(value: float) -> float:
    """Return a length to one decimal place: a tenth of a pixel is enough, and keeps pages small."""
    return round(value, 1)
