"""Signatures: who answers for a document, when, and for which words."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Signature(Base):
    """One signature under a document such as ``note:12`` or ``plan:3``; the database refuses to change or delete it.

    ``part`` is the author's or the co-signer's. ``content_hash`` is the sha256 of the document's canonical text.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        CheckConstraint("part in ('author', 'co-signer')", name="part"),
        UniqueConstraint("about", "part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40))
    part: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(120))
    credentials: Mapped[str] = mapped_column(String(60), default="")
    signed_at: Mapped[datetime]
    content_hash: Mapped[str] = mapped_column(String(64))


class Addendum(Base):
    """What was added to a signed document later: its kind, the reason, the words; never changed in its turn."""

    __tablename__ = "addenda"
    __table_args__ = (CheckConstraint("kind in ('late entry', 'addendum', 'correction')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(300))
    words: Mapped[str] = mapped_column(String(4000))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(120))
    credentials: Mapped[str] = mapped_column(String(60), default="")
    at: Mapped[datetime]
    content_hash: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
