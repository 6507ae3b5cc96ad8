"""Manual therapy as it was given: tender points and how they answered, other techniques, and the checklist before."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class TenderPoint(Base):
    """A point treated by strain-counterstrain: tenderness 0 to 10 before, in the position of ease, and after.

    ``point`` is the key of a clinical default without its prefix; ``hold_s`` seconds.
    """

    __tablename__ = "tender_points"
    __table_args__ = (
        UniqueConstraint("note_id", "point", "side"),
        CheckConstraint("side in ('', 'L', 'R')", name="side"),
        CheckConstraint("adverse in ('', 'none', 'soreness', 'dizzy', 'other')", name="adverse"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    place: Mapped[int]
    point: Mapped[str] = mapped_column(String(40))
    side: Mapped[str] = mapped_column(String(1), default="")
    before: Mapped[int | None]
    in_position: Mapped[int | None]
    after: Mapped[int | None]
    position: Mapped[str] = mapped_column(String(200), default="")
    hold_s: Mapped[int | None]
    adverse: Mapped[str] = mapped_column(String(10), default="")
    adverse_words: Mapped[str] = mapped_column(String(200), default="")
    recheck: Mapped[bool] = mapped_column(default=False)


class Technique(Base):
    """Another technique of a visit, with the fields of its kind.

    ``grade`` is Maitland's I to V; ``effort_pct`` percent of the strength in muscle energy; ``consent`` belongs to a
    thrust alone.
    """

    __tablename__ = "techniques"
    __table_args__ = (
        CheckConstraint("kind in ('mobilization', 'muscle energy', 'soft tissue', 'thrust')", name="kind"),
        CheckConstraint("side in ('', 'L', 'R', 'both')", name="side"),
        CheckConstraint("kind != 'thrust' or consent", name="consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), index=True)
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    region: Mapped[str] = mapped_column(String(80), default="")
    side: Mapped[str] = mapped_column(String(4), default="")
    direction: Mapped[str] = mapped_column(String(40), default="")
    grade: Mapped[str] = mapped_column(String(4), default="")
    manner: Mapped[str] = mapped_column(String(12), default="")
    bouts: Mapped[int | None]
    seconds: Mapped[int | None]
    effort_pct: Mapped[int | None]
    tool: Mapped[str] = mapped_column(String(60), default="")
    minutes: Mapped[int | None]
    response: Mapped[str] = mapped_column(String(300), default="")
    retest: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[bool] = mapped_column(default=False)


class ManualTherapy(Base):
    """What a visit's manual therapy needs besides: minutes of strain-counterstrain, and why it goes on after a yes."""

    __tablename__ = "manual_therapies"

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    minutes: Mapped[int | None]
    decided: Mapped[str] = mapped_column(String(300), default="")
    checks_version: Mapped[int] = mapped_column(default=0)


class CheckAnswer(Base):
    """The answer to one question of the checklist before manual therapy."""

    __tablename__ = "check_answers"
    __table_args__ = (CheckConstraint("answer in ('no', 'yes')", name="answer"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(3))
