"""Sign in, with throttles that make guessing hopeless and locking others out no weapon."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from clinic import audit
from clinic.database import database
from clinic.people.accounts import sessions
from clinic.people.accounts.models import RefusedTry, User
from clinic.people.accounts.passwords import matches
from clinic.people.accounts.sessions import SignedIn, digest
from clinic.refusals import Unacceptable

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 10, 100


class WrongSignIn(Unacceptable):
    """The account is unknown or disabled, or the password is wrong: all read the same."""

    def __init__(self) -> None:
        super().__init__("E-mail or password is not right.", field="password")


class TooManyTries(Unacceptable):
    """Too many wrong tries lately."""

    status = 429

    def __init__(self, *, field: str = "password") -> None:
        super().__init__("Too many wrong tries. Please wait 15 minutes, then try again.", field=field)


def check_tries(*, email: str, address: str, device: str | None, now: datetime) -> None:
    """Refuse after ten wrong tries in 15 minutes on an account, or a hundred from an address. Raises ``TooManyTries``.

    A device that has signed in to this account before is counted by itself, so that a stranger cannot lock it out.
    """
    recent = select(func.count()).select_from(RefusedTry).where(RefusedTry.at > now - WINDOW)
    account = recent.where(RefusedTry.account_hash == digest(email.casefold()))
    own = account.where(RefusedTry.device_hash == digest(device) if device else RefusedTry.device_hash.is_(None))
    if (database.session.scalar(own) or 0) >= PER_ACCOUNT:
        raise TooManyTries
    if device is None:
        there = recent.where(RefusedTry.address_hash == digest(address), RefusedTry.device_hash.is_(None))
        if (database.session.scalar(there) or 0) >= PER_ADDRESS:
            raise TooManyTries


def user_with(*, email: str, password: str) -> User | None:
    """Return the active user with this e-mail and password, taking the same time whether there is one or not."""
    asked = select(User).where(User.email == email.strip().casefold())
    user = database.session.scalars(asked).first() if "\0" not in email else None
    right = matches(user.password_hash if user is not None else None, password)
    return user if user is not None and right and user.disabled_at is None else None


def note_refused_try(*, email: str, address: str, device: str | None, now: datetime) -> None:
    """Count a wrong try; the caller commits."""
    database.session.add(
        RefusedTry(
            at=now,
            account_hash=digest(email.casefold()),
            address_hash=digest(address),
            device_hash=digest(device) if device else None,
        )
    )


def sign_in(user: User, *, device: str, now: datetime) -> SignedIn:
    """Sign ``user`` in on a browser described by ``device``; the caller commits."""
    signed_in = sessions.begin(user, device=device, now=now)
    audit.record("signed in", about=f"user:{user.id}", by=user.actor, now=now)
    return signed_in
