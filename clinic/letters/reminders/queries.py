"""Letters with the names of those they go to, as the desk lists them."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, NamedTuple

from sqlalchemy import Integer, and_, case, cast, func, or_, select

from clinic.database import database
from clinic.outbox import FAILED, OPEN, SENT, SKIPPED, Letter
from clinic.outbox.queries import COLUMNS, LetterRow
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment

STATES = ("failed", "trying", "due", "sent", "skipped", "all")


class Listed(NamedTuple):
    """A letter, its patient and the start of the visit it is about."""

    letter: LetterRow
    patient: str
    phone: str
    starts_at: datetime | None


class Opened(NamedTuple):
    """A letter taken apart: what the patient reads."""

    subject: str
    sender: str
    to: str
    date: str
    plain: str
    html: str
    ics: bytes


def _today(day: datetime) -> dict[str, Any]:
    ended = and_(Letter.ended_at >= day, Letter.ended_at < day + timedelta(days=1))
    failed = and_(Letter.state == FAILED, Letter.ended_at >= day - timedelta(days=6))
    trying = and_(Letter.state.in_(OPEN), Letter.tries > 0)
    due = and_(Letter.state.in_(OPEN), Letter.tries == 0)
    sent = and_(Letter.state == SENT, ended)
    skipped = and_(Letter.state == SKIPPED, ended)
    return {
        "failed": failed,
        "trying": trying,
        "due": due,
        "sent": sent,
        "skipped": skipped,
        "all": or_(failed, trying, due, sent, skipped),
    }


_URGENCY = case(
    (Letter.state == FAILED, 0),
    (and_(Letter.state.in_(OPEN), Letter.tries > 0), 1),
    (Letter.state.in_(OPEN), 2),
    else_=3,
)


_ABOUT = cast(
    case((Letter.about.startswith("appointment:"), func.substr(Letter.about, len("appointment:") + 1))), Integer
)
"""The appointment that a letter is about; nothing for one about something else."""


def counts(*, day: datetime) -> dict[str, int]:
    """Return how many letters are in each state; ``day`` is the local midnight at which today began."""
    return {
        state: int(database.session.scalar(select(func.count()).select_from(Letter).where(where)) or 0)
        for state, where in _today(day).items()
    }


def letters_on(*, day: datetime, state: str = "all", limit: int = 200) -> list[Listed]:
    """Return today's letters: what failed first, then what is tried again, what is due, what is done."""
    query = (
        select(*COLUMNS, Patient.name, Patient.phone, Appointment.starts_at)
        .outerjoin(Patient, Patient.id == Letter.patient_id)
        .outerjoin(Appointment, Appointment.id == _ABOUT)
        .where(_today(day)[state])
        .order_by(_URGENCY, Letter.ended_at.desc(), Letter.try_at, Letter.id)
        .limit(limit)
    )
    return [_listed(row) for row in database.session.execute(query)]


def letter(letter_id: int) -> Listed | None:
    """Return one letter."""
    if not 0 < letter_id < 2**31:
        return None
    query = (
        select(*COLUMNS, Patient.name, Patient.phone, Appointment.starts_at)
        .outerjoin(Patient, Patient.id == Letter.patient_id)
        .outerjoin(Appointment, Appointment.id == _ABOUT)
        .where(Letter.id == letter_id)
    )
    return next((_listed(row) for row in database.session.execute(query)), None)


def _listed(row: Any) -> Listed:
    size = len(COLUMNS)
    return Listed(LetterRow(*row[:size]), row[size] or "", row[size + 1] or "", row[size + 2])


def raw_letter(letter_id: int) -> bytes | None:
    """Return the bytes of a letter as they were handed over; None before it is written."""
    if not 0 < letter_id < 2**31:
        return None
    return database.session.scalar(select(Letter.raw).where(Letter.id == letter_id))


def opened(raw: bytes) -> Opened:
    """Take a letter apart."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    ics = next((part for part in message.walk() if part.get_content_type() == "text/calendar"), None)
    data = ics.get_payload(decode=True) if ics is not None else b""
    return Opened(
        subject=str(message["Subject"]),
        sender=str(message["From"]),
        to=str(message["To"]),
        date=str(message["Date"]),
        plain=str(plain.get_content()) if plain is not None else "",
        html=str(html.get_content()) if html is not None else "",
        ics=data if isinstance(data, bytes) else b"",
    )
