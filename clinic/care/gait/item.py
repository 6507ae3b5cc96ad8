"""What one item of a gait analysis is. Pure."""

from decimal import Decimal
from typing import NamedTuple

GRADES = ("normal", "mild", "marked")
CUES = {
    "cadence +5 %": "Cadence +5 %",
    "cadence +10 %": "Cadence +10 %",
    "lean": "Lean from the ankle",
    "softer": "Softer landing",
}
SURFACES = ("treadmill", "road", "track", "trail")
METHODS = ("count", "2D video", "3D", "watch")


class Item(NamedTuple):
    """One item: its unit and hard range, what is typical, the least change that counts, and which way is better."""

    key: str
    label: str
    unit: str
    hint: str
    low: Decimal | None
    high: Decimal | None
    typical_low: Decimal | None
    typical_high: Decimal | None
    least: Decimal | None
    better: str
    sided: bool
    graded: bool
    choices: tuple[str, ...]
    source: str

    @property
    def has_value(self) -> bool:
        """Whether it is measured, not only graded."""
        return self.low is not None

    @property
    def value_sides(self) -> tuple[str, ...]:
        """The sides on which its value is taken."""
        return ("L", "R") if self.sided else ("",)

    @property
    def typical(self) -> str:
        """What is typical, in words: 5–15; empty where nothing is known."""
        if self.typical_low is None or self.typical_high is None:
            return ""
        return f"{self.typical_low.normalize():f}–{self.typical_high.normalize():f}"
