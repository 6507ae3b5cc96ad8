"""A letter that is owed, on its way, sent, or skipped for a reason."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from clinic.database import Base

OWED = "owed"
LEASED = "leased"
SENT = "sent"
SKIPPED = "skipped"
FAILED = "failed"
OPEN = (OWED, LEASED)
IS_OPEN = text("letters.state in ('owed', 'leased')")
"""In the words of the index of open letters, which SQLite takes only where the states are not parameters."""


class Letter(Base):
    """One letter. ``key`` is ``about/occasion/kind/channel``, so that a thing is never owed twice.

    ``due_at`` is when it was meant to leave, ``try_at`` when it is tried next, ``not_after`` when it has lost its use.
    Once written, ``raw`` holds the whole message and ``facts`` what it tells; a retry sends the same bytes.
    ``handed`` says that the mail server may have it although it never said so. ``after`` names something else whose
    older letters must have left before: the course that the visit belongs to.
    """

    __tablename__ = "letters"
    __table_args__ = (
        CheckConstraint("state in ('owed', 'leased', 'sent', 'skipped', 'failed')", name="state"),
        Index(
            "ix_letters_open",
            "try_at",
            "id",
            sqlite_where=text("state in ('owed', 'leased')"),
            postgresql_where=text("state in ('owed', 'leased')"),
        ),
        Index("ix_letters_about_id", "about", "id"),
        Index("ix_letters_patient_id_id", "patient_id", "id"),
        Index("ix_letters_state_ended_at", "state", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    about: Mapped[str] = mapped_column(String(60))
    after: Mapped[str] = mapped_column(String(60), default="")
    occasion: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(10))
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patients.id"))
    owed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    try_at: Mapped[datetime]
    not_after: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=OWED)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    handed: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(String(300), default="")
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(320), default="")
    message_id: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    raw: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


class Heartbeat(Base):
    """When a worker last looked for letters."""

    __tablename__ = "heartbeats"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime]
