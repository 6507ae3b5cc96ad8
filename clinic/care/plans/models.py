"""Plans of care, their goals and interventions, and what became of them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Plan(Base):
    """One version of an episode's plan of care. Signed, it never changes again; the next version takes its place.

    ``phases`` are pairs of visits a week and weeks, as the desk's course asks them. ``amount`` is treatments a day.
    ``reevaluate_every`` counts visits. ``treadmill_at`` are visit numbers.
    """

    __tablename__ = "plans"
    __table_args__ = (
        UniqueConstraint("episode_id", "number"),
        CheckConstraint("(signed_at is null) = (content_hash = '')", name="signed"),
        Index("ix_plans_patient_id", "patient_id"),
        Index("ix_plans_author_id_signed_at", "author_id", "signed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episodes.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[str] = mapped_column(String(120))
    cosigner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    impairments: Mapped[str] = mapped_column(String(1000), default="")
    precautions: Mapped[str] = mapped_column(String(500), default="")
    amount: Mapped[int] = mapped_column(default=1)
    phases: Mapped[list[list[int]]] = mapped_column(JSON, default=list)
    from_on: Mapped[date | None]
    type_id: Mapped[int | None] = mapped_column(ForeignKey("appointment_types.id"))
    least_apart: Mapped[int] = mapped_column(default=2)
    therapist_only: Mapped[bool] = mapped_column(default=False)
    treadmill_at: Mapped[list[int]] = mapped_column(JSON, default=list)
    reevaluate_every: Mapped[int | None]
    prognosis: Mapped[str] = mapped_column(String(10), default="")
    discharge_when: Mapped[str] = mapped_column(String(1000), default="")
    agreed_on: Mapped[date | None]
    why_changed: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    @property
    def key(self) -> str:
        """What signatures, addenda and the trail call this plan."""
        return f"plan:{self.id}"

    @property
    def is_signed(self) -> bool:
        """Whether it can no longer change."""
        return self.signed_at is not None

    @property
    def visits(self) -> int:
        """How many visits it prescribes."""
        return sum(per_week * weeks for per_week, weeks in self.phases)

    @property
    def weeks(self) -> int:
        """How long it lasts."""
        return sum(weeks for _, weeks in self.phases)


class PlanDiagnosis(Base):
    """A diagnosis of a plan: the code and its title as they stood when it was chosen; the first is the leading one."""

    __tablename__ = "plan_diagnoses"
    __table_args__ = (UniqueConstraint("plan_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(300))


class Goal(Base):
    """A goal of an episode, from the plan that set it on; signed with that plan, it is never rewritten.

    ``comparison`` says on which side of ``target`` it is met; ``measure`` is a key of the clinic's measures, or empty.
    """

    __tablename__ = "goals"
    __table_args__ = (
        CheckConstraint("term in ('ST', 'LT')", name="term"),
        CheckConstraint("comparison in ('<=', '>=', '=')", name="comparison"),
        UniqueConstraint("episode_id", "code"),
        Index("ix_goals_plan_id", "plan_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episodes.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"))
    code: Mapped[str] = mapped_column(String(6))
    term: Mapped[str] = mapped_column(String(2))
    function: Mapped[str] = mapped_column(String(200), default="")
    measure: Mapped[str] = mapped_column(String(40), default="")
    measured: Mapped[str] = mapped_column(String(80), default="")
    unit: Mapped[str] = mapped_column(String(12), default="")
    baseline: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    baseline_on: Mapped[date | None]
    target: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    comparison: Mapped[str] = mapped_column(String(2), default=">=")
    condition: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None]


class GoalEvent(Base):
    """What became of a goal: a value read, or a new status; only ever added."""

    __tablename__ = "goal_events"
    __table_args__ = (
        CheckConstraint("status in ('active', 'met', 'partly met', 'not met', 'discontinued')", name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"), index=True)
    status: Mapped[str] = mapped_column(String(12))
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    words: Mapped[str] = mapped_column(String(300), default="")
    about: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))


class Intervention(Base):
    """What a plan prescribes, of one of four kinds, with why, how much and how many minutes of a visit."""

    __tablename__ = "interventions"
    __table_args__ = (
        CheckConstraint("kind in ('gait retraining', 'manual therapy', 'exercise', 'home care')", name="kind"),
        CheckConstraint("side in ('', 'L', 'R', 'both')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    category: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(120))
    side: Mapped[str] = mapped_column(String(4), default="")
    dose: Mapped[str] = mapped_column(String(120), default="")
    minutes: Mapped[int | None]
    why: Mapped[str] = mapped_column(String(300), default="")
    stopped: Mapped[str] = mapped_column(String(200), default="")


class CertificationStep(Base):
    """A step of a plan's certification by the referrer: sent, answered, signed; only ever added, with its evidence."""

    __tablename__ = "certification_steps"
    __table_args__ = (CheckConstraint("step in ('sent', 'no answer', 'verbal order', 'signed')", name="step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    on: Mapped[date]
    words: Mapped[str] = mapped_column(String(200), default="")
    noted_at: Mapped[datetime]
    noted_by: Mapped[str] = mapped_column(String(200))


class DiagnosisCode(Base):
    """A code of ICD-10-CM with the days on which it may be used; ``valid_until`` is the last day, or open."""

    __tablename__ = "diagnosis_codes"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(300))
    search: Mapped[str] = mapped_column(String(400))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    billable: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300), default="")
