"""Letters that are owed, on their way, sent, or skipped for a reason that people can see."""

from clinic.outbox.again import try_again
from clinic.outbox.claim import Due, close_open, give_up_old, lease, next_due
from clinic.outbox.mark import Outcome, mark_not_taken, mark_sent, put_off, skip
from clinic.outbox.models import FAILED, LEASED, OPEN, OWED, SENT, SKIPPED, Heartbeat, Letter
from clinic.outbox.owe import owe

__all__ = [
    "FAILED",
    "LEASED",
    "OPEN",
    "OWED",
    "SENT",
    "SKIPPED",
    "Due",
    "Heartbeat",
    "Letter",
    "Outcome",
    "close_open",
    "give_up_old",
    "lease",
    "mark_not_taken",
    "mark_sent",
    "next_due",
    "owe",
    "put_off",
    "skip",
    "try_again",
]
