"""Book a whole course of appointments in one step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import ChangedMeanwhile, Refusal, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.book import AlreadyBooked, InCourse, book
from clinic.scheduling.booking.course_asked import Asked, write_down
from clinic.scheduling.booking.course_queries import CourseRow, courses_to_come, visits_of
from clinic.scheduling.booking.letters_owed import owe_course_letter
from clinic.scheduling.booking.models import Course
from clinic.scheduling.booking.refusals import NoLongerHere


class Row(NamedTuple):
    """A visit of a course to be booked: its number, when, and with whom."""

    number: int
    starts_at: datetime
    therapist_id: int


class RowsTaken(Refusal):
    """Some visits of a course cannot be booked where they should; ``why`` has the sentence of each, by its number."""

    def __init__(self, why: Mapping[int, str]) -> None:
        self.why = dict(why)
        numbers = ", ".join(map(str, sorted(why)))
        one = len(why) == 1
        super().__init__(f"Visit{'' if one else 's'} {numbers}: {next(iter(why.values()))} Nothing was booked yet.")


class AnotherCourse(ChangedMeanwhile):
    """Somebody booked another course for this patient since the page was opened."""

    def __init__(self, other: CourseRow) -> None:
        visits = "1 visit" if other.coming == 1 else f"{other.coming} visits"
        super().__init__(
            f"{other.booked_by} booked another course for this patient since you opened this page: {visits} to come. "
            "Nothing was booked. Look, and press Enter again to book this one too."
        )


def book_course(
    *,
    patient_id: int,
    asked: Asked,
    rows: Sequence[Row],
    by: Actor,
    now: datetime,
    request_id: str | None = None,
    newest_seen: int | None = None,
) -> Course:
    """Book all ``rows`` or none, and owe the patient one letter for all of them; the caller commits.

    The same ``request_id`` with the same rows gives back the first result. ``newest_seen`` is the id of the patient's
    newest course that whoever books knows of, 0 for none; None asks nothing. Raises ``RowsTaken`` with every row that
    cannot be booked, ``AnotherCourse`` for one to come that is newer than the newest seen, ``AlreadyBooked`` for other
    rows than the form has booked, ``NoLongerHere`` for the patient, and ``Unacceptable`` for rows that are no course.
    """
    before = _already(request_id, patient_id, rows)
    if before is not None:
        return before
    _check(rows, asked)
    patient_id = _patient(patient_id)
    _refuse_if_another(patient_id, newest_seen, now=now)
    course = Course(
        location_id=practice.location().id,
        patient_id=patient_id,
        booked_at=now,
        booked_by=by.name,
        request_id=request_id,
        revision=0,
    )
    write_down(asked, course)
    try:
        with database.session.begin_nested():
            database.session.add(course)
    except IntegrityError:
        twin = _already(request_id, patient_id, rows)
        if twin is None:
            raise
        return twin
    ids = _book_rows(course, asked, sorted(rows, key=lambda row: row.starts_at), by=by, now=now)
    owe_course_letter(course, last_at=max(row.starts_at for row in rows), now=now)
    audit.record(
        "course booked",
        about=course.key,
        by=by,
        now=now,
        patient_id=patient_id,
        after={"appointments": ids, "visits": len(rows), "of": asked.visits},
    )
    return course


def _already(request_id: str | None, patient_id: int, rows: Sequence[Row]) -> Course | None:
    """Return what this form has booked. Raises ``AlreadyBooked`` where that was something else, or stands no longer."""
    if request_id is None:
        return None
    found = database.session.scalars(select(Course).where(Course.request_id == request_id)).first()
    if found is None:
        return None
    if found.patient_id != patient_id:
        raise AlreadyBooked("This form has already booked a course for somebody else. Open a new one.")
    stands = visits_of(found.id)
    if not stands:
        raise AlreadyBooked("The course that this form booked was canceled since. Open a new one to book again.")
    if sorted(rows) != sorted(Row(visit.course_number or 0, visit.starts_at, visit.therapist_id) for visit in stands):
        raise AlreadyBooked("This form has already booked a course, with other times than these. Open a new one.")
    return found


def _patient(patient_id: int) -> int:
    found = database.session.get(Patient, patient_id) if 0 < patient_id < 2**31 else None
    if found is None or found.inactive_at or found.deceased_at:
        raise NoLongerHere("This patient is not in the register, or no longer active.", field="patient_id")
    return found.id


def _refuse_if_another(patient_id: int, newest_seen: int | None, *, now: datetime) -> None:
    if newest_seen is None:
        return
    # of two who book for one patient, the second sees what the first did
    database.session.execute(select(Patient.id).where(Patient.id == patient_id).with_for_update(key_share=True))
    newest = max(courses_to_come(patient_id, now=now), key=lambda row: row.id, default=None)
    if newest is not None and newest.id > newest_seen:
        raise AnotherCourse(newest)


def _check(rows: Sequence[Row], asked: Asked) -> None:
    if not rows:
        raise Unacceptable("No visit of this course is placed, so there is nothing to book.")
    ordered = sorted(rows)
    if not all(0 < row.number <= asked.visits for row in rows):
        raise Unacceptable("There is no visit with that number in this course.")
    if any(one.number == other.number or one.starts_at >= other.starts_at for one, other in pairwise(ordered)):
        raise Unacceptable("The visits are not in the order of their dates. Find the times again.")
    if asked.authorized is not None and ordered[-1].number > asked.authorized:
        raise Unacceptable(f"Only {asked.authorized} visits are authorized.", field="authorized")


def _book_rows(course: Course, asked: Asked, rows: Sequence[Row], *, by: Actor, now: datetime) -> list[int]:
    why: dict[int, str] = {}
    ids = []
    for row in rows:
        try:
            visit = book(
                patient_id=course.patient_id,
                therapist_id=row.therapist_id,
                type_id=asked.type_of(row.number),
                starts_at=row.starts_at,
                by=by,
                now=now,
                request_id=f"{course.request_id}-{row.number}" if course.request_id else None,
                course=InCourse(course.id, row.number, asked.devices_of(row.number)),
                told_with_course=True,
            )
            ids.append(visit.id)
        except Refusal as refusal:
            why[row.number] = refusal.sentence
    if why:
        raise RowsTaken(why)
    return ids
