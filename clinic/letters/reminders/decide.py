"""Whether a letter that is due is still to be sent, and as what; every "no" has a reason that people can see."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from clinic.database import database
from clinic.letters.reminders.facts import CourseFacts, Facts, others_that_day
from clinic.letters.reminders.rules import COURSE, REMINDERS, TOMORROW, is_too_fresh, news
from clinic.outbox import OPEN, SENT, Due, Letter
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Status
from clinic.timetable.words import clock_words, day_words
from clinic.timetable.zones import day_bounds, to_wall


class Decision(NamedTuple):
    """Send the letter as this kind, or skip it for this reason."""

    kind: str = ""
    why_not: str = ""


def decide(letter: Due, facts: Facts | CourseFacts) -> Decision:
    """Decide over a letter that is due, from the facts as they are now."""
    unreachable = _unreachable(facts.patient)
    if unreachable:
        return Decision(why_not=unreachable)
    if isinstance(facts, CourseFacts):
        return Decision(COURSE) if facts.visits else Decision(why_not="Canceled before anything was sent")
    if facts.appointment.starts_at <= facts.read_at:
        return Decision(why_not="The visit's time has passed")
    return _reminder(letter, facts) if letter.kind in REMINDERS else _change(letter, facts)


def _unreachable(patient: Patient) -> str:
    if patient.deceased_at is not None:
        return "The patient has died"
    if patient.inactive_at is not None:
        return "The patient is not active"
    if not patient.email:
        return "No e-mail address: tell by phone"
    if patient.channel != "email":
        if patient.consent_at is None:
            return "Has not agreed to letters: tell by phone"
        return "Wants no e-mail: tell by phone" if patient.channel == "phone" else "Wants no letters"
    return ""


def _change(letter: Due, facts: Facts) -> Decision:
    if letter.occasion != str(facts.appointment.revision):
        return Decision(why_not="Changed again meanwhile; a newer letter tells it")
    kind = news(facts.told, facts.now_is)
    if kind is None:
        undone = "Canceled before anything was sent" if facts.now_is.canceled else "Undone, nothing new to tell"
        return Decision(why_not=undone)
    return Decision(kind)


def _reminder(letter: Due, facts: Facts) -> Decision:
    appointment = facts.appointment
    if appointment.starts_at.isoformat() != letter.occasion:
        return Decision(why_not=f"Moved to {_day(appointment.starts_at, facts)}")
    if appointment.status != Status.BOOKED:
        return Decision(why_not=f"The visit is {appointment.status}")
    if is_too_fresh(letter.kind, starts_at=appointment.starts_at, settled_at=facts.settled_at):
        return Decision(why_not="The time was chosen only a short while before")
    if letter.kind != TOMORROW and appointment.confirmed_at is not None:
        confirmed = appointment.confirmed_at
        return Decision(why_not=f"Confirmed {_day(confirmed, facts)}, {clock_words(confirmed, facts.zone)}")
    return _one_a_day(letter, facts)


def _day(instant: datetime, facts: Facts) -> str:
    today = to_wall(facts.read_at, facts.zone).date()
    return day_words(to_wall(instant, facts.zone).date(), today=today)


def _one_a_day(letter: Due, facts: Facts) -> Decision:
    first = others_that_day(facts)[0]
    if first < facts.appointment.starts_at:
        return Decision(why_not=f"Told with {clock_words(first, facts.zone)}")
    today = day_bounds(to_wall(facts.read_at, facts.zone).date(), facts.zone)
    other = database.session.scalar(
        select(Letter.id).where(
            Letter.patient_id == facts.patient.id,
            Letter.id != letter.id,
            Letter.kind.in_(REMINDERS),
            or_(
                (Letter.state == SENT) & (Letter.ended_at >= today.start),
                Letter.state.in_(OPEN)
                & (Letter.kind == TOMORROW)
                & (letter.kind != TOMORROW)
                & (Letter.due_at >= today.start)
                & (Letter.due_at < today.end),
            ),
        )
    )
    return Decision(why_not="One reminder a day: another goes out today") if other else Decision(letter.kind)
