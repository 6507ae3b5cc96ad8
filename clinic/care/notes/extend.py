"""Put a measure into a draft, or make it a note of another kind."""

from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.care.notes.begin import refuse_unless_allowed
from clinic.care.notes.measures import measures
from clinic.care.notes.models import KINDS, Measurement, Note
from clinic.care.notes.the_row import note_to_change
from clinic.care.signatures import Clinician
from clinic.database import database
from clinic.refusals import Unacceptable


def add_measure(*, note_id: int, measure: str, by: Clinician, now: datetime) -> Note:
    """Put a measure's rows, empty, into a draft; the caller commits. Raises ``NotFound`` and ``Unacceptable``."""
    note = note_to_change(note_id)
    known = measures().get(measure)
    if known is None or known.section == "pain":
        raise Unacceptable("Choose a measure.", field="add_measure")
    there = select(Measurement.side).where(Measurement.note_id == note_id, Measurement.measure == measure)
    taken = set(database.session.scalars(there))
    database.session.add_all(
        Measurement(note_id=note_id, measure=measure, side=side) for side in known.sides if side not in taken
    )
    note.version += 1
    note.saved_at, note.saved_by = now, by.name
    return note


def change_kind(*, note_id: int, kind: str, by: Clinician, now: datetime) -> Note:
    """Make a draft a visit's note, a report or a discharge summary; the caller commits.

    Raises ``NotFound``, ``NotForYou`` and ``Unacceptable``: an evaluation stays one.
    """
    note = note_to_change(note_id)
    if kind not in KINDS or "evaluation" in (kind, note.kind):
        raise Unacceptable("Choose what kind of note it is.", field="kind")
    refuse_unless_allowed(kind, by)
    if kind != note.kind:
        audit.record(
            "note made another kind",
            about=note.key,
            by=by.actor,
            now=now,
            patient_id=note.patient_id,
            before={"kind": note.kind},
            after={"kind": kind},
        )
        note.kind = kind
        note.version += 1
        note.saved_at, note.saved_by = now, by.name
    return note
