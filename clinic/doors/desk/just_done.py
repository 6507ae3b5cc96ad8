"""What was just done, said in a toast with its undo; the cookie carries ids, never a name."""

from typing import Any, NamedTuple

from flask import session, url_for

from clinic.doors import wording
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.queries import Row, appointment
from clinic.timetable.words import clock_words, day_words
from clinic.timetable.zones import to_wall

UNDO = {
    "book": "cancel",
    "move": "move-back",
    "cancel": "reinstate",
    "arrive": "step-back",
    "begin": "step-back",
    "complete": "step-back",
    "no-show": "step-back",
}
SAID = {
    "book": "booked {when}",
    "move": "moved to {when}",
    "move-back": "moved back to {when}",
    "cancel": "canceled, {when}",
    "reinstate": "is booked again, {when}",
    "arrive": "is here",
    "begin": "visit begun",
    "complete": "visit completed",
    "no-show": "marked as no-show",
    "step-back": "taken back",
    "confirm": "confirmed, {when}",
    "told": "told {when}",
    "called": "off the call list",
    "revoke-link": "old links lead nowhere now",
}


class Toast(NamedTuple):
    """One line, and where its undo goes."""

    text: str
    undo: str | None
    fields: dict[str, Any]


def note_done(what: str, visit: Appointment) -> None:
    """Remember for the next page what was just done."""
    session["desk_done"] = [what, visit.id, visit.version]


def toast_of(done: list[Any] | None) -> Toast | None:
    """Return the toast for what was just done, if anything was."""
    if not done:
        return None
    what, id_, version = done
    row = appointment(id_)
    if row is None or what not in SAID:
        return None
    undo = UNDO.get(what)
    fields: dict[str, Any] = {"version": version}
    if what == "book":
        fields |= {"reason": "Booked by mistake", "asked_by": "clinic", "undo": 1}
    address = url_for("desk.appointment_step", appointment_id=id_, step=undo) if undo else None
    return Toast(f"{row.patient} {SAID[what].format(when=_when(row))}", address, fields)


def _when(row: Row) -> str:
    zone = wording.zone()
    on = to_wall(row.starts_at, zone).date()
    day = "today" if on == wording.today() else day_words(on, today=wording.today())
    return f"{day} at {clock_words(row.starts_at, zone)}"
