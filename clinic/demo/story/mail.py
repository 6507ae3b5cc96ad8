"""The letters of the story: written and delivered when they were due, into a post that only records them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from clinic import outbox
from clinic.database import database
from clinic.demo.story.people import WRONG_MAILBOX
from clinic.letters.reminders import Desk, owe_reminders
from clinic.letters.reminders.deliver import prepare_next
from clinic.letters.reminders.note import note
from clinic.outbox import Letter, Outcome
from clinic.outbox.mark import Verdict
from clinic.outbox.post import Parcel, Recorded

A_WHILE = timedelta(seconds=2)
LOOKS = timedelta(hours=6)
"""How often the story's worker looks for reminders that are due within a day."""
EARLIEST = select(func.min(Letter.try_at)).where(Letter.state.in_(outbox.OPEN))


class Recording(Recorded):
    """Takes every letter but those to a mistyped mailbox."""

    def deliver(self, parcel: Parcel) -> Outcome:
        """Say what a mail server would have said."""
        if parcel.address.endswith(WRONG_MAILBOX):
            return Outcome(Verdict.REFUSED, "The mail server said 550 No such mailbox here")
        return super().deliver(parcel)


class PastPost:
    """The worker of the story: does its ticks as far as the story has come."""

    def __init__(self, desk: Desk) -> None:
        self.recording = Recording()
        self._desk = desk
        self._due: datetime | None = None
        self._look_at: datetime | None = None

    def expect(self, at: datetime) -> None:
        """Know that a letter may be due at ``at``, so that nobody has to look before."""
        self._due = min(self._due or at, at)

    def work_until(self, now: datetime) -> None:
        """Owe and deliver all that is due until ``now``, each at its own time; the caller commits."""
        if self._look_at is None or self._look_at <= now:
            owe_reminders(now=now)
            self._look_at = now + LOOKS
            self._due = self._earliest()
        while self._due is not None and self._due <= now:
            at = min(self._due + A_WHILE, now)
            step = prepare_next(desk=self._desk, now=at)
            if step.parcel is not None:
                note(step.parcel.letter_id, self.recording.deliver(step.parcel), now=at)
            self._due = self._earliest()

    def _earliest(self) -> datetime | None:
        database.session.flush()
        found: datetime | None = database.session.connection().scalar(EARLIEST)  # asked thousands of times
        return found
