"""Write a letter: its words, its calendar part, its envelope; to be stored, so that a retry sends the same bytes."""

import uuid
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from clinic.database import database
from clinic.letters.calendars import invite
from clinic.letters.calendars.event import VisitFacts
from clinic.letters.reminders.facts import CourseFacts, Facts
from clinic.letters.reminders.parts import SMTP, file_part, fill, text_part
from clinic.letters.reminders.rules import CANCELED, CHANGES, COURSE
from clinic.letters.reminders.texts import Text, course_text, text_of
from clinic.outbox import Due, Letter
from clinic.people.patients.contact import shown_phone
from clinic.people.patients.home_link import home_token, is_open
from clinic.scheduling.booking.links import course_link_token, link_token
from clinic.timetable.zones import to_wall

_MESSAGE_IDS = (
    select(Letter.message_id)
    .where(
        Letter.about.in_((bindparam("about"), bindparam("after"))),
        Letter.id < bindparam("id"),
        Letter.message_id != "",
    )
    .order_by(Letter.id)
)


@dataclass(frozen=True)
class Desk:
    """Where letters are written: the address that people type, and the key that signs links."""

    base_url: str
    secret: str

    def link(self, facts: Facts) -> str:
        """Return the address that opens one appointment."""
        return f"{self.base_url}/visit/{link_token(facts.appointment, secret=self.secret)}"

    def course_link(self, facts: CourseFacts) -> str:
        """Return the address that opens all visits of a course."""
        return f"{self.base_url}/visit/course/{course_link_token(facts.course, secret=self.secret)}"

    def home(self, facts: Facts | CourseFacts) -> str:
        """Return the address of what the patient does between visits; empty where there is none that works."""
        link = facts.home_link
        if link is None or not is_open(link, today=to_wall(facts.read_at, facts.zone).date()):
            return ""
        return f"{self.base_url}/home/{home_token(link, secret=self.secret)}"


class Written(NamedTuple):
    """A letter as it leaves: where to, under which Message-ID, what it tells (nothing new in a reminder), all of it."""

    address: str
    message_id: str
    facts: dict[str, Any] | None
    raw: bytes


def write(letter: Due, facts: Facts | CourseFacts, *, kind: str, desk: Desk) -> Written:
    """Write ``letter`` as ``kind`` from the facts."""
    message, told = (
        _of_course(letter, facts, desk) if isinstance(facts, CourseFacts) else _of_one(letter, facts, kind, desk)
    )
    return Written(facts.patient.email, str(message["Message-ID"]), told, message.as_bytes(policy=SMTP))


def _of_one(letter: Due, facts: Facts, kind: str, desk: Desk) -> tuple[EmailMessage, dict[str, Any] | None]:
    link = desk.link(facts)
    text = text_of(kind, facts, link=link, home=desk.home(facts))
    message = _envelope(letter, facts, text.subject)
    if kind not in CHANGES:
        fill(message, _bodies(text))
        return message, None
    _fill_with_invitation(message, text, facts, kind=kind, link=link)
    return message, {"kind": kind, **_told(facts)}


def _of_course(letter: Due, facts: CourseFacts, desk: Desk) -> tuple[EmailMessage, dict[str, Any]]:
    """Write one letter with all dates, and one file without a METHOD: of an invitation only one event would be read."""
    text = course_text(facts, link=desk.course_link(facts), home=desk.home(facts))
    message = _envelope(letter, facts, text.subject)
    ics = invite.several([_visit(visit, desk.link(visit)) for visit in facts.visits])
    fill(message, _bodies(text), [file_part(ics, 'text/calendar; charset="UTF-8"', attached_as="visits.ics")])
    return message, {"kind": COURSE, "visits": [{"id": one.appointment.id, **_told(one)} for one in facts.visits]}


def _bodies(text: Text) -> list[EmailMessage]:
    return [text_part(text.plain, "plain"), text_part(text.html, "html")]


def _told(facts: Facts) -> dict[str, Any]:
    return {
        "starts_at": facts.appointment.starts_at.isoformat(),
        "ends_at": facts.appointment.ends_at.isoformat(),
        "place": facts.place,
        "canceled": facts.appointment.is_canceled,
        "sequence": facts.appointment.ics_sequence,
    }


def _envelope(letter: Due, facts: Facts | CourseFacts, subject: str) -> EmailMessage:
    clinic = facts.clinic
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(clinic.name, addr_spec=clinic.mailbox)
    message["To"] = Address(facts.patient.name, addr_spec=facts.patient.email)
    message["Subject"] = subject
    message["Date"] = format_datetime(facts.read_at)
    message["Message-ID"] = f"<{uuid.uuid4().hex}@{clinic.mailbox.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.follows:
        earlier = _earlier_message_ids(letter)
        message["In-Reply-To"] = earlier[-1]
        message["References"] = " ".join(earlier)
    return message


def _fill_with_invitation(message: EmailMessage, text: Text, facts: Facts, *, kind: str, link: str) -> None:
    method, data = ("CANCEL", invite.cancel) if kind == CANCELED else ("REQUEST", invite.request)
    ics = data(_visit(facts, link))
    calendar = file_part(ics, f'text/calendar; method="{method}"; charset="UTF-8"')
    fill(message, [*_bodies(text), calendar], [file_part(ics, "application/ics", attached_as="invite.ics")])


def _visit(facts: Facts, link: str) -> VisitFacts:
    appointment = facts.appointment
    return VisitFacts(
        uid=appointment.ics_uid,
        sequence=appointment.ics_sequence,
        stamp=appointment.ics_stamp,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        canceled=appointment.is_canceled,
        created_at=appointment.booked_at,
        modified_at=appointment.ics_stamp,
        place=facts.place,
        clinic_name=facts.clinic.name,
        mailbox=facts.clinic.mailbox,
        phone=shown_phone(facts.location.phone),
        patient_name=facts.patient.name,
        patient_email=facts.patient.email,
        manage_url=link,
    )


def _earlier_message_ids(letter: Due) -> list[str]:
    asked = {"about": letter.about, "after": letter.after or letter.about, "id": letter.id}
    return list(database.session.connection().scalars(_MESSAGE_IDS, asked))
