"""A therapist takes note that a caller was sent to the emergency department."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.care.intake.models import Screening
from clinic.care.intake.sentence import YES_OR_UNSURE
from clinic.database import database
from clinic.refusals import NotFound


def take_note(*, screening_id: int, by: Actor, now: datetime) -> Screening:
    """Note who has seen it and when; a second time changes nothing. The caller commits. Raises ``NotFound``."""
    found = database.session.get(Screening, screening_id, with_for_update=True) if 0 < screening_id < 2**31 else None
    if found is None or found.answer != YES_OR_UNSURE:
        raise NotFound("There is no such message.")
    if found.seen_at is None:
        found.seen_at, found.seen_by = now, by.name
        audit.record("noted by a therapist", about=f"screening:{found.id}", by=by, now=now)
    return found
