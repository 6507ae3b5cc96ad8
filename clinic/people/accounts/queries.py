"""Read users."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.database import database
from clinic.people.accounts.models import User


def users() -> Sequence[User]:
    """Return all users, those who may sign in first, by name."""
    return database.session.scalars(select(User).order_by(User.disabled_at.is_not(None), User.name, User.id)).all()


def user(user_id: int) -> User | None:
    """Return a user, or None."""
    return database.session.get(User, user_id) if 0 < user_id < 2**31 else None
