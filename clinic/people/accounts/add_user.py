"""Add somebody who works here."""

from collections.abc import Iterable
from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.accounts.models import User
from clinic.people.accounts.passwords import check_strength, hashed
from clinic.people.accounts.roles import Role
from clinic.people.accounts.the_row import clean_email, clean_name


def add_user(
    *,
    name: str,
    email: str,
    roles: Iterable[Role],
    password: str,
    by: Actor,
    now: datetime,
    must_change_password: bool = True,
    any_password: bool = False,
) -> User:
    """Add a user with a first password, which must be changed at the first sign-in; the caller commits.

    ``any_password`` waives the rules for the demo's. Raises ``Unacceptable`` for a name or address that cannot be, and
    ``WeakPassword``.
    """
    name, email = clean_name(name), clean_email(email)
    if not any_password:
        check_strength(password, email=email, name=name)
    user = User(
        name=name,
        email=email,
        password_hash=hashed(password),
        must_change_password=must_change_password,
        roles=frozenset(roles),
        created_at=now,
    )
    database.session.add(user)
    database.session.flush()
    audit.record("user added", about=f"user:{user.id}", by=by, now=now, after={"roles": sorted(user.roles)})
    return user
