"""Change several visits of a course at once: move them, give them to somebody else, cancel them; and take it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database, set_columns
from clinic.refusals import ChangedMeanwhile, NotFound, Refusal, Unacceptable
from clinic.scheduling.booking.cancel import CLINIC, PATIENT, cancel
from clinic.scheduling.booking.course_asked import Asked, wishes_of, write_down
from clinic.scheduling.booking.models import Appointment, Course
from clinic.scheduling.booking.move import Change, SomeCannotMove, move_back_together, move_together
from clinic.scheduling.booking.refusals import ChangedBySomebody
from clinic.scheduling.booking.reinstate import reinstate
from clinic.scheduling.booking.the_row import LARGEST_ID

When = tuple[datetime, int]
"""When a visit starts, and its therapist."""


class NoSuchCourse(NotFound):
    """There is no such course."""

    def __init__(self) -> None:
        super().__init__("There is no such course.")


class CourseChanged(ChangedMeanwhile):
    """The course is not as this page showed it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just changed this course. Look at it again before you change it.")


class NothingToTakeBack(Refusal):
    """The last change of this course cannot be taken back as one."""


def move_visits(
    *,
    course_id: int,
    changes: Sequence[Change],
    seen: int,
    by: Actor,
    now: datetime,
    staying: Mapping[int, When] = MappingProxyType({}),
    asked: Asked | None = None,
    agreed_on_the_phone: bool = False,
) -> Course:
    """Move visits of a course all at once or not at all; the caller commits.

    ``seen`` is the version of the course that was shown, against two desks that edit one course, and ``staying`` when
    and with whom its other visits were shown to be (visit number: start and therapist). With ``asked`` the new wishes
    stay with the course. Raises ``CourseChanged``, ``SomeCannotMove``, and what ``move_together`` raises.
    """
    course = course_to_change(course_id, seen=seen)
    _refuse_strangers(course, [change.appointment_id for change in changes])
    _refuse_moved(course, staying)
    moved = move_together(changes, by=by, now=now, agreed_on_the_phone=agreed_on_the_phone)
    before = wishes_of(course)
    if asked is not None:
        write_down(asked, course)
    _note(course, "course moved", moved, by=by, now=now, before=before)
    return course


def cancel_visits(
    *,
    course_id: int,
    visits: Mapping[int, int],
    seen: int,
    by: Actor,
    now: datetime,
    reason: str = "",
    asked_by: str = PATIENT,
) -> Course:
    """Cancel visits of a course (appointment id: version shown) all at once; the caller commits.

    Raises ``CourseChanged``, ``Unacceptable`` for no visit at all, and what ``cancel`` raises.
    """
    course = course_to_change(course_id, seen=seen)
    if not visits:
        raise Unacceptable("None of these visits is still to come. Nothing was canceled.")
    _refuse_strangers(course, list(visits))
    gone = [
        cancel(appointment_id=id_, by=by, now=now, reason=reason, asked_by=asked_by, seen=version)
        for id_, version in sorted(visits.items())
    ]
    _note(course, "course canceled", gone, by=by, now=now, reason=reason)
    return course


def take_back(*, course_id: int, by: Actor, now: datetime, seen: int) -> Course:
    """Take the last thing done to a course back, its booking too; the caller commits.

    Visits that were moved go back, and with them what was asked of the course; those canceled are booked again, those
    just booked are canceled. Raises ``NothingToTakeBack`` when something else happened since, also to one of the
    visits, and what ``move_back`` and ``reinstate`` raise.
    """
    course = course_to_change(course_id, seen=seen)
    last = next(iter(audit.entries_about(course.key, limit=1)), None)
    what = last.what if last else ""
    if last is None or what not in ("course booked", "course moved", "course canceled"):
        raise NothingToTakeBack("There is no change of this course to take back.")
    ids: list[int] = last.after["appointments"]
    versions = last.after.get("versions", [None] * len(ids))
    try:
        if what == "course booked":
            back = [
                cancel(appointment_id=id_, by=by, now=now, reason="Booked by mistake", asked_by=CLINIC) for id_ in ids
            ]
        elif what == "course moved":
            back = move_back_together(ids, by=by, now=now, seen=dict(zip(ids, versions, strict=True)))
            set_columns(course, last.before.get("wishes", {}))
        else:
            back = [reinstate(appointment_id=id_, by=by, now=now) for id_ in ids]
    except SomeCannotMove as refusal:
        raise NothingToTakeBack(f"The old time of a visit is no longer free. {refusal.sentence}") from refusal
    except ChangedBySomebody as refusal:
        raise NothingToTakeBack("One of these visits was changed since; change it by itself.") from refusal
    _note(course, "course change taken back", back, by=by, now=now)
    return course


def course_to_change(course_id: int, *, seen: int | None = None) -> Course:
    """Lock and return the course. Raises ``NoSuchCourse``, or ``CourseChanged`` unless it is as ``seen``."""
    if not 0 < course_id <= LARGEST_ID:
        raise NoSuchCourse
    found = database.session.scalars(
        select(Course).where(Course.id == course_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NoSuchCourse
    if seen is not None and found.version != seen:
        raise CourseChanged
    return found


def _refuse_strangers(course: Course, ids: Sequence[int]) -> None:
    if not ids:
        raise Unacceptable("No visit is chosen, so there is nothing to change.")
    own = database.session.scalars(
        select(Appointment.id).where(Appointment.course_id == course.id, Appointment.id.in_(ids))
    ).all()
    if len(own) != len(set(ids)):
        raise Unacceptable("One of these visits does not belong to this course.")


def _refuse_moved(course: Course, staying: Mapping[int, When]) -> None:
    """Raise ``CourseChanged`` unless the visits that stay, locked, are when and with whom they were shown to be."""
    if not staying:
        return
    visits = database.session.scalars(
        select(Appointment)
        .where(
            Appointment.course_id == course.id,
            Appointment.course_number.in_(staying),
            Appointment.canceled_at.is_(None),
        )
        .order_by(Appointment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if {visit.course_number: (visit.starts_at, visit.therapist_id) for visit in visits} != dict(staying):
        raise CourseChanged


def _note(
    course: Course,
    what: str,
    visits: Sequence[Appointment],
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    before: dict[str, Any] | None = None,
) -> None:
    """Note the change, with the versions in which it left the visits: whoever takes it back finds them so."""
    course.version += 1
    ids, versions = [visit.id for visit in visits], [visit.version for visit in visits]
    after: dict[str, Any] = {"appointments": ids, "versions": versions, "visits": len(ids)}
    if before is not None:
        after["wishes"] = wishes_of(course)
    audit.record(
        what,
        about=course.key,
        by=by,
        now=now,
        patient_id=course.patient_id,
        before={} if before is None else {"wishes": before},
        after=after,
        reason=reason,
    )
