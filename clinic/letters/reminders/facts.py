"""All that a letter about an appointment may say, read at the moment of writing. Nothing of health is in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select, true

from clinic.database import database
from clinic.letters.reminders.rules import Told
from clinic.people.patients import HomeLink
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment, Course, Status
from clinic.scheduling.practice.models import AppointmentType, Clinic, Location
from clinic.timetable.zones import day_bounds, to_wall


class AtTheClinic:
    """Where it all takes place, and when it was read."""

    read_at: datetime
    location: Location

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the location's wall."""
        return self.location.tz

    @property
    def today(self) -> date:
        """The local day on which it was read."""
        return to_wall(self.read_at, self.zone).date()

    @property
    def place(self) -> str:
        """Where to come."""
        return self.location.address


@dataclass(frozen=True)
class Facts(AtTheClinic):
    """An appointment, its patient and its clinic, as they were when this was read."""

    read_at: datetime
    appointment: Appointment
    patients_may_move: bool
    patient: Patient
    clinic: Clinic
    location: Location
    home_link: HomeLink | None = None

    @property
    def on(self) -> date:
        """The local day of the visit."""
        return to_wall(self.appointment.starts_at, self.zone).date()

    @property
    def now_is(self) -> Told:
        """What a calendar letter would tell now."""
        a = self.appointment
        return Told(a.starts_at, a.ends_at, self.place, a.is_canceled)

    @property
    def told(self) -> Told | None:
        """What the patient was last told."""
        a = self.appointment
        if a.told_starts_at is None or a.told_ends_at is None:
            return None
        return Told(a.told_starts_at, a.told_ends_at, a.told_place or "", a.told_canceled)

    @property
    def settled_at(self) -> datetime:
        """When the patient last agreed to the time."""
        return self.appointment.moved_at or self.appointment.booked_at


@dataclass(frozen=True)
class CourseFacts(AtTheClinic):
    """A course with its coming visits that stand, by start, its patient and its clinic."""

    read_at: datetime
    visits: Sequence[Facts]
    course: Course
    patient: Patient
    clinic: Clinic
    location: Location

    @property
    def home_link(self) -> HomeLink | None:
        """The patient's home link."""
        return self.visits[0].home_link if self.visits else None


def facts_about(about: str, *, now: datetime) -> Facts | CourseFacts | None:
    """Read the facts of ``appointment:12`` or ``course:3``; None where there is no such thing."""
    what, _, id_ = about.partition(":")
    if what == "course":
        return _of_course(int(id_), now=now)
    row = database.session.execute(_one_visit(), {"id": int(id_)}).first()
    return Facts(now, *row) if row is not None else None


def _of_course(course_id: int, *, now: datetime) -> CourseFacts | None:
    row = database.session.execute(
        select(Course, Patient, Clinic, Location)
        .join(Patient, Patient.id == Course.patient_id)
        .join(Location, Location.id == Course.location_id)
        .join(Clinic, true())
        .where(Course.id == course_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    coming = (
        Appointment.course_id == course_id,
        Appointment.status == Status.BOOKED.value,
        Appointment.starts_at > now,
    )
    visits = database.session.execute(_visits().where(*coming).order_by(Appointment.starts_at))
    return CourseFacts(now, [Facts(now, *visit) for visit in visits], *row)


@cache
def _one_visit() -> Select[Any]:
    """Return the query, built once since a worker asks it for every letter."""
    return _visits().where(Appointment.id == bindparam("id"))


def _visits() -> Select[Any]:
    """Read all that is told of visits, as it is now, at once."""
    query: Any = (
        select(Appointment, AppointmentType.patients_may_move, Patient, Clinic, Location, HomeLink)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .join(Location, Location.id == Appointment.location_id)
        .join(Clinic, true())
        .outerjoin(HomeLink, HomeLink.patient_id == Patient.id)
        .execution_options(populate_existing=True)
    )
    whole: Select[Any] = query
    return whole


def others_that_day(facts: Facts) -> list[datetime]:
    """Return the starts of all the patient's booked visits on the day of this one, in order, this one's too."""
    day = day_bounds(facts.on, facts.zone)
    return list(
        database.session.scalars(
            select(Appointment.starts_at)
            .where(
                Appointment.patient_id == facts.patient.id,
                Appointment.status == Status.BOOKED.value,
                Appointment.starts_at >= day.start,
                Appointment.starts_at < day.end,
            )
            .order_by(Appointment.starts_at)
        )
    )
