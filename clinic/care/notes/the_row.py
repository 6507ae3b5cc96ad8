"""Find a note to change it, with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from clinic.care import gait, manual_therapy
from clinic.care.notes.models import (
    Evaluation,
    FlagAnswer,
    GoalReading,
    Measurement,
    Note,
    PainRegion,
    Run,
    Treatment,
)
from clinic.care.outcomes.queries import score_facts
from clinic.care.signatures import AlreadySigned, Clinician
from clinic.database import Base, columns_of, database
from clinic.refusals import ChangedMeanwhile, NotFound

LARGEST_ID = 2**31 - 1
UNSIGNED_FIELDS = frozenset({"version", "saved_at", "saved_by", "signed_at", "content_hash", "created_at"})


class SavedElsewhere(ChangedMeanwhile):
    """The draft was saved in another tab, or by somebody else."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(
            f"This note was saved by {note.saved_by} somewhere else since you opened it. What you typed here is not "
            "saved. Copy what you need, then load the page again."
        )


@dataclass
class Content:
    """A note with all its rows."""

    note: Note
    evaluation: Evaluation | None = None
    measurements: Sequence[Measurement] = ()
    treatments: Sequence[Treatment] = ()
    runs: Sequence[Run] = ()
    regions: Sequence[PainRegion] = ()
    flags: Sequence[FlagAnswer] = ()
    goals: Sequence[GoalReading] = ()
    _rows: dict[str, Any] = field(default_factory=dict, repr=False)

    def facts(self) -> dict[str, Any]:
        """Return the whole content as plain values: what a signature stands for."""
        lists: dict[str, Sequence[Base]] = {
            "measurements": self.measurements,
            "treatments": self.treatments,
            "regions": self.regions,
            "flags": self.flags,
            "goals": self.goals,
        }
        note_id = self.note.id
        given = gait.analysis_of(note_id).facts() | manual_therapy.given_at(note_id).facts() | score_facts(note_id)
        return {
            "note": columns_of(self.note, leave_out=UNSIGNED_FIELDS),
            "evaluation": columns_of(self.evaluation) if self.evaluation is not None else None,
            **{name: [columns_of(row) for row in rows] for name, rows in lists.items()},
            "runs": [_facts_of_run(row) for row in self.runs],
            **given,
        }


def note_to_change(note_id: int, *, seen: int | None = None) -> Note:
    """Lock and return a draft.

    Raises ``NotFound``, ``AlreadySigned``, or ``SavedElsewhere`` unless it is as ``seen``.
    """
    query = select(Note).where(Note.id == (note_id if 0 < note_id <= LARGEST_ID else 0))
    found = database.session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("There is no such note.")
    if found.is_signed:
        raise AlreadySigned
    if seen is not None and found.version != seen:
        raise SavedElsewhere(found)
    return found


def touch(note: Note, *, by: Clinician, now: datetime) -> None:
    """Note that a draft was changed."""
    note.version += 1
    note.saved_at, note.saved_by = now, by.name


def measure(note: Note, *, key: str, value: Decimal | None) -> None:
    """Set a measure of a draft to what was found elsewhere in the same visit; None leaves it as it is."""
    if value is None:
        return
    same = select(Measurement).where(Measurement.note_id == note.id, Measurement.measure == key, Measurement.side == "")
    row = database.session.scalars(same).first()
    if row is None:
        database.session.add(Measurement(note_id=note.id, measure=key, value=value))
    else:
        row.value, row.carried_from = value, None


def unmeasure(note: Note, *, key: str, was: Decimal | None) -> None:
    """Empty a measure of a draft that still has the value ``was``, since what it came from is gone."""
    same = select(Measurement).where(Measurement.note_id == note.id, Measurement.measure == key, Measurement.side == "")
    row = database.session.scalars(same).first()
    if row is not None and was is not None and row.value == was and row.carried_from is None:
        row.value = None


def content_of(note: Note) -> Content:
    """Return a note with all its rows."""
    session = database.session

    def rows(model: type[Any], *order: Any) -> Sequence[Any]:
        return session.scalars(select(model).where(model.note_id == note.id).order_by(*order)).all()

    return Content(
        note,
        evaluation=session.get(Evaluation, note.id),
        measurements=rows(Measurement, Measurement.id),
        treatments=rows(Treatment, Treatment.position, Treatment.id),
        runs=rows(Run, Run.ran_on, Run.id),
        regions=rows(PainRegion, PainRegion.number),
        flags=rows(FlagAnswer, FlagAnswer.question),
        goals=rows(GoalReading, GoalReading.goal_id),
    )


def _facts_of_run(run: Run) -> dict[str, Any]:
    """Return a run as values; without a distance as it was signed before distances were asked."""
    return columns_of(run, leave_out=() if run.km is not None else ("km",))
