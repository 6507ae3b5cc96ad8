"""What every letter about an appointment may say."""

from datetime import timedelta
from typing import Any

from clinic.letters.reminders.facts import Facts
from clinic.people.patients.contact import shown_phone
from clinic.scheduling.booking.rules import is_late
from clinic.timetable.words import long_day_words, span_words
from clinic.timetable.zones import zone_label

READ_WITHIN = timedelta(hours=2)
"""A letter promises nothing that ends before it is likely to be read."""


def common(facts: Facts, *, link: str) -> dict[str, Any]:
    """Return the words that all letters share."""
    appointment = facts.appointment
    confirmed = appointment.confirmed_at is not None
    late = is_late(
        appointment.starts_at, notice=timedelta(hours=facts.clinic.notice_hours), now=facts.read_at + READ_WITHIN
    )
    may_move = not late and facts.patients_may_move
    return {
        "first_name": facts.patient.first_name,
        "clinic": facts.clinic.name,
        "day": long_day_words(facts.on, today=facts.today),
        "time": span_words(appointment.starts_at, appointment.ends_at, facts.zone),
        "zone": zone_label(facts.zone, appointment.starts_at),
        "place": facts.place,
        "phone": shown_phone(facts.location.phone),
        "link": link,
        "notice_hours": facts.clinic.notice_hours,
        "confirmed": confirmed,
        "late": late,
        "may_move": may_move,
        "deeds": _deeds(confirmed=confirmed, may_move=may_move),
    }


def _deeds(*, confirmed: bool, may_move: bool) -> str:
    """Return what the page behind the link lets the patient do: confirm, move or cancel."""
    deeds = [*([] if confirmed else ["confirm"]), *(["move"] if may_move else []), "cancel"]
    return " or ".join([", ".join(deeds[:-1]), deeds[-1]]) if deeds[1:] else deeds[0]
