"""Change a user's name, address or roles."""

from collections.abc import Iterable
from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.people.accounts.the_row import clean_email, clean_name, keep_a_manager, user_to_change


def change_user(
    *, user_id: int, name: str, email: str, roles: Iterable[Role], by: Actor, now: datetime, seen: int | None = None
) -> User:
    """Change who a user is and what they do; the caller commits. Raises ``LastManager``, ``Unacceptable``."""
    user = user_to_change(user_id, seen=seen)
    wanted = frozenset(roles)
    keep_a_manager(user, roles=wanted)
    before = {"name": user.name, "email": user.email, "roles": sorted(user.roles)}
    user.name, user.email, user.roles = clean_name(name), clean_email(email, but=user.id), wanted
    user.version += 1
    after = {"name": user.name, "email": user.email, "roles": sorted(user.roles)}
    audit.record("user changed", about=f"user:{user.id}", by=by, now=now, before=before, after=after)
    return user
