"""What a manager may set, and the switch that stops all letters."""

from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import ChangedMeanwhile
from clinic.scheduling.practice.fields import clean_mailbox, clean_number, clean_text
from clinic.scheduling.practice.models import Clinic

SHOWN = (
    "name",
    "mailbox",
    "notice_hours",
    "grace_minutes",
    "remind_hours",
    "remind_day_before",
    "idle_minutes",
    "letters_per_hour",
    "feed_initials",
)


def change_clinic(
    *,
    name: str,
    mailbox: str,
    notice_hours: int | None,
    grace_minutes: int | None,
    remind_hours: int | None,
    remind_day_before: bool,
    idle_minutes: int | None,
    letters_per_hour: int | None,
    feed_initials: bool,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Clinic:
    """Change the clinic's settings; the caller commits. Raises ``Unacceptable`` and ``ChangedMeanwhile``."""
    clinic = _clinic(seen)
    before = {field: getattr(clinic, field) for field in SHOWN}
    clinic.name = clean_text(name, field="name", most=80)
    clinic.mailbox = clean_mailbox(mailbox, field="mailbox")
    clinic.notice_hours = clean_number(notice_hours, field="notice_hours", least=0, most=168)
    clinic.grace_minutes = clean_number(grace_minutes, field="grace_minutes", least=0, most=60)
    clinic.remind_hours = clean_number(remind_hours, field="remind_hours", least=24, most=168)
    clinic.idle_minutes = clean_number(idle_minutes, field="idle_minutes", least=5, most=120)
    clinic.letters_per_hour = clean_number(letters_per_hour, field="letters_per_hour", least=1, most=100_000)
    clinic.remind_day_before, clinic.feed_initials = remind_day_before, feed_initials
    clinic.version += 1
    after = {field: getattr(clinic, field) for field in SHOWN}
    changed = {field for field in SHOWN if before[field] != after[field]}
    audit.record(
        "settings changed",
        about="clinic:1",
        by=by,
        now=now,
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return clinic


def pause_letters(*, by: Actor, now: datetime) -> Clinic:
    """Let no letter leave until further notice; the caller commits."""
    clinic = _clinic(None)
    if clinic.letters_paused_at is None:
        clinic.letters_paused_at = now
        clinic.version += 1
        audit.record("letters paused", about="clinic:1", by=by, now=now)
    return clinic


def resume_letters(*, by: Actor, now: datetime) -> Clinic:
    """Let letters leave again; the caller commits."""
    clinic = _clinic(None)
    if clinic.letters_paused_at is not None:
        clinic.letters_paused_at = None
        clinic.version += 1
        audit.record("letters resumed", about="clinic:1", by=by, now=now)
    return clinic


def _clinic(seen: int | None) -> Clinic:
    clinic = database.session.scalars(select(Clinic).with_for_update().execution_options(populate_existing=True)).one()
    if seen is not None and clinic.version != seen:
        raise ChangedMeanwhile("Somebody else has just changed the settings. Load the page again.")
    return clinic
