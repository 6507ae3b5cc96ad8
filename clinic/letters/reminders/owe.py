"""Owe the reminders of the days ahead; called by the tick."""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic import outbox
from clinic.database import database
from clinic.letters.reminders.rules import REMINDERS, reminders
from clinic.scheduling import practice
from clinic.scheduling.booking import Appointment, Status

LEAD = timedelta(days=1)
MARGIN = timedelta(hours=14)


def owe_reminders(*, now: datetime) -> int:
    """Owe each reminder that is due within a day and still of use, once; return how many. The caller commits."""
    clinic = practice.clinic()
    zone = practice.location().tz
    rows = database.session.execute(
        select(Appointment.id, Appointment.patient_id, Appointment.starts_at, Appointment.course_id).where(
            Appointment.starts_at > now,
            Appointment.starts_at <= now + timedelta(hours=clinic.remind_hours) + LEAD + MARGIN,
            Appointment.status == Status.BOOKED.value,
        )
    ).all()
    known = _known([f"appointment:{row.id}" for row in rows])
    owed = 0
    for id_, patient_id, starts_at, course_id in rows:
        for due in reminders(
            starts_at,
            zone=zone,
            remind_hours=clinic.remind_hours,
            day_before=clinic.remind_day_before,
            in_course=course_id is not None,
        ):
            about, occasion = f"appointment:{id_}", starts_at.isoformat()
            if (about, occasion, due.kind) in known or due.due_at > now + LEAD or due.not_after <= now:
                continue
            owed += outbox.owe(
                about=about,
                occasion=occasion,
                kind=due.kind,
                patient_id=patient_id,
                due_at=due.due_at,
                not_after=due.not_after,
                now=now,
            )
    return owed


def _known(abouts: list[str]) -> set[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for start in range(0, len(abouts), 500):
        rows = database.session.execute(
            select(outbox.Letter.about, outbox.Letter.occasion, outbox.Letter.kind).where(
                outbox.Letter.about.in_(abouts[start : start + 500]), outbox.Letter.kind.in_(REMINDERS)
            )
        )
        found |= {(row.about, row.occasion, row.kind) for row in rows}
    return found
