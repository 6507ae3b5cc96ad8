"""Gait analyses: what was seen of a run, at which speed and in which shoe, and what changed on a cue."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from clinic.database import Base


class GaitAnalysis(Base):
    """The analysis of one visit; it is signed with the visit's note.

    ``speed_ms`` is meters a second, ``incline_pct`` percent, ``camera_fps`` frames a second, pain 0 to 10.
    ``target_pct`` is what the chosen cue adds to the cadence that was measured, ``target_spm`` steps a minute.
    ``protocol`` is the key of the clinical default by which feedback fades.
    """

    __tablename__ = "gait_analyses"

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    speed_ms: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))
    incline_pct: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    surface: Mapped[str] = mapped_column(String(12), default="")
    shoe: Mapped[str] = mapped_column(String(120), default="")
    warm_up_min: Mapped[int | None]
    method: Mapped[str] = mapped_column(String(12), default="")
    camera_fps: Mapped[int | None]
    pain: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(1000), default="")
    cue: Mapped[str] = mapped_column(String(20), default="")
    target_pct: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))
    target_spm: Mapped[int | None]
    target_why: Mapped[str] = mapped_column(String(300), default="")
    protocol: Mapped[str] = mapped_column(String(80), default="")


class GaitFinding(Base):
    """One item of an analysis, on one side: a value in the metric's unit, a grade, or both."""

    __tablename__ = "gait_findings"
    __table_args__ = (
        UniqueConstraint("note_id", "metric", "side"),
        CheckConstraint("side in ('', 'L', 'R')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    metric: Mapped[str] = mapped_column(String(40))
    side: Mapped[str] = mapped_column(String(1), default="")
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    grade: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(String(200), default="")


class CueResponse(Base):
    """A cue tried on the spot: pain 0 to 10 before and with it, and the cadence that came of it."""

    __tablename__ = "cue_responses"
    __table_args__ = (UniqueConstraint("note_id", "cue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    cue: Mapped[str] = mapped_column(String(20))
    pain_before: Mapped[int | None]
    pain_with: Mapped[int | None]
    cadence: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(200), default="")


class GaitStill(Base):
    """One still image of a finding, re-encoded as JPEG without any metadata; never a video."""

    __tablename__ = "gait_stills"
    __table_args__ = (UniqueConstraint("note_id", "metric", "side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    metric: Mapped[str] = mapped_column(String(40))
    side: Mapped[str] = mapped_column(String(1), default="")
    image: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(200))
