"""Charts opened by somebody who does not treat the patient."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Breach(Base):
    """Somebody opened another's chart, with a reason, for an hour; the manager sees every one."""

    __tablename__ = "chart_breaches"
    __table_args__ = (Index("ix_chart_breaches_user_id_patient_id_until", "user_id", "patient_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(120))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    until: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str] = mapped_column(String(200), default="")
