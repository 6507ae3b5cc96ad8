"""What every letter about an appointment may say."""

from typing import Any

from clinic.letters.reminders.facts import Facts
from clinic.people.patients.contact import shown_phone
from clinic.timetable.words import long_day_words, span_words
from clinic.timetable.zones import zone_label


def common(facts: Facts, *, link: str) -> dict[str, Any]:
    """Return the words that all letters share."""
    appointment = facts.appointment
    return {
        "first_name": facts.patient.first_name,
        "clinic": facts.clinic.name,
        "day": long_day_words(facts.on),
        "time": span_words(appointment.starts_at, appointment.ends_at, facts.zone),
        "zone": zone_label(facts.zone, appointment.starts_at),
        "place": facts.place,
        "phone": shown_phone(facts.location.phone),
        "link": link,
        "notice_hours": facts.clinic.notice_hours,
        "confirmed": appointment.confirmed_at is not None,
    }
