"""A visit was moved."""

from typing import Any

from clinic.letters.reminders.facts import Facts
from clinic.timetable.words import long_day_words, span_words
from clinic.timetable.zones import to_wall


def subject(facts: Facts) -> str:
    """Return the subject line."""
    return f"Your visit is now on {long_day_words(facts.on, today=facts.today)}"


def more(facts: Facts) -> dict[str, Any]:
    """Return the time that the patient was told before."""
    told = facts.told
    if told is None:
        return {"before": ""}
    day = long_day_words(to_wall(told.starts_at, facts.zone).date(), today=facts.today)
    return {"before": f"{day}, {span_words(told.starts_at, told.ends_at, facts.zone)}"}
