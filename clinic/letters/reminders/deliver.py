"""Deliver what is owed: the one loop of several transactions, with the post between them and never inside one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update

from clinic import outbox
from clinic.database import database, does_not_answer, transaction, words_without_values
from clinic.letters.reminders.decide import decide
from clinic.letters.reminders.facts import facts_about
from clinic.letters.reminders.note import note, tell
from clinic.letters.reminders.rules import REMINDERS, is_quiet, next_waking
from clinic.letters.reminders.write import Desk, write
from clinic.outbox import Due, Letter, Outcome
from clinic.outbox.mark import Verdict
from clinic.outbox.post import Parcel, Post
from clinic.scheduling import practice

log = logging.getLogger("clinic.letters")
HOUR = timedelta(hours=1)
REDO_AFTER = 20


class CannotWrite(Exception):
    """A letter broke while it was written; it is set aside, so that it does not block the others."""

    def __init__(self, letter_id: int) -> None:
        super().__init__(f"letter {letter_id} cannot be written")
        self.letter_id = letter_id


@dataclass(frozen=True)
class Handed:
    """A letter that was handed to the post, and what the server said; it is still to be marked."""

    letter_id: int
    outcome: Outcome


@dataclass(frozen=True)
class Step:
    """What one look at the outbox came to: nothing is due, a letter was set aside, or here is a parcel."""

    parcel: Parcel | None = None
    more: bool = False


def deliver(*, post: Post, desk: Desk, now: Callable[[], datetime], stop: Callable[[], bool] = lambda: False) -> int:
    """Deliver all letters that are due, one after another, and return how many were sent.

    ``now`` is asked afresh for each; ``stop`` ends the loop between two letters.
    """
    sent = 0
    allowed = 0
    handed: Handed | None = None
    while not stop():
        if allowed == 0:
            with transaction():
                _note(handed, now=now())  # it counts against the hour's letters
                handed = None
                allowed = min(_allowance(now()), REDO_AFTER)
            if allowed <= 0:
                break
        before, handed = handed, None
        step = _mark_and_next(before, desk=desk, now=now())
        if step.parcel is not None:
            handed = Handed(step.parcel.letter_id, post.deliver(step.parcel))
            sent += handed.outcome.verdict is Verdict.TAKEN
            allowed -= 1
        elif not step.more:
            break
    _mark(handed, now=now())
    return sent


def _mark_and_next(handed: Handed | None, *, desk: Desk, now: datetime) -> Step:
    """Mark the letter that was just handed over, and claim the next, in one transaction: a commit less for each letter.

    Whatever breaks while the next is claimed, the one that was handed over is marked.
    """
    try:
        with transaction():
            _note(handed, now=now)
            return prepare_next(desk=desk, now=now)
    except CannotWrite as trouble:
        set_aside(trouble, handed, now=now)
        return Step(more=True)
    except Exception:
        _mark(handed, now=now)
        raise


def _mark(handed: Handed | None, *, now: datetime) -> None:
    if handed is not None:
        with transaction():
            _note(handed, now=now)


def _note(handed: Handed | None, *, now: datetime) -> None:
    if handed is not None:
        note(handed.letter_id, handed.outcome, now=now)


def set_aside(trouble: CannotWrite, handed: Handed | None, *, now: datetime) -> None:
    """Let a letter fail that cannot be written, unless another worker has it meanwhile; mark what was handed over."""
    log.error("letter %s cannot be written\n%s", trouble.letter_id, words_without_values(trouble))
    nobodys = or_(Letter.state == outbox.OWED, (Letter.state == outbox.LEASED) & (Letter.leased_until < now))
    with transaction() as session:
        _note(handed, now=now)
        session.execute(
            update(Letter)
            .where(Letter.id == trouble.letter_id, nobodys)
            .values(state=outbox.FAILED, ended_at=now, leased_until=None, outcome="The letter could not be written")
        )


def send_now(letter_id: int, *, post: Post, desk: Desk, now: datetime) -> bool:
    """Deliver one open letter without waiting for its time; say whether the server took it."""
    try:
        with transaction():
            parcel = prepare_next(desk=desk, now=now, letter_id=letter_id).parcel
    except CannotWrite as trouble:
        set_aside(trouble, None, now=now)
        return False
    if parcel is None:
        return False
    outcome = post.deliver(parcel)
    _mark(Handed(letter_id, outcome), now=now)
    return outcome.verdict is Verdict.TAKEN


def prepare_next(*, desk: Desk, now: datetime, letter_id: int | None = None) -> Step:
    """Claim the next letter, and skip it or write it, from the facts as they are; the caller commits.

    Raises ``CannotWrite``, whereupon the caller rolls back; a database that gives up is not the letter's fault.
    """
    database.session.flush()  # what is asked here passes by the session
    letter = outbox.next_due(now=now, letter_id=letter_id)
    if letter is None:
        return Step()
    try:
        return _prepare(letter, desk=desk, now=now)
    except Exception as trouble:
        if does_not_answer(trouble):
            raise
        raise CannotWrite(letter.id) from trouble


def _prepare(letter: Due, *, desk: Desk, now: datetime) -> Step:
    facts = facts_about(letter.about, now=now)
    if facts is None or letter.not_after <= now:
        outbox.skip(letter, "Too late to be of use", now=now)
        return Step(more=True)
    if letter.kind in REMINDERS and is_quiet(now, facts.zone):
        outbox.put_off(letter, until=next_waking(now, facts.zone))
        return Step(more=True)
    decision = decide(letter, facts)
    if decision.why_not:
        if letter.handed or letter.raw is not None:
            tell(letter, at=None)  # the server may have it, though it never said so: what follows must not contradict
        outbox.skip(letter, decision.why_not, now=now)
        return Step(more=True)
    if letter.raw is None:
        words = write(letter, facts, kind=decision.kind, desk=desk)
        outbox.lease(letter, now=now, **{name: it for name, it in words._asdict().items() if it is not None})
        return Step(Parcel(letter.id, facts.clinic.mailbox, words.address, words.raw), more=True)
    outbox.lease(letter, now=now, handed=True)
    return Step(Parcel(letter.id, facts.clinic.mailbox, letter.address, letter.raw), more=True)


def _allowance(now: datetime) -> int:
    """Return how many letters may leave now, by the kill switch and the hourly cap."""
    clinic = practice.clinic()
    if clinic.letters_paused_at is not None:
        return 0
    sent = database.session.scalar(
        select(func.count()).select_from(Letter).where(Letter.state == outbox.SENT, Letter.ended_at > now - HOUR)
    )
    return clinic.letters_per_hour - int(sent or 0)
