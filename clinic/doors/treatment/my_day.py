"""My day: the own visits in order, and the steps that each goes through."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired, Optional

from clinic import clock
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import Form, NumberField, actor, is_scripted, person, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.emergencies import emergency_facts, is_therapist
from clinic.doors.treatment.my_day_view import visit_lines, waiting
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.queries import Row, appointment, on_day
from clinic.scheduling.booking.the_row import appointment_to_change
from clinic.timetable.intervals import Interval, subtract
from clinic.timetable.wall import parse_day

VERBS = {
    "arrive": booking.arrive,
    "begin": booking.begin,
    "complete": booking.complete,
    "no-show": booking.no_show,
    "step-back": booking.step_back,
}
SAID = {
    "arrive": "{who} is here",
    "begin": "{who}'s visit has begun",
    "complete": "{who}'s visit is completed",
    "no-show": "{who} marked as no-show",
}


class StepForm(Form):
    """The version of the visit that the page showed."""

    version = NumberField(validators=[InputRequired()])
    then = NumberField(validators=[Optional()])
    note = NumberField(validators=[Optional()])


@door.get("/", endpoint="my_day")
def today() -> ResponseReturnValue:
    """Show the own visits of today."""
    return _page(wording.today())


@door.get("/days/<on>")
def day(on: str) -> ResponseReturnValue:
    """Show the own visits of a day."""
    try:
        return _page(parse_day(on))
    except Unacceptable:
        abort(404)


@door.post("/appointments/<int:appointment_id>/<any('arrive','begin','complete','no-show','step-back'):step>")
def take(appointment_id: int, step: str) -> ResponseReturnValue:
    """Take one of the own visits a step on, or back."""
    form = StepForm()
    if not form.validate():
        abort(400)
    now, user_id, by = clock.now(), person().id, actor()

    def work() -> Appointment:
        mine = _therapist_id(user_id)
        if appointment_to_change(appointment_id).therapist_id != mine:
            raise NotFound("This is not one of your visits.")
        return VERBS[step](appointment_id=appointment_id, by=by, now=now, seen=form.version.data)

    try:
        visit = redo(work)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        database.session.rollback()
        return _page(wording.today(), refusal=refusal.sentence), refusal.status
    if step != "step-back":
        session["just_done"] = {"id": visit.id, "version": visit.version, "step": step}
    on = visit.starts_at.astimezone(wording.zone()).date()
    if form.note.data:
        return redirect(url_for("treatment.note", patient_id=visit.patient_id, note_id=form.note.data), 303)
    row = f"visit-{form.then.data or visit.id}"
    if on == wording.today():
        return redirect(url_for("treatment.my_day", _anchor=row), 303)
    return redirect(url_for("treatment.day", on=on.isoformat(), _anchor=row), 303)


def _therapist_id(user_id: int) -> int | None:
    return next((c.id for c in practice.colleagues(with_left=True) if c.user_id == user_id), None)


def _page(on: date, *, refusal: str = "") -> str:
    zone, now = wording.zone(), clock.now()
    mine = _therapist_id(person().id)
    rows = on_day(on, zone=zone, therapist_id=mine) if mine is not None else []
    live = [row for row in rows if row.status != "canceled"]
    said = visit_lines(rows, zone=zone, today=wording.today())
    return render_template(
        "treatment/my_day.html",
        on=on,
        previous=on - timedelta(days=1),
        next=on + timedelta(days=1),
        is_today=on == wording.today(),
        rows=rows,
        summary=_summary(live),
        pauses=_pauses(live) if mine is not None else [],
        now=now,
        refusal=refusal,
        done=None if is_scripted() or request.method == "POST" else _done(),
        treats=mine is not None,
        is_therapist=is_therapist(),
        said=said,
        dues=sorted((due for line in said.values() for due in line.due), key=lambda due: due.on or date.max),
        waiting=waiting(person().id, now=now),
        **emergency_facts(now=now),
    )


def _done() -> dict[str, Any] | None:
    """Return what was just done, in words; the cookie carries ids, never a name."""
    done = session.pop("just_done", None)
    row = appointment(done["id"]) if done and done.get("step") in SAID else None
    return {**done, "text": SAID[done["step"]].format(who=row.patient)} if row is not None else None


def _summary(rows: list[Row]) -> str:
    visits = f"{len(rows)} visit{'' if len(rows) == 1 else 's'}"
    done = sum(row.status == "completed" for row in rows)
    current = sum(row.status == "in session" for row in rows)
    here = sum(row.status == "arrived" for row in rows)
    parts = [visits, f"{done} done" if done else "", f"{current} in session" if current else ""]
    return ", ".join([part for part in parts if part] + ([f"{here} here"] if here else []))


def _pauses(rows: list[Row]) -> list[tuple[datetime, datetime]]:
    """Return the stretches of half an hour or more between the day's first and last visit in which nobody comes."""
    if not rows:
        return []
    day = Interval(min(row.starts_at for row in rows), max(row.ends_at for row in rows))
    free = subtract([day], [Interval(row.starts_at, row.ends_at) for row in rows])
    return [(gap.start, gap.end) for gap in free if gap.length >= timedelta(minutes=30)]
