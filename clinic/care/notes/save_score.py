"""Score a measure of a draft by its answers."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from clinic import audit
from clinic.care.notes.models import Note
from clinic.care.notes.the_row import measure, note_to_change, touch, unmeasure
from clinic.care.notes.thresholds import is_the_clinics
from clinic.care.outcomes.write import write
from clinic.care.signatures import Clinician, check_words
from clinic.refusals import Unacceptable

PAIN = "nprs"


class WrittenInTheNote(Unacceptable):
    """Pain has fields of its own in every note."""

    def __init__(self) -> None:
        super().__init__("Pain is written in the note itself: now, best and worst in 24 hours.")


def save_score(
    *,
    note_id: int,
    instrument: str,
    edition: str,
    answers: Sequence[Decimal | int | None],
    activities: Sequence[str] = (),
    seen: int,
    by: Clinician,
    now: datetime,
) -> Note:
    """Write down the answers of a measure, by item number; a score stands among the note's measures too.

    The caller commits. Raises ``NotFound``, ``AlreadySigned``, ``SavedElsewhere`` unless the draft is as ``seen``,
    ``WrittenInTheNote``, ``NotAnAnswer`` beside the first answer that cannot be, and ``Unacceptable`` beside words that
    cannot be kept: then nothing is saved.
    """
    note = note_to_change(note_id, seen=seen)
    if instrument == PAIN:
        raise WrittenInTheNote
    for number, name in enumerate(activities, 1):
        check_words(name, None, f"activity.{number}")
    written = write(note_id=note.id, key=instrument, edition=edition, answers=answers, activities=activities)
    if written.changed:
        found = written.scored
        if found.value is not None and is_the_clinics(found.key, found.version):
            measure(note, key=instrument, value=found.value)
        else:
            unmeasure(note, key=instrument, was=written.was)
        touch(note, by=by, now=now)
        audit.record("measure scored", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note
