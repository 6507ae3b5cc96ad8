"""The home program: prescribed from the library, weighed, changed, stopped; and the link that shows it at home."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic.care import homecare
from clinic.care.episodes import Episode
from clinic.care.homecare import GoesAgainst
from clinic.care.homecare.queries import entry as entry_by_id
from clinic.database import database
from clinic.doors import wording
from clinic.doors.threshold import redo
from clinic.doors.treatment import door
from clinic.doors.treatment.charts import Chart, chart_page, frame, own_episode
from clinic.doors.treatment.program_values import prescription_of
from clinic.doors.treatment.program_view import program_page, weighed_by
from clinic.people import patients
from clinic.people.patients.home_link import is_open
from clinic.refusals import NotFound, Refusal

HOME = "treatment.program"


@door.get("/patients/<int:patient_id>/episodes/<int:episode_id>/program", endpoint="program")
@chart_page("home program")
def look(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Show the program and the library."""
    return _page(chart, own_episode(chart, episode_id))


@door.post("/patients/<int:patient_id>/episodes/<int:episode_id>/program", endpoint="prescribe")
@chart_page("home program")
def prescribe(chart: Chart, episode_id: int) -> ResponseReturnValue:
    """Put something into the program; against a warning only with a reason."""
    episode = own_episode(chart, episode_id)
    weighed, today = weighed_by(episode_id), wording.today()
    request_id = "".join(letter for letter in request.form.get("request_id", "") if letter.isprintable())[:40]

    def work() -> str:
        what = prescription_of(request.form, weekdays=request.form.getlist("weekday"))
        item = homecare.prescribe(
            episode_id=episode_id,
            what=what,
            weighed=weighed,
            by=chart.by,
            now=chart.now,
            today=today,
            request_id=request_id or None,
        )
        return f"item-{item.id}" if item.kind != "exercise" else ""

    return _do(chart, episode, work)


@door.post("/patients/<int:patient_id>/home-items/<int:item_id>", endpoint="change_item")
@chart_page("home program")
def change(chart: Chart, item_id: int) -> ResponseReturnValue:
    """Put another version in an item's place."""
    episode = _episode_of(chart, item_id)
    weighed, today = weighed_by(episode.id), wording.today()

    def work() -> str:
        what = prescription_of(request.form, weekdays=request.form.getlist("weekday"))
        new = homecare.change_item(item_id=item_id, what=what, weighed=weighed, by=chart.by, now=chart.now, today=today)
        return f"item-{new.id}"

    return _do(chart, episode, work, item_id=item_id)


@door.post(
    "/patients/<int:patient_id>/home-items/<int:item_id>/<any('stop','pause','resume'):act>", endpoint="item_step"
)
@chart_page("home program")
def step(chart: Chart, item_id: int, act: str) -> ResponseReturnValue:
    """Stop an item with a reason, pause it, or take it up again."""
    episode, form = _episode_of(chart, item_id), request.form
    words = form.get("words", "")

    def work() -> str:
        facts: dict[str, Any] = {"item_id": item_id, "by": chart.by, "now": chart.now}
        if act == "stop":
            homecare.stop_item(reason=form.get("reason", ""), words=words, **facts)
            return "over"
        if act == "pause":
            homecare.pause_item(words=words, **facts)
        else:
            homecare.resume_item(**facts)
        return f"item-{item_id}"

    return _do(chart, episode, work, item_id=item_id)


@door.post(
    "/patients/<int:patient_id>/episodes/<int:episode_id>/home-link/<any('make','revoke','unlock'):act>",
    endpoint="home_link",
)
@chart_page("home link")
def link(chart: Chart, episode_id: int, act: str) -> ResponseReturnValue:
    """Make the patient's home link, revoke it, or open it again after wrong birth dates."""
    own_episode(chart, episode_id)
    verb = {"make": patients.make_home_link, "revoke": patients.revoke_home_link, "unlock": patients.unlock_home_link}
    patient_id, by, now = chart.patient.id, chart.by.actor, chart.now
    database.session.rollback()
    redo(lambda: verb[act](patient_id=patient_id, by=by, now=now))
    return redirect(url_for(HOME, patient_id=patient_id, episode_id=episode_id, _anchor="link"), 303)


def _do(chart: Chart, episode: Episode, work: Callable[[], str], *, item_id: int | None = None) -> ResponseReturnValue:
    patient_id, episode_id = chart.patient.id, episode.id
    database.session.rollback()
    try:
        anchor = redo(work)
    except Refusal as refusal:
        database.session.rollback()
        if refusal.status in (403, 404):
            raise
        again = own_episode(chart, episode_id)
        return _page(chart, again, refusal=refusal, typed=request.form, item_id=item_id), refusal.status
    return redirect(url_for(HOME, patient_id=patient_id, episode_id=episode_id, _anchor=anchor or None), 303)


def _page(
    chart: Chart,
    episode: Episode,
    *,
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
    item_id: int | None = None,
) -> str:
    home_link = patients.home_link_of(chart.patient.id)
    today = wording.today()
    return render_template(
        "treatment/program.html",
        refusal=refusal,
        conflicts=refusal.conflicts if isinstance(refusal, GoesAgainst) else [],
        against=_name_of(typed) if isinstance(refusal, GoesAgainst) else "",
        typed=typed or {},
        refused_item=item_id,
        request_id=secrets.token_urlsafe(16),
        link=home_link,
        link_works=home_link is not None and is_open(home_link, today=today),
        **program_page(episode.id, today=today),
        **frame(chart, "program", episode=episode),
    )


def _name_of(typed: Mapping[str, str] | None) -> str:
    """Return the name of the exercise that was asked for."""
    form = typed or {}
    found = homecare.exercise(form.get("code", "")) or homecare.found_by(form.get("exercise", ""))
    return found.name if found is not None else ""


def _episode_of(chart: Chart, item_id: int) -> Episode:
    found = entry_by_id(item_id)
    if found.item.patient_id != chart.patient.id:
        raise NotFound("There is no such item.")
    return own_episode(chart, found.item.episode_id)
