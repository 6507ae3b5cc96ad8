"""Carry values, never sentences, from the last visit into a new note."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.care.notes.models import Measurement, Note, Treatment
from clinic.care.plans.models import Intervention
from clinic.care.plans.queries import plan_in_force
from clinic.database import database

AT_HOME = "home care"


def carry_forward(note: Note) -> None:
    """Put the values that were last taken in this episode into a note that was just begun, each marked with its visit.

    Treatments come from the last visit's note, or from the plan where this is the first visit after it.
    """
    before = earlier_notes(note)
    number_of = {one.id: one.visit_number for one in before}
    latest: dict[tuple[str, str], Measurement] = {}
    for row in _measurements([one.id for one in before]):
        latest.setdefault((row.measure, row.side), row)
    database.session.add_all(
        Measurement(
            note_id=note.id,
            measure=row.measure,
            side=row.side,
            value=row.value,
            grade=row.grade,
            carried_from=number_of[row.note_id] if row.carried_from is None else row.carried_from,
        )
        for row in sorted(latest.values(), key=lambda row: row.id)
        if row.value is not None or row.grade
    )
    database.session.add_all(_treatments(note, before[0] if before else None))


def earlier_notes(note: Note) -> Sequence[Note]:
    """Return the episode's notes before this one, the newest first."""
    query = select(Note).where(
        Note.episode_id == note.episode_id, Note.id != note.id, Note.service_at < note.service_at
    )
    return database.session.scalars(query.order_by(Note.service_at.desc(), Note.id.desc())).all()


def _measurements(note_ids: Sequence[int]) -> Sequence[Measurement]:
    query = select(Measurement).join(Note, Note.id == Measurement.note_id).where(Measurement.note_id.in_(note_ids))
    return database.session.scalars(query.order_by(Note.service_at.desc(), Measurement.id)).all()


def _treatments(note: Note, last: Note | None) -> list[Treatment]:
    query = select(Treatment).where(Treatment.note_id == (last.id if last else 0)).order_by(Treatment.position)
    rows = database.session.scalars(query).all()
    if last is not None and rows:
        return [
            Treatment(
                note_id=note.id,
                position=place,
                kind=row.kind,
                category=row.category,
                name=row.name,
                side=row.side,
                dose=row.dose,
                minutes=row.minutes,
                carried_from=row.carried_from or last.visit_number,
            )
            for place, row in enumerate(rows)
        ]
    plan = plan_in_force(note.episode_id)
    if plan is None:
        return []
    planned = select(Intervention).where(
        Intervention.plan_id == plan.id, Intervention.kind != AT_HOME, Intervention.stopped == ""
    )
    return [
        Treatment(
            note_id=note.id,
            position=place,
            kind=row.kind,
            category=row.category,
            name=row.name,
            side=row.side,
            dose=row.dose,
            minutes=row.minutes,
            carried_from=0,
        )
        for place, row in enumerate(database.session.scalars(planned.order_by(Intervention.position)))
    ]
