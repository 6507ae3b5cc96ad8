"""Who is signed in: a random token in the browser, its sha256 here, and ends that are real."""

import secrets
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from flask_login import UserMixin
from sqlalchemy import ScalarSelect, Select, bindparam, select, update
from sqlalchemy.orm import Session

from clinic.database import database
from clinic.people.accounts.models import SignIn, User

LONGEST = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=1)


class SignedIn(UserMixin):  # type: ignore[misc]
    """Somebody's signed-in browser, as Flask-Login sees it: its id is the token."""

    def __init__(self, user: User, sign_in: SignIn, token: str) -> None:
        self.user = user
        self.sign_in = sign_in
        self.token = token

    def get_id(self) -> str:
        """Return the token, which Flask keeps in its signed cookie."""
        return self.token


def digest(secret: str) -> str:
    """Return what is kept of a secret: its sha256, in hex."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin(user: User, *, device: str, now: datetime) -> SignedIn:
    """Sign a browser in; the caller commits."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(token_hash=digest(token), user_id=user.id, device=device[:120], created_at=now, seen_at=now)
    database.session.add(sign_in)
    return SignedIn(user, sign_in, token)


def find(
    session: Session, token: str, *, now: datetime, idle_minutes: ScalarSelect[int], else_minutes: int
) -> SignedIn | None:
    """Return whom ``token`` signs in; None once it was ended, was idle too long, or is twelve hours old.

    How long is too long is read by the same query, by ``idle_minutes``; it is ``else_minutes`` where that finds none.
    """
    asked = {"token_hash": digest(token), "begun": now - LONGEST}
    row = session.execute(_living(idle_minutes), asked).first()
    if row is None or row[0].seen_at <= now - timedelta(minutes=row[2] or else_minutes):
        return None
    session.expunge_all()
    return SignedIn(row[1], row[0], token)


@cache
def _living(idle_minutes: ScalarSelect[int]) -> Select[Any]:
    rows: Any = select(SignIn, User, idle_minutes).join(User, User.id == SignIn.user_id)
    living: Select[Any] = rows.where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.created_at > bindparam("begun"),
        User.disabled_at.is_(None),
    )
    return living


def needs_a_touch(signed_in: SignedIn, *, now: datetime) -> bool:
    """Say whether the last activity written down is older than a minute."""
    return now - signed_in.sign_in.seen_at > TOUCH_AFTER


def touch(signed_in: SignedIn, *, now: datetime) -> None:
    """Write down that the browser was active; the caller commits."""
    _update(SignIn.id == signed_in.sign_in.id, seen_at=now)


def end(sign_in_id: int, *, user_id: int, now: datetime) -> None:
    """End one sign-in of a user; the caller commits."""
    _update(SignIn.id == sign_in_id, SignIn.user_id == user_id, ended_at=now)


def end_all(user_id: int, *, now: datetime, besides: int | None = None) -> None:
    """End all sign-ins of a user, but for one where it is named; the caller commits."""
    _update(SignIn.user_id == user_id, SignIn.id != (besides or 0), ended_at=now)


def of(user_id: int, *, now: datetime, idle: timedelta) -> list[SignIn]:
    """Return a user's living sign-ins, the last seen first."""
    return list(
        database.session.scalars(
            select(SignIn)
            .where(
                SignIn.user_id == user_id,
                SignIn.ended_at.is_(None),
                SignIn.seen_at > now - idle,
                SignIn.created_at > now - LONGEST,
            )
            .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
        )
    )


def _update(*where: object, **values: datetime) -> None:
    statement = update(SignIn).where(SignIn.ended_at.is_(None), *where).values(**values)  # type: ignore[arg-type]
    database.session.execute(statement.execution_options(synchronize_session=False))
