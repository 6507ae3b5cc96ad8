"""Begin the note of an appointment: what was found and done last time stands in it, marked as carried."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.care.episodes import Episode, adopt, open_episodes
from clinic.care.episodes.queries import visits_of
from clinic.care.notes.carry import carry_forward
from clinic.care.notes.models import Evaluation, Note
from clinic.care.signatures import Clinician, NotForYou
from clinic.database import database
from clinic.refusals import NotFound, Refusal
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change
from clinic.scheduling.practice.models import AppointmentType

EARLY = timedelta(hours=12)
KIND_OF = {"evaluation": "evaluation", "re-evaluation": "re-evaluation", "discharge": "discharge"}
REPORTS = ("progress report", "re-evaluation", "discharge")


class NoEpisode(Refusal):
    """The appointment belongs to no episode yet."""

    def __init__(self) -> None:
        super().__init__("Open an episode for this problem first; the note belongs to it.")


class NotVisited(Refusal):
    """The patient does not come, or not yet."""


def begin_note(
    *, appointment_id: int, by: Clinician, now: datetime, episode_id: int | None = None, kind: str | None = None
) -> Note:
    """Return the appointment's note, begun now if there is none; the caller commits.

    ``episode_id`` chooses among a patient's open episodes. ``kind`` is by the appointment's type where not given.
    Raises ``NotFound``, ``NoEpisode``, ``NotVisited``, and ``NotForYou`` where an assistant begins what a therapist
    has to judge.
    """
    appointment = appointment_to_change(appointment_id)
    twin = note_of(appointment_id)
    if twin is not None:
        return twin
    if appointment.status in (Status.CANCELED.value, Status.NO_SHOW.value):
        raise NotVisited("This visit did not take place, so there is nothing to write down.")
    if appointment.starts_at > now + EARLY:
        raise NotVisited("This visit is still to come. Its note begins on its day.")
    episode = _episode(appointment, episode_id)
    visits = visits_of(episode.id)
    kind = kind or _kind(appointment, episode)
    after = max((visit.number for visit in visits), default=0) + 1
    number = next((visit.number for visit in visits if visit.id == appointment.id), after)
    note = Note(
        episode_id=episode.id,
        patient_id=appointment.patient_id,
        appointment_id=appointment.id,
        kind=kind,
        visit_number=number,
        service_at=appointment.began_at or appointment.starts_at,
        author_id=by.user_id,
        author=by.name,
        cosigner_id=None if by.is_therapist else by.supervisor_id,
        created_at=now,
        saved_at=now,
        saved_by=by.name,
    )
    refuse_unless_allowed(note.kind, by)
    try:
        with database.session.begin_nested():
            database.session.add(note)
    except IntegrityError:
        twin = note_of(appointment_id)
        if twin is None:
            raise
        return twin
    if note.kind == "evaluation":
        database.session.add(Evaluation(note_id=note.id))
    else:
        carry_forward(note)
    audit.record("note begun", about=note.key, by=by.actor, now=now, patient_id=note.patient_id)
    return note


def note_of(appointment_id: int) -> Note | None:
    """Return the note of an appointment."""
    return database.session.scalars(select(Note).where(Note.appointment_id == appointment_id)).first()


def refuse_unless_allowed(kind: str, by: Clinician) -> None:
    """Raise ``NotForYou`` where an assistant would judge what only a therapist may (MBPM ch. 15: source 79)."""
    if kind == "visit" or by.is_therapist or "student" in {role.value for role in by.roles}:
        return
    raise NotForYou("An assistant may write the note of a visit; this one belongs to a therapist.")


def _episode(appointment: Appointment, episode_id: int | None) -> Episode:
    if appointment.episode_id is None and episode_id is not None:
        if episode_id not in {one.id for one in open_episodes(appointment.patient_id)}:
            raise NotFound("There is no such episode of this patient.")
        appointment.episode_id = episode_id
    found = adopt(appointment)
    episode = database.session.get(Episode, found) if found is not None else None
    if episode is None:
        raise NoEpisode
    return episode


def _kind(appointment: Appointment, episode: Episode) -> str:
    """Return what the type's purpose asks; an evaluation only where the episode has none."""
    type_ = database.session.get(AppointmentType, appointment.type_id)
    purpose = type_.purpose if type_ is not None else ""
    evaluated = select(Note.id).where(Note.episode_id == episode.id, Note.kind == "evaluation")
    if purpose == "evaluation" and database.session.scalars(evaluated).first() is not None:
        return "re-evaluation"
    return KIND_OF.get(purpose, "visit")
