"""Whether a clinic's installation is well: what is wrong, and how to mend it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from clinic import founding, schema
from clinic.care.notes.sign import is_as_signed, signed_notes
from clinic.care.plans.sign import plan_is_as_signed, signed_plans
from clinic.database import database
from clinic.outbox.post import Smtp
from clinic.outbox.queries import health
from clinic.scheduling import practice
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.states import Status
from clinic.settings import Settings

SHOWN = 5


class Finding(NamedTuple):
    """One thing that was looked at; ``remedy`` says how to mend what is not well."""

    what: str
    words: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy


def examine(settings: Settings, *, migrations: Path, now: datetime) -> Iterator[Finding]:
    """Look at everything in turn; what cannot be looked at for want of a database is left out.

    Needs an application context.
    """
    yield _settings(settings)
    state = _database(migrations)
    yield state
    if state.is_well:
        for look in (_setup, _worker, _letters, _holds, _signed):
            yield _looked(look, now)
    yield _mail(settings)


def _looked(look: Callable[[datetime], Finding], now: datetime) -> Finding:
    try:
        return look(now)
    finally:
        database.session.rollback()


def _settings(settings: Settings) -> Finding:
    url = database.engine.url.render_as_string(hide_password=True)
    return Finding("settings", f"{url}, people type {settings.base_url}")


def _database(migrations: Path) -> Finding:
    try:
        missing = schema.what_is_missing(migrations)
    except SQLAlchemyError as trouble:
        why = str(getattr(trouble, "orig", trouble)).strip().splitlines()[0]
        return Finding("database", f"does not answer: {why}", "Start it, or correct CLINIC_DATABASE_URL.")
    if missing:
        words, _, remedy = missing.partition(". ")
        return Finding("database", words, remedy)
    return Finding("database", "answers, and is at the newest migration")


def _setup(_now: datetime) -> Finding:
    if not founding.is_founded():
        return Finding("clinic", "has no name and no place yet", "Run: clinic init")
    if not founding.has_manager():
        return Finding("clinic", "nobody can sign in as manager", "Run: clinic add-user --role manager")
    return Finding("clinic", f"{practice.clinic().name}, {practice.location().name} ({practice.location().zone})")


def _worker(now: datetime) -> Finding:
    post = health(now=now)
    if post.heartbeat_age is None:
        return Finding("worker", "none has ever looked for letters", "Start one: clinic worker")
    age = f"last looked {_ago(post.heartbeat_age)} ago"
    if not post.is_beating:
        return Finding("worker", age, "Start it again: clinic worker")
    return Finding("worker", age)


def _letters(now: datetime) -> Finding:
    overdue = health(now=now).overdue
    if overdue == 0:
        return Finding("letters", "none is overdue")
    words = "1 letter is overdue" if overdue == 1 else f"{overdue} letters are overdue"
    if practice.clinic().letters_paused_at is not None:
        return Finding("letters", f"{words}, since sending is paused", "Let it go on, in the office's settings.")
    return Finding("letters", words, "See that a worker runs and that the mail server answers.")


def _holds(now: datetime) -> Finding:
    wrong = disagreements(since=now)
    if not wrong:
        ahead = select(func.count()).where(Appointment.ends_at > now, Appointment.status != Status.CANCELED.value)
        count = database.session.scalar(ahead)
        words = "the 1 appointment that is" if count == 1 else f"all {count} appointments that are"
        return Finding("holds", f"agree with {words} not over")
    named = "; ".join(f"{each.key}: {each.words}" for each in wrong[:SHOWN])
    more = f"; and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    return Finding(
        "holds",
        f"{'1 appointment disagrees' if len(wrong) == 1 else f'{len(wrong)} appointments disagree'} ({named}{more})",
        "Something wrote past the program. Move each of them to another time and back, or cancel it.",
    )


def _signed(_now: datetime) -> Finding:
    wrong = [one.key for one in signed_notes() if not is_as_signed(one)]
    wrong += [one.key for one in signed_plans() if not plan_is_as_signed(one)]
    if not wrong:
        return Finding("chart", "every signed document is as it was signed")
    named = ", ".join(wrong[:SHOWN]) + (f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else "")
    return Finding("chart", f"changed since it was signed: {named}", "Compare with a backup; the trail says who wrote.")


def _mail(settings: Settings) -> Finding:
    if not settings.mail_url:
        return Finding("mail", "CLINIC_MAIL_URL is not set, so letters wait", "Set it, such as smtp://mail.example:587")
    post = Smtp(settings.mail_url)
    trouble = post.check()
    post.close()
    if trouble:
        return Finding("mail", trouble, "See that the server runs, and that CLINIC_MAIL_URL is right.")
    return Finding("mail", "the server answers")


def _ago(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    if seconds < 7200:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.0f} hours" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"
