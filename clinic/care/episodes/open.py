"""Open an episode of care, and let appointments belong to it."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.care import defaults
from clinic.care.defaults.check import printable
from clinic.care.episodes.models import Episode
from clinic.care.episodes.queries import open_episodes
from clinic.care.episodes.the_row import episode_to_change
from clinic.database import database
from clinic.people.patients.home_link import end_home_link
from clinic.people.patients.models import Patient
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.practice.models import Therapist

LARGEST_ID = 2**31 - 1
LOOKS_BACK = timedelta(days=1)
"""Appointments from this long before the opening on belong to the episode, so that today's evaluation does."""


def open_episode(
    *,
    patient_id: int,
    therapist_id: int,
    problem: str,
    payer: str,
    by: Actor,
    now: datetime,
    referrer: str = "",
    referral_on: date | None = None,
    request_id: str | None = None,
) -> Episode:
    """Open an episode for a patient's problem; their appointments from yesterday on that have none belong to it.

    The same ``request_id`` gives back the first. The caller commits. Raises ``NotFound`` and ``Unacceptable``.
    """
    twin = _already(request_id, patient_id)
    if twin is not None:
        return twin
    if database.session.get(Patient, patient_id if 0 < patient_id <= LARGEST_ID else 0) is None:
        raise NotFound("There is no such patient.")
    episode = Episode(
        location_id=practice.location().id,
        patient_id=patient_id,
        therapist_id=_treats(therapist_id),
        problem=clean_problem(problem),
        payer=known_payer(payer),
        referrer=printable("referrer", referrer.strip(), most=120),
        referral_on=referral_on,
        opened_at=now,
        opened_by=by.name,
        request_id=request_id,
    )
    try:
        with database.session.begin_nested():
            database.session.add(episode)
    except IntegrityError:
        twin = _already(request_id, patient_id)
        if twin is None:
            raise
        return twin
    database.session.execute(
        update(Appointment)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.episode_id.is_(None),
            Appointment.starts_at >= now - LOOKS_BACK,
        )
        .values(episode_id=episode.id)
    )
    end_home_link(patient_id=patient_id, on=None)
    audit.record(
        "episode opened",
        about=episode.key,
        by=by,
        now=now,
        patient_id=patient_id,
        after={"therapist_id": episode.therapist_id, "payer": episode.payer},
    )
    return episode


def change_episode(
    *,
    episode_id: int,
    therapist_id: int,
    problem: str,
    payer: str,
    referrer: str,
    referral_on: date | None,
    seen: int,
    by: Actor,
    now: datetime,
) -> Episode:
    """Change what an episode is called, who is in charge, who pays and who referred; the caller commits.

    Raises ``NotFound``, ``ChangedMeanwhile`` and ``Unacceptable``.
    """
    episode = episode_to_change(episode_id, seen=seen)
    before = {"therapist_id": episode.therapist_id, "payer": episode.payer}
    episode.therapist_id = _treats(therapist_id)
    episode.problem, episode.payer = clean_problem(problem), known_payer(payer)
    episode.referrer, episode.referral_on = printable("referrer", referrer.strip(), most=120), referral_on
    episode.version += 1
    after = {"therapist_id": episode.therapist_id, "payer": episode.payer}
    audit.record(
        "episode changed", about=episode.key, by=by, now=now, patient_id=episode.patient_id, before=before, after=after
    )
    return episode


def adopt(appointment: Appointment) -> int | None:
    """Let an appointment belong to the patient's one open episode, and return that; None where there is none, or two.

    An appointment that belongs to an episode stays there.
    """
    if appointment.episode_id is None:
        found = open_episodes(appointment.patient_id)
        if len(found) == 1:
            appointment.episode_id = found[0].id
    return appointment.episode_id


def adopt_course(course_id: int) -> None:
    """Let the appointments of a course belong to the patient's one open episode."""
    for visit in database.session.scalars(select(Appointment).where(Appointment.course_id == course_id)):
        adopt(visit)


def clean_problem(problem: str) -> str:
    """Return the problem in its own few words. Raises ``Unacceptable``."""
    words = " ".join(problem.split())
    if not words or len(words) > 120 or not words.isprintable():
        raise Unacceptable("Name the problem in a few words, such as “Low back pain, runner”.", field="problem")
    return words


def known_payer(payer: str) -> str:
    """Return the key of a payer's rules. Raises ``Unacceptable``."""
    if payer not in {one.key for one in defaults.every("payer.")}:
        raise Unacceptable("Choose who pays.", field="payer")
    return payer


def _treats(therapist_id: int) -> int:
    known = 0 < therapist_id <= LARGEST_ID
    if not known or database.session.get(Therapist, therapist_id) is None:
        raise Unacceptable("Choose the therapist in charge.", field="therapist_id")
    return therapist_id


def _already(request_id: str | None, patient_id: int) -> Episode | None:
    if request_id is None:
        return None
    query = select(Episode).where(Episode.request_id == request_id, Episode.patient_id == patient_id)
    return database.session.scalars(query).first()
