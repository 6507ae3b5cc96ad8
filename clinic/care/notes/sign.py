"""Sign a note, sign after somebody, and add to what is signed."""

from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.care import defaults, manual_therapy, signatures
from clinic.care.notes.begin import refuse_unless_allowed
from clinic.care.notes.missing import REPORTS, Missing, missing, missing_of_manual
from clinic.care.notes.models import Note
from clinic.care.notes.the_row import Content, content_of, note_to_change
from clinic.care.notes.written import minutes_of, write
from clinic.care.plans.goals import read_goal
from clinic.care.plans.queries import goals_of
from clinic.care.signatures import AUTHOR, COSIGNER, Addendum, Clinician, NotForYou, Signature
from clinic.database import database
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling.booking.models import Appointment


class NotComplete(Refusal):
    """Parts are missing; ``missing`` names each with its field."""

    status = 422

    def __init__(self, parts: list[Missing]) -> None:
        self.missing = parts
        names = "; ".join(part.sentence for part in parts[:3])
        super().__init__(f"{len(parts)} thing{'' if len(parts) == 1 else 's'} before you sign: {names}.")


def what_is_missing(content: Content) -> list[Missing]:
    """Return what a note lacks before it can be signed."""
    flags = {one.key.removeprefix("flag."): one.value["then"] for one in defaults.every("flag.")}
    open_goals = (
        [(row.goal.id, row.goal.code) for row in goals_of(content.note.episode_id) if row.is_open]
        if content.note.kind in REPORTS
        else []
    )
    return missing(content, flags=flags, open_goals=open_goals) + _missing_of_manual(content.note)


def _missing_of_manual(note: Note) -> list[Missing]:
    given = manual_therapy.given_at(note.id)
    checklist = manual_therapy.checklist_at(episode_id=note.episode_id, note_id=note.id, uses=given.uses)
    return missing_of_manual(given, checklist)


def sign_note(*, note_id: int, seen: int, by: Clinician, now: datetime) -> Note:
    """Sign a note: from now on it and its rows never change. The caller commits.

    The therapist of the visit or whoever began the note may sign it. Raises ``NotFound``, ``AlreadySigned``,
    ``SavedElsewhere``, ``NotForYou``, ``Unacceptable``, and ``NotComplete`` with the list of what is missing.
    """
    note = note_to_change(note_id, seen=seen)
    refuse_unless_allowed(note.kind, by)
    _refuse_unless_own(note, by)
    content = content_of(note)
    parts = what_is_missing(content)
    if parts:
        raise NotComplete(parts)
    if now < note.service_at:
        raise Unacceptable("The visit has not begun, so its note cannot be signed.")
    note.author_id, note.author = by.user_id, by.name
    note.cosigner_id = None if by.is_therapist else note.cosigner_id or by.supervisor_id
    if not by.is_therapist and note.cosigner_id is None:
        raise NotForYou("Nobody is named who signs after you. Ask the manager to enter your supervisor.")
    for empty in (row for row in content.measurements if row.value is None and not row.grade and not row.words):
        database.session.delete(empty)
    note.total_minutes = minutes_of(content)
    note.written = write(content).text[:8000]
    for row in content.goals:
        if note.kind not in REPORTS:
            database.session.delete(row)
        elif row.status:
            read_goal(
                goal_id=row.goal_id,
                status=row.status,
                value=row.value,
                words=row.words,
                about=note.key,
                by=by.actor,
                now=now,
            )
    database.session.flush()
    content_hash = signatures.hash_of(content_of(note).facts())
    signatures.put_signature(about=note.key, part=AUTHOR, content_hash=content_hash, by=by, now=now)
    note.version += 1
    note.signed_at, note.content_hash = now, content_hash
    audit.record("note signed", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note


def cosign_note(*, note_id: int, by: Clinician, now: datetime) -> Signature:
    """Sign after an assistant or a student; the caller commits.

    Raises ``NotFound``, ``NotForYou`` and ``AlreadySigned``.
    """
    note = _signed(note_id)
    if note.cosigner_id is None:
        raise NotForYou("This note needs no second signature.")
    if not by.is_therapist or by.user_id == note.author_id:
        raise NotForYou("Only a therapist may sign after somebody else.")
    found = signatures.put_signature(about=note.key, part=COSIGNER, content_hash=note.content_hash, by=by, now=now)
    audit.record("note co-signed", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return found


def amend_note(
    *, note_id: int, kind: str, reason: str, words: str, by: Clinician, now: datetime, request_id: str | None = None
) -> Addendum:
    """Add to a signed note; the caller commits. Raises ``NotFound`` and ``Unacceptable``."""
    note = _signed(note_id)
    return signatures.add(
        about=note.key,
        patient_id=note.patient_id,
        kind=kind,
        reason=reason,
        words=words,
        by=by,
        now=now,
        request_id=request_id,
    )


def is_as_signed(note: Note) -> bool:
    """Say whether a signed note still has the content that its signature stands for."""
    return signatures.hash_of(content_of(note).facts()) == note.content_hash


def signed_notes() -> list[Note]:
    """Return every signed note, for a check of their content."""
    return list(database.session.scalars(select(Note).where(Note.signed_at.is_not(None))))


def _signed(note_id: int) -> Note:
    note = database.session.get(Note, note_id) if 0 < note_id < 2**31 else None
    if note is None:
        raise NotFound("There is no such note.")
    if not note.is_signed:
        raise Unacceptable("This note is not signed yet: change it, and sign it.")
    return note


def _refuse_unless_own(note: Note, by: Clinician) -> None:
    appointment = database.session.get(Appointment, note.appointment_id)
    own = appointment is not None and appointment.therapist_id == by.therapist_id
    if not own and note.author_id != by.user_id:
        raise NotForYou(f"{note.author} began this note. Only they, or the therapist of the visit, may sign it.")
