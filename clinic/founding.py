"""A clinic's first day: its name and place, and somebody who can sign in as manager."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from clinic.audit import Actor
from clinic.database import database
from clinic.people import accounts
from clinic.people.accounts import Role
from clinic.people.accounts.roles import TREATING
from clinic.refusals import Refusal
from clinic.scheduling.practice.models import Clinic
from clinic.scheduling.practice.settle import settle
from clinic.scheduling.practice.therapists import add_therapist

OPERATOR = Actor(name="the operator, at the command line")
WORD = 5
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are read for one another."""


class NotFounded(Refusal):
    """There is no clinic yet."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a clinic is called, and where it is."""

    clinic_name: str
    mailbox: str
    location_name: str
    address: str
    phone: str
    zone: str


def is_founded() -> bool:
    """Say whether the clinic has its name and place."""
    return database.session.scalar(select(Clinic.id)) is not None


def has_manager() -> bool:
    """Say whether somebody can sign in as manager."""
    return any(Role.MANAGER in user.roles and user.disabled_at is None for user in accounts.users())


def found(place: Place, *, now: datetime) -> None:
    """Found the clinic; the caller commits. Raises ``AlreadySettled`` and ``Unacceptable``."""
    settle(
        clinic_name=place.clinic_name,
        mailbox=place.mailbox,
        location_name=place.location_name,
        address=place.address,
        phone=place.phone,
        zone=place.zone,
        by=OPERATOR,
        now=now,
    )


def employ(*, name: str, email: str, roles: list[str], now: datetime) -> tuple[str, str]:
    """Add a user, and return their address and random first password; the caller commits.

    Whoever has a role that treats gets a column on the board, as in the office. Raises ``Unacceptable``, and
    ``NotFounded`` for somebody who would treat nowhere.
    """
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(WORD)) for _ in range(3))
    held = [Role(role) for role in roles]
    if TREATING.intersection(held) and not is_founded():
        raise NotFounded("The clinic has no place yet, so nobody can treat there. First run: clinic init")
    user = accounts.add_user(name=name, email=email, roles=held, password=password, by=OPERATOR, now=now)
    if TREATING.intersection(held):
        add_therapist(user=user, license_number="", credentials="", focus="", by=OPERATOR, now=now)
    return user.email, password
