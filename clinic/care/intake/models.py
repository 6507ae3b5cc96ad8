"""What a caller said of a new problem before times were shown."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Screening(Base):
    """One answer to the emergency sentence: its version, who asked, and when; it is never changed.

    ``complaint`` are the chips of what hurts. The caller may not be in the register; then ``caller_name`` and
    ``caller_phone`` say who it was. ``seen_*`` is the therapist who took note of a yes.
    """

    __tablename__ = "screenings"
    __table_args__ = (
        CheckConstraint("answer in ('none', 'yes')", name="answer"),
        Index("ix_screenings_answer_seen_at", "answer", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int | None] = mapped_column(ForeignKey("patients.id"), index=True)
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointments.id"), index=True)
    caller_name: Mapped[str] = mapped_column(String(120), default="")
    caller_phone: Mapped[str] = mapped_column(String(40), default="")
    complaint: Mapped[list[str]] = mapped_column(JSON, default=list)
    sentence_version: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(String(200), default="")
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
