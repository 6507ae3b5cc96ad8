"""An episode of care: one problem of one patient, from its evaluation to its discharge."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Episode(Base):
    """The problem, the therapist in charge, who referred and who pays; opened and closed, never deleted.

    ``payer`` is the key of a rule set among the clinical defaults, such as ``payer.medicare-b``.
    """

    __tablename__ = "episodes"
    __table_args__ = (
        CheckConstraint("(closed_at is null) = (closed_why = '')", name="closed"),
        Index("ix_episodes_patient_id_closed_at", "patient_id", "closed_at"),
        Index("ix_episodes_therapist_id_closed_at", "therapist_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"))
    problem: Mapped[str] = mapped_column(String(120))
    payer: Mapped[str] = mapped_column(String(80))
    referrer: Mapped[str] = mapped_column(String(120), default="")
    referral_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    closed_why: Mapped[str] = mapped_column(String(200), default="")
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def key(self) -> str:
        """What the trail calls this episode."""
        return f"episode:{self.id}"


class Authorization(Base):
    """How many visits of an episode the payer pays for, and until when; only ever added, the newest holds.

    ``visits`` None says that no authorization is needed.
    """

    __tablename__ = "authorizations"
    __table_args__ = (CheckConstraint("visits is null or visits between 1 and 500", name="visits"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episodes.id"), index=True)
    visits: Mapped[int | None]
    until_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(String(60), default="")
    noted_at: Mapped[datetime]
    noted_by: Mapped[str] = mapped_column(String(200))
