"""The home link: made, revoked, opened again; what it opens, and on which devices."""

import hashlib
import secrets
from datetime import date, datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.patients.home_models import WRONG_MOST, HomeDevice, HomeLink
from clinic.people.patients.models import Patient
from clinic.people.patients.queries import patient as patient_by_id
from clinic.people.patients.the_row import LARGEST_ID
from clinic.refusals import NotFound, Refusal

SALT = "home link"


class HomeLinkGone(Refusal):
    """The link is not ours, was revoked, or its time is over: all read the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__("This link no longer works. Please call the clinic.")


class HomeLinkLocked(Refusal):
    """Too many wrong birth dates; the desk opens it again."""

    def __init__(self) -> None:
        super().__init__("That was not right several times, so this page is closed. Please call the clinic.")


class NoBirthDate(Refusal):
    """Without a birth date on file nobody can show who they are."""

    def __init__(self) -> None:
        super().__init__("We cannot open this page for you yet. Please call the clinic.")


def home_link_of(patient_id: int) -> HomeLink | None:
    """Return a patient's home link, revoked or not."""
    return database.session.scalars(select(HomeLink).where(HomeLink.patient_id == patient_id)).first()


def make_home_link(*, patient_id: int, by: Actor, now: datetime) -> HomeLink:
    """Return the patient's home link, made now or, where it was revoked, made anew; the caller commits.

    Raises ``NotFound``.
    """
    patient_by_id(patient_id)
    link = _to_change(patient_id)
    if link is None:
        link = HomeLink(patient_id=patient_id, generation=1, wrong=0, made_at=now, made_by=by.name)
        try:
            with database.session.begin_nested():
                database.session.add(link)
        except IntegrityError:
            twin = _to_change(patient_id)
            if twin is None:
                raise
            return twin
    elif link.revoked_at is None:
        return link
    else:
        link.generation += 1
        link.wrong, link.locked_at, link.revoked_at, link.ends_on = 0, None, None, None
        link.made_at, link.made_by = now, by.name
    audit.record("home link made", about=link.key, by=by, now=now, patient_id=patient_id)
    return link


def revoke_home_link(*, patient_id: int, by: Actor, now: datetime) -> HomeLink:
    """Make the link and every device that it opened on lead nowhere; the caller commits. Raises ``NotFound``."""
    link = _must_be(patient_id)
    if link.revoked_at is None:
        link.revoked_at = now
        link.generation += 1
        audit.record("home link revoked", about=link.key, by=by, now=now, patient_id=patient_id)
    return link


def unlock_home_link(*, patient_id: int, by: Actor, now: datetime) -> HomeLink:
    """Let a link that wrong birth dates locked be opened again; the caller commits. Raises ``NotFound``."""
    link = _must_be(patient_id)
    if link.locked_at is not None or link.wrong:
        link.wrong, link.locked_at = 0, None
        audit.record("home link opened again", about=link.key, by=by, now=now, patient_id=patient_id)
    return link


def end_home_link(*, patient_id: int, on: date | None) -> None:
    """Set the last day on which a patient's link works, None for no end; without a link nothing happens."""
    link = _to_change(patient_id)
    if link is not None:
        link.ends_on = on


def home_token(link: HomeLink, *, secret: str) -> str:
    """Return the token that opens ``link``: its id and generation, signed."""
    token = URLSafeSerializer(secret, salt=SALT).dumps([link.id, link.generation])
    return token if isinstance(token, str) else token.decode("ascii")


def opened_home(token: str, *, secret: str, today: date) -> HomeLink:
    """Return the link that ``token`` opens. Raises ``HomeLinkGone``."""
    try:
        id_, generation = URLSafeSerializer(secret, salt=SALT).loads(token)
    except (BadSignature, ValueError, TypeError):
        raise HomeLinkGone from None
    link = database.session.get(HomeLink, id_) if isinstance(id_, int) and 0 < id_ <= LARGEST_ID else None
    if link is None or link.generation != generation or not is_open(link, today=today):
        raise HomeLinkGone
    return link


def is_open(link: HomeLink, *, today: date) -> bool:
    """Say whether a link leads anywhere on a day."""
    return link.revoked_at is None and (link.ends_on is None or today <= link.ends_on)


def is_known(link: HomeLink, *, device: str) -> bool:
    """Say whether the birth date was right on the device that brings this cookie."""
    if not device or link.locked_at is not None:
        return False
    query = select(HomeDevice.generation).where(HomeDevice.link_id == link.id, HomeDevice.digest == _digest(device))
    return database.session.scalars(query).first() == link.generation


def open_home(*, link_id: int, born_on: date | None, now: datetime) -> str | None:
    """Return the cookie of a device on which the birth date is right, None where it is wrong; the caller commits both.

    The fifth wrong one locks the link. Raises ``HomeLinkLocked`` and ``NoBirthDate``.
    """
    query = select(HomeLink).where(HomeLink.id == link_id).with_for_update()
    link = database.session.scalars(query.execution_options(populate_existing=True)).one()
    if link.locked_at is not None:
        raise HomeLinkLocked
    patient = database.session.get_one(Patient, link.patient_id)
    if patient.born_on is None:
        raise NoBirthDate
    if born_on != patient.born_on:
        link.wrong += 1
        if link.wrong >= WRONG_MOST:
            link.locked_at = now
            audit.record("home link locked", about=link.key, by=patient.actor, now=now, patient_id=patient.id)
        return None
    device = secrets.token_urlsafe(32)
    link.wrong = 0
    database.session.add(HomeDevice(link_id=link.id, digest=_digest(device), generation=link.generation, opened_at=now))
    audit.record("home link opened on a device", about=link.key, by=patient.actor, now=now, patient_id=patient.id)
    return device


def _to_change(patient_id: int) -> HomeLink | None:
    query = select(HomeLink).where(HomeLink.patient_id == patient_id).with_for_update()
    return database.session.scalars(query.execution_options(populate_existing=True)).first()


def _must_be(patient_id: int) -> HomeLink:
    link = _to_change(patient_id)
    if link is None:
        raise NotFound("This patient has no home link.")
    return link


def _digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
