"""One sense of time for a plan: its visits, the authorization and the certification on the same line of days."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.care.plans.short_day import short_day
from clinic.care.plans.standing_of import Standing
from clinic.timetable.zones import to_wall

LEFT, RIGHT = 68, 292
"""Where the days begin and end, in units of the drawing, which is 300 wide."""


class Span(NamedTuple):
    """A stretch of days as a bar: what it is called, where it lies, and from when to when in words."""

    name: str
    label: str
    x: int
    width: int
    words: str


class Tick(NamedTuple):
    """A visit on the line; ``is_done`` tells whether the patient came."""

    x: int
    is_done: bool


class PlanTime(NamedTuple):
    """The drawing's values, with the same facts in ``words``; ``due_x`` is the day of a signature that is owed."""

    spans: list[Span]
    ticks: list[Tick]
    today_x: int
    due_x: int | None
    first: str
    last: str
    words: str


def plan_time(standing: Standing, *, zone: ZoneInfo, today: date) -> PlanTime:
    """Return how a plan, its authorization and its certification lie in time."""
    clock, authorization = standing.certification, standing.authorization
    from_on = standing.plan.from_on or today
    visits = [(to_wall(one.starts_at, zone).date(), one.is_attended) for one in standing.visits]
    visits = [(on, is_done) for on, is_done in visits if is_done or on >= today]
    until = authorization.until_on if authorization is not None else None
    known = [today, from_on, standing.until_on, until, clock.ends_on, clock.due_on, *(on for on, _ in visits)]
    days = [on for on in known if on is not None]
    first, last = min(days), max(days)

    def at(on: date) -> int:
        return LEFT + round((RIGHT - LEFT) * (on - first).days / max((last - first).days, 1))

    certified = "Certified" if clock.due_on is None else "To certify"
    ends = [
        ("plan", "Plan", standing.until_on),
        ("authorized", "Authorized", until),
        ("certified", certified, clock.ends_on),
    ]
    spans = [_span(name, label, from_on, on, at) for name, label, on in ends if on is not None]
    done = sum(is_done for _, is_done in visits)
    told = [one.words for one in spans]
    told.append(f"visits done {done}, booked {len(visits) - done}, the evaluation among them")
    told.append(f"today {short_day(today)}")
    if clock.due_on is not None:
        told.append(f"the certification is to be signed by {short_day(clock.due_on)}")
    return PlanTime(
        spans=spans,
        ticks=[Tick(at(on), is_done) for on, is_done in visits],
        today_x=at(today),
        due_x=at(clock.due_on) if clock.due_on is not None else None,
        first=short_day(first),
        last=short_day(last),
        words="; ".join(told) + ".",
    )


def _span(name: str, label: str, from_on: date, to_on: date, at: Callable[[date], int]) -> Span:
    words = f"{label} from {short_day(from_on)} to {short_day(to_on)}"
    return Span(name, label, at(from_on), max(at(to_on) - at(from_on), 2), words)
