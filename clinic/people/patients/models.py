"""The register of patients: who they are, how to reach them, what they wish."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.audit import Actor
from clinic.database import Base


class Patient(Base):
    """Somebody who comes here. Phones and mailboxes may be shared by a family.

    ``search_name`` is the name without accents and case, ``phone`` is E.164. ``wished_days`` are weekdays (0 Monday),
    ``wished_from`` and ``wished_until`` minutes after local midnight. ``desk_note`` is never clinical.
    """

    __tablename__ = "patients"
    __table_args__ = (
        CheckConstraint("phone <> '' or email <> ''", name="reachable"),
        CheckConstraint("channel in ('email', 'phone', 'none')", name="channel"),
        Index("ix_patients_search_name", "search_name"),
        Index("ix_patients_phone", "phone"),
        Index("ix_patients_born_on", "born_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    called: Mapped[str] = mapped_column(String(60), default="")
    search_name: Mapped[str] = mapped_column(String(400))
    born_on: Mapped[date | None]
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(320), default="")
    channel: Mapped[str] = mapped_column(String(10), default="email")
    consent_at: Mapped[datetime | None]
    consent_wording: Mapped[str] = mapped_column(String(400), default="")
    usual_therapist_id: Mapped[int | None] = mapped_column(ForeignKey("therapists.id"))
    wished_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    wished_from: Mapped[int | None]
    wished_until: Mapped[int | None]
    desk_note: Mapped[str] = mapped_column(String(500), default="")
    inactive_at: Mapped[datetime | None]
    deceased_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def first_name(self) -> str:
        """What they like to be called, else the first part of the name."""
        return self.called or self.name.split()[0]

    @property
    def gets_letters(self) -> bool:
        """Whether anything may be sent to them by e-mail."""
        return bool(self.email) and self.channel == "email" and self.inactive_at is None and self.deceased_at is None

    @property
    def actor(self) -> Actor:
        """This patient, acting by link, as the trail names them."""
        return Actor(name=f"{self.name}, by link", patient_id=self.id)
