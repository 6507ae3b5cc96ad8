"""One visit as a VEVENT, in words that may stand on a lock screen: never a kind, a name of a therapist, or health."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Event, vCalAddress, vText

from clinic.letters.calendars.plain import called, in_order, in_utc, one_line


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """All that a patient's calendar is told of a visit. Moments are aware; ``stamp`` is that of the last change."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    canceled: bool
    created_at: datetime
    modified_at: datetime
    place: str
    clinic_name: str
    mailbox: str
    phone: str
    patient_name: str
    patient_email: str
    manage_url: str


def event(facts: VisitFacts) -> Event:
    """Return the VEVENT of a visit, for its patient. Raises ``Unwritable`` for what a calendar cannot hold."""
    in_order(facts.starts_at, facts.ends_at)
    found = Event()
    found.add("UID", one_line(facts.uid))
    found.add("DTSTAMP", in_utc(facts.stamp))
    found.add("SEQUENCE", facts.sequence)
    found.add("DTSTART", in_utc(facts.starts_at))
    found.add("DTEND", in_utc(facts.ends_at))
    found.add("SUMMARY", f"Appointment – {one_line(facts.clinic_name)}")
    found.add("LOCATION", f"{one_line(facts.clinic_name)}, {one_line(facts.place)}")
    found.add("DESCRIPTION", _description(facts))
    found.add("URL", one_line(facts.manage_url))
    found.add("STATUS", "CANCELLED" if facts.canceled else "CONFIRMED")
    found.add("TRANSP", "OPAQUE")
    found.add("CLASS", "PRIVATE")
    found.add("CREATED", in_utc(facts.created_at))
    found.add("LAST-MODIFIED", in_utc(facts.modified_at))
    found.add("ORGANIZER", _mailbox(facts.mailbox, facts.clinic_name), encode=False)
    found.add("ATTENDEE", _attendee(facts), encode=False)
    return found


def _description(facts: VisitFacts) -> str:
    return (
        f"Confirm, move or cancel: {one_line(facts.manage_url)}\n"
        f"Questions? Call {one_line(facts.phone)}.\n"
        "Answers in your calendar do not reach us: use the link or call."
    )


def _mailbox(mailbox: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{one_line(mailbox)}")
    address.params["CN"] = vText(called(name))
    return address


def _attendee(facts: VisitFacts) -> vCalAddress:
    address = _mailbox(facts.patient_email, facts.patient_name)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address
