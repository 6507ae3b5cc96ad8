"""Time that is taken. Openings are advice; the primary key of these rows decides."""

from clinic.scheduling.holds.models import Hold, Stretch
from clinic.scheduling.holds.queries import between, busy, by_day, owners_between, owners_of
from clinic.scheduling.holds.take import Claim, TimeTaken, release, take, taken_of, tidy

__all__ = [
    "Claim",
    "Hold",
    "Stretch",
    "TimeTaken",
    "between",
    "busy",
    "by_day",
    "owners_between",
    "owners_of",
    "release",
    "take",
    "taken_of",
    "tidy",
]
