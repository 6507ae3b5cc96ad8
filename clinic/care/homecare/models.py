"""The home program: what a patient does at home, and what not; every change is a new row."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base

KINDS = ("exercise", "heat", "cold", "hydration", "rest", "running", "avoid")


class HomeItem(Base):
    """One entry of a home program as it was prescribed; never changed: another dose is another row that replaces it.

    ``code`` is an exercise of the library, or what is to be left out. ``dose`` has the parts of a ``Dose`` that are
    not as usual, by name; ``minutes`` are those of one time of heat or cold. An item of the kind ``avoid`` says what
    to leave. ``warned`` keeps the warnings that were shown and ``despite`` why the therapist went on; ``checks`` the
    answers that heat and cold need before they are released; ``details`` what only one kind has: the stage of a run,
    the target cadence, what forbids advice on drinking.
    """

    __tablename__ = "home_items"
    __table_args__ = (
        CheckConstraint("kind in ('exercise', 'heat', 'cold', 'hydration', 'rest', 'running', 'avoid')", name="kind"),
        CheckConstraint("minutes is null or minutes between 1 and 600", name="minutes"),
        UniqueConstraint("replaces_id"),
        UniqueConstraint("request_id"),
        Index("ix_home_items_episode_id", "episode_id"),
        Index("ix_home_items_patient_id", "patient_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episodes.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    kind: Mapped[str] = mapped_column(String(12))
    code: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(120))
    dose: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    minutes: Mapped[int | None]
    weekly_km: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    cue: Mapped[str] = mapped_column(String(300), default="")
    stop_if: Mapped[str] = mapped_column(String(300), default="")
    why: Mapped[str] = mapped_column(String(300), default="")
    routine: Mapped[str] = mapped_column(String(80), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    from_on: Mapped[date]
    review_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("home_items.id"))
    warned: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    despite: Mapped[str] = mapped_column(String(300), default="")
    checks: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    request_id: Mapped[str | None] = mapped_column(String(64))

    @property
    def key(self) -> str:
        """What the trail calls this item."""
        return f"home-item:{self.id}"


class HomeEvent(Base):
    """What became of an item: paused, resumed, stopped with a reason; only ever added."""

    __tablename__ = "home_events"
    __table_args__ = (
        CheckConstraint("what in ('paused', 'resumed', 'stopped')", name="what"),
        UniqueConstraint("item_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("home_items.id"))
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
