"""The practice: its place, people, rooms, devices, kinds of appointment, and when it is open."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.database import Base


class Location(Base):
    """A place where patients come. Its row is locked by whoever books in it or changes its hours."""

    __tablename__ = "locations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)

    @property
    def tz(self) -> ZoneInfo:
        """The zone whose clock hangs on the wall here."""
        return ZoneInfo(self.zone)


class Clinic(Base):
    """The one row of what a manager may set."""

    __tablename__ = "clinic"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(80))
    mailbox: Mapped[str] = mapped_column(String(320))
    notice_hours: Mapped[int] = mapped_column(default=24)
    grace_minutes: Mapped[int] = mapped_column(default=3)
    remind_hours: Mapped[int] = mapped_column(default=72)
    remind_day_before: Mapped[bool] = mapped_column(default=True)
    idle_minutes: Mapped[int] = mapped_column(default=15)
    letters_per_hour: Mapped[int] = mapped_column(default=1000)
    letters_paused_at: Mapped[datetime | None]
    feed_initials: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


class Therapist(Base):
    """A user who treats: a column of the board. ``focus`` is words such as ``running, spine``.

    ``supervisor_id`` is the therapist who signs after an assistant or a student.
    """

    __tablename__ = "therapists"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    license_number: Mapped[str] = mapped_column(String(40), default="")
    credentials: Mapped[str] = mapped_column(String(60), default="")
    focus: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)
    left_at: Mapped[datetime | None]
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("therapists.id"))


class Room(Base):
    """A room; the first free one, in ``position`` order, is taken."""

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class Equipment(Base):
    """A device of some ``kind`` (``treadmill``, ``video``), of which an appointment needs any one."""

    __tablename__ = "equipment"

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class AppointmentType(Base):
    """A kind of appointment. ``length`` and ``turnover`` are minutes; ``performed_by`` is role names."""

    __tablename__ = "appointment_types"
    __table_args__ = (
        CheckConstraint(
            "purpose in ('evaluation', 'follow-up', 're-evaluation', 'discharge', 'other')", name="purpose"
        ),
        CheckConstraint("token in ('evaluation', 'follow-up', 'gait', 'manual', 'tele')", name="token"),
        CheckConstraint("length between 5 and 480 and length % 5 = 0", name="length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(20))
    length: Mapped[int]
    turnover: Mapped[int] = mapped_column(default=0)
    performed_by: Mapped[str] = mapped_column(String(60), default="assistant therapist")
    patients_may_move: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]


class TypeNeed(Base):
    """What a type needs and for which of its minutes: ``room``, or a kind of equipment."""

    __tablename__ = "type_needs"

    id: Mapped[int] = mapped_column(primary_key=True)
    type_id: Mapped[int] = mapped_column(ForeignKey("appointment_types.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    from_minute: Mapped[int] = mapped_column(default=0)
    until_minute: Mapped[int]


class WorkingHours(Base):
    """One weekly span (minutes after local midnight; weekday 0 is Monday), from and until some date."""

    __tablename__ = "working_hours"
    __table_args__ = (
        CheckConstraint("starts >= 0 and starts < ends and ends <= 1440", name="span"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    weekday: Mapped[int]
    starts: Mapped[int]
    ends: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class DatedHours(Base):
    """Hours on one date instead of the weekly ones; a row without a span means a day off."""

    __tablename__ = "dated_hours"
    __table_args__ = (Index("ix_dated_hours_therapist_id_on", "therapist_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    on: Mapped[date]
    starts: Mapped[int | None]
    ends: Mapped[int | None]


class TimeOff(Base):
    """A therapist is away. It holds cells, within working hours only."""

    __tablename__ = "time_off"
    __table_args__ = (
        Index("ix_time_off_therapist_id_starts_at", "therapist_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapists.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(String(60), default="Away")
    request_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    canceled_at: Mapped[datetime | None]


class Closure(Base):
    """The location is closed. Refused while visits are booked in it."""

    __tablename__ = "closures"
    __table_args__ = (
        Index("ix_closures_location_id_starts_at", "location_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    label: Mapped[str] = mapped_column(String(60))
    canceled_at: Mapped[datetime | None]
