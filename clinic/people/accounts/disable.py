"""Let a user in no longer, or again; nobody is deleted."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.people.accounts import sessions
from clinic.people.accounts.models import User
from clinic.people.accounts.the_row import keep_a_manager, user_to_change


def disable(*, user_id: int, by: Actor, now: datetime, seen: int | None = None) -> User:
    """Let a user in no longer, and end their sign-ins; the caller commits. Raises ``LastManager``."""
    user = user_to_change(user_id, seen=seen)
    if user.disabled_at is None:
        keep_a_manager(user)
        user.disabled_at = now
        user.version += 1
        sessions.end_all(user.id, now=now)
        audit.record("user disabled", about=f"user:{user.id}", by=by, now=now)
    return user


def enable(*, user_id: int, by: Actor, now: datetime, seen: int | None = None) -> User:
    """Let a user in again; the caller commits."""
    user = user_to_change(user_id, seen=seen)
    if user.disabled_at is not None:
        user.disabled_at = None
        user.version += 1
        audit.record("user enabled", about=f"user:{user.id}", by=by, now=now)
    return user
