"""Count double bookings by plain SQL over the appointments, without trusting a hold."""

from sqlalchemy import text

from clinic.database import database

PEOPLE = """
select count(*) from appointments a join appointments b
  on a.{who} = b.{who} and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
 where a.canceled_at is null and b.canceled_at is null
"""
RESOURCES = """
select count(*) from appointment_resources r join appointment_resources s
  on r.holder = s.holder and r.appointment_id < s.appointment_id and r.starts_at < s.ends_at and s.starts_at < r.ends_at
"""
AWAY = """
select count(*) from appointments a join time_off t
  on a.therapist_id = t.therapist_id and a.starts_at < t.ends_at and t.starts_at < a.ends_at
 where a.canceled_at is null and t.canceled_at is null
"""


def overlaps() -> dict[str, int]:
    """Return how many pairs overlap, for therapists, patients, rooms and devices, and time off."""
    queries = {
        "therapist": PEOPLE.format(who="therapist_id"),
        "patient": PEOPLE.format(who="patient_id"),
        "room or device": RESOURCES,
        "time off": AWAY,
    }
    return {name: int(database.session.scalar(text(query)) or 0) for name, query in queries.items()}
