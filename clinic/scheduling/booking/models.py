"""An appointment: booked time of a patient with a therapist."""

from datetime import date, datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base
from clinic.scheduling.booking.states import Status


class Appointment(Base):
    """One appointment, for life: canceled and missed ones stay.

    ``revision`` rises with every change of start, end, place or canceled; ``ics_sequence`` with start, end or canceled
    alone; ``version`` with any change, against lost updates. The ``told_*`` columns are what the patient was last told
    by a letter; ``ics_stamp`` is the moment of the last change a calendar shows. ``call_*`` is the desk's call list.
    ``course_number`` is the visit's number in its course; ``devices`` are kinds of equipment that this visit needs from
    its beginning to its end, whatever its type needs, such as ``treadmill``, with spaces between. ``episode_id`` is the
    episode of care that it belongs to, as care says.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint(
            "status in ('booked', 'arrived', 'in session', 'completed', 'no-show', 'canceled')", name="status"
        ),
        CheckConstraint("starts_at < ends_at", name="order"),
        CheckConstraint("(status = 'canceled') = (canceled_at is not null)", name="canceled"),
        CheckConstraint("(course_id is null) = (course_number is null)", name="course"),
        Index(
            "ix_appointments_starts_at_therapist_id_ends_at_room_id", "starts_at", "therapist_id", "ends_at", "room_id"
        ),
        Index("ix_appointments_patient_id_starts_at", "patient_id", "starts_at"),
        Index("ix_appointments_therapist_id_starts_at", "therapist_id", "starts_at"),
        Index("ix_appointments_course_id_course_number", "course_id", "course_number"),
        Index(
            "ix_appointments_call_wanted_at",
            "call_wanted_at",
            sqlite_where=text("call_wanted_at IS NOT NULL"),
            postgresql_where=text("call_wanted_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"))
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"))
    type_id: Mapped[int] = mapped_column(ForeignKey("appointment_types.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    lane: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12), default=Status.BOOKED.value)
    source: Mapped[str] = mapped_column(String(10), default="desk")
    desk_note: Mapped[str] = mapped_column(String(300), default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_how: Mapped[str] = mapped_column(String(10), default="")
    confirmed_by: Mapped[str] = mapped_column(String(200), default="")
    arrived_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    no_show_at: Mapped[datetime | None]
    canceled_at: Mapped[datetime | None]
    canceled_by: Mapped[str] = mapped_column(String(10), default="")
    canceled_late: Mapped[bool] = mapped_column(default=False)
    cancel_reason: Mapped[str] = mapped_column(String(200), default="")
    exception_reason: Mapped[str] = mapped_column(String(200), default="")
    entered_afterwards: Mapped[bool] = mapped_column(default=False)
    call_wanted_at: Mapped[datetime | None]
    call_wanted_why: Mapped[str] = mapped_column(String(200), default="")
    told_by_phone_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    link_generation: Mapped[int] = mapped_column(default=0)
    ics_uid: Mapped[str] = mapped_column(String(120), unique=True)
    ics_sequence: Mapped[int] = mapped_column(default=0)
    ics_stamp: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_starts_at: Mapped[datetime | None]
    told_ends_at: Mapped[datetime | None]
    told_place: Mapped[str | None] = mapped_column(String(300))
    told_canceled: Mapped[bool] = mapped_column(default=False)
    told_sequence: Mapped[int | None]
    booked_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]
    booked_by: Mapped[str] = mapped_column(String(200))
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    reinstated_from_id: Mapped[int | None] = mapped_column(ForeignKey("appointments.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"))
    course_number: Mapped[int | None]
    devices: Mapped[str] = mapped_column(String(60), default="")
    episode_id: Mapped[int | None] = mapped_column(ForeignKey("episodes.id"), index=True)

    @property
    def key(self) -> str:
        """What holds, letters and the trail call this appointment."""
        return f"appointment:{self.id}"

    @property
    def minutes(self) -> int:
        """Its length in minutes, which is its own even when its kind's changes."""
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def is_canceled(self) -> bool:
        """Whether it was canceled."""
        return self.canceled_at is not None

    @property
    def is_confirmed(self) -> bool:
        """Whether the patient, or the desk for them, said they will come."""
        return self.confirmed_at is not None


class Course(Base):
    """What was prescribed, and is booked as appointments: a course is its rows, each with a status of its own.

    ``phases`` are pairs of visits a week and weeks; weeks are counted from ``first_on``. ``type_id`` is the type of all
    visits but those in ``other_types`` (visit number, as text: type); ``devices`` (kind: visit numbers) is what some
    visits need besides. ``wished_from`` and ``wished_until`` are minutes after local midnight. ``revision`` rises with
    every change that is told by a letter about the whole course.
    """

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    patient_id: Mapped[int] = mapped_column(ForeignKey("patients.id"), index=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("appointment_types.id"))
    visits: Mapped[int]
    phases: Mapped[list[list[int]]] = mapped_column(JSON)
    other_types: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    devices: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)
    first_on: Mapped[date]
    end_on: Mapped[date | None]
    first_within: Mapped[int | None]
    least_apart: Mapped[int] = mapped_column(default=1)
    authorized: Mapped[int | None]
    therapist_id: Mapped[int | None] = mapped_column(ForeignKey("therapists.id"))
    therapist_only: Mapped[bool] = mapped_column(default=False)
    wished_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    wished_from: Mapped[int | None]
    wished_until: Mapped[int | None]
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(String(200))
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    revision: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    link_generation: Mapped[int] = mapped_column(default=0)

    @property
    def key(self) -> str:
        """What letters and the trail call this course."""
        return f"course:{self.id}"


class Kept(Base):
    """A time kept for somebody at the desk while the caller thinks; one for each user, until ``until``."""

    __tablename__ = "kept_times"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"))
    type_id: Mapped[int] = mapped_column(ForeignKey("appointment_types.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)

    @property
    def key(self) -> str:
        """What holds call this."""
        return f"kept:{self.id}"


class Resource(Base):
    """A room or a device that an appointment uses, for a part of its time; a room also for its turnover.

    ``holder`` is what holds call it, such as ``room:1`` or ``equipment:2``.
    """

    __tablename__ = "appointment_resources"

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
