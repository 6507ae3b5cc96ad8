"""Take a score out of a draft."""

from datetime import datetime

from clinic import audit
from clinic.care.notes.models import Note
from clinic.care.notes.the_row import note_to_change, touch, unmeasure
from clinic.care.outcomes.write import take_out
from clinic.care.signatures import Clinician


def take_out_score(*, note_id: int, instrument: str, seen: int, by: Clinician, now: datetime) -> Note:
    """Take the answers of a measure, and the value that they came to, out of a draft; the caller commits.

    Raises ``NotFound``, ``AlreadySigned``, and ``SavedElsewhere`` unless the draft is as ``seen``.
    """
    note = note_to_change(note_id, seen=seen)
    unmeasure(note, key=instrument, was=take_out(note_id=note.id, key=instrument))
    touch(note, by=by, now=now)
    audit.record("score taken out", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note
