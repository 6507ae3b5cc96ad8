"""Read notes: of an episode, of a patient, unsigned ones, and those that wait for a second signature."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, or_, select

from clinic.care.episodes import Episode, open_episodes
from clinic.care.notes.models import Note
from clinic.care.plans.models import Plan
from clinic.care.plans.standing_of import Standing, standing_of
from clinic.care.signatures.models import Signature
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import NotFound
from clinic.timetable.zones import to_wall

LARGEST_ID = 2**31 - 1
REPORTS = ("progress report", "re-evaluation", "discharge")
EVALUATIONS = ("evaluation", "re-evaluation")


class Unfinished(NamedTuple):
    """A document that waits for a signature; ``waits_for`` says whose: the author's or the co-signer's."""

    kind: str
    id: int
    patient_id: int
    patient: str
    visit_number: int
    service_at: datetime
    author: str
    waits_for: str


def note(note_id: int) -> Note:
    """Return a note. Raises ``NotFound``."""
    found = database.session.get(Note, note_id) if 0 < note_id <= LARGEST_ID else None
    if found is None:
        raise NotFound("There is no such note.")
    return found


def notes_of(episode_id: int) -> Sequence[Note]:
    """Return an episode's notes, the newest first."""
    query = select(Note).where(Note.episode_id == episode_id)
    return database.session.scalars(query.order_by(Note.service_at.desc(), Note.id.desc())).all()


def draft_note(episode_id: int) -> Note | None:
    """Return the newest note of an episode that is not signed yet; None where every one is."""
    return next((one for one in notes_of(episode_id) if not one.is_signed), None)


def notes_by_appointment(appointment_ids: Collection[int]) -> dict[int, Note]:
    """Return the notes of some appointments, by the appointment."""
    if not appointment_ids:
        return {}
    query = select(Note).where(Note.appointment_id.in_(appointment_ids))
    return {one.appointment_id: one for one in database.session.scalars(query)}


def evaluation_of(episode_id: int) -> Note | None:
    """Return the evaluation of an episode."""
    query = select(Note).where(Note.episode_id == episode_id, Note.kind == "evaluation").order_by(Note.id)
    return database.session.scalars(query).first()


def unfinished(user_id: int) -> list[Unfinished]:
    """Return what waits for a user's signature, the oldest first: own drafts, and those of others to sign after."""
    cosigned = exists().where(Signature.about == _key("note", Note.id), Signature.part == "co-signer")
    mine = (Note.author_id == user_id) & Note.signed_at.is_(None)
    after = (Note.cosigner_id == user_id) & Note.signed_at.is_not(None) & ~cosigned
    query = select(Note, Patient.name).join(Patient, Patient.id == Note.patient_id).where(or_(mine, after))
    found = [
        Unfinished(
            one.kind,
            one.id,
            one.patient_id,
            name,
            one.visit_number,
            one.service_at,
            one.author,
            "co-signer" if one.is_signed else "author",
        )
        for one, name in database.session.execute(query)
    ]
    return sorted([*found, *_plans(user_id)], key=lambda one: one.service_at)


def count_unfinished(user_id: int) -> int:
    """Return how many documents wait for a user's signature, in one query."""
    both = [
        select(func.count())
        .select_from(model)
        .where(
            or_(
                (model.author_id == user_id) & model.signed_at.is_(None),
                (model.cosigner_id == user_id)
                & model.signed_at.is_not(None)
                & ~exists().where(Signature.about == _key(kind, model.id), Signature.part == "co-signer"),
            )
        )
        .scalar_subquery()
        for kind, model in (("note", Note), ("plan", Plan))
    ]
    return int(database.session.scalar(select(both[0] + both[1])) or 0)


def _plans(user_id: int) -> list[Unfinished]:
    cosigned = exists().where(Signature.about == _key("plan", Plan.id), Signature.part == "co-signer")
    mine = (Plan.author_id == user_id) & Plan.signed_at.is_(None)
    after = (Plan.cosigner_id == user_id) & Plan.signed_at.is_not(None) & ~cosigned
    query = select(Plan, Patient.name).join(Patient, Patient.id == Plan.patient_id).where(or_(mine, after))
    return [
        Unfinished(
            "plan",
            one.id,
            one.patient_id,
            name,
            one.number,
            one.created_at,
            one.author,
            "co-signer" if one.is_signed else "author",
        )
        for one, name in database.session.execute(query)
    ]


def _key(kind: str, column: Any) -> ColumnElement[str]:
    return literal(f"{kind}:").concat(cast(column, String))


def how_it_stands(episode: Episode, *, zone: ZoneInfo, today: date) -> Standing | None:
    """Return how an episode's plan stands today; None while none is signed."""
    signed = [one for one in notes_of(episode.id) if one.is_signed]
    days = {one.id: to_wall(one.service_at, zone).date() for one in signed}
    return standing_of(
        episode,
        reports_on=[days[one.id] for one in signed if one.kind in REPORTS],
        reevaluated_on=[days[one.id] for one in signed if one.kind in EVALUATIONS],
        zone=zone,
        today=today,
    )


def standings_of(patient_id: int, *, zone: ZoneInfo, today: date) -> list[Standing]:
    """Return how a patient's open episodes with a signed plan stand."""
    found = (how_it_stands(one, zone=zone, today=today) for one in open_episodes(patient_id))
    return [one for one in found if one is not None]


def open_standings(*, zone: ZoneInfo, today: date) -> list[Standing]:
    """Return how every open episode with a signed plan stands."""
    planned = exists().where(Plan.episode_id == Episode.id, Plan.signed_at.is_not(None))
    query = select(Episode).where(Episode.closed_at.is_(None), planned).order_by(Episode.id)
    found = (how_it_stands(one, zone=zone, today=today) for one in database.session.scalars(query).all())
    return [one for one in found if one is not None]
