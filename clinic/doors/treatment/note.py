"""The note of a visit: begun, saved as it is typed, signed, added to."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import episodes, notes, signatures
from clinic.care.notes import Content, NotComplete, Note
from clinic.care.notes.begin import NoEpisode, note_of
from clinic.care.notes.body import REGION_BY_CODE
from clinic.care.notes.measures import measures
from clinic.care.notes.queries import note as note_by_id
from clinic.care.notes.quick import quick
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import is_scripted, redo
from clinic.doors.treatment import door
from clinic.doors.treatment.apart import apart
from clinic.doors.treatment.charts import Chart, chart_page, frame, overview_page, whole_of
from clinic.doors.treatment.note_values import facts_of, field_as_typed, places, plain_text, values_of
from clinic.doors.treatment.note_view import live_parts, note_facts
from clinic.doors.treatment.refused import errors_of, refused
from clinic.refusals import NotFound, Refusal, Unacceptable
from clinic.scheduling.booking.queries import appointment as appointment_row

HOME = "treatment.note"


@door.get("/patients/<int:patient_id>/appointments/<int:appointment_id>", endpoint="visit")
@chart_page("visit")
def visit(chart: Chart, appointment_id: int) -> ResponseReturnValue:
    """Show a visit: its note, or the way to begin one."""
    row = appointment_row(appointment_id)
    if row is None or row.patient_id != chart.patient.id:
        raise NotFound("There is no such visit.")
    found = note_of(appointment_id)
    if found is not None:
        return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=found.id))
    return overview_page(chart, visit=row)


@door.post("/patients/<int:patient_id>/appointments/<int:appointment_id>/note", endpoint="begin_note")
@chart_page("visit")
def begin(chart: Chart, appointment_id: int) -> ResponseReturnValue:
    """Begin the note of a visit."""
    row = appointment_row(appointment_id)
    if row is None or row.patient_id != chart.patient.id:
        raise NotFound("There is no such visit.")
    episode = request.form.get("episode_id", "")
    episode_id = whole_of(episode) if episode else None
    database.session.rollback()
    try:
        found = redo(
            lambda: notes.begin_note(appointment_id=appointment_id, episode_id=episode_id, by=chart.by, now=chart.now)
        )
    except NoEpisode:
        database.session.rollback()
        return redirect(url_for("treatment.visit", patient_id=chart.patient.id, appointment_id=appointment_id), 303)
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=found.id), 303)


@door.get("/patients/<int:patient_id>/notes/<int:note_id>", endpoint="note")
@chart_page("note")
def look(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Show a note: the draft as a form, what is signed as it stands."""
    return NotePage(chart, own_note(chart, note_id)).show()


@door.post("/patients/<int:patient_id>/notes/<int:note_id>", endpoint="save_note")
@chart_page("note")
def save(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save the draft; a script is told what changes with it."""
    return NotePage(chart, own_note(chart, note_id)).save()


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/sign", endpoint="sign_note")
@chart_page("note")
def sign(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save the draft and sign it, in one step."""
    return NotePage(chart, own_note(chart, note_id)).sign()


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/cosign", endpoint="cosign_note")
@chart_page("note")
def cosign(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Sign after an assistant or a student."""
    own_note(chart, note_id)
    database.session.rollback()
    redo(lambda: notes.cosign_note(note_id=note_id, by=chart.by, now=chart.now))
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id), 303)


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/addenda", endpoint="amend_note")
@chart_page("note")
def amend(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Add to a signed note."""
    page = NotePage(chart, own_note(chart, note_id))
    words = {name: plain_text(request.form.get(name, "")) for name in ("kind", "reason", "words")}
    request_id = request.form.get("request_id", "")[:40] or None
    database.session.rollback()
    try:
        redo(lambda: notes.amend_note(note_id=note_id, by=chart.by, now=chart.now, request_id=request_id, **words))
    except Refusal as refusal:
        database.session.rollback()
        return page.show(refusal=refusal, addendum=words), refusal.status
    return redirect(url_for(HOME, patient_id=chart.patient.id, note_id=note_id, _anchor="addenda"), 303)


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/measures", endpoint="add_measure")
@chart_page("note")
def add_measure(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save what was typed, and put a measure into the draft."""
    measure = request.form.get("add_measure", "")
    return NotePage(chart, own_note(chart, note_id)).extend(
        lambda: notes.add_measure(note_id=note_id, measure=measure, by=chart.by, now=chart.now), anchor="objective"
    )


@door.post("/patients/<int:patient_id>/notes/<int:note_id>/kind", endpoint="note_kind")
@chart_page("note")
def change_kind(chart: Chart, note_id: int) -> ResponseReturnValue:
    """Save what was typed, and make the draft a report, or a visit's note again."""
    kind = request.form.get("kind", "")
    return NotePage(chart, own_note(chart, note_id)).extend(
        lambda: notes.change_kind(note_id=note_id, kind=kind, by=chart.by, now=chart.now)
    )


def own_note(chart: Chart, note_id: int) -> Note:
    """Return a note of the chart's patient. Raises ``NotFound`` for another's."""
    found = note_by_id(note_id)
    if found.patient_id != chart.patient.id:
        raise NotFound("There is no such note.")
    return found


class NotePage:
    """One request about a note."""

    def __init__(self, chart: Chart, note: Note) -> None:
        self.chart = chart
        self.note = note
        self.id = note.id

    def show(
        self,
        *,
        typed: Mapping[str, str] | None = None,
        refusal: Refusal | None = None,
        addendum: Mapping[str, str] | None = None,
    ) -> str:
        """Show the note; ``typed`` is laid over what stands in the draft."""
        content = notes.content_of(note_by_id(self.id))
        known = measures()
        values = values_of(content) | dict(typed or {})
        template = "treatment/evaluation.html" if content.note.kind == "evaluation" else "treatment/note.html"
        return render_template(
            template,
            values=values,
            run_rows=max(len(content.runs) + 1, 2, *(place + 1 for place in _run_places(values))),
            refusal=refusal,
            errors=errors_of(refusal),
            apart=apart(values_of(content), typed or {}, refusal),
            addendum=addendum or {},
            kinds=signatures.KINDS,
            addendum_id=secrets.token_urlsafe(16),
            **note_facts(content, known, self.chart),
            **frame(
                self.chart,
                "evaluation" if content.note.kind == "evaluation" else "visits",
                episode=episodes.episode(content.note.episode_id),
            ),
        )

    def save(self) -> ResponseReturnValue:
        """Save what was typed."""
        try:
            self._save(request.form)
        except Refusal as refusal:
            return self._refused(refusal)
        if is_scripted():
            content = notes.content_of(note_by_id(self.id))
            return jsonify(
                version=content.note.version, saved=wording.seconds(self.chart.now), parts=self._parts(content)
            )
        return redirect(url_for(HOME, patient_id=self.chart.patient.id, note_id=self.id, _anchor=self._anchor()), 303)

    def sign(self) -> ResponseReturnValue:
        """Save what was typed, and sign it; what is missing is listed, and what was typed is kept."""
        by, now = self.chart.by, self.chart.now
        try:
            saved = self._save(request.form)
            database.session.rollback()
            redo(lambda: notes.sign_note(note_id=self.id, seen=saved.version, by=by, now=now))
        except NotComplete as refusal:
            database.session.rollback()
            return self.show(refusal=refusal), refusal.status
        except Refusal as refusal:
            return self._refused(refusal)
        return redirect(url_for(HOME, patient_id=self.chart.patient.id, note_id=self.id), 303)

    def extend(self, verb: Callable[[], Note], *, anchor: str | None = None) -> ResponseReturnValue:
        """Save what was typed, where a form came along, then do more with the draft."""
        try:
            if "rows" in request.form:
                self._save(request.form)
            database.session.rollback()
            redo(verb)
        except Refusal as refusal:
            return self._refused(refusal)
        return redirect(url_for(HOME, patient_id=self.chart.patient.id, note_id=self.id, _anchor=anchor), 303)

    def _save(self, form: Mapping[str, str]) -> Note:
        added = _with_what_is_added(form)
        regions = [one for one in request.form.getlist("region") if one in REGION_BY_CODE]
        facts = facts_of(added, regions=regions, known=measures(), kind=self.note.kind)
        seen, today = whole_of(form.get("version")), wording.today()
        flags_version = whole_of(form.get("flags_version", "0"))
        database.session.rollback()
        try:
            return redo(
                lambda: notes.save_note(
                    note_id=self.id,
                    facts=facts,
                    seen=seen,
                    by=self.chart.by,
                    now=self.chart.now,
                    today=today,
                    flags_version=max(flags_version, 0),
                )
            )
        except Unacceptable as refusal:
            if refusal.field:
                refusal.field = field_as_typed(refusal.field, added)
            raise

    def _refused(self, refusal: Refusal) -> ResponseReturnValue:
        return refused(refusal, lambda: self.show(typed=request.form, refusal=refusal))

    def _parts(self, content: Content) -> dict[str, Any]:
        return live_parts(content, measures(), self.chart)

    def _anchor(self) -> str | None:
        """Lead back to the line that was just used: the next one is typed there."""
        return "add_treatment" if request.form.get("add_treatment", "").strip() else None


def _run_places(values: Mapping[str, str]) -> list[int]:
    """Return the rows of runs that the page shows; none where more were posted than fit, which is refused."""
    try:
        return places(values, "run")
    except Refusal:
        return []


def _with_what_is_added(form: Mapping[str, str]) -> dict[str, str]:
    """Return the form with the row that its quick line or its choice of a measure adds."""
    found = dict(form)
    line = quick(found.pop("add_treatment", ""))
    if line is not None:
        place = max(places(found, "treatment"), default=-1) + 1
        found |= {f"treatment.{place}.{name}": str(value or "") for name, value in line._asdict().items()}
    return found
