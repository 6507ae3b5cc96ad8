"""Why an opening is offered where it is, in words short enough to stand beside its time."""

from dataclasses import dataclass
from enum import Enum


class Why(Enum):
    """Name a reason; the value is its text."""

    USUAL_THERAPIST = "usual therapist"
    FOCUS_FITS = "focus fits"
    AS_WISHED = "at a wished time"
    OUTSIDE_WISHES = "outside the wishes"
    CLOSES_GAP = "closes a gap of {minutes} min"
    LEAVES_GAP = "leaves {minutes} min unused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Give a reason, with its minutes where it speaks of a gap; ``str()`` is the text."""

    why: Why
    minutes: int = 0

    def __str__(self) -> str:
        return self.why.value.format(minutes=self.minutes)
