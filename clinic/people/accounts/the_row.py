"""Find a user to change, and what must stay true of all of them."""

import unicodedata

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.refusals import ChangedMeanwhile, NotFound, Refusal, Unacceptable

JOINERS = "\u200c\u200d"
"""Marks without a face that some scripts are written with."""


class LastManager(Refusal):
    """Without a manager nobody could open the office again."""

    def __init__(self) -> None:
        super().__init__("This is the only manager. Make somebody else a manager first.", field="roles")


def user_to_change(user_id: int, *, seen: int | None = None) -> User:
    """Lock and return a user. Raises ``NotFound``, or ``ChangedMeanwhile`` unless it is as ``seen``."""
    user = None
    if 0 < user_id < 2**31:
        user = database.session.get(User, user_id, with_for_update=True, populate_existing=True)
    if user is None:
        raise NotFound("There is no such person.")
    if seen is not None and user.version != seen:
        raise ChangedMeanwhile("Somebody else has just changed this person. Load the page again.")
    return user


def clean_email(text: str, *, but: int | None = None) -> str:
    """Return a mailbox in the one form in which it is kept. Raises ``Unacceptable``, also when another user has it."""
    try:
        email = validate_email(text, check_deliverability=False, test_environment=True).normalized.casefold()
    except EmailNotValidError:
        raise Unacceptable("This is not an e-mail address. It looks like kim@clinic.example.", field="email") from None
    twin = database.session.scalar(select(User.id).where(User.email == email))
    if twin is not None and twin != but:
        raise Unacceptable("Somebody else here already signs in with this address.", field="email")
    return email


def clean_name(text: str) -> str:
    """Return a name with single spaces, without marks that nobody sees or that turn the direction of the text.

    Raises ``Unacceptable`` for control characters, or what is no name.
    """
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Unacceptable("A name has no line breaks or control characters.", field="name")
    seen = (c for c in text if unicodedata.category(c) != "Cf" or c in JOINERS)
    name = " ".join("".join(seen).split())
    if not any(character.isalpha() for character in name) or len(name) > 120:
        raise Unacceptable("Please write a name, of at most 120 characters.", field="name")
    return name


def keep_a_manager(user: User, *, roles: frozenset[Role] = frozenset()) -> None:
    """Refuse to take the last active manager away. Raises ``LastManager``."""
    if Role.MANAGER not in user.roles or Role.MANAGER in roles:
        return
    others = database.session.scalars(select(User.roles).where(User.id != user.id, User.disabled_at.is_(None)))
    if not any(Role.MANAGER in held for held in others):
        raise LastManager
