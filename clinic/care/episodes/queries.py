"""Read episodes, their appointments and authorizations."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from clinic.care.episodes.models import Authorization, Episode
from clinic.database import database
from clinic.refusals import NotFound
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import AppointmentType

ATTENDED = (Status.ARRIVED.value, Status.IN_SESSION.value, Status.COMPLETED.value)
EVALUATION = "evaluation"
LARGEST_ID = 2**31 - 1


class Visit(NamedTuple):
    """An appointment of an episode; ``number`` counts as the plan does: treatments from 1, 0 is an evaluation.

    Those that were canceled or missed are not counted.
    """

    id: int
    number: int
    starts_at: datetime
    ends_at: datetime
    status: str
    therapist_id: int
    type: str
    purpose: str

    @property
    def is_attended(self) -> bool:
        """Whether the patient came."""
        return self.status in ATTENDED


def episode(episode_id: int) -> Episode:
    """Return an episode. Raises ``NotFound``."""
    found = database.session.get(Episode, episode_id) if 0 < episode_id <= LARGEST_ID else None
    if found is None:
        raise NotFound("There is no such episode.")
    return found


def episodes_of(patient_id: int) -> Sequence[Episode]:
    """Return a patient's episodes, open ones first, then the newest."""
    query = select(Episode).where(Episode.patient_id == patient_id)
    return database.session.scalars(query.order_by(Episode.closed_at.is_not(None), Episode.id.desc())).all()


def open_episodes(patient_id: int) -> Sequence[Episode]:
    """Return a patient's open episodes, the newest first."""
    return [one for one in episodes_of(patient_id) if one.closed_at is None]


def visits_of(episode_id: int) -> list[Visit]:
    """Return the appointments of an episode that stand or were attended, in order, with their numbers."""
    return visits_of_many([episode_id])[episode_id]


def visits_of_many(episode_ids: Sequence[int]) -> dict[int, list[Visit]]:
    """Return the visits of several episodes, each in order, with their numbers."""
    a, t = Appointment, AppointmentType
    query = (
        select(a.episode_id, a.id, a.starts_at, a.ends_at, a.status, a.therapist_id, t.name, t.purpose)
        .join(t, t.id == a.type_id)
        .where(a.episode_id.in_(episode_ids), a.status.not_in([Status.CANCELED.value, Status.NO_SHOW.value]))
        .order_by(a.starts_at, a.id)
    )
    found: dict[int, list[Visit]] = {one: [] for one in episode_ids}
    for row in database.session.execute(query):
        visits = found[row[0] or 0]
        last = max((one.number for one in visits), default=0)
        visits.append(Visit(row[1], 0 if row.purpose == EVALUATION else last + 1, *row[2:]))
    return found


def authorization_of(episode_id: int) -> Authorization | None:
    """Return the authorization that holds."""
    query = select(Authorization).where(Authorization.episode_id == episode_id)
    return database.session.scalars(query.order_by(Authorization.id.desc()).limit(1)).first()
