"""One appointment: its facts, what can be done now, its letters and its trail."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from clinic import audit, clock
from clinic.audit import Actor
from clinic.care.intake.queries import was_asked
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.appointment_words import trail_lines
from clinic.doors.desk.board import panel_page
from clinic.doors.desk.board_tiles import GIVEN_UP
from clinic.doors.desk.emergency import sentence_facts
from clinic.doors.desk.just_done import note_done
from clinic.doors.desk.patient_forms import BirthDateField, showable
from clinic.doors.threshold import Form, NumberField, actor, redo
from clinic.outbox.queries import last_failed, letters_about
from clinic.people import patients
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking import queries as visits
from clinic.scheduling.booking.links import revoke_link
from clinic.scheduling.booking.queries import Row
from clinic.scheduling.booking.refusals import NoSuchAppointment
from clinic.scheduling.booking.rules import is_late
from clinic.timetable.zones import to_wall

Verb = Callable[..., Appointment]
VERBS: dict[str, Verb] = {
    "move-back": booking.move_back,
    "confirm": booking.confirm,
    "arrive": booking.arrive,
    "begin": booking.begin,
    "complete": booking.complete,
    "no-show": booking.no_show,
    "cancel": booking.cancel,
    "reinstate": booking.reinstate,
    "step-back": booking.step_back,
    "told": booking.mark_told,
    "called": booking.settle_call,
    "revoke-link": revoke_link,
}
STEPS = ",".join(f"'{step}'" for step in VERBS)
STAY = frozenset({"confirm", "told", "called", "revoke-link"})
REASONS = (
    ("patient", "Cancel for the patient, because of", ("Ill", "Work", "Travel", "Better", "Other")),
    ("clinic", "Cancel for the clinic, because of", ("Therapist away", "Closed", "Double booked", "Other")),
)
LEADS_TO_FOLLOW_UP = frozenset({"evaluation", "re-evaluation", "discharge"})
A_ROW = re.compile(r"[a-z-]{1,20}(-[0-9]{1,10})?", re.ASCII)


class StepForm(Form):
    """What a button sends: the version the page showed, and for some steps a little more."""

    version = NumberField(validators=[InputRequired()])
    reason = StringField("Reason")
    asked_by = StringField()
    back = HiddenField()
    then = HiddenField()
    born_on = BirthDateField("Birth date")


@door.get("/appointments/<int:appointment_id>", endpoint="appointment")
def page(appointment_id: int) -> ResponseReturnValue:
    """Show one appointment beside its day."""
    return appointment_page(appointment_id)


@door.post(f"/appointments/<int:appointment_id>/<any({STEPS}):step>", endpoint="appointment_step")
def take(appointment_id: int, step: str) -> ResponseReturnValue:
    """Take an appointment a step on, or back."""
    form = StepForm()
    if not form.validate():
        if form.version.errors:
            abort(400)
        return appointment_page(appointment_id, form=form), 422
    by, now = actor(), clock.now()
    try:
        visit = redo(lambda: _take(appointment_id, step, form, by=by, now=now))
    except Refusal as refusal:
        if isinstance(refusal, NoSuchAppointment):
            raise
        return appointment_page(appointment_id, refusal=refusal, form=form), refusal.status
    note_done("book-undo" if step == "cancel" and "undo" in request.form else step, visit)
    return redirect(_next(visit, step, form), 303)


@door.post("/appointments/<int:appointment_id>/birth-date", endpoint="appointment_birth_date")
def birth_date(appointment_id: int) -> ResponseReturnValue:
    """Write down the birth date, asked at the first arrival."""
    form = StepForm()
    if form.born_on.data is None or form.born_on.errors or not form.validate():
        form.validate()
        if form.born_on.data is None and not form.born_on.errors:
            form.born_on.errors = ["Type the birth date with its year, like 3/8/1991."]
        return appointment_page(appointment_id, form=form), 422
    by, now = actor(), clock.now()
    try:
        redo(lambda: _note_birth_date(appointment_id, form, by=by, now=now))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return appointment_page(appointment_id, form=form), refusal.status
    return redirect(url_for("desk.appointment", appointment_id=appointment_id, with_board=1), 303)


def _take(appointment_id: int, step: str, form: StepForm, *, by: Actor, now: datetime) -> Appointment:
    facts: dict[str, Any] = {"appointment_id": appointment_id, "by": by, "now": now, "seen": form.version.data}
    if step == "cancel":
        facts |= _whose_wish(form)
    if step == "arrive" and form.born_on.data is not None:
        _note_birth_date(appointment_id, form, by=by, now=now)
    return VERBS[step](**facts)


def _whose_wish(form: StepForm) -> dict[str, str]:
    reason = (form.reason.data or "").strip()
    if len(reason) > 200 or showable(reason) != reason or "\n" in reason or "\r" in reason:
        raise Unacceptable("Say the reason in one line of at most 200 characters.", field="reason")
    asked_by = form.asked_by.data or "patient"
    if asked_by not in ("patient", "clinic"):
        raise Unacceptable("Say whose wish it was: the patient's or the clinic's.", field="asked_by")
    return {"reason": reason, "asked_by": asked_by}


def _note_birth_date(appointment_id: int, form: StepForm, *, by: Actor, now: datetime) -> None:
    row = visits.appointment(appointment_id)
    if row is None:
        raise NoSuchAppointment
    patients.note_birth_date(patient_id=row.patient_id, born_on=form.born_on.data, by=by, now=now)


def _next(visit: Appointment, step: str, form: StepForm) -> str:
    """Return where the person goes from here: back to the list they came from, on to the next visit, or the board."""
    if form.back.data == "calls":
        row_after = A_ROW.fullmatch(form.then.data or "")
        return url_for("desk.calls", _anchor=row_after.group() if row_after else None)
    row = visits.appointment(visit.id)
    if step == "complete" and "next" in request.form and row is not None:
        return url_for(
            "desk.new_appointment",
            patient_id=row.patient_id,
            type_id=_next_type_id(row),
            therapist_id=row.therapist_id,
        )
    asks = step == "arrive" and row is not None and row.born_on is None
    if (step in STAY and form.back.data == "panel") or asks:
        return url_for("desk.appointment", appointment_id=visit.id, with_board=1)
    return day_of_visit(visit)


def _next_type_id(row: Row) -> int | None:
    """Return the type of the visit after this one: after an evaluation or a discharge the first follow-up."""
    if row.purpose not in LEADS_TO_FOLLOW_UP:
        return row.type_id
    return next((kind.id for kind in practice.types() if kind.purpose == "follow-up"), None)


def day_of_visit(visit: Appointment | Row) -> str:
    """Return the address of a visit's day, with the visit marked."""
    on = to_wall(visit.starts_at, wording.zone()).date()
    return url_for("desk.day_board", on=on, shown=visit.id)


def appointment_page(appointment_id: int, *, refusal: Refusal | None = None, form: StepForm | None = None) -> str:
    """Return the panel, beside its day's board unless a script has that. Raises ``NoSuchAppointment``."""
    database.session.rollback()
    row = visits.appointment(appointment_id)
    if row is None:
        raise NoSuchAppointment
    now, zone = clock.now(), wording.zone()
    on = to_wall(row.starts_at, zone).date()
    letters = letters_about(*row.told_in)
    facts: dict[str, Any] = {
        "row": row,
        "shown_id": row.id,
        "on": on,
        "now": now,
        "next_type_id": _next_type_id(row),
        "refusal": refusal,
        "form": form or StepForm(formdata=None),
        "letters": letters,
        "letter_failed": last_failed(letters),
        "trail": trail_lines(audit.entries_about(row.key), colleagues=practice.colleagues(with_left=True)),
        "reasons": REASONS,
        "late": row.status == "booked"
        and is_late(row.starts_at, notice=timedelta(hours=practice.clinic().notice_hours), now=now),
        "day_has_come": on <= wording.today(),
        "same_day": on == wording.today(),
        "over": row.ends_at <= now,
        "forgotten": row.ends_at + GIVEN_UP <= now,
        **sentence_facts(row, was_asked(row.id)),
    }
    return panel_page("appointment", **facts)
