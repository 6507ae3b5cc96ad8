"""The gait analysis of a visit: graded, measured, compared, its target taken up in the plan."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import episodes, gait, notes
from clinic.care.gait.items import items
from clinic.care.gait.queries import image_of
from clinic.care.gait.queries import still as still_by_id
from clinic.care.gait.still import MOST_BYTES, still_of
from clinic.care.notes import Note
from clinic.care.notes.queries import draft_note
from clinic.care.notes.queries import note as note_by_id
from clinic.care.plans.take_up import take_up_gait
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import LARGER, is_scripted, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, frame, own_episode, whole_of
from clinic.doors.treatment.gait_values import gait_facts, gait_values
from clinic.doors.treatment.gait_view import gait_page
from clinic.doors.treatment.note import own_note
from clinic.doors.treatment.refused import errors_of, refused
from clinic.refusals import NotFound, Refusal, Unacceptable

HOME = "treatment.gait"
LIVE = ("summary", "target")
"""The parts of the page that change with every save."""
LARGER["treatment.add_still"] = 8 * MOST_BYTES
"""More than an image may have: a telephone's picture is read far enough to be refused beside its field."""


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/gait", endpoint="gaits")
@chart_page("gait")
def latest(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Lead to the analysis of the visit that is being written, else to the newest one."""
    episode = own_episode(chart, episode_id)
    draft = draft_note(episode.id)
    newest = next(iter(gait.analyses_of(episode.id)), None)
    note_id = draft.id if draft is not None else newest.note_id if newest is not None else None
    if note_id is None:
        return render_template("treatment/gait_none.html", **frame(chart, "gait", episode=episode))
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id))


@door.get("/patients/<int:patient_id>/notes/<int:note_id>/gait", endpoint="gait")
@chart_page("gait")
def look(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Show an analysis: a form while the note is a draft; ``?with`` names the note to compare with."""
    return _page(chart, own_note(chart, note_id))


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/gait", endpoint="save_gait")
@chart_page("gait")
def save(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save the analysis; a script is told what changes with it."""
    own_note(chart, note_id)
    form = request.form.to_dict()
    seen = whole_of(form.get("version"))
    try:
        facts = gait_facts(form, known=items())
        database.session.rollback()
        saved = redo(lambda: notes.save_gait(note_id=note_id, facts=facts, seen=seen, by=chart.by, now=chart.now))
    except Refusal as refusal:
        return _refused(chart, note_id, refusal)
    if is_scripted():
        facts_now = _facts(note_by_id(note_id), against=whole_of(form.get("against")))
        parts = {name: render_template(f"treatment/_gait_{name}.html", **facts_now) for name in LIVE}
        parts["count"] = f"{facts_now['count']} of {len(facts_now['lines'])} graded"
        parts |= {f"change-{line.item.key}": _change(line) for line in [*facts_now["lines"], *facts_now["more"]]}
        return jsonify(version=saved.version, saved=wording.seconds(chart.now), parts=parts)
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id), 303)


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/gait/plan", endpoint="take_up_gait")
@chart_page("plan of care")
def take_up(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Take up the target and its protocol in the draft of the plan."""
    note = own_note(chart, note_id)
    episode_id, today = note.episode_id, wording.today()
    database.session.rollback()
    try:
        redo(lambda: take_up_gait(episode_id=episode_id, note_id=note_id, by=chart.by, now=chart.now, today=today))
    except Unacceptable as refusal:
        return _refused(chart, note_id, refusal)
    return redirect(url_for("treatment.plan", patient_id=chart.patient.id, episode_id=episode_id, draft=""), 303)


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/gait/stills", endpoint="add_still")
@chart_page("gait image")
def add_still(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Put an image beside a finding."""
    own_note(chart, note_id)
    metric, _, side = request.form.get("beside", "").partition(".")
    handed_in = request.files.get("image")
    database.session.rollback()
    try:
        if handed_in is None or not handed_in.filename:
            raise Unacceptable("Choose a picture.", field="image")
        still = still_of(handed_in.read(MOST_BYTES + 1))
        redo(
            lambda: notes.add_still(note_id=note_id, metric=metric, side=side, still=still, by=chart.by, now=chart.now)
        )
    except Refusal as refusal:
        return _refused(chart, note_id, refusal)
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id, _anchor="stills"), 303)


@door.get("/patients/<int:patient_id>/notes/<int:note_id>/gait/stills/<int:still_id>", endpoint="still")
@chart_page("gait image")
def still(chart: Chart, note_id: int, still_id: int) -> ResponseReturnValue:
    """Show an image; it is never kept outside of the clinic's computer."""
    own_note(chart, note_id)
    found = still_by_id(note_id=note_id, still_id=still_id)
    if found is None:
        raise NotFound("There is no such image.")
    return Response(image_of(found.id), mimetype="image/jpeg")


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/gait/stills/<int:still_id>/out", endpoint="take_out_still")
@chart_page("gait image")
def take_out_still(chart: Chart, note_id: int, still_id: int) -> ResponseReturnValue:
    """Take an image out of the draft."""
    own_note(chart, note_id)
    database.session.rollback()
    try:
        redo(lambda: notes.take_out_still(note_id=note_id, still_id=still_id, by=chart.by, now=chart.now))
    except Refusal as refusal:
        return _refused(chart, note_id, refusal)
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id, _anchor="stills"), 303)


def _page(chart: Chart, note: Note, *, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> str:
    facts = _facts(note, against=whole_of(request.args.get("with")))
    return render_template(
        "treatment/gait.html",
        values=gait_values(facts["analysis"]) | dict(typed or {}),
        refusal=refusal,
        errors=errors_of(refusal),
        **facts,
        **frame(chart, "gait", episode=episodes.episode(note.episode_id)),
    )


def _facts(note: Note, *, against: int) -> dict[str, Any]:
    analysis = gait.analysis_of(note.id)
    return gait_page(note, analysis, known=items(), against=against if against > 0 else None)


def _change(line: Any) -> str:
    return render_template("treatment/_gait_change.html", line=line, signed=False)


def _refused(chart: Chart, note_id: int, refusal: Refusal) -> ResponseReturnValue:
    return refused(refusal, lambda: _page(chart, own_note(chart, note_id), typed=request.form, refusal=refusal))
