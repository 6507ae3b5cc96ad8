"""Choose an own password, or be given one that must be changed."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.people.accounts import sessions
from clinic.people.accounts.models import User
from clinic.people.accounts.passwords import check_strength, hashed, matches
from clinic.people.accounts.the_row import user_to_change
from clinic.refusals import Unacceptable


class WrongPassword(Unacceptable):
    """The present password is not that."""


class SamePassword(Unacceptable):
    """The new password is the old one."""


def change_password(*, user_id: int, present: str, new: str, by: Actor, now: datetime, keep: int | None = None) -> User:
    """Choose a new password, and end every other sign-in but ``keep``; the caller commits.

    Raises ``WrongPassword``, ``SamePassword`` and ``WeakPassword``.
    """
    user = user_to_change(user_id)
    if not matches(user.password_hash, present):
        raise WrongPassword("This is not your present password.", field="present_password")
    if new == present:
        raise SamePassword("Please choose another password than the present one.", field="new_password")
    check_strength(new, email=user.email, name=user.name)
    user.password_hash, user.must_change_password = hashed(new), False
    user.version += 1
    sessions.end_all(user.id, now=now, besides=keep)
    audit.record("password changed", about=f"user:{user.id}", by=by, now=now)
    return user


def reset_password(*, user_id: int, password: str, by: Actor, now: datetime) -> User:
    """Give a user a first password that must be changed, and end all their sign-ins; the caller commits.

    Raises ``WeakPassword``.
    """
    user = user_to_change(user_id)
    check_strength(password, email=user.email, name=user.name)
    user.password_hash, user.must_change_password = hashed(password), True
    user.version += 1
    sessions.end_all(user.id, now=now)
    audit.record("password reset", about=f"user:{user.id}", by=by, now=now)
    return user
