"""The desk's worklists: who must be rung, and what still lacks a status."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.doors.desk.board_day import next_open_day
from clinic.doors.desk.board_tiles import GIVEN_UP
from clinic.outbox.queries import failed_since
from clinic.scheduling.booking import queries
from clinic.scheduling.booking.queries import Row
from clinic.scheduling.booking.untold_queries import Untold, untold
from clinic.timetable.zones import day_bounds

WEEK = timedelta(days=7)


class Worklists(NamedTuple):
    """What waits for somebody at the desk; ``next_on`` is the next day the clinic is open."""

    without_status: list[Row]
    wanted: list[Row]
    untold: list[Row]
    why_untold: dict[int, str]
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
    by_nobody = untold(now=now)
    over = queries.without_a_status(since=bounds.start - WEEK, before=now - GIVEN_UP)
    return Worklists(
        without_status=[row for row in over if row.ends_at + GIVEN_UP <= now],
        wanted=queries.calls_wanted(now=now),
        untold=[found.row for found in by_nobody],
        why_untold={found.row.id: _why(found) for found in by_nobody},
        unconfirmed=queries.unconfirmed(first=coming.start, until=coming.end),
        next_on=next_on,
        failed=failed_since(now - WEEK),
    )


def _why(found: Untold) -> str:
    """Return, in words, why somebody must tell the patient."""
    if found.failed:
        letter = f"letter failed: {found.failed.removeprefix('The mail server said ')}"
    else:
        letter = "gets no letters" if found.row.email else "no e-mail"
    if found.row.canceled_at:
        return f"canceled by the clinic: tell them ({letter})"
    return f"{letter}: tell all dates of the course" if found.row.course_id else letter
