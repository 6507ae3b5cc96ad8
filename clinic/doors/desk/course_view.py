"""What the page of a course shows: its rows, what stands beside them, and the months."""

from calendar import Calendar
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.doors import wording
from clinic.doors.cards import card_of
from clinic.scheduling.booking.course_proposal import Alternative, Planned, Proposal
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.timetable.course import Slot
from clinic.timetable.words import LONG_MONTHS, clock_words, day_words
from clinic.timetable.zones import to_wall

SUNDAY = 6
LOOK = "Look, and press Enter again."


class RowView(NamedTuple):
    """One visit: ``value`` is the card of its time; ``state`` is fits, nearest, open, out or stays.

    ``taken`` says that another time was chosen for it, which was not free any more.
    """

    number: int
    value: str
    day: str
    time: str
    who: str
    kind: str
    devices: tuple[str, ...]
    state: str
    why: str
    was: str
    pinned: bool
    taken: bool


class Choice(NamedTuple):
    """Another time for the visit in hand, and what it does to the rest."""

    value: str
    when: str
    who: str
    effect: str
    checked: bool


class DayView(NamedTuple):
    """A day of the months beside the rows; ``mark`` is fits, nearest, closed, today or nothing."""

    day: int
    mark: str
    words: str


class MonthView(NamedTuple):
    """A month: its name, and its weeks from Sunday, None where no day is."""

    name: str
    weeks: list[list[DayView | None]]


def rows_of(
    proposal: Proposal,
    *,
    pinned: frozenset[int],
    taken: Collection[int],
    was: Mapping[int, datetime] | None = None,
    plain_type: int,
) -> list[RowView]:
    """Return the rows as the page shows them; ``was`` is when a booked visit was before."""
    rows = (
        _row(row, pinned=row.number in pinned, was=(was or {}).get(row.number), plain=plain_type)
        for row in proposal.rows
    )
    return [
        row._replace(state="nearest", why=f"was just taken; {row.why or 'this is free'}", taken=True)
        if row.number in taken
        else row
        for row in rows
    ]


def counts_of(rows: Sequence[RowView]) -> tuple[int, int, int]:
    """Return how many rows are placed, as wished, and only nearest to it."""
    placed = [row.state for row in rows if row.value]
    return len(placed), sum(state in ("fits", "stays") for state in placed), placed.count("nearest")


def taken_words(taken: Collection[int]) -> str | None:
    """Say which visits could not stay where they were shown; None where all could."""
    if not taken:
        return None
    numbers = ", ".join(map(str, sorted(taken)))
    if len(taken) == 1:
        return f"Its time was just taken: visit {numbers} stands at another time now. {LOOK}"
    return f"Their times were just taken: visits {numbers} stand at other times now. {LOOK}"


def _row(row: Planned, *, pinned: bool, was: datetime | None, plain: int) -> RowView:
    slot, zone, today = row.slot, wording.zone(), wording.today()
    moved = was is not None and slot is not None and was != slot.starts_at
    return RowView(
        row.number,
        value_of(slot),
        day_words(slot.on, today=slot.on) if slot else "",
        clock_words(slot.starts_at, zone) if slot else "",
        row.therapist.name if row.therapist else "",
        "" if row.kind.id == plain else row.kind.name,
        row.devices,
        row.state,
        row.why,
        f"was {day_words(to_wall(was, zone).date(), today=today)}, {clock_words(was, zone)}" if moved and was else "",
        pinned,
        taken=False,
    )


def value_of(slot: Slot | None) -> str:
    """Return the card of a slot; empty for none."""
    if slot is None:
        return ""
    return card_of(slot.starts_at, int(slot.therapist.partition(":")[2]))


def choices_of(now: Planned, times: Sequence[Alternative]) -> list[Choice]:
    """Return the times for the visit in hand, the present one marked."""
    here = value_of(now.slot)
    return [_choice(one.slot, one.therapist.name, one.effect or "rest stays", here) for one in times]


def _choice(slot: Slot, who: str, effect: str, here: str) -> Choice:
    value = value_of(slot)
    when = f"{day_words(slot.on, today=slot.on)}, {clock_words(slot.starts_at, wording.zone())}"
    return Choice(value, when, who, "" if value == here else effect, value == here)


def summary_of(proposal: Proposal, supply: CourseSupply) -> list[tuple[str, str]]:
    """Return what the whole course comes to, in a few lines."""
    placed, visits = proposal.placed, len(proposal.rows)
    lines = [("Placed", f"{len(placed)} of {visits}")]
    uneven = proposal.cost.uneven
    lines.append(
        ("Each week", "as prescribed" if not uneven else f"{uneven} {'visit' if uneven == 1 else 'visits'} off")
    )
    named = supply.asked.prescription.therapist
    if named is not None and named in supply.colleagues:
        lines.append((f"With {supply.colleagues[named].name}", f"{proposal.with_therapist(named)} of {len(placed)}"))
    else:
        lines.append(("Changes of therapist", str(proposal.cost.therapist)))
    if proposal.apart:
        least, most = proposal.apart
        lines.append(("Between visits", f"{least} to {most} days" if least != most else f"{least} days"))
    lines.append(("Gaps beside visits", f"up to {proposal.longest_gap} min" if proposal.longest_gap else "none"))
    if placed:
        lines.append(("Last visit", day_words(placed[-1].on, today=placed[-1].on)))
    return lines


def months_of(proposal: Proposal, supply: CourseSupply) -> list[MonthView]:
    """Return the months of the course, each visit and closed day marked."""
    today = wording.today()
    marks = {row.slot.on: "nearest" if row.state == "nearest" else "fits" for row in proposal.rows if row.slot}
    shut = _closed_days(supply)
    first, last = min([*marks, supply.asked.first_on]), max([*marks, supply.asked.first_on])
    on, months = first.replace(day=1), []
    while on <= last:
        weeks = [
            week for week in Calendar(SUNDAY).monthdatescalendar(on.year, on.month) if week[-1] >= min(first, today)
        ]
        months.append(
            MonthView(
                LONG_MONTHS[on.month - 1],
                [[_day(day, marks, shut, today) if day.month == on.month else None for day in week] for week in weeks],
            )
        )
        on = (on + timedelta(days=32)).replace(day=1)
    return months


def _day(on: date, marks: Mapping[date, str], shut: Mapping[date, str], today: date) -> DayView:
    if on in marks:
        return DayView(on.day, marks[on], "visit" if marks[on] == "fits" else "visit, nearest fit")
    if on in shut:
        return DayView(on.day, "closed", f"closed: {shut[on]}")
    return DayView(on.day, "today" if on == today else "", "today" if on == today else "")


def _closed_days(supply: CourseSupply) -> dict[date, str]:
    found: dict[date, str] = {}
    for span, label in supply.closures:
        on, last = to_wall(span.start, supply.zone).date(), to_wall(span.end, supply.zone).date()
        while on <= last:
            found[on] = label
            on += timedelta(days=1)
    return found
