"""Change where the clinic is."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.refusals import ChangedMeanwhile, Refusal
from clinic.scheduling import holds
from clinic.scheduling.practice.fields import clean_phone, clean_text, clean_zone, known_id
from clinic.scheduling.practice.models import Location
from clinic.scheduling.practice.queries import FOR_EVER, closures, lock_location, time_off
from clinic.timetable.intervals import Interval


class VisitsAhead(Refusal):
    """Visits, time off or closures ahead were set by the present clock on the wall."""


def change_location(
    *,
    location_id: int,
    name: str,
    address: str,
    phone: str,
    zone: str,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Location:
    """Change a location; the caller commits.

    Its zone stands still while visits are booked, since their hours on the wall would shift. Raises ``VisitsAhead``,
    ``Unacceptable`` and ``ChangedMeanwhile``.
    """
    location = lock_location(known_id(location_id, "There is no such location."), changing=True)
    if seen is not None and location.version != seen:
        raise ChangedMeanwhile("Somebody else has just changed this place. Load the page again.")
    zone = clean_zone(zone, field="zone")
    if zone != location.zone:
        _refuse_if_timed(now)
    before = {"name": location.name, "address": location.address, "phone": location.phone, "zone": location.zone}
    location.name = clean_text(name, field="name", most=80)
    location.address = clean_text(address, field="address", most=200)
    location.phone, location.zone = clean_phone(phone, field="phone"), zone
    location.version += 1
    after = {"name": location.name, "address": location.address, "phone": location.phone, "zone": location.zone}
    audit.record("location changed", about=f"location:{location.id}", by=by, now=now, before=before, after=after)
    return location


def _refuse_if_timed(now: datetime) -> None:
    """Refuse while something ahead was set by the present clock on the wall. Raises ``VisitsAhead``."""
    ahead = Interval(now, now + FOR_EVER)
    what = ""
    if holds.owners_between("therapist:", ahead, owners="appointment:"):
        what = "Visits are booked"
    elif time_off(first=ahead.start, until=ahead.end):
        what = "Time off is entered"
    elif closures(first=ahead.start, until=ahead.end):
        what = "Closures are entered"
    if what:
        raise VisitsAhead(f"{what} by the present time zone. It can be changed when none is ahead.", field="zone")
