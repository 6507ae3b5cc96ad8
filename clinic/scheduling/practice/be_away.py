"""A therapist is away: the time is held, within working hours only."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling import holds
from clinic.scheduling.holds import Claim, TimeTaken
from clinic.scheduling.practice.fields import clean_text, known_id
from clinic.scheduling.practice.in_use import InUse, booked_between
from clinic.scheduling.practice.models import Therapist, TimeOff
from clinic.scheduling.practice.queries import local_day, lock_location, open_hours
from clinic.timetable.intervals import Interval

LONGEST = timedelta(days=366)


class AlreadyEntered(Refusal):
    """This very form was used before, for other time off, or for some that was taken back since."""


def take_time_off(
    *,
    therapist_id: int,
    starts_at: datetime,
    ends_at: datetime,
    label: str,
    by: Actor,
    now: datetime,
    request_id: str | None = None,
) -> TimeOff:
    """Hold a therapist's working time from ``starts_at`` to ``ends_at``; the caller commits.

    The same ``request_id`` gives back the first result. Raises ``AlreadyEntered``, ``InUse`` with the visits in the
    way, ``Unacceptable`` and ``NotFound``.
    """
    label = clean_text(label or "Away", field="label", most=60)
    twin = _already(request_id, therapist_id=therapist_id, starts_at=starts_at, ends_at=ends_at, label=label)
    if twin is not None:
        return twin
    therapist = _therapist(therapist_id)
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise Unacceptable("The end must come after the start, at most a year later.", field="ends_at")
    if ends_at <= now:
        raise Unacceptable("That time has passed already.", field="starts_on")
    lock_location(therapist.location_id)
    away = TimeOff(
        therapist_id=therapist.id,
        starts_at=starts_at,
        ends_at=ends_at,
        label=label,
        request_id=request_id,
    )
    database.session.add(away)
    database.session.flush()
    _hold(away)
    audit.record(
        "time off entered",
        about=f"therapist:{therapist.id}",
        by=by,
        now=now,
        after={"starts_at": starts_at, "ends_at": ends_at},
    )
    return away


def cancel_time_off(*, time_off_id: int, by: Actor, now: datetime) -> TimeOff:
    """Give a therapist's time back; the caller commits."""
    sentence = "There is no such time off."
    away = database.session.get(TimeOff, known_id(time_off_id, sentence), with_for_update=True)
    if away is None:
        raise NotFound(sentence)
    if away.canceled_at is None:
        away.canceled_at = now
        holds.release(_owner(away))
        before = {"starts_at": away.starts_at, "ends_at": away.ends_at}
        audit.record("time off canceled", about=f"therapist:{away.therapist_id}", by=by, now=now, before=before)
    return away


def hold_again(therapist_id: int, *, now: datetime) -> None:
    """Hold coming time off anew, within the hours as they have become; the caller commits.

    Raises ``InUse`` where visits were booked in time that only now is working time.
    """
    coming = select(TimeOff).where(
        TimeOff.therapist_id == therapist_id, TimeOff.canceled_at.is_(None), TimeOff.ends_at > now
    )
    for away in database.session.scalars(coming.order_by(TimeOff.id)).all():
        holds.release(_owner(away))
        _hold(away, "Visits are booked in time off that would then be working time. Move or cancel them first.")


def _already(request_id: str | None, **same: Any) -> TimeOff | None:
    if request_id is None:
        return None
    found = database.session.scalars(select(TimeOff).where(TimeOff.request_id == request_id)).first()
    if found is None:
        return None
    if found.canceled_at is not None:
        raise AlreadyEntered("What this form entered was taken back since. Load the page again to enter it anew.")
    if any(getattr(found, name) != value for name, value in same.items()):
        raise AlreadyEntered("This form has already entered other time off. Load the page again to enter more.")
    return found


def _hold(away: TimeOff, sentence: str = "Visits are booked in that time. Move or cancel them first.") -> None:
    holder, spans = f"therapist:{away.therapist_id}", _working_time(away)
    try:
        holds.take(_owner(away), [Claim(holder, span) for span in spans])
    except TimeTaken as taken:
        owners = dict.fromkeys(owner for span in spans for owner in booked_between(holder, span))
        if owners:
            raise InUse(list(owners), sentence, field="starts_at") from taken
        raise InUse([], "Time off is entered for that time already.", field="starts_at") from taken


def _working_time(away: TimeOff) -> list[Interval]:
    zone = lock_location(_therapist(away.therapist_id).location_id).tz
    days = {"first": local_day(away.starts_at, zone), "last": local_day(away.ends_at, zone)}
    hours = open_hours([away.therapist_id], zone=zone, **days, with_closures=False)[away.therapist_id]
    whole = Interval(away.starts_at, away.ends_at)
    return [part for part in (span.clip(whole) for span in hours) if part is not None]


def _therapist(therapist_id: int) -> Therapist:
    sentence = "There is no such therapist."
    therapist = database.session.get(Therapist, known_id(therapist_id, sentence))
    if therapist is None:
        raise NotFound(sentence)
    return therapist


def _owner(away: TimeOff) -> str:
    return f"time_off:{away.id}"
