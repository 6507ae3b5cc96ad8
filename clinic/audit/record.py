"""Add to the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from clinic.audit.models import Entry
from clinic.database import database


@dataclass(frozen=True)
class Actor:
    """Who acts: a user, a patient by link (no user id), or the clinic's own worker."""

    name: str
    user_id: int | None = None
    patient_id: int | None = None

    @property
    def is_patient(self) -> bool:
        """Whether a patient acts for themselves, by link."""
        return self.patient_id is not None


def record(
    what: str,
    *,
    about: str,
    by: Actor,
    now: datetime,
    patient_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Write down that ``by`` did ``what`` to ``about`` (such as ``appointment:12``) at ``now``; the caller commits."""
    entry = Entry(
        at=now,
        user_id=by.user_id,
        by=by.name,
        what=what,
        about=about,
        patient_id=patient_id,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )
    database.session.add(entry)


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, (datetime, date)) else value
        for name, value in (facts or {}).items()
    }
