"""Outcomes: the measures of an episode over its visits, and the answers of one measure at a visit."""

from collections.abc import Mapping

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import episodes, notes
from clinic.care.notes import Note
from clinic.care.notes.queries import note as note_by_id
from clinic.care.outcomes.measures import Instrument, instrument
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import is_scripted, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, frame, own_episode, whole_of
from clinic.doors.treatment.note import own_note
from clinic.doors.treatment.outcomes_view import outcomes_page
from clinic.doors.treatment.refused import errors_of, refused
from clinic.doors.treatment.score_values import FIELDS, answers_of
from clinic.doors.treatment.score_view import live_score, score_page
from clinic.refusals import Refusal

PAGE = "/patients/<int:patient_id>/notes/<int:note_id>/outcomes/<key>"


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/outcomes", endpoint="outcomes")
@chart_page("outcomes")
def look(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Show what is due, and each measure over the visits."""
    episode = own_episode(chart, episode_id)
    return render_template(
        "treatment/outcomes.html", **outcomes_page(episode), **frame(chart, "outcomes", episode=episode)
    )


@door.get(PAGE, endpoint="score")
@chart_page("outcomes")
def answers(chart: Chart, note_id: int, key: str) -> ResponseReturnValue:
    """Show the answers of a measure: a form while the note is a draft; pain has its fields in the note."""
    note, of = own_note(chart, note_id), instrument(key)
    if of.key == "nprs":
        return redirect(url_for("treatment.note", patient_id=chart.patient.id, note_id=note.id, _anchor="pain_now"))
    return _page(chart, note, of)


@door.post(PAGE, endpoint="save_score")
@chart_page("outcomes")
def save(chart: Chart, note_id: int, key: str) -> ResponseReturnValue:
    """Save the answers; a script is told the score, anybody else is led back to the note once it is complete."""
    own_note(chart, note_id)
    of, form = instrument(key), request.form.to_dict()
    try:
        facts = answers_of(form, of)._asdict()
        facts |= {"note_id": note_id, "instrument": of.key, "seen": whole_of(form.get("version"))}
        database.session.rollback()
        saved = redo(lambda: notes.save_score(by=chart.by, now=chart.now, **facts))
    except Refusal as refusal:
        return _refused(chart, note_id, of, refusal)
    found = live_score(note_by_id(note_id), of)
    if is_scripted():
        parts = {"score": render_template("treatment/_score.html", **found)}
        return jsonify(version=saved.version, saved=wording.seconds(chart.now), parts=parts)
    complete = found["now"] is not None and found["now"].value is not None
    return _on(chart, note_id, None if complete else of)


@door.post(f"{PAGE}/out", endpoint="take_out_score")
@chart_page("outcomes")
def take_out(chart: Chart, note_id: int, key: str) -> ResponseReturnValue:
    """Take the answers of a measure out of the draft."""
    own_note(chart, note_id)
    of, seen = instrument(key), whole_of(request.form.get("version"))
    database.session.rollback()
    try:
        redo(lambda: notes.take_out_score(note_id=note_id, instrument=of.key, seen=seen, by=chart.by, now=chart.now))
    except Refusal as refusal:
        return _refused(chart, note_id, of, refusal)
    return _on(chart, note_id, None)


def _on(chart: Chart, note_id: int, of: Instrument | None) -> ResponseReturnValue:
    """Lead on to the note, or to the measure that is not complete yet."""
    patient_id = chart.patient.id
    if of is None:
        return redirect(url_for("treatment.note", patient_id=patient_id, note_id=note_id, _anchor="measures"), 303)
    return redirect(url_for("treatment.score", patient_id=patient_id, note_id=note_id, key=of.key), 303)


def _page(
    chart: Chart, note: Note, of: Instrument, *, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> str:
    return render_template(
        "treatment/score.html",
        refusal=refusal,
        errors=errors_of(refusal),
        **score_page(note, of, edition=request.args.get("edition", ""), typed=typed or {}),
        **frame(chart, "outcomes", episode=episodes.episode(note.episode_id)),
    )


def _refused(chart: Chart, note_id: int, of: Instrument, refusal: Refusal) -> ResponseReturnValue:
    refusal.field = FIELDS.get(refusal.field or "", refusal.field)
    typed = {name: text for name, text in request.form.items() if name.startswith(("item.", "activity.", "edition"))}
    return refused(refusal, lambda: _page(chart, note_by_id(note_id), of, typed=typed, refusal=refusal))
