"""The secret address of a feed: given once, given anew, taken away. Only the sha256 of its token is kept."""

import secrets
from datetime import datetime

from sqlalchemy import func, select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.letters.calendars import queries
from clinic.letters.calendars.models import Feed
from clinic.letters.calendars.queries import BUSY, INITIALS, Subscription
from clinic.people.accounts.sessions import digest
from clinic.people.patients.names import clean_line
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling import practice

LONGEST_LABEL = 60
MOST = 20
LONGEST_ADDRESS = 256


class NothingToShow(Refusal):
    """Somebody who treats nobody has no visits to subscribe to."""

    def __init__(self) -> None:
        super().__init__("You are not among those who treat, so there are no visits to subscribe to.")


class InitialsOff(Refusal):
    """The manager has not allowed patients' initials to leave the clinic."""

    def __init__(self) -> None:
        super().__init__("The clinic does not allow patients' initials in calendars. The manager can change that.")


class AddressTooLong(Refusal):
    """Google takes no address of more than 256 characters."""

    def __init__(self) -> None:
        super().__init__("The clinic's own web address is too long for calendar programs. Please tell the manager.")


class TooManyFeeds(Refusal):
    """Somebody has so many addresses that nobody can know them all."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST} subscriptions. End one that you no longer need first.")


def subscribe(*, user_id: int, label: str, mode: str, by: Actor, now: datetime) -> tuple[Feed, str]:
    """Open a feed, and return it with its token, which is not kept; the caller commits.

    Raises ``Unacceptable``, ``InitialsOff``, ``NothingToShow`` and ``TooManyFeeds``.
    """
    label = clean_line(label, field="label", longest=LONGEST_LABEL)
    if not label:
        raise Unacceptable("Please say where you will read it, such as “My phone”.", field="label")
    _check_mode(mode)
    if not queries.has_visits(user_id):
        raise NothingToShow
    living = select(func.count()).where(Feed.user_id == user_id, Feed.revoked_at.is_(None))
    if (database.session.scalar(living) or 0) >= MOST:
        raise TooManyFeeds
    token = _new_token()
    feed = Feed(user_id=user_id, label=label, mode=mode, token_hash=digest(token), created_at=now)
    database.session.add(feed)
    database.session.flush()
    audit.record("feed opened", about=f"feed:{feed.id}", by=by, now=now, after={"label": label, "mode": mode})
    return feed, token


def rotate(*, feed_id: int, user_id: int, by: Actor, now: datetime) -> tuple[Feed, str]:
    """Give one of the own feeds a new token, and return both; the old address is dead at once. The caller commits.

    Raises ``NotFound``.
    """
    feed, token = _own(feed_id, user_id), _new_token()
    feed.token_hash, feed.last_read_at, feed.last_client = digest(token), None, ""
    audit.record("feed rotated", about=f"feed:{feed.id}", by=by, now=now, after={"label": feed.label})
    return feed, token


def revoke(*, feed_id: int, user_id: int, by: Actor, now: datetime) -> Feed:
    """End one of the own feeds for good; the caller commits. Raises ``NotFound``."""
    feed = _own(feed_id, user_id)
    feed.revoked_at = now
    audit.record("feed revoked", about=f"feed:{feed.id}", by=by, now=now, before={"label": feed.label})
    return feed


def revoke_all(*, user_id: int, by: Actor, now: datetime) -> None:
    """End every feed of somebody who is let in no longer, for good; the caller commits."""
    living = select(Feed.id).where(Feed.user_id == user_id, Feed.revoked_at.is_(None)).order_by(Feed.id)
    for feed_id in database.session.scalars(living).all():
        revoke(feed_id=feed_id, user_id=user_id, by=by, now=now)


def find(token: str) -> Subscription | None:
    """Return the feed that ``token`` opens; None alike for unknown, revoked, and of somebody who is not let in."""
    return queries.subscription(digest(token))


def address(token: str, *, base_url: str) -> str:
    """Return the address of the feed that ``token`` opens. Raises ``AddressTooLong``."""
    found = f"{base_url}/feeds/{token}.ics"
    if len(found) > LONGEST_ADDRESS:
        raise AddressTooLong
    return found


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _check_mode(mode: str) -> None:
    if mode not in (BUSY, INITIALS):
        raise Unacceptable("Please choose what the calendar shows.")
    if mode == INITIALS and not practice.clinic().feed_initials:
        raise InitialsOff


def _own(feed_id: int, user_id: int) -> Feed:
    found = None
    if 0 < feed_id < 2**31:
        found = database.session.scalars(
            select(Feed)
            .where(Feed.id == feed_id, Feed.user_id == user_id, Feed.revoked_at.is_(None))
            .with_for_update()
            .execution_options(populate_existing=True)
        ).first()
    if found is None:
        raise NotFound("This is not one of your subscriptions, or it has ended.")
    return found
