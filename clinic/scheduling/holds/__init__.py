"""Time that is taken. Openings are advice; the primary key of these rows decides."""

from clinic.scheduling.holds.models import Hold
from clinic.scheduling.holds.queries import between, busy, owners_between
from clinic.scheduling.holds.take import Claim, TimeTaken, release, take, tidy

__all__ = ["Claim", "Hold", "TimeTaken", "between", "busy", "owners_between", "release", "take", "tidy"]
