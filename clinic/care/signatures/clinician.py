"""Who acts in a chart: the user with their credentials, and who has to sign after them."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from clinic.audit import Actor
from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.scheduling.practice.models import Therapist


class Clinician(NamedTuple):
    """A user who treats; ``therapist_id`` is their column of the board, where they have one."""

    user_id: int
    name: str
    credentials: str
    roles: frozenset[Role]
    therapist_id: int | None
    supervisor_id: int | None

    @property
    def actor(self) -> Actor:
        """This clinician as the trail names them."""
        return Actor(name=self.name, user_id=self.user_id)

    @property
    def is_therapist(self) -> bool:
        """Whether they may evaluate, plan, judge progress, and sign alone."""
        return Role.THERAPIST in self.roles


def clinician(user: User) -> Clinician:
    """Return the user as a clinician; ``supervisor_id`` is the user who signs after them."""
    boss = aliased(Therapist)
    query = (
        select(Therapist.id, Therapist.credentials, boss.user_id)
        .outerjoin(boss, boss.id == Therapist.supervisor_id)
        .where(Therapist.user_id == user.id)
    )
    row = database.session.execute(query).first()
    id_, credentials, supervisor_id = row or (None, "", None)
    return Clinician(user.id, user.name, credentials, user.roles, id_, supervisor_id)
