"""All visits of a course, in one letter."""

from typing import Any

from clinic.letters.reminders.facts import CourseFacts
from clinic.people.patients.contact import shown_phone
from clinic.timetable.words import long_day_words, span_words
from clinic.timetable.zones import zone_label


def subject(facts: CourseFacts) -> str:
    """Return the subject line."""
    first = long_day_words(facts.visits[0].on, today=facts.today)
    count = len(facts.visits)
    return f"Your visit on {first}" if count == 1 else f"Your {count} visits, from {first}"


def words(facts: CourseFacts, *, link: str) -> dict[str, Any]:
    """Return what the letter may say: the dates, and where to change them."""
    visits = [
        (
            long_day_words(visit.on, today=facts.today),
            span_words(visit.appointment.starts_at, visit.appointment.ends_at, facts.zone),
        )
        for visit in facts.visits
    ]
    zones = list(dict.fromkeys(zone_label(facts.zone, visit.appointment.starts_at) for visit in facts.visits))
    return {
        "first_name": facts.patient.first_name,
        "clinic": facts.clinic.name,
        "visits": visits,
        "zone": " and ".join(zones),
        "place": facts.place,
        "phone": shown_phone(facts.location.phone),
        "link": link,
        "notice_hours": facts.clinic.notice_hours,
    }
