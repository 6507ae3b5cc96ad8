"""Read courses and their visits, as screens show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from clinic import audit
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.scheduling.booking.models import Appointment, Course
from clinic.scheduling.booking.states import Status
from clinic.scheduling.practice.models import AppointmentType


class CourseRow(NamedTuple):
    """A course in one line: how many visits were prescribed, stand, are over, and are to come."""

    id: int
    visits: int
    booked_at: datetime
    booked_by: str
    standing: int
    completed: int
    coming: int
    next_at: datetime | None
    last_at: datetime | None


def course(course_id: int) -> Course | None:
    """Return one course, or None."""
    return database.session.get(Course, course_id) if 0 < course_id < 2**31 else None


class Named(NamedTuple):
    """A course and the name of its patient."""

    course: Course
    patient: str


def course_and_patient(course_id: int) -> Named | None:
    """Return one course with its patient's name, or None."""
    row = database.session.execute(
        select(Course, Patient.name).join(Patient, Patient.id == Course.patient_id).where(Course.id == course_id)
    ).first()
    return Named(row[0], row[1]) if row else None


def visits_of(course_id: int) -> Sequence[Appointment]:
    """Return the visits of a course that are not canceled, by number and start."""
    return database.session.scalars(
        select(Appointment)
        .where(Appointment.course_id == course_id, Appointment.status != Status.CANCELED.value)
        .order_by(Appointment.course_number, Appointment.starts_at)
    ).all()


def last_changed(course: Course) -> Sequence[Appointment]:
    """Return the visits that the last thing done to a course was about, by start, canceled ones too."""
    last = next(iter(audit.entries_about(course.key, limit=1)), None)
    ids: list[int] = last.after.get("appointments", []) if last else []
    return database.session.scalars(
        select(Appointment).where(Appointment.id.in_(ids)).order_by(Appointment.starts_at, Appointment.id)
    ).all()


def evaluation_to_come(patient_id: int, *, now: datetime) -> datetime | None:
    """Return when a patient's next evaluation starts, None where none is booked."""
    return database.session.scalar(
        select(func.min(Appointment.starts_at))
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .where(
            Appointment.patient_id == patient_id,
            Appointment.status == Status.BOOKED.value,
            Appointment.starts_at > now,
            AppointmentType.purpose == "evaluation",
        )
    )


def first_of(course_id: int) -> int | None:
    """Return the id of a course's first visit."""
    return next((visit.id for visit in visits_of(course_id)), None)


def courses_to_come(patient_id: int, *, now: datetime) -> list[CourseRow]:
    """Return a patient's courses with any visit that is still to come, the newest first."""
    return [row for row in courses_of(patient_id, now=now) if row.coming]


def courses_of(patient_id: int, *, now: datetime) -> list[CourseRow]:
    """Return a patient's courses with any visit that stands, the newest first."""
    coming = (Appointment.starts_at > now) & (Appointment.status == Status.BOOKED.value)
    rows = database.session.execute(
        select(
            Course.id,
            Course.visits,
            Course.booked_at,
            Course.booked_by,
            func.count(Appointment.id),
            func.count().filter(Appointment.status == Status.COMPLETED.value),
            func.count().filter(coming),
            func.min(Appointment.starts_at).filter(coming),
            func.max(Appointment.starts_at),
        )
        .join(Appointment, Appointment.course_id == Course.id)
        .where(Course.patient_id == patient_id, Appointment.status != Status.CANCELED.value)
        .group_by(Course.id, Course.visits, Course.booked_at, Course.booked_by)
        .order_by(Course.booked_at.desc(), Course.id.desc())
    )
    return [CourseRow(*row) for row in rows]
