"""The desk's worklists: who must be rung, and what still lacks a status."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.doors.desk.board_day import next_open_day
from clinic.doors.desk.board_tiles import GIVEN_UP
from clinic.outbox.queries import failed_since
from clinic.scheduling.booking import worklist_queries
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


class Counters(NamedTuple):
    """How much waits: ``to_call`` are the visits somebody should ring about, beside the next day's confirmations."""

    without_status: int
    unconfirmed: int
    to_call: int
    failed: int
    next_on: date


def worklists(today: date, *, zone: ZoneInfo, now: datetime) -> Worklists:
    """Read all worklists."""
    next_on = next_open_day(today + timedelta(days=1), zone=zone)
    by_nobody = untold(now=now)
    return Worklists(
        without_status=worklist_queries.without_a_status(**_lately(today, zone, now)),
        wanted=worklist_queries.calls_wanted(now=now),
        untold=[found.row for found in by_nobody],
        why_untold={found.row.id: _why(found) for found in by_nobody},
        unconfirmed=worklist_queries.unconfirmed(**_on(next_on, zone)),
        next_on=next_on,
    )


def counters(today: date, *, zone: ZoneInfo, now: datetime) -> Counters:
    """Read how much is on them, for the board."""
    next_on = next_open_day(today + timedelta(days=1), zone=zone)
    to_call = [*worklist_queries.calls_wanted(now=now), *(found.row for found in untold(now=now))]
    return Counters(
        without_status=worklist_queries.count_without_a_status(**_lately(today, zone, now)),
        unconfirmed=worklist_queries.count_unconfirmed(**_on(next_on, zone)),
        to_call=len({row.id for row in to_call}),
        failed=failed_since(now - WEEK),
        next_on=next_on,
    )


def _lately(today: date, zone: ZoneInfo, now: datetime) -> dict[str, datetime]:
    return {"since": day_bounds(today, zone).start - WEEK, "before": now - GIVEN_UP}


def _on(day: date, zone: ZoneInfo) -> dict[str, datetime]:
    bounds = day_bounds(day, zone)
    return {"first": bounds.start, "until": bounds.end}


def _why(found: Untold) -> str:
    """Return, in words, why somebody must tell the patient."""
    if found.failed:
        letter = f"letter failed: {found.failed.removeprefix('The mail server said ')}"
    else:
        letter = "gets no letters" if found.row.email else "no e-mail"
    if found.row.canceled_at:
        return f"canceled by the clinic: tell them ({letter})"
    return f"{letter}: tell all dates of the course" if found.row.course_id else letter
