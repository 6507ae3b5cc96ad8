"""The invitation that every calendar obeys, its update, and its cancellation; equal facts give equal bytes."""

from icalendar import Calendar

from clinic.letters.calendars.event import VisitFacts, event

PRODID = "-//Gaitkeeper//Gaitkeeper//EN"


def request(facts: VisitFacts) -> bytes:
    """Return the invitation, or its update where the sequence is higher.

    Raises ``ValueError`` for a canceled visit, since a REQUEST with STATUS:CANCELLED leaves the event standing, and
    ``Unwritable`` for what a calendar cannot hold.
    """
    if facts.canceled:
        raise ValueError("a canceled visit is no invitation")
    return _calendar(facts, "REQUEST")


def cancel(facts: VisitFacts) -> bytes:
    """Return what takes the event out of the calendar.

    Raises ``ValueError`` for a visit that still stands, and ``Unwritable`` for what a calendar cannot hold.
    """
    if not facts.canceled:
        raise ValueError("only a canceled visit is taken out of a calendar")
    return _calendar(facts, "CANCEL")


def _calendar(facts: VisitFacts, method: str) -> bytes:
    calendar = Calendar()  # Calendar.new() would add a random UID
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    calendar.add_component(event(facts))
    written: bytes = calendar.to_ical(sorted=False)
    return written
