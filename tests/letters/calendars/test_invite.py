"""The invitation, its update and its cancellation, byte for byte."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.letters.calendars import invite
from clinic.letters.calendars.event import VisitFacts
from clinic.letters.calendars.plain import Unwritable
from tests.cast import NOW, at
from tests.letters.calendars.by_hand import components, events, golden, lines_of, plain

FACTS = VisitFacts(
    uid="a-5f0c2f8e-1111-4222-8333-9a7b1c2d3e4f@riverside.example",
    sequence=0,
    stamp=NOW,
    starts_at=at(14, 40),
    ends_at=at(15, 20),
    canceled=False,
    created_at=NOW,
    modified_at=NOW,
    place="12 Main Street, Suite 4",
    clinic_name="Riverside Clinic",
    mailbox="desk@riverside.example",
    phone="(919) 555-0142",
    patient_name="Ada Moore",
    patient_email="ada@mail.example",
    manage_url="https://clinic.example/visit/WzEsMF0.q1w2e3r4t5y6",
)
LATER = replace(FACTS, sequence=1, stamp=NOW + timedelta(hours=1), modified_at=NOW + timedelta(hours=1))
MOVED = replace(LATER, starts_at=at(9, day=2), ends_at=at(9, 40, day=2))
CANCELED = replace(LATER, canceled=True)
PROPERTIES = [
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "URL",
    "STATUS",
    "TRANSP",
    "CLASS",
    "CREATED",
    "LAST-MODIFIED",
]
NAMES = {
    "quotes.ics": 'Robert "Bob, the knee" O\'Neil; Jr: the 2nd',
    "emoji.ics": "Zoë 👩‍👩‍👧 Marchetti-Vandenbroucke von und zu Hohenlohe-Schillingsfürst",
    "right-to-left.ics": "نور حدّاد",
}


def one(data: bytes) -> dict[str, str]:
    """Return the properties of the one event."""
    (event,) = events(data)
    return event


def method(data: bytes) -> str:
    """Return the method of the calendar."""
    return components(data)[0][1]["METHOD"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("invitation.ics", invite.request(FACTS)),
        ("update.ics", invite.request(MOVED)),
        ("cancellation.ics", invite.cancel(CANCELED)),
        *((name, invite.request(replace(FACTS, patient_name=who))) for name, who in NAMES.items()),
    ],
)
def test_it_is_written_as_it_was_read_by_eye(name: str, data: bytes) -> None:
    assert data == golden(name)


def test_the_calendar_and_the_event_hold_what_the_contract_names_and_no_more() -> None:
    (calendar, head), (name, event) = components(invite.request(FACTS))

    assert (calendar, head) == (
        "VCALENDAR",
        {"VERSION": "2.0", "PRODID": invite.PRODID, "CALSCALE": "GREGORIAN", "METHOD": "REQUEST"},
    )
    assert name == "VEVENT"
    assert list(event) == [
        *PROPERTIES,
        'ORGANIZER;CN="Riverside Clinic"',
        'ATTENDEE;CN="Ada Moore";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE',
    ]
    assert list(event.values())[-2:] == ["mailto:desk@riverside.example", "mailto:ada@mail.example"]


def test_times_are_in_utc_and_the_words_are_neutral() -> None:
    event = one(invite.request(FACTS))

    assert (event["DTSTART"], event["DTEND"]) == ("20261124T194000Z", "20261124T202000Z")
    assert plain(event["SUMMARY"]) == "Appointment – Riverside Clinic"
    assert plain(event["LOCATION"]) == "Riverside Clinic, 12 Main Street, Suite 4"
    assert plain(event["DESCRIPTION"]).split("\n") == [
        "Confirm, move or cancel: https://clinic.example/visit/WzEsMF0.q1w2e3r4t5y6",
        "Questions? Call (919) 555-0142.",
        "Answers in your calendar do not reach us: use the link or call.",
    ]
    assert (event["TRANSP"], event["CLASS"], event["URL"]) == ("OPAQUE", "PRIVATE", FACTS.manage_url)


def test_an_update_keeps_the_uid_and_raises_the_sequence() -> None:
    first, second = one(invite.request(FACTS)), one(invite.request(MOVED))

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == ("0", "1")
    assert (first["DTSTAMP"], second["DTSTAMP"]) == ("20261124T120000Z", "20261124T130000Z")


def test_a_cancellation_says_so_twice() -> None:
    data = invite.cancel(CANCELED)

    assert (method(data), one(data)["STATUS"], one(data)["SEQUENCE"]) == ("CANCEL", "CANCELLED", "1")


def test_a_canceled_visit_is_never_requested_nor_a_standing_one_canceled() -> None:
    with pytest.raises(ValueError, match="no invitation"):
        invite.request(CANCELED)
    with pytest.raises(ValueError, match="only a canceled visit"):
        invite.cancel(FACTS)


def test_equal_facts_give_equal_bytes() -> None:
    assert invite.request(FACTS) == invite.request(replace(FACTS))


def test_a_name_with_line_breaks_and_quotes_cannot_add_a_property() -> None:
    data = invite.request(replace(FACTS, patient_name='Ada\r\nATTENDEE:mailto:eve@mail.example\n"Moore"'))

    (line,) = (line for line in lines_of(data) if line.startswith("ATTENDEE"))
    assert line.startswith('ATTENDEE;CN="Ada ATTENDEE:mailto:eve@mail.example Moore";CUTYPE=INDIVIDUAL;')
    assert line.endswith("RSVP=FALSE:mailto:ada@mail.example")


@pytest.mark.parametrize(
    "changes",
    [
        {"place": "12 Main\r\nSUMMARY:gone"},
        {"place": "12 Main\x00"},
        {"place": "12 Main\u2028Street"},
        {"clinic_name": "River\x1bside"},
        {"patient_name": "Ada\x07"},
        {"patient_name": "Ada\ud800"},
        {"mailbox": "desk@riverside.example\nX:1"},
        {"patient_email": "ada@mail.example\r"},
        {"phone": "919\x85"},
        {"manage_url": "https://clinic.example/\nX:1"},
        {"uid": "a\nX:1"},
        {"starts_at": datetime(2026, 11, 24, 9)},
        {"stamp": datetime(2026, 11, 24, 9)},
        {"created_at": datetime(2026, 11, 24, 9)},
        {"modified_at": datetime(2026, 11, 24, 9)},
        {"ends_at": FACTS.starts_at},
    ],
    ids=repr,
)
def test_what_a_calendar_cannot_hold_is_refused_first(changes: dict[str, Any]) -> None:
    with pytest.raises(Unwritable):
        invite.request(replace(FACTS, **changes))


NAMED = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=120)


@given(who=NAMED, place=NAMED)
def test_any_name_and_place_comes_back_whole(who: str, place: str) -> None:
    data = invite.request(replace(FACTS, patient_name=who, place=place))

    event = one(data)
    (read,) = icalendar.Calendar.from_ical(data).walk("VEVENT")

    assert plain(event["LOCATION"]) == f"Riverside Clinic, {place.strip()}"
    assert str(read["LOCATION"]) == f"Riverside Clinic, {place.strip()}"
    assert str(read["ATTENDEE"].params.get("CN", "")) == re.sub(r'["\\^]', "", who).strip()
    assert read["DTSTART"].dt == datetime(2026, 11, 24, 19, 40, tzinfo=UTC)


def test_no_alarm_and_no_second_patient_is_in_it() -> None:
    names = [name for name, _ in components(invite.request(FACTS))]

    assert names == ["VCALENDAR", "VEVENT"]
