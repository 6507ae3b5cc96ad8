"""One line of the trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Entry(Base):
    """Who did what, when, about what and about whom, from what to what.

    It keeps ids and the name as it was, and no foreign key: the trail outlives what it speaks of. The database
    itself refuses to change or delete a row.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_about_id", "about", "id"),
        Index("ix_audit_entries_patient_id_id", "patient_id", "id"),
        Index("ix_audit_entries_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    user_id: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(60))
    patient_id: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(500), default="")
