"""The trail of a patient in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from clinic.audit import Entry
from clinic.doors import wording
from clinic.people.patients import shown_phone
from clinic.scheduling.practice import Colleague
from clinic.timetable.words import date_words, minute_words
from clinic.timetable.zones import to_wall

LABELS = {
    "name": "Name",
    "called": "Likes to be called",
    "born_on": "Birth date",
    "phone": "Phone",
    "email": "E-mail",
    "channel": "Told about visits",
    "consent_at": "Consent to letters",
    "usual_therapist_id": "Usual therapist",
    "wished_days": "Wished days",
    "wished_from": "Not before",
    "wished_until": "Not after",
    "desk_note": "Note for the desk",
    "inactive_at": "Inactive since",
    "deceased_at": "Deceased since",
}
CHANNELS = {"email": "letters by e-mail", "phone": "by phone", "none": "not at all"}
NOTHING = "nothing"
MIDNIGHT = 1440


class Line(NamedTuple):
    """One line of the trail: what, when, by whom, and each change in words."""

    what: str
    at: datetime
    by: str
    changes: list[str]


def trail_lines(entries: Sequence[Entry], *, colleagues: Sequence[Colleague]) -> list[Line]:
    """Return the trail in words, in the order of ``entries``."""
    return [Line(entry.what.capitalize(), entry.at, entry.by, _changes(entry, colleagues)) for entry in entries]


def wishes_words(days: Sequence[int], since: int | None, until: int | None) -> str:
    """Return when somebody wishes to come: Mon, Thu after 2:00 pm; empty for any time."""
    parts = [wording.weekday_words(days)] if days else []
    if since is not None and until is not None:
        if until == MIDNIGHT:
            parts.append(f"after {minute_words(since)}")
        elif since == 0:
            parts.append(f"before {minute_words(until)}")
        else:
            parts.append(f"{minute_words(since)} to {minute_words(until)}")
    return ", ".join(parts)


def _changes(entry: Entry, colleagues: Sequence[Colleague]) -> list[str]:
    found = []
    for name in LABELS:
        if name not in entry.after:
            continue
        after = fact_words(name, entry.after, colleagues)
        if entry.before:
            found.append(f"{LABELS[name]}: {fact_words(name, entry.before, colleagues)} → {after}")
        else:
            found.append(f"{LABELS[name]}: {after}")
    return found


def fact_words(name: str, facts: Mapping[str, Any], colleagues: Sequence[Colleague]) -> str:
    """Return one fact as it is read."""
    value = facts.get(name)
    if value is None or value in ("", []):
        return NOTHING
    if name == "usual_therapist_id":
        return next((one.name for one in colleagues if one.id == value), NOTHING)
    if name.endswith("_at"):
        on = to_wall(datetime.fromisoformat(value), wording.zone()).date()
        return date_words(on)
    if name == "born_on":
        return date_words(date.fromisoformat(value))
    if (name, value) in (("wished_from", 0), ("wished_until", MIDNIGHT)):
        return "any time"
    plain: dict[str, Callable[[Any], str]] = {
        "phone": shown_phone,
        "channel": lambda channel: CHANNELS.get(channel, channel),
        "wished_days": wording.weekday_words,
        "wished_from": minute_words,
        "wished_until": minute_words,
    }
    return str(plain.get(name, str)(value))
