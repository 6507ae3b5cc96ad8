"""Read the demo's letters: owed, waiting, sent, skipped and failed, whatever the day."""

import re
from datetime import datetime
from html import escape
from html.parser import HTMLParser
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, func, or_, select

from clinic.database import database
from clinic.letters.reminders.queries import Listed
from clinic.letters.reminders.rules import CHANGES
from clinic.outbox import FAILED, OPEN, SENT, SKIPPED, Letter
from clinic.outbox.queries import COLUMNS, LetterRow
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment

STATES = ("waiting", "owed", "sent", "skipped", "failed")
BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
TAGS = frozenset({"p", "br", "strong", "em", "small", "a", "ul", "ol", "li"})


def _where(state: str, now: datetime) -> ColumnElement[bool]:
    """Return what makes a letter be in a state: what waits is about to leave, what is owed has its day still."""
    is_open = Letter.state.in_(OPEN)
    waits = or_(Letter.kind.in_(CHANGES), Letter.tries > 0, Letter.try_at <= now)
    return {
        "waiting": and_(is_open, waits),
        "owed": and_(is_open, ~waits),
        "sent": Letter.state == SENT,
        "skipped": Letter.state == SKIPPED,
        "failed": Letter.state == FAILED,
    }[state]


def counts(*, now: datetime) -> dict[str, int]:
    """Return how many letters are in each state."""
    return {
        state: database.session.scalar(select(func.count()).select_from(Letter).where(_where(state, now))) or 0
        for state in STATES
    }


def letters(state: str, *, now: datetime, limit: int) -> list[Listed]:
    """Return letters in a state: open ones by when they leave, done ones the last first."""
    about = cast(func.substr(Letter.about, len("appointment:") + 1), Integer)
    order: Any = Letter.try_at if state in ("waiting", "owed") else Letter.ended_at.desc()
    query = (
        select(*COLUMNS, Patient.name, Patient.phone, Appointment.starts_at)
        .outerjoin(Patient, Patient.id == Letter.patient_id)
        .outerjoin(Appointment, and_(Letter.about.startswith("appointment:"), Appointment.id == about))
        .where(_where(state, now))
        .order_by(order, Letter.id)
        .limit(limit)
    )
    return [_listed(row) for row in database.session.execute(query)]


def _listed(row: Any) -> Listed:
    size = len(COLUMNS)
    return Listed(LetterRow(*row[:size]), row[size] or "", row[size + 1] or "", row[size + 2])


def paragraphs(plain: str) -> list[list[str]]:
    """Return a plain text as paragraphs of lines."""
    return [
        block.strip("\n").split("\n") for block in re.split(r"\n{2,}", plain.replace("\r\n", "\n")) if block.strip()
    ]


def body_of(html: str) -> str:
    """Return what stands in a letter's HTML, with nothing left in it but paragraphs, emphasis and links."""
    found = BODY.search(html)
    reader = _Plain()
    reader.feed(found.group(1) if found else html)
    reader.close()
    return "".join(reader.kept)


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in TAGS:
            href = dict(attrs).get("href") or ""
            safe = tag == "a" and href.startswith(("https://", "http://"))
            self.kept.append(f'<a href="{escape(href)}">' if safe else f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in TAGS and tag != "br":
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept.append(escape(data))
