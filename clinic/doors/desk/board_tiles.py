"""One visit as a tile of the board: its classes and its words."""

from datetime import datetime, timedelta
from typing import NamedTuple

from clinic.scheduling.booking.queries import Slot, in_course

LATE = timedelta(minutes=15)
GIVEN_UP = timedelta(hours=1)
UNFINISHED = frozenset({"booked", "arrived"})
SIZES = ((20, " tile--short tile--tiny"), (30, " tile--short"), (40, " tile--mid"))
WORDS = {"completed": "Done", "in session": "In session", "no-show": "No-show", "canceled": "Canceled"}
CLASSES = {"completed": "done", "in session": "in-session", "no-show": "no-show", "canceled": "cancelled"}


class Tile(NamedTuple):
    """What a tile shows. ``state`` is its word, ``since`` the minutes somebody waits, ``late`` those they are late."""

    id: int
    version: int
    classes: str
    name: str
    what: str
    state: str
    since: int | None
    late: str
    ask: bool


def tile(row: Slot, *, place: str, lane: int, due: str, now: datetime) -> Tile:
    """Return a visit's tile at ``place``, due at ``due``; ``lane`` is its half of the column where two share it."""
    status, state, since, late = _status(row, now)
    minutes = _minutes(row.ends_at - row.starts_at)
    size = next((words for limit, words in SIZES if minutes < limit), "")
    beside = f" tile--lane-{lane}" if lane else ""
    return Tile(
        row.id,
        row.version,
        f"tile kind--{row.token.replace('-', '')} tile--{status}{size}{beside} {place}",
        row.patient,
        f"due {due}" if late else f"{due} {row.type} {in_course(row.course_number, row.course_visits)}".rstrip(),
        state,
        since,
        late,
        row.born_on is None and row.status in ("arrived", "in session"),
    )


def _status(row: Slot, now: datetime) -> tuple[str, str, int | None, str]:
    """Return the class, the word, the minutes of waiting, and how late it is in words."""
    if row.status in UNFINISHED and now >= row.ends_at + GIVEN_UP:
        return "late", "Without a status", None, "No status"
    if row.status == "arrived":
        return "here", "Here", max(0, _minutes(now - (row.arrived_at or now))), ""
    if row.status != "booked":
        return CLASSES[row.status], WORDS[row.status], None, ""
    if now >= row.starts_at + LATE:
        return "late", "Late", None, f"{_minutes(now - row.starts_at)} min late"
    return ("confirmed", "Confirmed", None, "") if row.confirmed_at else ("unconfirmed", "Unconfirmed", None, "")


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)
