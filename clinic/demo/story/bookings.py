"""When each visit is booked: at the first call, or at the desk after an earlier visit."""

from collections import defaultdict
from datetime import datetime, timedelta

from clinic.demo.story.cast import FOLLOW_UP
from clinic.demo.story.courses import Visit
from clinic.demo.story.ledger import DAY, HOUR, Ledger

AT_THE_DESK = (60, 280)
"""Seconds after a visit in which the next ones are booked."""
ONE_BOOKING = timedelta(seconds=40)
JUST_NOW = (timedelta(seconds=75), timedelta(seconds=25))
"""Two were booked so shortly ago that their letters still wait for an undo."""


def book_all(ledger: Ledger) -> None:
    """Write down when each visit was booked."""
    earlier: dict[int, list[Visit]] = defaultdict(list)
    just_now = list(JUST_NOW)
    for visit in ledger.visits:
        at = _booked_at(ledger, visit, earlier[visit.person])
        if just_now and visit.kind == FOLLOW_UP and visit.starts_at > ledger.now + 4 * DAY:
            at = ledger.now - just_now.pop()
        ledger.booked[visit] = ledger.settled[visit] = at
        earlier[visit.person].append(visit)


def _booked_at(ledger: Ledger, visit: Visit, earlier: list[Visit]) -> datetime:
    over = [each for each in earlier if each.ends_at < ledger.now - 2 * HOUR]
    if visit.person not in ledger.called:
        ledger.called[visit.person] = _first_call(ledger, visit)
        return ledger.called[visit.person]
    if over:
        return ledger.dice.choice(over[-4:]).ends_at + timedelta(seconds=ledger.dice.randint(*AT_THE_DESK))
    return ledger.called[visit.person] + ONE_BOOKING * (1 + len(earlier))


def _first_call(ledger: Ledger, visit: Visit) -> datetime:
    dice = ledger.dice
    at = ledger.desk_time(ledger.day(visit.starts_at) - timedelta(days=dice.randint(1, 9)))
    latest = min(visit.starts_at - 2 * HOUR, ledger.now - timedelta(minutes=dice.randint(6, 4000)))
    if at > latest:
        at = min(latest, ledger.desk_time(ledger.day(latest) - DAY))
    return max(at, ledger.opened + timedelta(seconds=dice.randint(60, 20_000)))
