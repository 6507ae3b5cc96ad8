"""Write a letter: its words, its calendar part, its envelope; stored, so that a retry sends the same bytes."""

import uuid
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import select

from clinic.database import database
from clinic.letters.calendars import invite
from clinic.letters.calendars.event import VisitFacts
from clinic.letters.reminders.facts import Facts
from clinic.letters.reminders.rules import CANCELED, CHANGES
from clinic.letters.reminders.texts import Text, text_of
from clinic.outbox import Letter
from clinic.people.patients.contact import shown_phone
from clinic.scheduling.booking.links import link_token


@dataclass(frozen=True)
class Desk:
    """Where letters are written: the address that people type, and the key that signs links."""

    base_url: str
    secret: str

    def link(self, facts: Facts) -> str:
        """Return the address that opens one appointment."""
        return f"{self.base_url}/visit/{link_token(facts.appointment, secret=self.secret)}"


def write(letter: Letter, facts: Facts, *, kind: str, desk: Desk) -> None:
    """Write ``letter`` as ``kind`` from the facts, and store it whole; the caller commits."""
    link = desk.link(facts)
    text = text_of(kind, facts, link=link)
    message = _envelope(letter, facts, text)
    if kind in CHANGES:
        _add_calendar(message, facts, kind=kind, link=link)
        letter.facts = {
            "kind": kind,
            "starts_at": facts.appointment.starts_at.isoformat(),
            "ends_at": facts.appointment.ends_at.isoformat(),
            "place": facts.place,
            "canceled": facts.appointment.is_canceled,
            "sequence": facts.appointment.ics_sequence,
        }
    letter.address = facts.patient.email
    letter.message_id = str(message["Message-ID"])
    letter.raw = message.as_bytes(policy=SMTP)


def _envelope(letter: Letter, facts: Facts, text: Text) -> EmailMessage:
    clinic = facts.clinic
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(clinic.name, addr_spec=clinic.mailbox)
    message["To"] = Address(facts.patient.name, addr_spec=facts.patient.email)
    message["Subject"] = text.subject
    message["Date"] = format_datetime(facts.read_at)
    message["Message-ID"] = f"<{uuid.uuid4().hex}@{clinic.mailbox.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    earlier = _earlier_message_ids(letter)
    if earlier:
        message["In-Reply-To"] = earlier[-1]
        message["References"] = " ".join(earlier)
    message.set_content(text.plain)
    message.add_alternative(text.html, subtype="html")
    return message


def _add_calendar(message: EmailMessage, facts: Facts, *, kind: str, link: str) -> None:
    method, data = ("CANCEL", invite.cancel) if kind == CANCELED else ("REQUEST", invite.request)
    ics = data(_visit(facts, link))
    message.add_alternative(
        ics, maintype="text", subtype="calendar", cte="base64", params={"method": method, "charset": "UTF-8"}
    )
    message.add_attachment(ics, maintype="application", subtype="ics", cte="base64", filename="invite.ics")


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


def _earlier_message_ids(letter: Letter) -> list[str]:
    return list(
        database.session.scalars(
            select(Letter.message_id)
            .where(Letter.about == letter.about, Letter.id < letter.id, Letter.message_id != "")
            .order_by(Letter.id)
        )
    )
