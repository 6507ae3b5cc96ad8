"""Who says that they will come, who comes, and who does not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from clinic.demo.story.changes import ASKED
from clinic.demo.story.courses import Visit
from clinic.demo.story.ledger import DAY, HOUR, Ledger
from clinic.demo.story.moments import DESK, LINK, THERAPIST
from clinic.letters.reminders.rules import AHEAD, TOO_FRESH, reminders
from clinic.timetable.zones import to_wall

REMIND_HOURS = 72
ANSWERS = {AHEAD: 0.55}
ANSWERS_AT_LAST = 0.4
"""How often a reminder is answered: the first one, the one of the day before."""
REACHED_BY_PHONE = {True: 0.35, False: 0.8}
"""How often the desk hears a yes on the phone the day before, from those who get letters and from those who do not."""
STAYS_AWAY = {True: 0.046, False: 0.16}
"""How often somebody stays away who has confirmed, and who has not."""
ON_THE_PHONE = (15 * 60 + 5, 16 * 60 + 55)
MORNING = timedelta(hours=9)


def attend(ledger: Ledger, *, reminded_since: date) -> None:
    """Write down confirmations and what becomes of each visit; those in the midst of it as they look right now."""
    late = _first(ledger, lambda ago, visit: 15 <= ago <= 50 and visit.ends_at > ledger.now)
    waiting = _first(ledger, lambda ago, _: -30 <= ago < 0)
    for visit in ledger.visits:
        if ledger.settled[visit] == ledger.booked[visit]:
            ledger.say(ledger.booked[visit], "book", visit)
            if not ledger.gets_letters(visit) and ledger.chance(0.9):
                ledger.say(ledger.booked[visit] + timedelta(seconds=30), "tell", visit)
        if visit is not late:
            confirmed = _confirm(ledger, visit, reminded_since=reminded_since)
            _come(ledger, visit, confirmed=confirmed, waiting=visit is waiting)
    _want_calls(ledger)
    _forget_two(ledger)


def _first(ledger: Ledger, fits: Callable[[float, Visit], bool]) -> Visit | None:
    now = ledger.now
    return next((visit for visit in ledger.visits if fits((now - visit.starts_at).total_seconds() / 60, visit)), None)


def _confirm(ledger: Ledger, visit: Visit, *, reminded_since: date) -> bool:
    at, by = None, LINK
    if ledger.gets_letters(visit):
        at = _answered_at(ledger, visit, twice=ledger.day(visit.starts_at) > reminded_since)
    if at is None and ledger.chance(REACHED_BY_PHONE[ledger.gets_letters(visit)]):
        at, by = ledger.wall(ledger.day(visit.starts_at) - DAY, ledger.dice.randint(*ON_THE_PHONE)), DESK
    if at is None or not ledger.settled[visit] < at < visit.starts_at:
        return False
    ledger.say(at, "confirm", visit, by=by)
    return True


def _answered_at(ledger: Ledger, visit: Visit, *, twice: bool) -> datetime | None:
    """Return when a reminder is answered by its link."""
    for due in reminders(visit.starts_at, zone=ledger.zone, remind_hours=REMIND_HOURS, day_before=twice):
        sent = visit.starts_at - ledger.settled[visit] >= TOO_FRESH[due.kind]
        if sent and ledger.chance(ANSWERS.get(due.kind, ANSWERS_AT_LAST)):
            at = due.due_at + timedelta(minutes=ledger.dice.triangular(2, 700, 20))
            if not 7 <= to_wall(at, ledger.zone).hour < 23:
                at += MORNING
            return min(at, visit.starts_at - HOUR)
    return None


def _come(ledger: Ledger, visit: Visit, *, confirmed: bool, waiting: bool) -> None:
    dice = ledger.dice
    if waiting:
        ledger.say(ledger.now - timedelta(minutes=4), "arrive", visit)
        return
    if ledger.chance(STAYS_AWAY[confirmed]):
        ledger.say(visit.starts_at + timedelta(minutes=dice.randint(17, 30)), "no show", visit)
        return
    arrives = visit.starts_at - timedelta(minutes=dice.triangular(-5, 11, 4))
    begins = max(arrives, visit.starts_at) + timedelta(seconds=dice.randint(20, 150))
    ledger.say(arrives, "arrive", visit)
    ledger.say(begins, "begin", visit, by=THERAPIST)
    ledger.say(visit.ends_at - timedelta(seconds=dice.randint(5, 200)), "complete", visit, by=THERAPIST)


def _want_calls(ledger: Ledger) -> None:
    """Some have asked for another time, and nobody has called them yet."""
    asking = [
        visit
        for visit in ledger.visits
        if 2 * DAY < visit.starts_at - ledger.now < 12 * DAY
        and ledger.gets_letters(visit)
        and ledger.settled[visit] < ledger.now - 2 * DAY
    ]
    for visit in ledger.dice.sample(asking, min(3, len(asking))):
        at = ledger.now - timedelta(minutes=ledger.dice.randint(25, 1100))
        ledger.say(at, "want call", visit, by=LINK, words=ASKED)


def _forget_two(ledger: Ledger) -> None:
    """On the last working day nobody noted what became of two visits."""
    today = ledger.day(ledger.now)
    last = max((day for visit in ledger.visits if (day := ledger.day(visit.starts_at)) < today), default=None)
    done = [each for each in ledger.moments if each.what == "complete" and ledger.day(each.visit.starts_at) == last]
    forgotten = {each.visit for each in ledger.dice.sample(done, min(2, len(done)))}
    ledger.moments = [
        each for each in ledger.moments if each.visit not in forgotten or each.what not in ("begin", "complete")
    ]
