"""A therapist's visits as a calendar that programs read again and again; nothing changed means the same bytes."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256

import icalendar
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from clinic.letters.calendars import queries
from clinic.letters.calendars.invite import PRODID
from clinic.letters.calendars.plain import in_order, in_utc, one_line, spaced
from clinic.letters.calendars.queries import INITIALS, Subscription, Visit
from clinic.letters.calendars.tokens import find

log = logging.getLogger("clinic.feeds")
RENDERER = f"1/{icalendar.__version__}"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """All that a feed shows now. What is equal here gives equal bytes, so that a reader need not wait for them."""

    feed: Subscription
    base_url: str
    visits: Sequence[Visit]

    @cached_property
    def tag(self) -> str:
        """What changes whenever the bytes do: known without rendering them."""
        head = (RENDERER, self.feed.mode, self.feed.person, self.feed.clinic, self.feed.zone.key, self.base_url)
        return sha256(json.dumps([head, self.visits]).encode()).hexdigest()[:32]


def feed_for(token: str, *, now: datetime, base_url: str) -> Shown | None:
    """Return what the feed with this token shows now; None where the token opens nothing."""
    found = find(token)
    return Shown(found, base_url, queries.visits(found, now=now)) if found else None


def render(shown: Shown) -> bytes:
    """Return the calendar. A visit that cannot be written is left out and logged by its number."""
    calendar = _calendar(name=spaced(f"{shown.feed.clinic} – {shown.feed.person}"), zone=shown.feed.zone.key)
    for visit in shown.visits:
        try:
            calendar.add_component(_event(visit, mode=shown.feed.mode, base_url=shown.base_url))
        except Exception as trouble:
            log.error("feed %s: appointment %s left out, %s", shown.feed.id, visit.id, type(trouble).__name__)
    if not calendar.subcomponents:
        calendar.add_component(_utc())
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _calendar(*, name: str, zone: str) -> Calendar:
    calendar = Calendar()  # Calendar.new() would add a random UID
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", vText(name))  # given as str these would not be escaped
    calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("X-WR-TIMEZONE", vText(zone))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText("PT1H"))
    return calendar


def _event(visit: Visit, *, mode: str, base_url: str) -> Event:
    starts_at, ends_at, canceled = _moment(visit.starts_at), _moment(visit.ends_at), visit.status == "canceled"
    in_order(starts_at, ends_at)
    event = Event()
    event.add("UID", one_line(visit.uid))
    event.add("DTSTAMP", _moment(visit.stamp))
    event.add("SEQUENCE", visit.sequence)
    event.add("DTSTART", starts_at)
    event.add("DTEND", ends_at)
    event.add("SUMMARY", _summary(visit, mode=mode))
    if mode == INITIALS:
        event.add("URL", f"{base_url}/desk/appointments/{visit.id}")
    event.add("STATUS", "CANCELLED" if canceled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if canceled else "OPAQUE")
    event.add("CLASS", "PRIVATE")
    event.add("CREATED", _moment(visit.booked_at))
    event.add("LAST-MODIFIED", _moment(visit.stamp))
    return event


def _summary(visit: Visit, *, mode: str) -> str:
    text = f"{one_line(visit.kind)} – {visit.initials}" if mode == INITIALS else "Appointment"
    return f"Canceled: {text}" if visit.status == "canceled" else text


def _moment(text: str) -> datetime:
    """Read a moment as the database writes it: SQLite without an offset, PostgreSQL with that of UTC."""
    moment = datetime.fromisoformat(text)
    return in_utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _utc() -> Timezone:
    """Return the one component that an empty calendar still needs; the same for every clinic."""
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime(1970, 1, 1))  # noqa: DTZ001  a zone's own start is wall time
    standard.add("TZOFFSETFROM", timedelta(0))
    standard.add("TZOFFSETTO", timedelta(0))
    standard.add("TZNAME", "UTC")
    zone = Timezone()
    zone.add("TZID", "UTC")
    zone.add_component(standard)
    return zone
