"""Save the manual therapy of a draft; its minutes, doses and responses flow into the rows of the note."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.care import manual_therapy
from clinic.care.manual_therapy import ManualFacts
from clinic.care.manual_therapy.dictionary import points
from clinic.care.manual_therapy.note_rows import NoteRow, rows_of
from clinic.care.notes.models import Note, Treatment
from clinic.care.notes.the_row import note_to_change, touch
from clinic.care.signatures import Clinician, NotForYou
from clinic.database import database

KIND, CATEGORY = "manual therapy", "manual"
WRITTEN = ("side", "dose", "minutes", "response")
ONLY_A_THERAPIST = "A thrust is given by a licensed physical therapist, not by an assistant or a student."
"""APTA papers (docslib 8805507 and 8034593): not to be delegated."""


def save_manual(*, note_id: int, facts: ManualFacts, seen: int, by: Clinician, now: datetime) -> Note:
    """Write down manual therapy, and what the note's own rows say of it. The caller commits.

    Raises ``NotFound``, ``AlreadySigned``, ``SavedElsewhere`` unless the draft is as ``seen``, ``NotForYou`` where
    somebody else than a therapist would write of a thrust, and ``Unacceptable`` beside the first field that cannot be:
    then nothing is saved.
    """
    note = note_to_change(note_id, seen=seen)
    if not by.is_therapist and manual_therapy.changes_a_thrust(note_id=note.id, facts=facts):
        raise NotForYou(ONLY_A_THERAPIST)
    before = _rows(note.id)
    if manual_therapy.write(note_id=note.id, facts=facts):
        _flow_into_the_note(note, before, _rows(note.id))
        touch(note, by=by, now=now)
        audit.record("manual therapy saved", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note


def _rows(note_id: int) -> list[NoteRow]:
    given = manual_therapy.given_at(note_id)
    labels = {one.key: one.label for one in points().values()} if given.points else {}
    minutes = given.row.minutes if given.row is not None else None
    return rows_of(points=given.points, techniques=given.techniques, minutes=minutes, labels=labels)


def _flow_into_the_note(note: Note, before: Sequence[NoteRow], after: Sequence[NoteRow]) -> None:
    """Set what the program wrote of these rows; what a therapist typed over it by hand stays."""
    query = select(Treatment).where(Treatment.note_id == note.id, Treatment.category == CATEGORY)
    free = list(database.session.scalars(query.order_by(Treatment.position, Treatment.id)))
    was = {one.key: one for one in before}
    there = {one.key: _take(free, one) for one in before}
    for one in after:
        row = there.pop(one.key, None) or _take(free, one)
        if row is None:
            row = Treatment(note_id=note.id, position=_next_place(note.id), kind=KIND, category=CATEGORY, name=one.name)
            database.session.add(row)
            _set(row, one, WRITTEN)
        else:
            last = was.get(one.key)
            carried = row.carried_from is not None
            mine = [
                name
                for name in WRITTEN
                if carried or getattr(row, name) in (None, "") or (last and getattr(row, name) == getattr(last, name))
            ]
            row.name = one.name
            _set(row, one, mine)
        database.session.flush()
    for left in there.values():
        if left is not None:
            database.session.delete(left)


def _take(free: list[Treatment], one: NoteRow) -> Treatment | None:
    """Take the row of this name out of those that are free, the one of the same side first."""
    named = [row for row in free if row.name.strip().casefold() == one.name.casefold()]
    found = next((row for row in named if row.side == one.side), next(iter(named), None))
    if found is not None:
        free.remove(found)
    return found


def _next_place(note_id: int) -> int:
    last = select(Treatment.position).where(Treatment.note_id == note_id).order_by(Treatment.position.desc()).limit(1)
    found = database.session.scalars(last).first()
    return 0 if found is None else found + 1


def _set(row: Any, one: NoteRow, names: Sequence[str]) -> None:
    row.carried_from = None
    for name in names:
        setattr(row, name, getattr(one, name))
