"""Letters that are owed, on their way, sent, or skipped for a reason that people can see."""

from clinic.outbox.again import try_again
from clinic.outbox.claim import claim_next, close_open, give_up_old
from clinic.outbox.mark import Outcome, mark, skip
from clinic.outbox.models import FAILED, LEASED, OPEN, OWED, SENT, SKIPPED, Heartbeat, Letter
from clinic.outbox.owe import owe

__all__ = [
    "FAILED",
    "LEASED",
    "OPEN",
    "OWED",
    "SENT",
    "SKIPPED",
    "Heartbeat",
    "Letter",
    "Outcome",
    "claim_next",
    "close_open",
    "give_up_old",
    "mark",
    "owe",
    "skip",
    "try_again",
]
