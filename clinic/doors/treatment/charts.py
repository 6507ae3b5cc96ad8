"""The chart of a patient: who may open it, its frame, its episodes."""

import functools
import re
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Optional, Regexp

from clinic import clock
from clinic.care import charts, defaults, episodes, homecare, notes, signatures
from clinic.care.charts import Breach
from clinic.care.episodes import Episode
from clinic.care.notes.queries import evaluation_of, how_it_stands, notes_by_appointment, notes_of
from clinic.care.plans.queries import draft_of, goals_of, plan_in_force
from clinic.care.signatures import Clinician
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import Form, is_scripted, person, redo
from clinic.doors.treatment import door
from clinic.people import patients
from clinic.people.patients.models import Patient
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.queries import Row
from clinic.scheduling.booking.queries import appointment as appointment_row
from clinic.timetable.wall import parse_day

OVER = (
    "This chart is no longer open to you, so nothing was saved. Copy what you typed, then load the page again to say "
    "why you need it."
)
IN_CHART = re.compile(r"[A-Za-z0-9_./-]*", re.ASCII)
"""What the pages of a chart are called: no query, nothing encoded, no backslash."""
TOO_OLD = "This page is too old. Open it again."


class Chart(NamedTuple):
    """An open chart: whose, who reads, and why where it is not one of their own."""

    patient: Patient
    by: Clinician
    now: datetime
    breach: Breach | None


def chart_page(page: str) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Guard a page of a chart: only the caseload, or a reason within the hour, opens it; every reading is in the trail.

    The view gets the ``Chart`` instead of the patient's id.
    """

    def guard(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @functools.wraps(view)
        def guarded(patient_id: int, **more: Any) -> ResponseReturnValue:
            patient, by, now = patients.patient(patient_id), signatures.clinician(person()), clock.now()
            breach = None
            if not charts.is_in_caseload(patient_id, of=by, now=now):
                breach = charts.open_breach(patient_id, of=by, now=now)
                if breach is None and request.method == "POST" and is_scripted():
                    return jsonify(field=None, sentence=OVER), 409
                if breach is None:
                    return _ask_for_a_reason(patient), 403
            if request.method == "GET":
                database.session.rollback()
                redo(lambda: charts.note_reading(patient_id=patient_id, page=page, by=by, now=now))
            database.session.rollback()
            return view(Chart(patient, by, now, breach), **more)

        return guarded

    return guard


class EpisodeForm(Form):
    """What the problem is called, who is in charge, who pays, who referred."""

    problem = StringField("Problem", id="episode-problem")
    therapist_id = SelectField("In charge", coerce=int, validate_choice=False)
    payer = SelectField("Payer", validate_choice=False)
    referrer = StringField("Referred by")
    referral_on = StringField("Referral signed on")
    request_id = HiddenField(validators=[Optional(), Regexp(r"\A[0-9A-Za-z_-]{1,40}\Z", message=TOO_OLD)])
    version = HiddenField()

    def prepare(self) -> None:
        """Fill the choices, and give a new form its number."""
        self.therapist_id.choices = [(one.id, one.name) for one in practice.colleagues()]
        self.payer.choices = [(one.key, one.label) for one in defaults.every("payer.")]
        self.request_id.data = self.request_id.data or secrets.token_urlsafe(16)

    def facts(self) -> dict[str, Any]:
        """Return what was typed. Raises ``Unacceptable`` beside its field."""
        return {
            "problem": self.problem.data or "",
            "therapist_id": self.therapist_id.data or 0,
            "payer": self.payer.data or "",
            "referrer": self.referrer.data or "",
            "referral_on": day_of(self.referral_on.data, "referral_on"),
        }


def day_of(text: str | None, field: str) -> date | None:
    """Return a day as a form types it, None for nothing. Raises ``Unacceptable`` beside the field."""
    if not (text or "").strip():
        return None
    try:
        return parse_day(str(text).strip())
    except Refusal as refusal:
        raise Unacceptable("Type the day as in 2026-11-24.", field=field) from refusal


@door.get("/patients/<int:patient_id>/", endpoint="chart")
@chart_page("overview")
def overview(chart: Chart) -> ResponseReturnValue:
    """Show where the patient's care stands."""
    return overview_page(chart)


def overview_page(chart: Chart, form: EpisodeForm | None = None, *, visit: Row | None = None) -> str:
    """Return the overview, with a form to open an episode, or what was refused in it; ``visit`` has no note yet."""
    found = episodes.episodes_of(chart.patient.id)
    if form is None:
        form = EpisodeForm(formdata=None)
        form.therapist_id.data = chart.by.therapist_id or chart.patient.usual_therapist_id
        form.payer.data = found[0].payer if found else "payer.commercial"
    form.prepare()
    return render_template(
        "treatment/chart.html",
        form=form,
        stories=[_story(one) for one in found],
        payers={one.key: one.label for one in defaults.every("payer.")},
        therapists={one.id: one for one in practice.colleagues(with_left=True)},
        visit=visit,
        **frame(chart, "overview", found),
    )


def _story(episode: Episode) -> dict[str, Any]:
    visits = episodes.visits_of(episode.id)
    return {
        "episode": episode,
        "visits": visits,
        "notes": notes_by_appointment([visit.id for visit in visits]),
        "plan": plan_in_force(episode.id),
        "draft": draft_of(episode.id),
        "standing": how_it_stands(episode, zone=wording.zone(), today=wording.today()),
        "goals": goals_of(episode.id),
        "program": homecare.program_of(episode.id),
        "evaluation": evaluation_of(episode.id),
    }


def frame(chart: Chart, tab: str, found: Any = None, *, episode: Episode | None = None) -> dict[str, Any]:
    """Return what the frame of every page of a chart shows: the patient, two standing facts, the tabs."""
    all_episodes = list(found if found is not None else episodes.episodes_of(chart.patient.id))
    shown = episode or next(iter(all_episodes), None)
    evaluation = evaluation_of(shown.id) if shown is not None else None
    content = notes.content_of(evaluation) if evaluation is not None else None
    plan = plan_in_force(shown.id) if shown is not None else None
    return {
        "chart": chart,
        "patient": chart.patient,
        "tab": tab,
        "episode": shown,
        "direction": content.evaluation.direction if content and content.evaluation else "",
        "precautions": plan.precautions if plan is not None else "",
        "evaluation_note": evaluation,
        "latest_note": next(iter(notes_of(shown.id)), None) if shown is not None else None,
        "patient_id": chart.patient.id,
    }


@door.post("/patients/<int:patient_id>/episodes", endpoint="open_episode")
@chart_page("episodes")
def open_episode(chart: Chart) -> ResponseReturnValue:
    """Open an episode for a problem."""
    form = EpisodeForm()
    try:
        if not form.validate():
            raise Unacceptable(TOO_OLD)
        facts = form.facts()
        redo(
            lambda: episodes.open_episode(
                patient_id=chart.patient.id,
                by=chart.by.actor,
                now=chart.now,
                request_id=form.request_id.data or None,
                **facts,
            )
        )
    except Refusal as refusal:
        database.session.rollback()
        form.refuse(refusal)
        return overview_page(chart, form, visit=_visit_in_hand(chart)), refusal.status
    visit = _visit_in_hand(chart)
    if visit is not None:
        return redirect(url_for("treatment.visit", patient_id=chart.patient.id, appointment_id=visit.id), 303)
    return redirect(url_for("treatment.chart", patient_id=chart.patient.id), 303)


def _visit_in_hand(chart: Chart) -> Row | None:
    """Return the visit whose note begins once the episode is open."""
    found = appointment_row(whole_of(request.form.get("then_note")))
    return found if found is not None and found.patient_id == chart.patient.id else None


@door.post(
    "/patients/<int:patient_id>/episodes/<int:episode_id>/<any('change','close','reopen'):act>", endpoint="episode"
)
@chart_page("episodes")
def change_episode(chart: Chart, episode_id: int, act: str) -> ResponseReturnValue:
    """Change an episode, close it, or open it again."""
    own_episode(chart, episode_id)
    form, by, now = EpisodeForm(), chart.by.actor, chart.now
    database.session.rollback()
    try:
        if act == "change":
            facts, seen = form.facts(), whole_of(form.version.data)
            redo(lambda: episodes.change_episode(episode_id=episode_id, seen=seen, by=by, now=now, **facts))
        elif act == "close":
            why = request.form.get("why", "")
            redo(lambda: episodes.close_episode(episode_id=episode_id, why=why, by=by, now=now))
        else:
            redo(lambda: episodes.reopen_episode(episode_id=episode_id, by=by, now=now))
    except Refusal as refusal:
        database.session.rollback()
        form.refuse(refusal)
        return overview_page(chart, form), refusal.status
    return redirect(url_for("treatment.chart", patient_id=chart.patient.id), 303)


def own_episode(chart: Chart, episode_id: int) -> Episode:
    """Return an episode of the chart's patient. Raises ``NotFound`` for another's."""
    found = episodes.episode(episode_id)
    if found.patient_id != chart.patient.id:
        raise NotFound("There is no such episode.")
    return found


def whole_of(text: Any) -> int:
    """Return a version as a page posts it; -1, which no row has, for anything else."""
    typed = str(text or "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


@door.post("/patients/<int:patient_id>/glass", endpoint="break_the_glass")
def break_the_glass(patient_id: int) -> ResponseReturnValue:
    """Open another's chart for an hour, with a reason that the manager reads."""
    patient, by, now = patients.patient(patient_id), signatures.clinician(person()), clock.now()
    reason = request.form.get("reason", "")
    then = request.form.get("then", "")
    database.session.rollback()
    try:
        redo(lambda: charts.break_the_glass(patient_id=patient_id, reason=reason, by=by, now=now))
    except Unacceptable as refusal:
        database.session.rollback()
        return _ask_for_a_reason(patient, refusal=refusal, typed=reason), refusal.status
    home = url_for("treatment.chart", patient_id=patient_id)
    return redirect(then if _stays_within(then, home) else home, 303)


def _stays_within(path: str, home: str) -> bool:
    """Say whether a path leads to a page below ``home``, however a browser reads it."""
    rest = path.removeprefix(home)
    return path.startswith(home) and "//" not in path and IN_CHART.fullmatch(rest) is not None and ".." not in rest


def _ask_for_a_reason(patient: Patient, *, refusal: Refusal | None = None, typed: str = "") -> str:
    if request.method not in ("GET", "POST"):
        abort(405)
    return render_template(
        "treatment/glass.html",
        patient=patient,
        then=request.path if request.method == "GET" else request.form.get("then", ""),
        refusal=refusal,
        typed=typed,
    )
