"""Times that change hands: visits that are canceled, moved, or written down afterwards."""

from datetime import datetime, timedelta

from clinic.demo.story.cast import EVALUATION, FOLLOW_UP, KINDS
from clinic.demo.story.courses import Gap, Visit
from clinic.demo.story.ledger import DAY, HOUR, Ledger
from clinic.demo.story.moments import DESK, LINK

TAKEN_OVER, GIVEN_UP, MOVED = 0.04, 0.14, 0.07
"""How often somebody else had the time before, how often a free time was once taken, how often a visit was moved."""
REASONS = ("Work", "Travel", "Family", "Car trouble", "Another appointment", "Weather")
BY_LINK = "by link"
ASKED = "Asked for another time"
LEAST_NOTICE = 25 * HOUR


def change_hands(ledger: Ledger) -> None:
    """Write down all that is canceled, moved and entered afterwards."""
    for visit in ledger.visits:
        if visit.kind != EVALUATION and ledger.chance(TAKEN_OVER):
            _taken_over(ledger, visit)
        if visit.kind != EVALUATION and ledger.chance(MOVED):
            _moved(ledger, visit)
    for gap in [gap for gap in ledger.gaps if ledger.chance(GIVEN_UP)]:
        _given_up(ledger, gap)
    _afterwards(ledger)


def _taken_over(ledger: Ledger, visit: Visit) -> None:
    """Somebody else had this time, and canceled before it was booked again."""
    gone = ledger.booked[visit] - timedelta(minutes=ledger.dice.randint(15, 400))
    other = ledger.somebody_else(visit.member, visit.starts_at, visit.kind, before=gone - DAY)
    if other is not None:
        ledger.say(ledger.between(ledger.called[other.person], gone - 4 * HOUR), "book", other)
        _cancel(ledger, other, gone)


def _given_up(ledger: Ledger, gap: Gap) -> None:
    """The time is free because somebody canceled, some of them late."""
    latest = min(gap.starts_at - timedelta(minutes=90), ledger.now)
    other = ledger.somebody_else(gap.member, gap.starts_at, FOLLOW_UP, before=latest - 3 * DAY)
    if other is None:
        return
    ledger.gaps.remove(gap)
    shortly = ledger.dice.choice((timedelta(hours=3), timedelta(hours=20), 2 * DAY))
    gone = latest - shortly * ledger.dice.random()
    ledger.say(ledger.between(max(ledger.called[other.person], gone - 21 * DAY), gone - HOUR), "book", other)
    _cancel(ledger, other, gone)


def _cancel(ledger: Ledger, visit: Visit, at: datetime) -> None:
    by = LINK if ledger.gets_letters(visit) and ledger.chance(0.5) else DESK
    ledger.say(at, "cancel", visit, by=by, words=BY_LINK if by == LINK else ledger.dice.choice(REASONS))


def _moved(ledger: Ledger, visit: Visit) -> None:
    """The visit was booked for another time first."""
    gap = next((gap for gap in ledger.gaps if _may_come_from(ledger, visit, gap)), None)
    if gap is None:
        return
    ledger.gaps.remove(gap)
    ledger.days[visit.person].add(ledger.day(gap.starts_at))
    first = ledger.booked[visit]
    at = ledger.between(first, min(visit.starts_at, gap.starts_at, ledger.now) - 2 * HOUR)
    may_move = KINDS[visit.kind].patients_may_move and gap.starts_at - at > LEAST_NOTICE
    ledger.say(first, "book", visit, to=gap.starts_at)
    if ledger.gets_letters(visit) and not may_move:
        ledger.say(first + (at - first) * 0.9, "want call", visit, by=LINK, words=ASKED)
    ledger.say(at, "move", visit, by=LINK if may_move and ledger.gets_letters(visit) else DESK, to=visit.starts_at)
    ledger.settled[visit] = at


def _may_come_from(ledger: Ledger, visit: Visit, gap: Gap) -> bool:
    own = ledger.day(visit.starts_at)
    first, last = sorted((own, ledger.day(gap.starts_at)))
    passes = any(first <= day <= last for day in ledger.days[visit.person] - {own})
    return (
        gap.member == visit.member
        and gap.minutes >= KINDS[visit.kind].length
        and abs(gap.starts_at - visit.starts_at) < 8 * DAY
        and min(gap.starts_at, visit.starts_at, ledger.now) - ledger.booked[visit] > DAY
        and not passes
    )


def _afterwards(ledger: Ledger) -> None:
    """Two came without an appointment, and were written down the next morning."""
    for gap in [gap for gap in ledger.gaps if DAY < ledger.now - gap.starts_at < 5 * DAY][:2]:
        visit = ledger.somebody_else(gap.member, gap.starts_at, FOLLOW_UP, before=gap.starts_at)
        if visit is not None:
            ledger.gaps.remove(gap)
            at = min(ledger.desk_time(ledger.day(gap.starts_at) + DAY), ledger.now - 2 * HOUR)
            at = max(at, visit.ends_at + HOUR)
            ledger.say(at, "book", visit, words="Came without an appointment")
            ledger.say(at + timedelta(minutes=1), "complete", visit)
