"""The last reminder, the day before."""

from typing import Any

from clinic.letters.reminders.facts import Facts, others_that_day
from clinic.timetable.words import clock_words


def subject(facts: Facts) -> str:
    """Return the subject line."""
    return f"{_when(facts).capitalize()} at {clock_words(facts.appointment.starts_at, facts.zone)}: your visit"


def more(facts: Facts) -> dict[str, Any]:
    """Return when it is, seen from now, and any further visits of that day."""
    later = [at for at in others_that_day(facts) if at > facts.appointment.starts_at]
    return {"when": _when(facts), "also": [clock_words(at, facts.zone) for at in later]}


def _when(facts: Facts) -> str:
    return "today" if facts.today == facts.on else "tomorrow"
