"""The plan of care: written, signed, changed by a new version, booked, and what becomes of it."""

from collections.abc import Mapping

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import plans
from clinic.care.episodes import Episode
from clinic.care.notes.quick import quick
from clinic.care.plans import Plan, PlanNotComplete
from clinic.care.plans.codes import search_codes
from clinic.care.plans.queries import (
    draft_of,
    interventions_of,
    plan_in_force,
    plans_of,
)
from clinic.care.plans.queries import plan as plan_by_id
from clinic.care.plans.templates import keep_as_template, templates
from clinic.care.plans.the_row import plan_content
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import is_scripted, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, day_of, frame, own_episode, whole_of
from clinic.doors.treatment.note_values import places
from clinic.doors.treatment.plan_values import plan_facts
from clinic.doors.treatment.plan_view import draft_facts, in_force_facts
from clinic.doors.treatment.refused import errors_of, refused
from clinic.refusals import NotFound, Refusal
from clinic.scheduling import practice

HOME = "treatment.plan"


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/plan", endpoint="plan")
@chart_page("plan of care")
def look(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Show the plan in force, or the draft where ``?draft`` asks for it or there is nothing else."""
    return PlanPage(chart, own_episode(chart, episode_id)).show(draft="draft" in request.args)


@door.post("/patients/<int:patient_id>/episodes/<int:episode_id>/plan", endpoint="begin_plan")
@chart_page("plan of care")
def begin(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Begin a version, from a template where one is chosen."""
    episode = own_episode(chart, episode_id)
    chosen, today = request.form.get("template", ""), wording.today()
    template = next((one for one in templates() if one.key == chosen), None)
    follow_up = next((kind.id for kind in practice.types() if kind.purpose == "follow-up"), None)
    by, now = chart.by, chart.now
    database.session.rollback()

    def work() -> Plan:
        plan = plans.begin_plan(episode_id=episode.id, by=by, now=now, today=today)
        if template is None or plan.version > 1 or interventions_of(plan.id):
            return plan
        facts = template.facts(from_on=today, type_id=follow_up)
        return plans.save_plan(plan_id=plan.id, facts=facts, seen=plan.version, by=by, now=now, today=today)

    redo(work)
    return redirect(url_for(HOME, patient_id=chart.patient.id, episode_id=episode_id, draft=""), 303)


@door.get("/patients/<int:patient_id>/plans/<int:plan_id>", endpoint="open_plan")
@chart_page("plan of care")
def open_plan(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Lead to a version of a plan: the draft, or the one in force."""
    episode = _episode_of(chart, plan_id)
    draft = None if plan_by_id(plan_id).is_signed else ""
    return redirect(url_for(HOME, patient_id=chart.patient.id, episode_id=episode.id, draft=draft))


@door.post("/patients/<int:patient_id>/plans/<int:plan_id>", endpoint="save_plan")
@chart_page("plan of care")
def save(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Save the draft; a script is told what changes with it."""
    return PlanPage(chart, _episode_of(chart, plan_id)).save(plan_id)


@door.post("/patients/<int:patient_id>/plans/<int:plan_id>/sign", endpoint="sign_plan")
@chart_page("plan of care")
def sign(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Save the draft and sign it."""
    return PlanPage(chart, _episode_of(chart, plan_id)).sign(plan_id)


@door.post("/patients/<int:patient_id>/plans/<int:plan_id>/cosign", endpoint="cosign_plan")
@chart_page("plan of care")
def cosign(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Sign after a student."""
    episode = _episode_of(chart, plan_id)
    database.session.rollback()
    redo(lambda: plans.cosign_plan(plan_id=plan_id, by=chart.by, now=chart.now))
    return redirect(url_for(HOME, patient_id=chart.patient.id, episode_id=episode.id), 303)


@door.post("/patients/<int:patient_id>/plans/<int:plan_id>/certification", endpoint="certify_plan")
@chart_page("plan of care")
def certify(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Note a step of the certification."""
    episode = _episode_of(chart, plan_id)
    page = PlanPage(chart, episode)
    typed = {name: request.form.get(name, "") for name in ("step", "on", "words")}
    step, words, today = typed["step"], typed["words"], wording.today()
    database.session.rollback()
    try:
        on = day_of(typed["on"], "on") or today
        redo(
            lambda: plans.note_certification(
                plan_id=plan_id, step=step, on=on, words=words, by=chart.by.actor, now=chart.now, today=today
            )
        )
    except Refusal as refusal:
        database.session.rollback()
        return page.show(refusal=refusal, typed=typed), refusal.status
    return redirect(url_for(HOME, patient_id=chart.patient.id, episode_id=episode.id), 303)


@door.post("/patients/<int:patient_id>/plans/<int:plan_id>/template", endpoint="keep_template")
@chart_page("plan of care")
def keep(chart: Chart, plan_id: int) -> ResponseReturnValue:
    """Make a template of the plan: a new one, or a new version of one that is there."""
    episode, form = _episode_of(chart, plan_id), request.form
    page, words = PlanPage(chart, episode), {name: form.get(name, "") for name in ("name", "replaces", "source")}
    confirmed = bool(form.get("confirmed"))
    database.session.rollback()
    try:
        kept = redo(lambda: keep_as_template(plan_id=plan_id, confirmed=confirmed, by=chart.by, now=chart.now, **words))
    except Refusal as refusal:
        database.session.rollback()
        return page.show(refusal=refusal, typed=words), refusal.status
    return redirect(url_for("treatment.default", key=kept.key), 303)


@door.post("/patients/<int:patient_id>/diagnoses", endpoint="diagnoses")
@chart_page("diagnosis codes")
def diagnoses(_chart: Chart) -> ResponseReturnValue:
    """Show the codes that fit what is typed; asked by POST, so that no address holds it."""
    found = search_codes(request.form.get("diagnosis", ""), on=wording.today())
    return render_template("treatment/_diagnoses.html", codes=found, typed=request.form.get("diagnosis", "").strip())


def _episode_of(chart: Chart, plan_id: int) -> Episode:
    found = plan_by_id(plan_id)
    if found.patient_id != chart.patient.id:
        raise NotFound("There is no such plan.")
    return own_episode(chart, found.episode_id)


class PlanPage:
    """One request about an episode's plan."""

    def __init__(self, chart: Chart, episode: Episode) -> None:
        self.chart = chart
        self.episode_id = episode.id

    def show(
        self, *, draft: bool = False, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
    ) -> str:
        """Show the draft or the plan in force."""
        episode = own_episode(self.chart, self.episode_id)
        writing, force = draft_of(episode.id), plan_in_force(episode.id)
        facts = {
            "refusal": refusal,
            "errors": errors_of(refusal),
            "templates": templates(),
            "force": force,
            "writing": writing,
            "versions": plans_of(episode.id),
            **frame(self.chart, "plan", episode=episode),
        }
        if writing is not None and (draft or force is None):
            return render_template("treatment/plan_draft.html", **facts, **draft_facts(writing, typed or {}, refusal))
        if force is not None:
            facts |= in_force_facts(self.chart, episode, force)
            return render_template("treatment/plan.html", **facts, typed=typed or {})
        return render_template("treatment/plan_none.html", **facts)

    def save(self, plan_id: int) -> ResponseReturnValue:
        """Save what was typed."""
        try:
            saved = self._save(plan_id)
        except Refusal as refusal:
            return self._refused(refusal)
        if is_scripted():
            content = plan_content(plan_by_id(plan_id))
            missing = plans.what_the_plan_lacks(content)
            parts = {"missing": render_template("treatment/_note_missing.html", missing=missing)}
            return jsonify(version=saved.version, saved=wording.seconds(self.chart.now), parts=parts)
        words = request.form.get("diagnosis", "").strip()
        if words and not request.form.get("add_code") and not plan_facts({"diagnosis": words}, codes=[]).diagnoses:
            return self.show(draft=True, typed={"diagnosis": words})
        line, patient_id = _line_in_use(request.form), self.chart.patient.id
        home = url_for(HOME, patient_id=patient_id, episode_id=self.episode_id, draft="", _anchor=line)
        return redirect(home, 303)

    def sign(self, plan_id: int) -> ResponseReturnValue:
        """Save what was typed, and sign it; what is missing is listed, and what was typed is kept."""
        by, now = self.chart.by, self.chart.now
        try:
            saved = self._save(plan_id)
            database.session.rollback()
            redo(lambda: plans.sign_plan(plan_id=plan_id, seen=saved.version, by=by, now=now))
        except PlanNotComplete as refusal:
            database.session.rollback()
            return self.show(draft=True, refusal=refusal), refusal.status
        except Refusal as refusal:
            return self._refused(refusal)
        return redirect(url_for(HOME, patient_id=self.chart.patient.id, episode_id=self.episode_id), 303)

    def _save(self, plan_id: int) -> Plan:
        form = _with_what_is_added(request.form)
        if is_scripted():
            form.pop("diagnosis", None)  # somebody is still typing it
        facts = plan_facts(form, codes=request.form.getlist("code"))
        seen, today = whole_of(form.get("version")), wording.today()
        by, now = self.chart.by, self.chart.now
        database.session.rollback()
        return redo(lambda: plans.save_plan(plan_id=plan_id, facts=facts, seen=seen, by=by, now=now, today=today))

    def _refused(self, refusal: Refusal) -> ResponseReturnValue:
        return refused(refusal, lambda: self.show(draft=True, typed=request.form, refusal=refusal))


def _line_in_use(form: Mapping[str, str]) -> str | None:
    """Return where the next goal or intervention is typed, after one was added."""
    if form.get("add_intervention", "").strip():
        return "add_intervention"
    return "add_goal" if form.get("act") in ("add_goal", "add_long_goal") else None


def _with_what_is_added(form: Mapping[str, str]) -> dict[str, str]:
    """Return the form with the empty goal or the line of an intervention that it adds."""
    found = dict(form)
    if found.get("act") in ("add_goal", "add_long_goal"):
        place = max(places(found, "goal"), default=-1) + 1
        found[f"goal.{place}.term"] = "LT" if found["act"] == "add_long_goal" else "ST"
    line = quick(found.pop("add_intervention", ""))
    if line is not None:
        place = max(places(found, "intervention"), default=-1) + 1
        found |= {f"intervention.{place}.{name}": str(value or "") for name, value in line._asdict().items()}
        found[f"intervention.{place}.kind"] = form.get("add_kind") or line.kind
    return found
