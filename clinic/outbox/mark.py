"""Mark what became of a letter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from clinic.outbox.models import FAILED, OWED, SENT, SKIPPED, Letter

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)


class Verdict(StrEnum):
    """What the mail server made of it."""

    TAKEN = "taken"
    LATER = "later"
    UNSURE = "unsure"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The server's verdict, in words that the desk can read."""

    verdict: Verdict
    words: str = ""


def mark(letter: Letter, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of ``letter``: sent, failed for good, or to be tried again later; the caller commits.

    4xx and broken connections are tried again with growing pauses for as long as the letter is of use; 5xx fail at
    once and become a task for the desk.
    """
    letter.tries += 1
    letter.leased_until = None
    letter.outcome = outcome.words[:300]
    if outcome.verdict is Verdict.TAKEN:
        letter.state, letter.ended_at = SENT, now
    elif outcome.verdict is Verdict.REFUSED:
        letter.state, letter.ended_at = FAILED, now
    else:
        letter.handed = letter.handed or outcome.verdict is Verdict.UNSURE
        letter.state = OWED
        letter.try_at = now + min(FIRST_WAIT * 2 ** min(letter.tries - 1, 10), LONGEST_WAIT)
        if letter.try_at >= letter.not_after:
            letter.state, letter.ended_at = FAILED, now


def skip(letter: Letter, why: str, *, now: datetime) -> None:
    """Leave ``letter`` unsent for a reason that people can see; the caller commits."""
    letter.state, letter.outcome, letter.ended_at, letter.leased_until = SKIPPED, why, now, None
