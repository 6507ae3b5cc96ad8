"""Mark what became of a letter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, update
from sqlalchemy.sql.dml import ReturningUpdate

from clinic.database import database
from clinic.outbox.claim import BY_ID, Due
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


class SentLetter(NamedTuple):
    """A letter that the mail server took, and what it tells."""

    about: str
    kind: str
    facts: dict[str, Any] | None


def mark_not_taken(letter: Letter, outcome: Outcome, *, now: datetime) -> None:
    """Write down that ``letter`` was not taken: failed for good, or to be tried again later; the caller commits.

    4xx and broken connections are tried again with growing pauses for as long as the letter is of use; 5xx fail at
    once and become a task for the desk.
    """
    letter.tries += 1
    letter.leased_until = None
    letter.outcome = outcome.words[:300]
    if outcome.verdict is Verdict.REFUSED:
        letter.state, letter.ended_at = FAILED, now
    else:
        letter.handed = letter.handed or outcome.verdict is Verdict.UNSURE
        letter.state = OWED
        letter.try_at = now + min(FIRST_WAIT * 2 ** min(letter.tries - 1, 10), LONGEST_WAIT)
        if letter.try_at >= letter.not_after:
            letter.state, letter.ended_at = FAILED, now


def mark_sent(letter_id: int, *, words: str = "", now: datetime) -> SentLetter | None:
    """Write down that the mail server took a letter, at one blow; None if that is known already. The caller commits."""
    row = database.session.connection().execute(_sent(), {"letter_id": letter_id, "now": now, "words": words[:300]})
    return next((SentLetter._make(each) for each in row), None)


@cache
def _sent() -> ReturningUpdate[Any]:
    """Return the statement, built once since a worker says it for every letter."""
    return (
        update(Letter)
        .where(Letter.id == bindparam("letter_id"), Letter.state != SENT)
        .values(
            state=SENT, ended_at=bindparam("now"), tries=Letter.tries + 1, leased_until=None, outcome=bindparam("words")
        )
        .returning(Letter.about, Letter.kind, Letter.facts)
    )


def skip(letter: Letter | Due, why: str, *, now: datetime) -> None:
    """Leave ``letter`` unsent for a reason that people can see; the caller commits."""
    skipped = {"state": SKIPPED, "outcome": why, "ended_at": now, "leased_until": None}
    database.session.execute(update(Letter).where(Letter.id == letter.id).values(skipped))


def put_off(letter: Due, *, until: datetime) -> None:
    """Leave ``letter`` owed, to be looked at again later; the caller commits."""
    owed = {"letter_id": letter.id, "state": OWED, "leased_until": None, "try_at": until}
    database.session.connection().execute(BY_ID, owed)
