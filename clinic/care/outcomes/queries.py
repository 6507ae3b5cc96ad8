"""Read the scores of a visit, and of the visits of an episode."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from clinic.care.episodes.visits import notes_table
from clinic.care.outcomes.measures import INSTRUMENTS, Scored
from clinic.care.outcomes.models import Score
from clinic.database import columns_of, database


def scores_at(note_id: int) -> Sequence[Score]:
    """Return the scores of a note, by instrument and edition."""
    query = select(Score).where(Score.note_id == note_id).order_by(Score.instrument, Score.edition)
    return database.session.scalars(query).all()


def scores_of(episode_id: int) -> Sequence[Score]:
    """Return the scores of an episode's notes, whose room lies above this one."""
    notes = notes_table()
    query = select(Score).join(notes, notes.c.id == Score.note_id).where(notes.c.episode_id == episode_id)
    return database.session.scalars(query.order_by(notes.c.service_at, Score.id)).all()


def scored_of(row: Score) -> Scored:
    """Return what a row came to, as the instrument's rules said it when it was written."""
    of = INSTRUMENTS[row.instrument]
    given, activities = row.answers.get("items", {}), tuple(row.answers.get("activities", ()))
    asked = len(activities) if of.names_activities else of.version(row.edition).items
    blank = () if of.missing.counts_as_zero else tuple(n for n in range(1, asked + 1) if str(n) not in given)
    return Scored(
        key=row.instrument,
        version=row.edition,
        value=row.value,
        answered=asked - len(blank),
        missing=blank,
        reason=row.words,
        band="" if row.value is None else of.band(row.value),
        activities=activities,
    )


def score_facts(note_id: int) -> dict[str, Any]:
    """Return the scores of a note as plain values: what a signature stands for; nothing where there are none."""
    found = [columns_of(row) for row in scores_at(note_id)]
    return {"scores": found} if found else {}
