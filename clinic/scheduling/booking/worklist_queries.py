"""The visits that wait for somebody at the desk: without a status, unconfirmed, or whose patients want a call."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func

from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.queries import Row, read, rows, starts_between, still_open
from clinic.scheduling.booking.states import Status


def without_a_status(*, before: datetime, since: datetime) -> list[Row]:
    """Return the visits since then that were over ``before``, and of which nobody said what became."""
    return read(_without_a_status(), first=since, until=before)


def count_without_a_status(*, before: datetime, since: datetime) -> int:
    """Return how many there are of those."""
    return _count(_without_a_status, first=since, until=before)


@cache
def _without_a_status() -> Select[Any]:
    unfinished = (Status.BOOKED.value, Status.ARRIVED.value, Status.IN_SESSION.value)
    return (
        rows()
        .where(starts_between(), Appointment.ends_at <= bindparam("until"), Appointment.status.in_(unfinished))
        .order_by(Appointment.starts_at, Appointment.id)
    )


def _count(query: Callable[[], Select[Any]], **asked: datetime) -> int:
    return int(database.session.scalar(_counted(query), asked) or 0)


@cache
def _counted(query: Callable[[], Select[Any]]) -> Select[Any]:
    """Return the query that counts what another finds."""
    return query().with_only_columns(func.count(Appointment.id), maintain_column_froms=True).order_by(None)


def still_comes() -> ColumnElement[bool]:
    """Ask whether the patient is one to ring: neither inactive nor deceased."""
    return and_(Patient.inactive_at.is_(None), Patient.deceased_at.is_(None))


def unconfirmed(*, first: datetime, until: datetime) -> list[Row]:
    """Return the booked visits from ``first`` to ``until`` that nobody confirmed, of patients who still come."""
    return read(_unconfirmed(), first=first, until=until)


def count_unconfirmed(*, first: datetime, until: datetime) -> int:
    """Return how many there are of those."""
    return _count(_unconfirmed, first=first, until=until)


@cache
def _unconfirmed() -> Select[Any]:
    nobody = (Appointment.status == Status.BOOKED.value, Appointment.confirmed_at.is_(None), still_comes())
    return rows().where(starts_between(), *nobody).order_by(Appointment.starts_at, Appointment.id)


def calls_wanted(*, now: datetime) -> list[Row]:
    """Return the visits whose patients asked for another time and still come, by when they asked."""
    return read(_calls_wanted(), now=now)


@cache
def _calls_wanted() -> Select[Any]:
    wanted = (still_open(bindparam("now")), Appointment.call_wanted_at.is_not(None), still_comes())
    return rows().where(*wanted).order_by(Appointment.call_wanted_at, Appointment.id)
