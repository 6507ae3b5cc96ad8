"""What was just done, said in a toast with its undo; the cookie carries ids, never a name."""

from typing import Any, NamedTuple

from flask import session, url_for

from clinic.doors import wording
from clinic.scheduling.booking import Appointment, Course
from clinic.scheduling.booking.course_queries import course_and_patient
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
    "book": "{who} booked {when}",
    "book-undo": "{who}: booking taken back, {when}",
    "move": "{who} moved to {when}",
    "move-back": "{who} moved back to {when}",
    "cancel": "{who} canceled, {when}",
    "reinstate": "{who} is booked again, {when}",
    "arrive": "{who} is here",
    "begin": "{who}'s visit has begun",
    "complete": "{who}'s visit is completed",
    "no-show": "{who} marked as no-show",
    "step-back": "{who}: taken back",
    "confirm": "{who} confirmed, {when}",
    "told": "{who} was told, {when}",
    "called": "{who} is off the call list",
    "revoke-link": "{who}: old links lead nowhere now",
}


SWAPPED = "swap"
COURSE_SAID = {
    "course-book": "booked",
    "course-move": "moved",
    "course-cancel": "canceled",
    "course-undo": "taken back",
}


class Toast(NamedTuple):
    """One line, and where its undo goes."""

    text: str
    undo: str | None
    fields: dict[str, Any]


def note_done(what: str, visit: Appointment) -> None:
    """Remember for the next page what was just done."""
    session["desk_done"] = [what, visit.id, visit.version]


def note_swap(visit: Appointment, other: Appointment, *, back: bool = False) -> None:
    """Remember for the next page which two visits exchanged their times, or took that back."""
    session["desk_done"] = [SWAPPED, visit.id, visit.version, other.id, other.version, back]


def note_course(what: str, course: Course, *, visits: int) -> None:
    """Remember for the next page what was just done to visits of a course."""
    session["desk_done"] = [what, course.id, course.version, visits]


def toast_of(done: list[Any] | None) -> Toast | None:
    """Return the toast for what was just done, if anything was."""
    if not done:
        return None
    if done[0] in COURSE_SAID:
        return _course_toast(*done)
    if done[0] == SWAPPED:
        return _swap_toast(*done[1:])
    what, id_, version = done
    row = appointment(id_)
    if row is None or what not in SAID:
        return None
    undo = UNDO.get(what)
    fields: dict[str, Any] = {"version": version}
    if what == "book":
        fields |= {"reason": "Booked by mistake", "asked_by": "clinic", "undo": 1}
    address = url_for("desk.appointment_step", appointment_id=id_, step=undo) if undo else None
    return Toast(SAID[what].format(who=row.patient, when=_when(row)), address, fields)


def _swap_toast(id_: int, version: int, other_id: int, other_version: int, back: bool = False) -> Toast | None:
    row, other = appointment(id_), appointment(other_id)
    if row is None or other is None:
        return None
    undo = None if back else url_for("desk.swapped_appointment", appointment_id=id_)
    fields = {"version": version, "other": f"{other_id}.{other_version}", "back": 1}
    return Toast(f"{row.patient}, now {_when(row)}, and {other.patient} have exchanged times", undo, fields)


def _course_toast(what: str, id_: int, version: int, visits: int) -> Toast | None:
    found = course_and_patient(id_)
    if found is None:
        return None
    count = "1 visit" if visits == 1 else f"{visits} visits"
    undo = None if what == "course-undo" else url_for("desk.undo_course", course_id=id_)
    return Toast(f"{count} of {found.patient} {COURSE_SAID[what]}", undo, {"version": version})


def _when(row: Row) -> str:
    zone = wording.zone()
    on = to_wall(row.starts_at, zone).date()
    day = "today" if on == wording.today() else day_words(on, today=wording.today())
    return f"{day} at {clock_words(row.starts_at, zone)}"
