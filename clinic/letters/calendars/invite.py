"""The invitation that every calendar obeys, its update, and its cancellation; equal facts give equal bytes."""

from collections.abc import Sequence

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
    return _calendar([facts], "REQUEST")


def cancel(facts: VisitFacts) -> bytes:
    """Return what takes the event out of the calendar.

    Raises ``ValueError`` for a visit that still stands, and ``Unwritable`` for what a calendar cannot hold.
    """
    if not facts.canceled:
        raise ValueError("only a canceled visit is taken out of a calendar")
    return _calendar([facts], "CANCEL")


def several(visits: Sequence[VisitFacts]) -> bytes:
    """Return one file with all ``visits``, to be added to a calendar by hand: it has no METHOD, so nobody answers it.

    Raises ``Unwritable`` for what a calendar cannot hold.
    """
    return _calendar(visits)


def _calendar(visits: Sequence[VisitFacts], method: str = "") -> bytes:
    calendar = Calendar()  # Calendar.new() would add a random UID
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    if method:
        calendar.add("METHOD", method)
    for visit in visits:
        calendar.add_component(event(visit))
    written: bytes = calendar.to_ical(sorted=False)
    return written
