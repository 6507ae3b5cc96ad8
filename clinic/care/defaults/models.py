"""What the clinic changed of the clinical defaults that the program brings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class DefaultVersion(Base):
    """One version of a clinical default, only ever added: the newest holds; number 0 is what the program brings.

    ``label`` is empty where the program's own name stands. ``value`` has the fields of the default's kind; ``source``
    says where the number comes from; ``confirmed_by`` is the licensed therapist who answers for it.
    """

    __tablename__ = "default_versions"
    __table_args__ = (UniqueConstraint("key", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(120), default="")
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(300), default="")
    confirmed_by: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
