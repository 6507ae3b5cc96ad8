"""Refuse to take away what visits that are booked rely on."""

from datetime import datetime

from clinic.refusals import Refusal
from clinic.scheduling import holds
from clinic.scheduling.practice.models import Location
from clinic.scheduling.practice.queries import FOR_EVER, location, lock_location
from clinic.timetable.intervals import Interval


class InUse(Refusal):
    """Visits are booked there; ``owners`` are their keys, such as ``appointment:12``, the first one first."""

    def __init__(self, owners: list[str], sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence, field=field)
        self.owners = owners


def let_nobody_book() -> Location:
    """Let nobody book, nor change what is booked, until the transaction ends; return the location.

    It comes before any other lock, or two who wait for each other would stand still.
    """
    return lock_location(location().id, changing=True)


def refuse_if_held(holder: str, *, now: datetime, sentence: str) -> None:
    """Refuse where ``holder`` is booked from now on. Raises ``InUse``."""
    owners = booked_between(holder, Interval(now, now + FOR_EVER))
    if owners:
        raise InUse(owners, sentence)


def booked_between(holder: str, when: Interval) -> list[str]:
    """Return the appointments that hold time of exactly ``holder`` in ``when``."""
    return holds.owners_of(holder, when, owners="appointment:")
