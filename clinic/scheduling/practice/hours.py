"""When a therapist works."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, or_, select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.practice.be_away import hold_again
from clinic.scheduling.practice.fields import DAY_MINUTES, known_id
from clinic.scheduling.practice.models import DatedHours, Therapist, WorkingHours
from clinic.scheduling.practice.queries import local_day, location, lock_location

WeeklySpan = tuple[int, int, int]
Span = tuple[int, int]


def set_weekly_hours(
    *, therapist_id: int, spans: Sequence[WeeklySpan], from_on: date, by: Actor, now: datetime
) -> None:
    """Let a therapist work ``spans`` from a date on: (weekday, minute from, minute until), 0 is Monday.

    What was agreed for later dates is replaced; visits that are booked stay. The caller commits.
    Raises ``Unacceptable``, also for a date before today, but for somebody who has no hours yet, and ``NotFound``.
    """
    therapist = _lock(therapist_id)
    _check([(day, a, b) for day, a, b in spans])
    mine = WorkingHours.therapist_id == therapist.id
    before = _holding(therapist, from_on, now=now)
    database.session.execute(delete(WorkingHours).where(mine, WorkingHours.from_on >= from_on))
    lasting = select(WorkingHours).where(mine, or_(WorkingHours.until_on.is_(None), WorkingHours.until_on >= from_on))
    for row in database.session.scalars(lasting):
        row.until_on = from_on - timedelta(days=1)
    database.session.add_all(
        WorkingHours(
            therapist_id=therapist.id,
            location_id=therapist.location_id,
            weekday=day,
            starts=starts,
            ends=ends,
            from_on=from_on,
        )
        for day, starts, ends in spans
    )
    database.session.flush()
    hold_again(therapist.id, now=now)
    after = {"from": from_on, "spans": [list(span) for span in spans]}
    audit.record("hours changed", about=f"therapist:{therapist.id}", by=by, now=now, before=before, after=after)


def set_dated_hours(*, therapist_id: int, on: date, spans: Sequence[Span], by: Actor, now: datetime) -> None:
    """Let a therapist work ``spans`` on one date instead of the weekly ones; none is a day off. The caller commits.

    Raises ``Unacceptable`` and ``NotFound``.
    """
    therapist = _lock(therapist_id)
    _check([(0, a, b) for a, b in spans])
    _forget(therapist.id, on)
    rows: list[tuple[int | None, int | None]] = list(spans) or [(None, None)]
    database.session.add_all(
        DatedHours(therapist_id=therapist.id, location_id=therapist.location_id, on=on, starts=starts, ends=ends)
        for starts, ends in rows
    )
    database.session.flush()
    hold_again(therapist.id, now=now)
    after = {"on": on, "spans": [list(span) for span in spans]}
    audit.record("dated hours set", about=f"therapist:{therapist.id}", by=by, now=now, after=after)


def remove_dated_hours(*, therapist_id: int, on: date, by: Actor, now: datetime) -> None:
    """Let the weekly hours hold on a date again; the caller commits."""
    therapist = _lock(therapist_id)
    _forget(therapist.id, on)
    database.session.flush()
    hold_again(therapist.id, now=now)
    audit.record("dated hours removed", about=f"therapist:{therapist.id}", by=by, now=now, after={"on": on})


def _holding(therapist: Therapist, on: date, *, now: datetime) -> dict[str, Any]:
    """Return the weekly hours that hold on a date, as the trail keeps them. Raises ``Unacceptable`` for the past."""
    rows = database.session.scalars(select(WorkingHours).where(WorkingHours.therapist_id == therapist.id)).all()
    if rows and on < local_day(now, location().tz):
        raise Unacceptable(
            "Hours that have been worked stay as they were. Let others hold from today on.", field="from_on"
        )
    then = [row for row in rows if row.from_on <= on and (row.until_on is None or row.until_on >= on)]
    if not then:
        return {}
    spans = sorted((row.weekday, row.starts, row.ends) for row in then)
    return {"from": min(row.from_on for row in then), "spans": [list(span) for span in spans]}


def _forget(therapist_id: int, on: date) -> None:
    database.session.execute(delete(DatedHours).where(DatedHours.therapist_id == therapist_id, DatedHours.on == on))


def _lock(therapist_id: int) -> Therapist:
    sentence = "There is no such therapist."
    therapist = database.session.get(Therapist, known_id(therapist_id, sentence))
    if therapist is None:
        raise NotFound(sentence)
    lock_location(therapist.location_id, changing=True)
    return therapist


def _check(spans: Sequence[WeeklySpan]) -> None:
    for day, starts, ends in spans:
        if day not in range(7) or not 0 <= starts < ends <= DAY_MINUTES or starts % 5 or ends % 5:
            raise Unacceptable("Hours go from an earlier to a later time, in steps of 5 minutes.", field="spans")
    ordered = sorted(spans)
    for (day, _, ends), (next_day, starts, _) in pairwise(ordered):
        if day == next_day and starts < ends:
            raise Unacceptable("Two spans of one day overlap.", field="spans")
