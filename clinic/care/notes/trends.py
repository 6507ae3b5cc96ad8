"""What was scored over the visits of an episode."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from clinic.care.notes.models import Measurement, Note
from clinic.care.notes.thresholds import OWN
from clinic.care.outcomes.measures import INSTRUMENTS, Scored
from clinic.care.outcomes.queries import scored_of, scores_of
from clinic.database import database

PAIN = {"now": "pain_now", "best": "pain_best", "worst": "pain_worst"}
"""The moments of the NPRS that are fields of every note."""


class Point(NamedTuple):
    """A score of a visit; ``typed`` is a total that somebody typed, without answers."""

    note_id: int
    visit: int
    at: datetime
    is_signed: bool
    scored: Scored
    typed: bool = False

    @property
    def value(self) -> Decimal | None:
        """The score, or None where too much is missing."""
        return self.scored.value


def points_of(episode_id: int) -> dict[str, list[Point]]:
    """Return an episode's scores by instrument, oldest first; the NPRS as the notes' own fields of pain.

    A total that was typed is a score too, of the only version that the clinic's measure is meant for, or of one that is
    not recorded; one that was carried is not.
    """
    query = select(Note).where(Note.episode_id == episode_id).order_by(Note.service_at, Note.id)
    notes = {one.id: one for one in database.session.scalars(query)}
    found: dict[str, list[Point]] = {key: [] for key in INSTRUMENTS}
    answered = set()
    for score in scores_of(episode_id):
        answered.add((score.note_id, score.instrument))
        found[score.instrument].append(_point(notes[score.note_id], scored_of(score)))
    totals = select(Measurement).where(
        Measurement.note_id.in_(notes),
        Measurement.measure.in_(INSTRUMENTS),
        Measurement.carried_from.is_(None),
        Measurement.value.is_not(None),
    )
    for row in database.session.scalars(totals):
        if (row.note_id, row.measure) not in answered:
            found[row.measure].append(_point(notes[row.note_id], _total(row.measure, row.value), typed=True))
    for note in notes.values():
        pains = ((moment, getattr(note, name)) for moment, name in PAIN.items())
        found["nprs"] += [
            _point(note, Scored(key="nprs", version=moment, value=Decimal(pain), answered=1))
            for moment, pain in pains
            if pain is not None
        ]
    return {key: sorted(points, key=lambda one: (one.at, one.note_id)) for key, points in found.items()}


def of_version(points: Sequence[Point], version: str) -> list[Point]:
    """Return the points of one version."""
    return [one for one in points if one.scored.version == version]


def _total(key: str, value: Decimal | None) -> Scored:
    of = INSTRUMENTS[key]
    meant = [one.key for one in of.versions if (key, one.key) not in OWN]
    version = meant[0] if len(meant) == 1 else ""
    return Scored(key=key, version=version, value=value, band="" if value is None else of.band(value))


def _point(note: Note, scored: Scored, *, typed: bool = False) -> Point:
    return Point(note.id, note.visit_number, note.service_at, note.is_signed, scored, typed)
