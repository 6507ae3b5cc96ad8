"""The desk's worklists: who must be rung, and what still lacks a status."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.doors.desk.board_day import next_open_day
from clinic.doors.desk.board_tiles import GIVEN_UP
from clinic.outbox.queries import failed_since
from clinic.scheduling.booking import queries
from clinic.scheduling.booking.queries import Row
from clinic.timetable.zones import day_bounds

WEEK = timedelta(days=7)


class Worklists(NamedTuple):
    """What waits for somebody at the desk; ``next_on`` is the next day the clinic is open."""

    without_status: list[Row]
    wanted: list[Row]
    untold: list[Row]
    unconfirmed: list[Row]
    next_on: date
    failed: int

    @property
    def to_call(self) -> int:
        """How many visits somebody should ring about, beside tomorrow's confirmations."""
        return len({row.id for row in self.wanted + self.untold})


def worklists(today: date, *, zone: ZoneInfo, now: datetime) -> Worklists:
    """Read all worklists."""
    bounds = day_bounds(today, zone)
    next_on = next_open_day(today + timedelta(days=1), zone=zone)
    coming = day_bounds(next_on, zone)
    over = queries.without_a_status(since=bounds.start - WEEK, before=now - GIVEN_UP)
    return Worklists(
        without_status=[row for row in over if row.ends_at + GIVEN_UP <= now],
        wanted=queries.calls_wanted(now=now),
        untold=queries.untold(now=now),
        unconfirmed=queries.unconfirmed(first=coming.start, until=coming.end),
        next_on=next_on,
        failed=failed_since(now - WEEK),
    )
