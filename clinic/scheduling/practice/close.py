"""Close the location for a time, and open it again."""

from datetime import datetime, timedelta

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import holds
from clinic.scheduling.practice.fields import clean_text, known_id
from clinic.scheduling.practice.in_use import InUse
from clinic.scheduling.practice.models import Closure
from clinic.scheduling.practice.queries import lock_location
from clinic.timetable.intervals import Interval

LONGEST = timedelta(days=92)


def close(*, location_id: int, starts_at: datetime, ends_at: datetime, label: str, by: Actor, now: datetime) -> Closure:
    """Close the location from ``starts_at`` to ``ends_at``; the caller commits.

    Raises ``InUse`` with the visits that are booked in it, and ``Unacceptable``.
    """
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise Unacceptable("The end must come after the start, at most three months later.", field="ends_at")
    if ends_at <= now:
        raise Unacceptable("That time has passed already.", field="starts_on")
    location = lock_location(known_id(location_id, "There is no such location."), changing=True)
    owners = holds.owners_between("therapist:", Interval(starts_at, ends_at), owners="appointment:")
    if owners:
        raise InUse(owners, "Visits are booked in that time. Move or cancel them first.", field="starts_at")
    closure = Closure(
        location_id=location.id, starts_at=starts_at, ends_at=ends_at, label=clean_text(label, field="label", most=60)
    )
    database.session.add(closure)
    database.session.flush()
    after = {"label": closure.label, "starts_at": starts_at, "ends_at": ends_at}
    audit.record("closed", about=f"closure:{closure.id}", by=by, now=now, after=after)
    return closure


def reopen(*, closure_id: int, by: Actor, now: datetime) -> Closure:
    """Take a closure back; the caller commits."""
    sentence = "There is no such closure."
    closure = database.session.get(Closure, known_id(closure_id, sentence), with_for_update=True)
    if closure is None:
        raise NotFound(sentence)
    if closure.canceled_at is None:
        closure.canceled_at = now
        before = {"label": closure.label, "starts_at": closure.starts_at, "ends_at": closure.ends_at}
        audit.record("reopened", about=f"closure:{closure.id}", by=by, now=now, before=before)
    return closure
