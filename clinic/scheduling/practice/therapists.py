"""Those who treat."""

from datetime import datetime

from sqlalchemy import func, select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.practice.fields import clean_text, known_id
from clinic.scheduling.practice.in_use import let_nobody_book, refuse_if_held
from clinic.scheduling.practice.models import Therapist
from clinic.scheduling.practice.queries import location


def add_therapist(
    *, user: User, license_number: str, credentials: str, focus: str, by: Actor, now: datetime
) -> Therapist:
    """Let a user treat, or treat again; the caller commits. Raises ``Unacceptable``."""
    therapist = database.session.scalars(select(Therapist).where(Therapist.user_id == user.id)).first()
    if therapist is None:
        last = database.session.scalar(select(func.max(Therapist.position)))
        therapist = Therapist(user_id=user.id, location_id=location().id, position=(-1 if last is None else last) + 1)
        database.session.add(therapist)
    therapist.left_at = None
    _write(therapist, license_number=license_number, credentials=credentials, focus=focus)
    database.session.flush()
    audit.record("therapist added", about=f"therapist:{therapist.id}", by=by, now=now)
    return therapist


def change_therapist(
    *, therapist_id: int, license_number: str, credentials: str, focus: str, by: Actor, now: datetime
) -> Therapist:
    """Change what is known of a therapist; the caller commits. Raises ``NotFound`` and ``Unacceptable``."""
    therapist = _therapist(therapist_id)
    before = {"license": therapist.license_number, "credentials": therapist.credentials, "focus": therapist.focus}
    _write(therapist, license_number=license_number, credentials=credentials, focus=focus)
    after = {"license": therapist.license_number, "credentials": therapist.credentials, "focus": therapist.focus}
    if before != after:
        audit.record("therapist changed", about=f"therapist:{therapist.id}", by=by, now=now, before=before, after=after)
    return therapist


def let_therapist_leave(*, therapist_id: int, by: Actor, now: datetime) -> Therapist:
    """Note that a therapist treats no longer; the caller commits. Raises ``InUse`` while visits are booked."""
    let_nobody_book()
    therapist = _therapist(therapist_id)
    if therapist.left_at is None:
        sentence = "Visits are booked with this therapist. Move or cancel them first."
        refuse_if_held(f"therapist:{therapist.id}", now=now, sentence=sentence)
        therapist.left_at = now
        audit.record("therapist left", about=f"therapist:{therapist.id}", by=by, now=now)
    return therapist


def set_supervisor(*, therapist_id: int, supervisor_id: int | None, by: Actor, now: datetime) -> Therapist:
    """Name the therapist who signs after an assistant or a student, or nobody; the caller commits.

    Raises ``NotFound``, and ``Unacceptable`` for somebody who is no therapist, or oneself.
    """
    therapist = _therapist(therapist_id)
    if supervisor_id is not None:
        supervisor = _therapist(supervisor_id)
        user = database.session.get(User, supervisor.user_id)
        if supervisor.id == therapist.id or user is None or Role.THERAPIST not in user.roles:
            raise Unacceptable("Choose a therapist who signs after them.", field="supervisor_id")
    if therapist.supervisor_id != supervisor_id:
        before = {"supervisor_id": therapist.supervisor_id}
        therapist.supervisor_id = supervisor_id
        after = {"supervisor_id": supervisor_id}
        audit.record("supervisor named", about=f"therapist:{therapist.id}", by=by, now=now, before=before, after=after)
    return therapist


def _therapist(therapist_id: int) -> Therapist:
    sentence = "There is no such therapist."
    found = database.session.get(Therapist, known_id(therapist_id, sentence), with_for_update=True)
    if found is None:
        raise NotFound(sentence)
    return found


def _write(therapist: Therapist, *, license_number: str, credentials: str, focus: str) -> None:
    therapist.license_number = clean_text(license_number, field="license_number", most=40, may_be_empty=True)
    therapist.credentials = clean_text(credentials, field="credentials", most=60, may_be_empty=True)
    therapist.focus = clean_text(focus, field="focus", most=120, may_be_empty=True)
