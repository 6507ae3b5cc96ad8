"""When a patient would like to come."""

from collections.abc import Iterable
from typing import NamedTuple

from clinic.refusals import Unacceptable

MIDNIGHT = 1440


class NoSuchTime(Unacceptable):
    """A wish that no clock or calendar holds."""


class Wished(NamedTuple):
    """Weekdays (0 is Monday) and one window in minutes after local midnight; both ends or neither."""

    days: list[int]
    since: int | None
    until: int | None


def checked_wishes(days: Iterable[int], since: int | None, until: int | None) -> Wished:
    """Return wishes in order, an open end filled in with midnight.

    Raises ``NoSuchTime`` for a weekday or a time that does not exist, and where it ends before it begins.
    """
    kept = sorted(set(days))
    if any(day not in range(7) for day in kept):
        raise NoSuchTime("There is no such day of the week.", field="wished_days")
    if since is None and until is None:
        return Wished(kept, None, None)
    since, until = since or 0, MIDNIGHT if until is None else until
    if not (0 <= since < MIDNIGHT and 0 < until <= MIDNIGHT):
        raise NoSuchTime("There is no such time of day.", field="wished_from")
    if since >= until:
        raise NoSuchTime("The wished time ends before it begins. Swap the two, or leave one out.", field="wished_until")
    return Wished(kept, since, until)
