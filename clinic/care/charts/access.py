"""Who may open a chart: the caseload, or with a reason for an hour."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, union

from clinic import audit
from clinic.audit import Actor
from clinic.care.charts.models import Breach
from clinic.care.defaults.check import printable
from clinic.care.episodes.models import Episode
from clinic.care.notes.models import Note
from clinic.care.plans.models import Plan
from clinic.care.signatures import Clinician
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import Therapist

BACK, AHEAD = timedelta(days=14), timedelta(days=30)
LASTS = timedelta(hours=1)
LARGEST_ID = 2**31 - 1


def is_in_caseload(patient_id: int, *, of: Clinician, now: datetime) -> bool:
    """Say whether a patient is one of a clinician's own.

    That is: in charge of an episode, an appointment from 14 days ago to 30 ahead, author or co-signer of a document
    that is not finished, or the supervisor of somebody for whom one of the first two holds.
    """
    mine = select(Therapist.id).where(
        or_(Therapist.user_id == of.user_id, Therapist.supervisor_id == (of.therapist_id or 0))
    )
    in_charge = exists().where(Episode.patient_id == patient_id, Episode.therapist_id.in_(mine))
    near = exists().where(
        Appointment.patient_id == patient_id,
        Appointment.therapist_id.in_(mine),
        Appointment.status != Status.CANCELED.value,
        Appointment.starts_at > now - BACK,
        Appointment.starts_at < now + AHEAD,
    )
    wrote = exists().where(Note.patient_id == patient_id, Note.author_id == of.user_id, Note.signed_at.is_(None))
    cosigns = exists().where(Note.patient_id == patient_id, Note.cosigner_id == of.user_id)
    planned = exists().where(
        Plan.patient_id == patient_id,
        or_(Plan.cosigner_id == of.user_id, (Plan.author_id == of.user_id) & Plan.signed_at.is_(None)),
    )
    return bool(database.session.scalar(select(or_(in_charge, near, wrote, cosigns, planned))))


def caseload(*, of: Clinician, now: datetime) -> set[int]:
    """Return the ids of the patients of whom somebody is in charge, or whom they see from 14 days ago to 30 ahead."""
    therapist_id = of.therapist_id or 0
    in_charge = select(Episode.patient_id).where(Episode.therapist_id == therapist_id, Episode.closed_at.is_(None))
    near = select(Appointment.patient_id).where(
        Appointment.therapist_id == therapist_id,
        Appointment.status != Status.CANCELED.value,
        Appointment.starts_at > now - BACK,
        Appointment.starts_at < now + AHEAD,
    )
    return set(database.session.scalars(union(in_charge, near)))


def open_breach(patient_id: int, *, of: Clinician, now: datetime) -> Breach | None:
    """Return the reason that opens this chart for a while, if one was given within the hour."""
    query = select(Breach).where(Breach.user_id == of.user_id, Breach.patient_id == patient_id, Breach.until > now)
    return database.session.scalars(query.order_by(Breach.id.desc()).limit(1)).first()


def break_the_glass(*, patient_id: int, reason: str, by: Clinician, now: datetime) -> Breach:
    """Open another's chart for an hour, with a reason that the manager will read; the caller commits.

    Raises ``NotFound`` and ``Unacceptable``.
    """
    if database.session.get(Patient, patient_id if 0 < patient_id <= LARGEST_ID else 0) is None:
        raise NotFound("There is no such patient.")
    words = printable("reason", " ".join(reason.split()), most=300)
    if len(words) < 10:
        raise Unacceptable("Say in a sentence why you need this chart.", field="reason")
    breach = Breach(user_id=by.user_id, name=by.name, patient_id=patient_id, reason=words, at=now, until=now + LASTS)
    database.session.add(breach)
    about = f"chart:{patient_id}"
    audit.record("chart opened with a reason", about=about, by=by.actor, now=now, patient_id=patient_id, reason=words)
    return breach


def note_reading(*, patient_id: int, page: str, by: Clinician, now: datetime) -> None:
    """Write into the trail that somebody read a page of a chart; the caller commits."""
    audit.record(
        "chart read", about=f"chart:{patient_id}", by=by.actor, now=now, patient_id=patient_id, after={"page": page}
    )


def breaches(*, limit: int = 200) -> list[tuple[Breach, str]]:
    """Return the charts that were opened with a reason, each with the patient's name, unread ones first."""
    query = select(Breach, Patient.name).join(Patient, Patient.id == Breach.patient_id)
    rows = database.session.execute(query.order_by(Breach.seen_at.is_not(None), Breach.id.desc()).limit(limit))
    return [(breach, name) for breach, name in rows]


def take_note(*, breach_id: int, by: Actor, now: datetime) -> Breach:
    """Note that the manager has read one; a second time changes nothing. The caller commits. Raises ``NotFound``."""
    found = database.session.get(Breach, breach_id, with_for_update=True) if 0 < breach_id <= LARGEST_ID else None
    if found is None:
        raise NotFound("There is no such entry.")
    if found.seen_at is None:
        found.seen_at, found.seen_by = now, by.name
        about = f"chart:{found.patient_id}"
        audit.record("opened chart noted", about=about, by=by, now=now, patient_id=found.patient_id)
    return found
