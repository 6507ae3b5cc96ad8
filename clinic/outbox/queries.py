"""Read the outbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from clinic.database import database
from clinic.outbox.models import FAILED, OPEN, SENT, Heartbeat, Letter
from clinic.outbox.words import KINDS, state_words

STALE = timedelta(minutes=2)
OVERDUE = timedelta(minutes=10)


class LetterRow(NamedTuple):
    """One letter, as screens list it."""

    id: int
    about: str
    kind: str
    state: str
    tries: int
    owed_at: datetime
    due_at: datetime
    try_at: datetime
    ended_at: datetime | None
    address: str
    outcome: str
    patient_id: int | None

    @property
    def kind_words(self) -> str:
        """What the desk calls it."""
        return KINDS.get(self.kind, self.kind)

    @property
    def state_words(self) -> str:
        """Where it stands."""
        return state_words(self.state, self.tries)


COLUMNS = (
    Letter.id,
    Letter.about,
    Letter.kind,
    Letter.state,
    Letter.tries,
    Letter.owed_at,
    Letter.due_at,
    Letter.try_at,
    Letter.ended_at,
    Letter.address,
    Letter.outcome,
    Letter.patient_id,
)


class Health(NamedTuple):
    """How the post is: seconds since a worker looked, None if none ever did, and letters that should have left."""

    heartbeat_age: float | None
    overdue: int

    @property
    def is_beating(self) -> bool:
        """Whether a worker looked lately."""
        return self.heartbeat_age is not None and self.heartbeat_age <= STALE.total_seconds()


def health(*, now: datetime) -> Health:
    """Return how the post is."""
    last = database.session.scalar(select(func.max(Heartbeat.at)))
    overdue = database.session.scalar(
        select(func.count())
        .select_from(Letter)
        .where(Letter.state.in_(OPEN), Letter.try_at < now - OVERDUE, Letter.not_after > now)
    )
    return Health((now - last).total_seconds() if last else None, int(overdue or 0))


def letters_of(patient_id: int, *, limit: int = 60) -> list[LetterRow]:
    """Return a patient's letters, sent or not, the newest first."""
    query = select(*COLUMNS).where(Letter.patient_id == patient_id).order_by(Letter.id.desc()).limit(limit)
    return [LetterRow._make(row) for row in database.session.execute(query)]


def letters_about(*about: str) -> list[LetterRow]:
    """Return the letters about one thing or several, such as ``appointment:12`` and ``course:3``, in order."""
    query = select(*COLUMNS).where(Letter.about.in_(about)).order_by(Letter.id)
    return [LetterRow._make(row) for row in database.session.execute(query)]


def last_failed(letters: Sequence[LetterRow]) -> LetterRow | None:
    """Return the last of these that the mail server answered, if it failed."""
    answered = [letter for letter in letters if letter.state in (SENT, FAILED)]
    last = max(answered, key=lambda letter: letter.id, default=None)
    return last if last is not None and last.state == FAILED else None


def failed_since(since: datetime) -> int:
    """Return how many letters failed since then."""
    return int(database.session.scalar(_failed_since(), {"since": since}) or 0)


@cache
def _failed_since() -> Select[Any]:
    return select(func.count(Letter.id)).where(Letter.state == FAILED, Letter.ended_at >= bindparam("since"))
