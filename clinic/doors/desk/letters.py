"""Letters: what failed, what is due, what went out, and why others did not."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock, outbox
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.threshold import actor, redo
from clinic.letters.reminders import queries
from clinic.outbox.queries import health
from clinic.refusals import Refusal
from clinic.scheduling import practice
from clinic.timetable.zones import day_bounds


@door.get("/letters")
def letters() -> ResponseReturnValue:
    """List today's letters by state."""
    state = request.args.get("state", "all")
    return _page(state if state in queries.STATES else "all")


@door.get("/letters/<int:letter_id>")
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter beside the list: what the patient reads, and what became of it."""
    return _page("all", letter_id=letter_id)


@door.post("/letters/<int:letter_id>/again")
def letter_again(letter_id: int) -> ResponseReturnValue:
    """Try a failed letter again."""
    now, by = clock.now(), actor()
    try:
        redo(lambda: outbox.try_again(letter_id, by=by, now=now))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        database.session.rollback()
        return _page("all", letter_id=letter_id, refusal=refusal.sentence), refusal.status
    return redirect(url_for("desk.letter", letter_id=letter_id), 303)


def _page(state: str, *, letter_id: int | None = None, refusal: str = "") -> str:
    now = clock.now()
    chosen = raw = None
    if letter_id is not None:
        chosen = queries.letter(letter_id)
        raw = queries.raw_letter(letter_id)
        if chosen is None:
            abort(404)
    day = day_bounds(wording.today(), wording.zone()).start
    return render_template(
        "desk/letters.html",
        state=state,
        counts=queries.counts(day=day),
        groups=_groups(queries.letters_on(day=day, state=state)),
        chosen=chosen,
        text=queries.opened(raw) if raw else None,
        can_try_again=chosen is not None and chosen.letter.state == outbox.FAILED,
        post=health(now=now),
        paused=practice.clinic().letters_paused_at,
        soon=now + timedelta(hours=24),
        refusal=refusal,
    )


def _groups(found: list[queries.Listed]) -> list[tuple[str, list[queries.Listed]]]:
    """Return the letters under the heads that say who must act."""
    heads: dict[str, list[queries.Listed]] = {"Need you": [], "Due next": [], "Done": []}
    for listed in found:
        if listed.letter.state == outbox.FAILED or (listed.letter.state in outbox.OPEN and listed.letter.tries):
            heads["Need you"].append(listed)
        else:
            heads["Due next" if listed.letter.state in outbox.OPEN else "Done"].append(listed)
    return [(head, rows) for head, rows in heads.items() if rows]
