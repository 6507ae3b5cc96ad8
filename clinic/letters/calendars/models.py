"""A calendar subscription."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Feed(Base):
    """One secret address of one therapist's schedule; only the sha256 of its token is kept."""

    __tablename__ = "feeds"
    __table_args__ = (CheckConstraint("mode in ('busy', 'initials')", name="mode"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(60))
    mode: Mapped[str] = mapped_column(String(10), default="busy")
    created_at: Mapped[datetime]
    last_read_at: Mapped[datetime | None]
    last_client: Mapped[str] = mapped_column(String(120), default="")
    revoked_at: Mapped[datetime | None]
