"""Whether holds and appointments agree: run after every migration, restore and race."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from clinic.database import database
from clinic.scheduling.booking.models import Appointment, Resource
from clinic.scheduling.booking.states import Status
from clinic.scheduling.holds import Hold, Stretch
from clinic.timetable.grid import cell_at, cells
from clinic.timetable.intervals import Interval

Cells = set[tuple[str, int, int]]
TAIL = timedelta(days=1)
"""A visit that is under way, or whose room is being tidied, began at most so long ago."""


class Disagreement(NamedTuple):
    """An appointment (or a hold without one) and what is wrong with it."""

    key: str
    words: str


def disagreements(*, since: datetime) -> list[Disagreement]:
    """Return each appointment that is not over at ``since`` and whose holds from then on are missing, too many or
    another's."""
    wanted = _wanted(since)
    held: dict[str, Cells] = defaultdict(set)
    for holder, cell, lane, owner in database.session.execute(
        select(Hold.holder, Hold.cell, Hold.lane, Hold.owner).where(
            Hold.cell >= cell_at(since), Hold.owner.startswith("appointment:")
        )
    ):
        held[owner].add((holder, cell, lane))
    read = _read(since)
    keys = sorted(wanted.keys() | held.keys() | read.keys())
    named = [Disagreement(key, "; ".join(_wrong(wanted[key], held[key], read[key]))) for key in keys]
    return [each for each in named if each.words]


def _wrong(wanted: Cells, held: Cells, read: Cells) -> Iterator[str]:
    if held != read:
        yield "what is read of its time is not what it holds"
    if missing := wanted - held:
        yield f"{len(missing)} of its five-minute holds are missing or another's"
    if extra := held - wanted:
        yield f"it holds {len(extra)} five-minute cells too many"


def _read(since: datetime) -> dict[str, Cells]:
    """Return the same from the stretches, of which openings are read."""
    begin = cell_at(since)
    read: dict[str, Cells] = defaultdict(set)
    rows = database.session.execute(
        select(Stretch.owner, Stretch.holder, Stretch.lane, Stretch.first, Stretch.until).where(
            Stretch.until > begin, Stretch.owner.startswith("appointment:")
        )
    )
    for owner, holder, lane, first, until in rows:
        read[owner] |= {(holder, cell, lane) for cell in range(max(first, begin), until)}
    return read


def _wanted(since: datetime) -> dict[str, Cells]:
    wanted: dict[str, Cells] = defaultdict(set)
    begin = cell_at(since)
    live = (Appointment.starts_at >= since - TAIL, Appointment.status != Status.CANCELED.value)
    rows = database.session.execute(
        select(
            Appointment.id,
            Appointment.therapist_id,
            Appointment.patient_id,
            Appointment.starts_at,
            Appointment.ends_at,
            Appointment.lane,
        ).where(*live)
    )
    for id_, therapist_id, patient_id, starts_at, ends_at, lane in rows:
        for cell in cells(Interval(starts_at, ends_at)):
            wanted[f"appointment:{id_}"] |= {
                (f"therapist:{therapist_id}", cell, lane),
                (f"patient:{patient_id}", cell, 0),
            }
    resources = database.session.execute(
        select(Resource.appointment_id, Resource.holder, Resource.starts_at, Resource.ends_at)
        .join(Appointment, Appointment.id == Resource.appointment_id)
        .where(*live)
    )
    for id_, holder, starts_at, ends_at in resources:
        for cell in cells(Interval(starts_at, ends_at)):
            wanted[f"appointment:{id_}"].add((holder, cell, 0))
    ahead = {key: {held for held in found if held[1] >= begin} for key, found in wanted.items()}
    return defaultdict(set, {key: found for key, found in ahead.items() if found})
