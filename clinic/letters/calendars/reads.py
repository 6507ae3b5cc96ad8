"""Who read a feed, when, and what they were handed."""

import re
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.letters.calendars import queries
from clinic.letters.calendars.models import Feed
from clinic.letters.calendars.queries import Edition

AT_MOST_EVERY = timedelta(minutes=1)
CLIENTS = (
    ("Google Calendar", r"google"),
    ("Thunderbird", r"thunderbird"),
    ("Outlook", r"outlook|microsoft|exchange|msoffice"),
    ("Apple Calendar", r"calendaragent|dataaccessd|calaccessd|ical/|^(ios|macos|mac[ +_]os[ +_]x|ipados)/"),
)


def client_name(user_agent: str) -> str:
    """Fold a User-Agent to the name of a program that people know."""
    found = (name for name, pattern in CLIENTS if re.search(pattern, user_agent, re.IGNORECASE))
    return next(found, "another program")


def edition(tag: str, last: Edition | None, *, now: datetime) -> Edition:
    """Return since when a feed has shown what it shows: always a later second than what it showed before."""
    if last is not None and last.tag == tag:
        return last
    since = now.replace(microsecond=0)
    return Edition(tag, max(since, last.since + timedelta(seconds=1)) if last else since)


def is_worth_noting(last_read_at: datetime | None, *, now: datetime) -> bool:
    """Say whether the last read written down is older than a minute."""
    return last_read_at is None or now - last_read_at >= AT_MOST_EVERY


def note_read(*, feed_id: int, client: str, handed: Edition, now: datetime) -> None:
    """Write down who read a feed, at most once a minute, and in the trail what it shows if that is new.

    The caller commits. Where another reader is just writing the same, that is enough.
    """
    feed = database.session.scalars(
        select(Feed)
        .where(Feed.id == feed_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).first()
    if feed is None:
        return
    if is_worth_noting(feed.last_read_at, now=now):
        feed.last_read_at, feed.last_client = now, client
    last = queries.last_edition(feed_id)
    if last is None or last.tag != handed.tag:
        audit.record(
            "feed read",
            about=f"feed:{feed_id}",
            by=Actor(name=f"{client}, by subscription"),
            now=now,
            after={"edition": handed.tag, "since": handed.since},
        )
