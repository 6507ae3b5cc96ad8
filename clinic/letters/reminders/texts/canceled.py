"""A visit is canceled."""

from clinic.letters.reminders.facts import Facts
from clinic.timetable.words import long_day_words


def subject(facts: Facts) -> str:
    """Return the subject line."""
    return f"Your visit on {long_day_words(facts.on, today=facts.today)} is canceled"
