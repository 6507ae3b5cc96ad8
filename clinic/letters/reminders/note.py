"""Write down what became of a letter, and what its patient has thereby been told."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select, update

from clinic import outbox
from clinic.database import database
from clinic.letters.reminders.rules import TELLING
from clinic.outbox import Due, Letter, Outcome
from clinic.outbox.mark import SentLetter, Verdict
from clinic.scheduling.booking import Appointment

_COLUMNS = ("told_at", "told_starts_at", "told_ends_at", "told_place", "told_canceled", "told_sequence")
_TOLD = (
    update(Appointment)
    .where(Appointment.id == bindparam("visit"))
    .values({column: bindparam(column) for column in _COLUMNS})
)
"""Built once, since a worker says it for every letter; whoever changes a visit reads it afresh."""


def note(letter_id: int, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of a parcel, and what the patient has thereby been told; the caller commits."""
    if outcome.verdict is Verdict.TAKEN:
        sent = outbox.mark_sent(letter_id, words=outcome.words, now=now)
        if sent is not None:
            tell(sent, at=now)
        return
    letter = database.session.scalars(_handed_over(), {"id": letter_id}).one()
    if letter.state == outbox.SENT:
        return
    outbox.mark_not_taken(letter, outcome, now=now)
    if letter.state == outbox.FAILED and letter.handed:
        tell(letter, at=now)


@cache
def _handed_over() -> Select[Letter]:
    locked = select(Letter).where(Letter.id == bindparam("id")).with_for_update()
    return locked.execution_options(populate_existing=True)


def tell(letter: Letter | Due | SentLetter, *, at: datetime | None) -> None:
    """Write down what the patient has been told, and when, of each visit that ``letter`` tells; the caller commits."""
    if letter.kind not in TELLING or not letter.facts:
        return
    told = [
        {
            "visit": int(facts.get("id") or letter.about.removeprefix("appointment:")),
            "told_at": at,
            "told_starts_at": datetime.fromisoformat(facts["starts_at"]),
            "told_ends_at": datetime.fromisoformat(facts["ends_at"]),
            "told_place": facts["place"],
            "told_canceled": facts["canceled"],
            "told_sequence": facts["sequence"],
        }
        for facts in letter.facts.get("visits", [letter.facts])
    ]
    database.session.connection().execute(_TOLD, told)
