"""The trail of an appointment in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from clinic.audit import Entry
from clinic.doors import wording
from clinic.scheduling.practice import Colleague
from clinic.timetable.words import clock_words, day_words
from clinic.timetable.zones import to_wall


class Line(NamedTuple):
    """One line of the trail."""

    what: str
    at: datetime
    by: str
    more: str


def trail_lines(entries: Sequence[Entry], *, colleagues: Sequence[Colleague]) -> list[Line]:
    """Return the trail in words, in the order of ``entries``."""
    return [Line(entry.what.capitalize(), entry.at, entry.by, _more(entry, colleagues)) for entry in entries]


def _more(entry: Entry, colleagues: Sequence[Colleague]) -> str:
    before, after = _place(entry.before, colleagues), _place(entry.after, colleagues)
    change = f"{before} → {after}" if before and after else after
    late = "late" if entry.after.get("late") else ""
    whose = {"clinic": "by the clinic", "patient": "by the patient"}.get(entry.after.get("canceled_by", ""), "")
    return ", ".join(part for part in (change, whose, late, entry.reason) if part)


def _place(facts: Mapping[str, Any], colleagues: Sequence[Colleague]) -> str:
    if "starts_at" not in facts:
        return ""
    zone = wording.zone()
    starts_at = datetime.fromisoformat(facts["starts_at"])
    name = next((c.name for c in colleagues if c.id == facts.get("therapist_id")), "")
    on = day_words(to_wall(starts_at, zone).date(), today=wording.today())
    return " ".join(part for part in (f"{on}, {clock_words(starts_at, zone)}", f"with {name}" if name else "") if part)
