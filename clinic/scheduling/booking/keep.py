"""Keep a time for five minutes, while the caller thinks."""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.accounts.models import User
from clinic.scheduling.booking.let_go_of_kept import let_go_of_kept
from clinic.scheduling.booking.models import Kept
from clinic.scheduling.booking.needs import needs_of
from clinic.scheduling.booking.place import check_time, claim_time, meeting, parties, span

KEPT_FOR = timedelta(minutes=5)


def keep(
    *,
    user_id: int,
    therapist_id: int,
    type_id: int,
    starts_at: datetime,
    by: Actor,
    now: datetime,
    patient_id: int | None = None,
) -> Kept:
    """Hold all that an appointment would hold, for ``KEPT_FOR``, in place of what the user kept; the caller commits.

    The patient's time is held where they are known. Raises ``TimeTaken``, and what ``place.parties`` and
    ``place.check_time`` raise; what the user kept before then stays theirs.
    """
    database.session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    whom = (
        meeting(therapist_id=therapist_id, type_id=type_id)
        if patient_id is None
        else parties(patient_id=patient_id, therapist_id=therapist_id, type_id=type_id)
    )
    when = span(starts_at, whom.kind.length)
    check_time(whom, when, now=now, reason="", may_be_past=False)
    let_go_of_kept(user_id=user_id, now=now)
    kept = Kept(
        user_id=user_id,
        name=by.name,
        therapist_id=therapist_id,
        type_id=type_id,
        starts_at=when.start,
        ends_at=when.end,
        until=now + KEPT_FOR,
    )
    database.session.add(kept)
    database.session.flush()
    claim_time(kept.key, when, therapist_id=therapist_id, patient_id=patient_id, needs=needs_of(whom.kind))
    facts = {"starts_at": starts_at, "therapist_id": therapist_id, "type_id": type_id, "until": kept.until}
    audit.record("time kept", about=kept.key, by=by, now=now, patient_id=patient_id, after=facts)
    return kept
