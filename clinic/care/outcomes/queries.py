"""Read the scores of a visit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect, select

from clinic.care.outcomes.models import Score
from clinic.database import database


def scores_at(note_id: int) -> Sequence[Score]:
    """Return the scores of a note, by instrument and edition."""
    query = select(Score).where(Score.note_id == note_id).order_by(Score.instrument, Score.edition)
    return database.session.scalars(query).all()


def score_facts(note_id: int) -> dict[str, Any]:
    """Return the scores of a note as plain values: what a signature stands for; nothing where there are none."""
    names = [one.key for one in inspect(Score).column_attrs]
    found = [{name: getattr(row, name) for name in names} for row in scores_at(note_id)]
    return {"scores": found} if found else {}
