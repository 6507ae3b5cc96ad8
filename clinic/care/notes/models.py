"""Notes: what was found, done and decided at one visit."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base

KINDS = ("evaluation", "visit", "progress report", "re-evaluation", "discharge")


class Note(Base):
    """The note of one appointment. Signed, it never changes again, nor do its rows: the database refuses.

    ``visit_number`` counts the treatments of the episode as its plan does; an evaluation is 0. Pain is 0 to 10.
    ``written`` are the sentences that the rules wrote, as they stood when it was signed. ``cosigner_id`` is the user
    who has to sign after an assistant or a student.
    """

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint(
            "kind in ('evaluation', 'visit', 'progress report', 're-evaluation', 'discharge')", name="kind"
        ),
        CheckConstraint("since_last in ('', 'better', 'same', 'worse')", name="since_last"),
        CheckConstraint("new_event in ('', 'none', 'yes')", name="new_event"),
        CheckConstraint("(signed_at is null) = (content_hash = '')", name="signed"),
        Index("ix_notes_patient_id_service_at", "patient_id", "service_at"),
        Index("ix_notes_episode_id_service_at", "episode_id", "service_at"),
        Index("ix_notes_author_id_signed_at", "author_id", "signed_at"),
        Index("ix_notes_cosigner_id", "cosigner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episodes.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    visit_number: Mapped[int]
    service_at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    author: Mapped[str] = mapped_column(String(120))
    cosigner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    since_last: Mapped[str] = mapped_column(String(6), default="")
    pain_now: Mapped[int | None]
    pain_best: Mapped[int | None]
    pain_worst: Mapped[int | None]
    home_done: Mapped[int | None]
    home_planned: Mapped[int | None]
    new_event: Mapped[str] = mapped_column(String(4), default="")
    event: Mapped[str] = mapped_column(String(500), default="")
    report: Mapped[str] = mapped_column(String(2000), default="")
    own_words: Mapped[str] = mapped_column(String(4000), default="")
    skilled_need: Mapped[str] = mapped_column(String(500), default="")
    next_focus: Mapped[str] = mapped_column(String(500), default="")
    run_until_next: Mapped[str] = mapped_column(String(300), default="")
    home_change: Mapped[str] = mapped_column(String(500), default="")
    total_minutes: Mapped[int | None]
    written: Mapped[str] = mapped_column(String(8000), default="")
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    @property
    def key(self) -> str:
        """What signatures, addenda and the trail call this note."""
        return f"note:{self.id}"

    @property
    def is_signed(self) -> bool:
        """Whether it can no longer change."""
        return self.signed_at is not None


class Measurement(Base):
    """One value of a note: a measure of the clinic's list, a side, and what was found.

    A measure has either a number (``value``, in the measure's unit) or a ``grade``. ``carried_from`` is the number of
    the visit whose value stands here until it is touched.
    """

    __tablename__ = "measurements"
    __table_args__ = (
        UniqueConstraint("note_id", "measure", "side"),
        CheckConstraint("side in ('', 'L', 'R')", name="side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"))
    measure: Mapped[str] = mapped_column(String(40))
    side: Mapped[str] = mapped_column(String(1), default="")
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    grade: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(String(200), default="")
    carried_from: Mapped[int | None]


class Evaluation(Base):
    """What an evaluation holds besides: history, running, the screen for red flags, complexity and judgment.

    Distances are kilometers, times minutes, ``cadence`` steps a minute. ``flags_version`` is the version of the
    red-flag questions that were asked.
    """

    __tablename__ = "evaluations"

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    complaint: Mapped[str] = mapped_column(String(1000), default="")
    onset_on: Mapped[date | None]
    onset_kind: Mapped[str] = mapped_column(String(20), default="")
    mechanism: Mapped[str] = mapped_column(String(500), default="")
    pattern: Mapped[str] = mapped_column(String(300), default="")
    aggravating: Mapped[str] = mapped_column(String(500), default="")
    easing: Mapped[str] = mapped_column(String(500), default="")
    radiation: Mapped[str] = mapped_column(String(20), default="")
    earlier: Mapped[str] = mapped_column(String(500), default="")
    imaging: Mapped[str] = mapped_column(String(500), default="")
    medicines: Mapped[str] = mapped_column(String(500), default="")
    conditions: Mapped[str] = mapped_column(String(500), default="")
    surgery: Mapped[str] = mapped_column(String(300), default="")
    sleep: Mapped[str] = mapped_column(String(200), default="")
    work: Mapped[str] = mapped_column(String(200), default="")
    prior_function: Mapped[str] = mapped_column(String(500), default="")
    beliefs: Mapped[str] = mapped_column(String(500), default="")
    hopes: Mapped[str] = mapped_column(String(500), default="")
    running_since: Mapped[int | None]
    weekly_km: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    weekly_km_before: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    longest_km: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    runs_a_week: Mapped[int | None]
    runs_a_week_before: Mapped[int | None]
    intensity: Mapped[str] = mapped_column(String(120), default="")
    surface: Mapped[str] = mapped_column(String(120), default="")
    changed_lately: Mapped[str] = mapped_column(String(300), default="")
    shoes: Mapped[str] = mapped_column(String(200), default="")
    shoe_km: Mapped[int | None]
    cadence: Mapped[int | None]
    strength_work: Mapped[str] = mapped_column(String(200), default="")
    cross_training: Mapped[str] = mapped_column(String(200), default="")
    hydration: Mapped[str] = mapped_column(String(200), default="")
    recovery_days: Mapped[int | None]
    pain_starts: Mapped[int | None]
    pain_stays: Mapped[int | None]
    race: Mapped[str] = mapped_column(String(120), default="")
    race_on: Mapped[date | None]
    posture: Mapped[str] = mapped_column(String(500), default="")
    palpation: Mapped[str] = mapped_column(String(500), default="")
    direction: Mapped[str] = mapped_column(String(12), default="")
    irritability: Mapped[str] = mapped_column(String(10), default="")
    flags_version: Mapped[int] = mapped_column(default=0)
    flags_words: Mapped[str] = mapped_column(String(500), default="")
    diagnosis: Mapped[str] = mapped_column(String(500), default="")
    impairments: Mapped[str] = mapped_column(String(1000), default="")
    contributing: Mapped[str] = mapped_column(String(500), default="")
    prognosis: Mapped[str] = mapped_column(String(10), default="")
    prognosis_words: Mapped[str] = mapped_column(String(500), default="")
    necessity: Mapped[str] = mapped_column(String(500), default="")
    history_factors: Mapped[int | None]
    examined_elements: Mapped[int | None]
    presentation: Mapped[str] = mapped_column(String(10), default="")
    decision: Mapped[str] = mapped_column(String(10), default="")


class PainRegion(Base):
    """A place of the body chart where it hurts, in the order in which they were named."""

    __tablename__ = "pain_regions"
    __table_args__ = (UniqueConstraint("note_id", "region"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), index=True)
    number: Mapped[int]
    region: Mapped[str] = mapped_column(String(40))
    quality: Mapped[str] = mapped_column(String(12), default="")
    intensity: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(200), default="")


class FlagAnswer(Base):
    """The therapist's answer to one question of the screen for red flags."""

    __tablename__ = "flag_answers"
    __table_args__ = (CheckConstraint("answer in ('no', 'yes')", name="answer"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer: Mapped[str] = mapped_column(String(3))


class Treatment(Base):
    """One intervention of a visit: what, which dose, how many minutes, and the response.

    ``category`` groups minutes into units. ``carried_from`` is the visit whose row this is until it is touched.
    """

    __tablename__ = "treatments"
    __table_args__ = (CheckConstraint("side in ('', 'L', 'R', 'both')", name="side"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    category: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(120))
    side: Mapped[str] = mapped_column(String(4), default="")
    dose: Mapped[str] = mapped_column(String(120), default="")
    minutes: Mapped[int | None]
    response: Mapped[str] = mapped_column(String(300), default="")
    carried_from: Mapped[int | None]


class Run(Base):
    """A run at home since the last visit, as the patient told it: minutes, km, steps a minute, pain 0 to 10."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), index=True)
    ran_on: Mapped[date]
    minutes: Mapped[int]
    cadence: Mapped[int | None]
    in_band: Mapped[int | None]
    pain: Mapped[int | None]
    next_morning: Mapped[int | None]
    km: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))


class GoalReading(Base):
    """Where a goal stands in a progress report, a re-evaluation or a discharge summary."""

    __tablename__ = "goal_readings"
    __table_args__ = (
        CheckConstraint("status in ('', 'active', 'met', 'partly met', 'not met', 'discontinued')", name="status"),
    )

    note_id: Mapped[int] = mapped_column(ForeignKey("notes.id"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goals.id"), primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    status: Mapped[str] = mapped_column(String(12), default="")
    words: Mapped[str] = mapped_column(String(300), default="")
