"""What a feed looks like, byte for byte; without a database."""

import logging
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from clinic.letters.calendars.feed import Shown, render
from clinic.letters.calendars.invite import PRODID
from clinic.letters.calendars.queries import BUSY, INITIALS, Subscription, Visit
from tests.letters.calendars.by_hand import components, events, golden, plain

HEAD = {
    "VERSION": "2.0",
    "PRODID": PRODID,
    "CALSCALE": "GREGORIAN",
    "NAME": "Riverside Clinic – Dana Ruiz",
    "X-WR-CALNAME": "Riverside Clinic – Dana Ruiz",
    "X-WR-TIMEZONE": "America/New_York",
    "REFRESH-INTERVAL;VALUE=DURATION": "PT1H",
    "X-PUBLISHED-TTL": "PT1H",
}
STANDING = Visit(
    id=12,
    uid="a-5f0c2f8e@riverside.example",
    sequence=2,
    stamp="2026-11-24 12:00:00.000000",
    starts_at="2026-11-24 19:40:00.000000",
    ends_at="2026-11-24 20:20:00.000000",
    booked_at="2026-11-01 15:30:12.345678",
    status="booked",
)
GONE = STANDING._replace(id=13, uid="a-6f0c2f8e@riverside.example", sequence=3, status="canceled")
BY_POSTGRESQL = STANDING._replace(
    stamp="2026-11-24 12:00:00+00",
    starts_at="2026-11-24 19:40:00+00",
    ends_at="2026-11-24 20:20:00+00",
    booked_at="2026-11-01 15:30:12.345678+00",
)


def shown(*visits: Visit, mode: str = BUSY, **changes: Any) -> Shown:
    """Return what a feed of Dana's shows."""
    if mode == INITIALS:
        visits = tuple(visit._replace(kind="Gait lab, treadmill", initials="J.R.") for visit in visits)
    feed = Subscription(
        id=7,
        mode=mode,
        last_read_at=None,
        therapist_id=1,
        person="Dana Ruiz",
        clinic="Riverside Clinic",
        zone=ZoneInfo("America/New_York"),
    )
    return Shown(feed._replace(**changes), "https://clinic.example", visits)


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("feed-busy.ics", shown(STANDING, GONE)),
        ("feed-initials.ics", shown(STANDING, GONE, mode=INITIALS)),
        ("feed-empty.ics", shown()),
    ],
)
def test_a_feed_is_written_as_it_was_read_by_eye(name: str, feed: Shown) -> None:
    assert render(feed) == golden(name)


def test_a_busy_feed_holds_what_the_contract_names_and_no_more() -> None:
    calendar, event = components(render(shown(STANDING)))

    assert calendar == ("VCALENDAR", HEAD)
    assert event == (
        "VEVENT",
        {
            "UID": "a-5f0c2f8e@riverside.example",
            "DTSTAMP": "20261124T120000Z",
            "SEQUENCE": "2",
            "DTSTART": "20261124T194000Z",
            "DTEND": "20261124T202000Z",
            "SUMMARY": "Appointment",
            "STATUS": "CONFIRMED",
            "TRANSP": "OPAQUE",
            "CLASS": "PRIVATE",
            "CREATED": "20261101T153012Z",
            "LAST-MODIFIED": "20261124T120000Z",
        },
    )


def test_initials_come_with_a_link_behind_the_sign_in() -> None:
    (event,) = events(render(shown(STANDING, mode=INITIALS)))

    assert plain(event["SUMMARY"]) == "Gait lab, treadmill – J.R."
    assert event["URL"] == "https://clinic.example/desk/appointments/12"


def test_a_canceled_visit_says_so_and_takes_no_time() -> None:
    (event,) = events(render(shown(GONE)))

    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert event["SUMMARY"] == "Canceled: Appointment"


def test_an_empty_feed_still_has_one_component() -> None:
    assert [name for name, _ in components(render(shown()))] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]


def test_another_reader_understands_it() -> None:
    calendar = icalendar.Calendar.from_ical(render(shown(STANDING, GONE)))

    assert [(str(e["UID"]), e["DTSTART"].dt.isoformat(), str(e["STATUS"])) for e in calendar.walk("VEVENT")] == [
        ("a-5f0c2f8e@riverside.example", "2026-11-24T19:40:00+00:00", "CONFIRMED"),
        ("a-6f0c2f8e@riverside.example", "2026-11-24T19:40:00+00:00", "CANCELLED"),
    ]
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"


def test_both_engines_write_moments_that_come_out_the_same() -> None:
    assert render(shown(STANDING)) == render(shown(BY_POSTGRESQL))


def test_names_are_escaped_in_the_head() -> None:
    head = components(render(shown(person="Ruiz, Dana; \\ PT")))[0][1]

    assert (head["NAME"], head["X-WR-CALNAME"]) == (r"Riverside Clinic – Ruiz\, Dana\; \\ PT",) * 2


def test_a_head_that_cannot_be_written_becomes_spaces() -> None:
    head = components(render(shown(person="Dana\r\nX-EVIL:1\x00")))[0][1]

    assert head == HEAD | dict.fromkeys(("NAME", "X-WR-CALNAME"), "Riverside Clinic – Dana  X-EVIL:1")


@pytest.mark.parametrize(
    "poison",
    [
        {"uid": "a\r\nSUMMARY:gone"},
        {"kind": "Gait\x00lab"},
        {"stamp": "never"},
        {"starts_at": ""},
        {"ends_at": "2026-11-24 19:40:00"},
        {"ends_at": "10000-01-01 00:00:00+00"},
        {"booked_at": None},
        {"sequence": "one"},
    ],
    ids=repr,
)
def test_one_poisoned_row_is_left_out_and_logged_by_its_number(
    caplog: pytest.LogCaptureFixture, poison: dict[str, Any]
) -> None:
    sound = STANDING._replace(id=11, uid="a-4@riverside.example", kind="Follow-up", initials="A.M.")
    spoiled = STANDING._replace(**{"kind": "Secret kind", "initials": "X.Y.", **poison})
    feed = Shown(shown(mode=INITIALS).feed, "https://clinic.example", [sound, spoiled])

    with caplog.at_level(logging.ERROR):
        data = render(feed)

    assert [event["UID"] for event in events(data)] == ["a-4@riverside.example"]
    (record,) = caplog.records
    assert record.getMessage().startswith("feed 7: appointment 12 left out, ")
    assert {word for word in ("Secret", "X.Y.", "Dana", "riverside") if word in caplog.text} == set()


def test_the_tag_changes_with_everything_that_shows() -> None:
    same = shown(STANDING, GONE)
    others = [
        shown(STANDING),
        shown(STANDING, GONE, mode=INITIALS),
        shown(STANDING, GONE, person="Dana Ruiz-Lee"),
        shown(STANDING, GONE, clinic="Hillside Clinic"),
        shown(STANDING, GONE, zone=ZoneInfo("America/Chicago")),
        Shown(same.feed, "https://other.example", same.visits),
        *(
            shown(STANDING._replace(**change), GONE)
            for change in (
                {"uid": "b"},
                {"sequence": 3},
                {"stamp": GONE.booked_at},
                {"starts_at": "2026-11-24 19:35:00.000000"},
                {"ends_at": "2026-11-24 20:25:00.000000"},
                {"booked_at": "2026-11-01 15:30:13.000000"},
                {"status": "canceled"},
                {"kind": "Follow-up"},
                {"initials": "J.S."},
            )
        ),
    ]

    assert shown(STANDING, GONE).tag == same.tag
    assert len({same.tag, *(other.tag for other in others)}) == 1 + len(others)
