"""Stop something of a home program, with a reason; pause it, and take it up again."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.care.homecare.models import HomeEvent
from clinic.care.homecare.prescribe import ChangedBefore
from clinic.care.homecare.queries import ACTIVE, PAUSED, entry, events_of
from clinic.care.signatures import Clinician, check_words
from clinic.database import database
from clinic.refusals import Unacceptable

REASONS = {
    "worse": "It made the pain worse",
    "spreads": "It spread the pain down the leg",
    "direction": "It goes the wrong way for this back",
    "goal met": "Its goal is met",
    "too easy": "It has become too easy",
    "clinician": "The therapist's choice",
    "patient": "The patient's choice",
}
MOST = 300


def stop_item(*, item_id: int, reason: str, words: str, by: Clinician, now: datetime) -> HomeEvent:
    """Stop an item: it does not come back, and the patient sees at once that it is stopped. The caller commits.

    Raises ``NotFound``, ``Unacceptable`` and ``ChangedBefore``.
    """
    if reason not in REASONS:
        raise Unacceptable("Say why it stops.", field="reason")
    return _note(item_id, "stopped", {ACTIVE, PAUSED}, reason=reason, words=words, by=by, now=now)


def pause_item(*, item_id: int, words: str, by: Clinician, now: datetime) -> HomeEvent:
    """Pause an item until it is taken up again; the caller commits. Raises ``NotFound`` and ``ChangedBefore``."""
    return _note(item_id, "paused", {ACTIVE}, words=words, by=by, now=now)


def resume_item(*, item_id: int, by: Clinician, now: datetime) -> HomeEvent:
    """Take a paused item up again; the caller commits. Raises ``NotFound`` and ``ChangedBefore``."""
    return _note(item_id, "resumed", {PAUSED}, by=by, now=now)


def _note(
    item_id: int, what: str, when: set[str], *, by: Clinician, now: datetime, reason: str = "", words: str = ""
) -> HomeEvent:
    found = entry(item_id)
    if found.status not in when:
        raise ChangedBefore
    check_words(words, MOST, "words")
    event = HomeEvent(
        item_id=item_id,
        number=len(events_of(item_id)) + 1,
        what=what,
        reason=reason,
        words=" ".join(words.split()),
        at=now,
        by=by.name,
        user_id=by.user_id,
    )
    try:
        with database.session.begin_nested():
            database.session.add(event)
    except IntegrityError:
        raise ChangedBefore from None
    audit.record(f"home item {what}", about=found.item.key, by=by.actor, now=now, patient_id=found.item.patient_id)
    return event
