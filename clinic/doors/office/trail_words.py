"""Entries of the trail in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from flask import url_for

from clinic.audit import Entry
from clinic.doors import wording
from clinic.people import accounts
from clinic.scheduling import practice
from clinic.scheduling.practice.models import AppointmentType, Equipment, Room
from clinic.scheduling.practice.office_queries import patient_names, thing_names
from clinic.timetable.words import WEEKDAYS, clock_words, date_words, minute_words
from clinic.timetable.zones import to_wall

NOTHING = "nothing"
NUMBERED = frozenset({"appointment", "course"})
UNSAID = frozenset({"versions"})
"""What only an undo reads."""
WISHED_CLOCKS = frozenset({"wished_from", "wished_until"})
Names = Mapping[str, Mapping[int, str]]
PAGES: dict[str, Callable[[int], str]] = {
    "appointment": lambda id_: url_for("desk.appointment", appointment_id=id_),
    "course": lambda id_: url_for("desk.change_course", course_id=id_),
    "patient": lambda id_: url_for("desk.patient", patient_id=id_),
    "user": lambda id_: url_for("office.person", user_id=id_),
    "therapist": lambda id_: url_for("office.therapist_hours", therapist_id=id_),
    "room": lambda id_: url_for("office.room", what="rooms", id_=id_),
    "equipment": lambda id_: url_for("office.room", what="devices", id_=id_),
    "type": lambda id_: url_for("office.type", type_id=id_),
}


class Line(NamedTuple):
    """One entry: when, by whom, what, about what (with the way to it), the patient, and each change in words."""

    at: datetime
    by: str
    what: str
    about: str
    href: str
    patient: str
    changes: list[str]
    reason: str


def lines(entries: Sequence[Entry]) -> list[tuple[date, list[Line]]]:
    """Return the entries in words, day by day, in the order in which they come."""
    names, zone = _names(entries), wording.zone()
    days = groupby(entries, key=lambda entry: to_wall(entry.at, zone).date())
    return [(on, [_line(entry, names) for entry in of_the_day]) for on, of_the_day in days]


def _names(entries: Sequence[Entry]) -> Names:
    patients = {entry.patient_id for entry in entries if entry.patient_id is not None}
    return {
        "user": {one.id: one.name for one in accounts.users()},
        "therapist": {one.id: one.name for one in practice.colleagues(with_left=True)},
        "room": thing_names(Room),
        "equipment": thing_names(Equipment),
        "type": thing_names(AppointmentType),
        "patient": patient_names(patients),
    }


def _line(entry: Entry, names: Names) -> Line:
    kind, _, number = entry.about.partition(":")
    id_ = int(number) if number.isascii() and number.isdigit() else 0
    about = names.get(kind, {}).get(id_, "")
    return Line(
        at=entry.at,
        by=entry.by,
        what=entry.what.capitalize(),
        about=about or (kind.replace("_", " ") + (f" {id_}" if kind in NUMBERED else "")),
        href=PAGES[kind](id_) if kind in PAGES and id_ else "",
        patient="" if kind == "patient" else names["patient"].get(entry.patient_id or 0, ""),
        changes=_changes(entry, names),
        reason=entry.reason,
    )


def _changes(entry: Entry, names: Names) -> list[str]:
    found = []
    facts_before, facts_after = _in_one_row(entry.before), _in_one_row(entry.after)
    for name in dict.fromkeys([*facts_before, *facts_after]):
        before, after = (_said(name, facts.get(name), names) for facts in (facts_before, facts_after))
        label = name.removesuffix("_id").replace("_", " ").capitalize()
        if name not in facts_before:
            found.append(f"{label}: {after}")
        elif name not in facts_after:
            found.append(f"{label}: was {before}")
        elif before != after:
            found.append(f"{label}: {before} → {after}")
    return found


def _in_one_row(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with those that were written down together, as the wishes of a course, among the others."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        found |= _in_one_row(value) if isinstance(value, dict) else {name: value}
    return {name: value for name, value in found.items() if name not in UNSAID}


def _said(name: str, value: Any, names: Names) -> str:
    """Return one fact as it is read."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "wished_days":
        return ", ".join(WEEKDAYS[day] for day in value)
    if name in WISHED_CLOCKS:
        return minute_words(value)
    if isinstance(value, list):
        return _listed(value)
    known = names.get(name.removesuffix("_id").removeprefix("usual_"), {}) if name.endswith("_id") else {}
    if value in known:
        return known[value]
    return _moment(value) if isinstance(value, str) else str(value)


def _listed(values: list[Any]) -> str:
    return ", ".join(_span(value) if isinstance(value, list) else str(value) for value in values)


def _span(span: list[int]) -> str:
    """Return weekly hours as Mon 8:00 am–12:00 pm, hours on a date without the day."""
    day = f"{WEEKDAYS[span[0]]} " if len(span) == 3 else ""
    return f"{day}{minute_words(span[-2])}–{minute_words(span[-1])}"


def _moment(text: str) -> str:
    """Return a date or an instant as it is read; any other text is left as it is."""
    try:
        if len(text) == len("2026-11-24"):
            return date_words(date.fromisoformat(text))
        instant = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return text
    if instant is None or instant.tzinfo is None:
        return text
    zone = wording.zone()
    return f"{date_words(to_wall(instant, zone).date())}, {clock_words(instant, zone)}"
