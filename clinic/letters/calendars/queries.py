"""Read feeds, and the visits that they show."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import String, cast, or_, select

from clinic.audit import Entry
from clinic.database import database
from clinic.letters.calendars.models import Feed
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import TREATING, Role
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import AppointmentType, Clinic, Location, Therapist
from clinic.timetable.zones import day_bounds, to_wall

BUSY, INITIALS = "busy", "initials"
PAST, AHEAD, CANCELED_FOR = timedelta(days=30), timedelta(days=180), timedelta(days=2)


class Subscription(NamedTuple):
    """A living feed: whose it is, and what it may show. ``mode`` is how it is served, whatever was once chosen."""

    id: int
    mode: str
    last_read_at: datetime | None
    therapist_id: int
    person: str
    clinic: str
    zone: ZoneInfo


class Visit(NamedTuple):
    """A visit as a feed shows it. Moments come as text, so that a row that cannot be read spoils itself alone.

    ``kind`` and ``initials`` are empty in a busy feed: they are not even read.
    """

    id: int
    uid: str
    sequence: int
    stamp: str
    starts_at: str
    ends_at: str
    booked_at: str
    status: str
    kind: str = ""
    initials: str = ""


class FeedRow(NamedTuple):
    """A feed as its owner sees it."""

    id: int
    label: str
    mode: str
    created_at: datetime
    last_read_at: datetime | None
    last_client: str


class Edition(NamedTuple):
    """The tag of what a feed last handed out, and since when it has been so."""

    tag: str
    since: datetime


def subscription(token_hash: str) -> Subscription | None:
    """Return the living feed whose token has this sha256: not revoked, of somebody who is let in and treats."""
    initials_allowed = select(Clinic.feed_initials).scalar_subquery()
    clinic_name = select(Clinic.name).scalar_subquery()
    row = database.session.execute(
        select(Feed.id, Feed.mode, Feed.last_read_at, User.roles, Therapist.id, User.name, clinic_name, Location.zone)
        .add_columns(initials_allowed)
        .join(User, User.id == Feed.user_id)
        .join(Therapist, Therapist.user_id == User.id)
        .join(Location, Location.id == Therapist.location_id)
        .where(Feed.token_hash == token_hash, Feed.revoked_at.is_(None), User.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    id_, mode, last_read_at, roles, therapist_id, person, clinic, zone, allowed = row
    if not treats(roles):
        return None
    return Subscription(id_, mode if allowed else BUSY, last_read_at, therapist_id, person, clinic, ZoneInfo(zone))


def treats(roles: frozenset[Role]) -> bool:
    """Say whether somebody with ``roles`` has visits of their own."""
    return bool(roles & TREATING)


def visits(found: Subscription, *, now: datetime) -> list[Visit]:
    """Return the visits that a feed shows now, by start and UID: a month back, half a year ahead, by whole local days.

    A canceled one stays for two whole local days after it was canceled.
    """
    today = to_wall(now, found.zone).date()
    query = (
        select(*_columns(found.mode))
        .where(
            Appointment.therapist_id == found.therapist_id,
            Appointment.starts_at >= _midnight(today - PAST, found.zone),
            Appointment.starts_at < _midnight(today + AHEAD + timedelta(days=1), found.zone),
            or_(
                Appointment.canceled_at.is_(None),
                Appointment.canceled_at >= _midnight(today - CANCELED_FOR, found.zone),
            ),
        )
        .order_by(Appointment.starts_at, Appointment.ics_uid)
    )
    if found.mode == BUSY:
        return [Visit(*row) for row in database.session.execute(query)]
    query = query.join(AppointmentType, AppointmentType.id == Appointment.type_id)
    query = query.join(Patient, Patient.id == Appointment.patient_id)
    return [Visit._make((*row[:-1], initials_of(row[-1]))) for row in database.session.execute(query)]


def _columns(mode: str) -> list[Any]:
    moments = (Appointment.ics_stamp, Appointment.starts_at, Appointment.ends_at, Appointment.booked_at)
    columns: list[Any] = [
        Appointment.id,
        Appointment.ics_uid,
        Appointment.ics_sequence,
        *(cast(moment, String) for moment in moments),
        Appointment.status,
    ]
    return columns if mode == BUSY else [*columns, AppointmentType.name, Patient.name]


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return day_bounds(on, zone).start


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last part of a name: J.R., or ? where there is no letter."""
    words = [[character for character in word if character.isalpha()] for word in name.split()]
    letters = [word[0].upper() for word in words if word]
    return ".".join([*letters[:1], *letters[1:][-1:], ""]) if letters else "?"


def last_edition(feed_id: int) -> Edition | None:
    """Return what a feed last handed out, from the trail."""
    after = database.session.scalar(
        select(Entry.after)
        .where(Entry.about == f"feed:{feed_id}", Entry.what == "feed read")
        .order_by(Entry.id.desc())
        .limit(1)
    )
    return Edition(after["edition"], datetime.fromisoformat(after["since"])) if after else None


def feeds_of(user_id: int) -> list[FeedRow]:
    """Return somebody's living feeds, the newest first."""
    return [
        FeedRow(*row)
        for row in database.session.execute(
            select(Feed.id, Feed.label, Feed.mode, Feed.created_at, Feed.last_read_at, Feed.last_client)
            .where(Feed.user_id == user_id, Feed.revoked_at.is_(None))
            .order_by(Feed.id.desc())
        )
    ]


def has_visits(user_id: int) -> bool:
    """Say whether somebody is among those who treat, so that there is something to subscribe to."""
    return database.session.scalar(select(Therapist.id).where(Therapist.user_id == user_id)) is not None
