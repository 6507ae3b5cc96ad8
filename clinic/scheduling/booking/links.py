"""The link in a letter: opens one appointment without a sign-in, until its day is over or it is revoked."""

from collections.abc import Iterator
from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.scheduling.booking.change_course import course_to_change
from clinic.scheduling.booking.models import Appointment, Course
from clinic.scheduling.booking.refusals import NoSuchAppointment
from clinic.scheduling.booking.the_row import LARGEST_ID, appointment_to_change, touch
from clinic.scheduling.practice.queries import local_day
from clinic.timetable.zones import day_bounds

COURSE = "course link"


class LinkGone(Refusal):
    """The link is not ours, was revoked, or its day is over: all read the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__("This link no longer works. Please call the clinic.")


def link_token(appointment: Appointment, *, secret: str) -> str:
    """Return the token that opens ``appointment``: its id and generation, signed."""
    token = _serializer(secret).dumps([appointment.id, appointment.link_generation])
    return token if isinstance(token, str) else token.decode("ascii")


def opened_by(token: str, *, secret: str, now: datetime) -> Appointment:
    """Return the appointment that ``token`` opens, or the one it was reinstated as. Raises ``LinkGone``."""
    try:
        id_, generation = _serializer(secret).loads(token)
    except (BadSignature, ValueError, TypeError):
        raise LinkGone from None
    found = database.session.get(Appointment, id_)
    if found is None or found.link_generation != generation:
        raise LinkGone
    found = _latest(found)
    zone = practice.location().tz
    if now >= day_bounds(local_day(found.starts_at, zone), zone).end:
        raise LinkGone
    return found


def course_link_token(course: Course, *, secret: str) -> str:
    """Return the token that opens all visits of ``course``: its id and generation, signed."""
    token = _serializer(secret, salt=COURSE).dumps([course.id, course.link_generation])
    return token if isinstance(token, str) else token.decode("ascii")


def visits_opened_by(token: str, *, secret: str, now: datetime) -> list[Appointment]:
    """Return the visits of the course that ``token`` opens, from today on, by start. Raises ``LinkGone``."""
    try:
        id_, generation = _serializer(secret, salt=COURSE).loads(token)
    except (BadSignature, ValueError, TypeError):
        raise LinkGone from None
    course = database.session.get(Course, id_)
    if course is None or course.link_generation != generation:
        raise LinkGone
    zone = practice.location().tz
    visits = database.session.scalars(
        select(Appointment)
        .where(
            Appointment.course_id == course.id,
            Appointment.starts_at >= day_bounds(local_day(now, zone), zone).start,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    if not visits:
        raise LinkGone
    return list(visits)


def revoke_link(*, appointment_id: int, by: Actor, now: datetime, seen: int | None = None) -> Appointment:
    """Make every link to the appointment that was sent so far lead nowhere; the caller commits.

    Those of the rows from which it was reinstated lead to it, and those of the rows as which it was go on from it. A
    visit of a course takes the course's link with it, and those of all its visits: whoever had the one had the others.
    """
    course = _course_of(appointment_id)
    if course is not None:
        _revoke_course(course, by=by, now=now)
    appointment = appointment_to_change(appointment_id, seen=seen)
    if course is None:
        for each in (appointment, *_earlier(appointment), *_later(appointment)):
            each.link_generation += 1
    touch(appointment, now=now)
    audit.record("link revoked", about=appointment.key, by=by, now=now, patient_id=appointment.patient_id)
    return appointment


def _course_of(appointment_id: int) -> Course | None:
    """Lock and return the appointment's course, if it has one; a course is locked before its visits."""
    if not 0 < appointment_id <= LARGEST_ID:
        raise NoSuchAppointment
    course_id = database.session.scalar(select(Appointment.course_id).where(Appointment.id == appointment_id))
    return None if course_id is None else course_to_change(course_id)


def _revoke_course(course: Course, *, by: Actor, now: datetime) -> None:
    """Revoke the link of the locked course and those of its visits; what desks show of them stays as it is."""
    course.link_generation += 1
    visits = (
        select(Appointment)
        .where(Appointment.course_id == course.id)
        .order_by(Appointment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for visit in database.session.scalars(visits):
        visit.link_generation += 1
    audit.record("link revoked", about=course.key, by=by, now=now, patient_id=course.patient_id)


def _latest(appointment: Appointment) -> Appointment:
    while appointment.is_canceled:
        successor = _successor(appointment)
        if successor is None:
            return appointment
        appointment = successor
    return appointment


def _successor(appointment: Appointment) -> Appointment | None:
    return database.session.scalars(select(Appointment).where(Appointment.reinstated_from_id == appointment.id)).first()


def _earlier(appointment: Appointment) -> Iterator[Appointment]:
    while appointment.reinstated_from_id is not None:
        appointment = appointment_to_change(appointment.reinstated_from_id)
        yield appointment


def _later(appointment: Appointment) -> Iterator[Appointment]:
    while (successor := _successor(appointment)) is not None:
        appointment = appointment_to_change(successor.id)
        yield appointment


def _serializer(secret: str, *, salt: str = "appointment link") -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=salt)
