"""Read whom no letter could tell, so that somebody tells them by voice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, cast, func, or_, select

from clinic.database import database
from clinic.outbox import FAILED, SKIPPED, Letter
from clinic.people.patients.models import Patient
from clinic.scheduling import practice
from clinic.scheduling.booking.cancel import CLINIC
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.queries import Row, by_keys
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.worklist_queries import still_comes

TELLING = ("booked", "moved", "canceled", "course")
"""Letters that tell whether and when a visit is."""


class Untold(NamedTuple):
    """A visit, and what the mail server said of its letter; empty where no letter goes to the patient at all."""

    row: Row
    failed: str


def untold(*, now: datetime) -> list[Untold]:
    """Return the coming visits whose patients could not be told of them, or that the clinic canceled them, by start.

    Either no letter goes to the patient, or the newest letter about the visit, or about its course, failed. Who was
    told by voice is left out, who confirmed, who does not come any more, and what was canceled before its letter was
    due: nobody heard of that.
    """
    connection = database.session.connection()
    about = list(connection.scalars(_failed_lately(), {"now": now}))
    found = [(id_, "") for id_ in connection.scalars(_out_of_reach(), {"now": now})]
    if about:
        asked = {"now": now, "visits": _ids(about, "appointment:"), "courses": _ids(about, "course:")}
        found += [(id_, outcome) for id_, outcome in connection.execute(_failed(), asked)]
    if not found:
        return []
    failed = {f"appointment:{id_}": outcome for id_, outcome in found}
    grace = timedelta(minutes=practice.clinic().grace_minutes)
    rows = [row for row in by_keys(list(failed)) if not _never_told(row, grace)]
    return [Untold(row, failed[row.key]) for row in _one_a_course(rows)]


@cache
def _out_of_reach() -> Select[Any]:
    """Ask for the visits of patients to whom no letter goes: from those few patients to their visits."""
    rows: Any = select(Appointment.id)
    whole: Select[Any] = rows.where(
        Appointment.patient_id.in_(select(Patient.id).where(_unreachable(), still_comes())), *_not_told_otherwise()
    )
    return whole


@cache
def _failed() -> Select[Any]:
    """Ask for the visits of all others of which the newest letter failed, and what was said of it."""
    of_those = (
        Appointment.id.in_(bindparam("visits", expanding=True)),
        Appointment.course_id.in_(bindparam("courses", expanding=True)),
    )
    rows: Any = select(Appointment.id, Letter.outcome)
    whole: Select[Any] = (
        rows.join(Patient, Patient.id == Appointment.patient_id)
        .join(Letter, Letter.id == _newest())
        .where(or_(*of_those), ~_unreachable(), still_comes(), Letter.state == FAILED, *_not_told_otherwise())
    )
    return whole


def _not_told_otherwise() -> tuple[ColumnElement[bool], ...]:
    """What is still to come or was canceled by the clinic, and nobody told or confirmed."""
    return (
        Appointment.starts_at > bindparam("now"),
        Appointment.told_by_phone_at.is_(None),
        or_(
            and_(Appointment.status == Status.BOOKED.value, Appointment.confirmed_at.is_(None)),
            and_(Appointment.status == Status.CANCELED.value, Appointment.canceled_by == CLINIC),
        ),
    )


def _one_a_course(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows; of the visits of a course that stand only the first, since they are told together."""
    seen: set[int] = set()
    for row in rows:
        if row.course_id is not None and row.canceled_at is None:
            if row.course_id in seen:
                continue
            seen.add(row.course_id)
        yield row


def _never_told(row: Row, grace: timedelta) -> bool:
    return row.canceled_at is not None and row.canceled_at - row.booked_at <= grace


def _unreachable() -> ColumnElement[bool]:
    return or_(Patient.email == "", Patient.channel != "email")


@cache
def _failed_lately() -> Select[Any]:
    """Ask what the failed letters that are still of use are about."""
    failed = (Letter.state == FAILED, Letter.kind.in_(TELLING), Letter.not_after > bindparam("now"))
    return select(Letter.about).where(*failed).distinct()


def _ids(about: list[str], what: str) -> list[int]:
    return [int(key.removeprefix(what)) for key in about if key.startswith(what)]


def _newest() -> ColumnElement[int | None]:
    """The newest letter that told, or is to tell, of the appointment."""
    own = Letter.about == "appointment:" + cast(Appointment.id, String)
    course = Letter.about == "course:" + cast(Appointment.course_id, String)
    return (
        select(func.max(Letter.id))
        .where(or_(own, course), Letter.kind.in_(TELLING), Letter.state != SKIPPED)
        .correlate(Appointment)
        .scalar_subquery()
    )
