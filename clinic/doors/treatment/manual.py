"""Manual therapy at a visit: the map of points, the point in hand, other techniques, the checklist before.

An address names points and techniques by number alone: it says nothing of health.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import episodes, manual_therapy, notes
from clinic.care.manual_therapy import ManualFacts, PointFacts
from clinic.care.manual_therapy.dictionary import points, questions
from clinic.care.manual_therapy.kinds import COUNTERSTRAIN, KINDS
from clinic.care.notes import Note
from clinic.care.notes.queries import draft_note
from clinic.care.notes.queries import note as note_by_id
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import is_scripted, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, frame, own_episode, whole_of
from clinic.doors.treatment.manual_values import Identity, identity_of, manual_facts, manual_values
from clinic.doors.treatment.manual_view import manual_page, place_of, starting_point
from clinic.doors.treatment.note import own_note
from clinic.doors.treatment.refused import errors_of, refused
from clinic.refusals import Refusal

HOME = "treatment.manual"
NUMBER_OF = {name: number for number, name in enumerate((COUNTERSTRAIN, *KINDS), 1)}
LIVE = ("reduction", "clearance", "stop", "left")
"""The parts of the page that change with every save, beside the line of the point in hand."""


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/manual", endpoint="manuals")
@chart_page("manual therapy")
def latest(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Lead to the visit that is being written, else to the newest one with manual therapy."""
    episode = own_episode(chart, episode_id)
    draft = draft_note(episode.id)
    note_id = draft.id if draft is not None else manual_therapy.newest_note(episode.id)
    if note_id is None:
        return render_template("treatment/manual_none.html", **frame(chart, "manual", episode=episode))
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id))


@door.get("/patients/<int:patient_id>/notes/<int:note_id>/manual", endpoint="manual")
@chart_page("manual therapy")
def look(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Show a visit's manual therapy; ``?point`` and ``?kind`` number what is shown."""
    return _page(chart, own_note(chart, note_id))


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/manual", endpoint="save_manual")
@chart_page("manual therapy")
def save(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save manual therapy; a script is told what changes with it, a button may lead to another point or technique."""
    note = own_note(chart, note_id)
    form = request.form.to_dict()
    seen = whole_of(form.get("version"))
    try:
        facts = _typed(note, form)
        database.session.rollback()
        saved = redo(lambda: notes.save_manual(note_id=note_id, facts=facts, seen=seen, by=chart.by, now=chart.now))
    except Refusal as refusal:
        return _refused(chart, note_id, refusal)
    if is_scripted():
        return jsonify(version=saved.version, saved=wording.seconds(chart.now), parts=_parts(chart, note_id, form))
    return redirect(_next(chart, note_id, form, facts), 303)


def _typed(note: Note, form: Mapping[str, str]) -> ManualFacts:
    facts = manual_facts(form, points=points(), questions=[one.key for one in questions()])
    there = {(row.point, row.side) for row in manual_therapy.given_at(note.id).points}
    return replace(facts, points=tuple(_begun(note, one, is_there=one[:2] in there) for one in facts.points))


def _begun(note: Note, one: PointFacts, *, is_there: bool) -> PointFacts:
    """Return a point as it begins; one without a row gets one as soon as anything about it is typed."""
    if is_there or one.is_rated:
        return one
    start = starting_point(note, Identity(one.point, one.side))
    if one.added:
        return one._replace(**start)
    typed = (one.position, one.hold_s) != (start["position"], start["hold_s"]) or one.adverse or one.recheck
    return one._replace(added=bool(typed))


def _next(chart: Chart, note_id: int, form: Mapping[str, str], facts: ManualFacts) -> str:
    """Return where a saved form leads: to what its button names, else back to where it was."""
    act, _, what = form.get("act", "").partition(":")
    point, kind, taken = form.get("in_hand"), _kind(form), None
    if act == "point":
        point, kind, taken = what, COUNTERSTRAIN, identity_of(what)
    elif act == "add_point":
        added = next(one for one in facts.points if one.added)
        taken = Identity(added.point, added.side)
        point = taken.name
    elif act == "kind":
        kind = what if what in KINDS else COUNTERSTRAIN
    shown = identity_of(point) if kind == COUNTERSTRAIN else None
    return url_for(
        HOME,
        patient_id=chart.patient.id,
        note_id=note_id,
        kind=None if kind == COUNTERSTRAIN else NUMBER_OF[kind],
        point=place_of(note_by_id(note_id), shown) if shown is not None else None,
        _anchor=f"{taken.field}.before" if taken is not None else None,
    )


def _kind(asked: Mapping[str, str]) -> str:
    return asked["kind"] if asked.get("kind") in KINDS else COUNTERSTRAIN


def _kind_asked() -> str:
    """Return the kind that the address names by its number."""
    names = {number: name for name, number in NUMBER_OF.items()}
    return names.get(whole_of(request.args.get("kind")), COUNTERSTRAIN)


def _facts(chart: Chart, note: Note, *, kind: str, chosen: Identity | int | None) -> dict[str, Any]:
    return manual_page(
        note,
        manual_therapy.given_at(note.id),
        kind=kind,
        chosen=chosen,
        may_thrust=chart.by.is_therapist,
    )


def _parts(chart: Chart, note_id: int, form: Mapping[str, str]) -> dict[str, Any]:
    facts = _facts(chart, note_by_id(note_id), kind=_kind(form), chosen=identity_of(form.get("in_hand")))
    parts: dict[str, Any] = {name: render_template(f"treatment/_manual_{name}.html", **facts) for name in LIVE}
    parts["summary"] = facts["summary"]
    for line in facts["lines"]:
        if facts["in_hand"] is not None and line.identity == facts["in_hand"].identity:
            name = line.identity.name
            parts[f"today-{name}"] = render_template("treatment/_manual_today.html", line=line, signed=False)
            parts[f"said-{name}"] = render_template("treatment/_manual_said.html", line=line)
    return parts


def _page(chart: Chart, note: Note, *, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None) -> str:
    if typed is not None:
        facts = _facts(chart, note, kind=_kind(typed), chosen=identity_of(typed.get("in_hand")))
    else:
        facts = _facts(chart, note, kind=_kind_asked(), chosen=whole_of(request.args.get("point")))
    return render_template(
        "treatment/manual.html",
        values=manual_values(facts["given"]) | dict(typed or {}),
        refusal=refusal,
        errors=errors_of(refusal),
        **facts,
        **frame(chart, "manual", episode=episodes.episode(note.episode_id)),
    )


def _refused(chart: Chart, note_id: int, refusal: Refusal) -> ResponseReturnValue:
    return refused(refusal, lambda: _page(chart, own_note(chart, note_id), typed=request.form, refusal=refusal))
