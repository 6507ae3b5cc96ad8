"""Try a failed letter again."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.outbox.models import FAILED, OWED, Letter
from clinic.refusals import NotFound, Refusal


class NotFailed(Refusal):
    """Only a letter that failed, and is still of use, can be tried again."""


def try_again(letter_id: int, *, by: Actor, now: datetime) -> Letter:
    """Owe a failed letter once more, to be written anew; the caller commits. Raises ``NotFailed``."""
    letter = database.session.get(Letter, letter_id, with_for_update=True) if 0 < letter_id < 2**31 else None
    if letter is None:
        raise NotFound("There is no such letter.")
    if letter.state != FAILED:
        raise NotFailed("This letter has not failed; there is nothing to try again.")
    if letter.not_after <= now:
        raise NotFailed("It is too late for this letter. Please tell the patient by phone.")
    letter.state, letter.try_at, letter.tries, letter.ended_at, letter.outcome = OWED, now, 0, None, ""
    if not letter.handed:
        letter.raw, letter.facts, letter.message_id = None, None, ""
    audit.record("letter tried again", about=letter.about, by=by, now=now, patient_id=letter.patient_id)
    return letter
