"""Outcome measures as they were answered, item by item."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Score(Base):
    """One instrument of one visit: the answers by item number, and the value that the rules made of them.

    ``edition`` is the version, scale or variant: those of different editions are not comparable. ``value`` is empty
    where too much is missing to score.
    """

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("note_id", "instrument", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    instrument: Mapped[str] = mapped_column(String(12))
    edition: Mapped[str] = mapped_column(String(24), default="")
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    value: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    words: Mapped[str] = mapped_column(String(200), default="")
