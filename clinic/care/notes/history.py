"""What was measured before: each measure's readings through an episode, and what stands unchanged."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from clinic.care.notes.carry import earlier_notes
from clinic.care.notes.models import Measurement, Note
from clinic.database import database


class Reading(NamedTuple):
    """A value that was measured at a visit, not carried."""

    visit: int
    at: datetime
    value: Decimal | None
    grade: str


Readings = Mapping[tuple[str, str], Sequence[Reading]]
PAIN = ("pain_now", "pain_best", "pain_worst")


def readings_before(note: Note) -> Readings:
    """Return for each measure and side what was read at earlier visits of the episode, oldest first; pain among them.

    Pain's keys are ``("pain_now", "")`` and so on.
    """
    before = list(reversed(earlier_notes(note)))
    found: dict[tuple[str, str], list[Reading]] = {}
    for one in before:
        for name in PAIN:
            value = getattr(one, name)
            if value is not None:
                reading = Reading(one.visit_number, one.service_at, Decimal(value), "")
                found.setdefault((name, ""), []).append(reading)
    by_id = {one.id: one for one in before}
    query = select(Measurement).where(Measurement.note_id.in_(by_id), Measurement.carried_from.is_(None))
    rows = sorted(database.session.scalars(query), key=lambda row: (by_id[row.note_id].service_at, row.id))
    for row in rows:
        if row.value is not None or row.grade:
            one = by_id[row.note_id]
            reading = Reading(one.visit_number, one.service_at, row.value, row.grade)
            found.setdefault((row.measure, row.side), []).append(reading)
    return found


def unchanged_since(readings: Sequence[Reading], value: Decimal | None) -> int | None:
    """Return the first visit from which on every reading is ``value``; None where the last one differs."""
    since = None
    for reading in reversed(readings):
        if reading.value != value:
            break
        since = reading.visit
    return since
