"""What the desk may know of plans of care: dates, visits left, and what is due; never their content."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import episodes
from clinic.care.notes.queries import open_standings
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.patient_forms import whole
from clinic.doors.desk.patients import patient_page
from clinic.doors.desk.plan_words import dues_of, facts_of
from clinic.doors.threshold import actor, redo
from clinic.people import patients
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.timetable.wall import parse_day


@door.get("/plans", endpoint="plans")
def due() -> ResponseReturnValue:
    """Show whose authorization, certification or report comes due, so that the desk can ask in time."""
    today = wording.today()
    lines = []
    for standing in open_standings(zone=wording.zone(), today=today):
        dues = dues_of(standing, today=today)
        if dues:
            lines.append((patients.patient(standing.episode.patient_id), facts_of(standing), dues))
    lines.sort(key=lambda line: line[2][0].on or today)
    return render_template("desk/plans.html", lines=lines)


@door.post("/patients/<int:patient_id>/authorizations", endpoint="authorize")
def authorize(patient_id: int) -> ResponseReturnValue:
    """Note how many visits the payer pays for."""
    by, now = actor(), clock.now()
    episode_id = whole(request.form.get("episode_id")) or 0
    typed = request.form.get("visits", "").strip()
    database.session.rollback()

    def work() -> None:
        if episodes.episode(episode_id).patient_id != patient_id:
            raise NotFound("There is no such plan of this patient.")
        visits = None if typed.casefold() in ("", "none", "no limit") else whole(typed)
        until = request.form.get("until_on", "").strip()
        episodes.authorize(
            episode_id=episode_id,
            visits=visits,
            until_on=parse_day(until) if until else None,
            number=request.form.get("number", ""),
            by=by,
            now=now,
        )

    try:
        redo(work)
    except NotFound:
        raise
    except Refusal as refusal:
        database.session.rollback()
        sentence = refusal.sentence if isinstance(refusal, Unacceptable) else str(refusal)
        return patient_page(patient_id, refusal=sentence), refusal.status
    return redirect(url_for("desk.patient", patient_id=patient_id, _anchor="plan-of-care"), 303)
