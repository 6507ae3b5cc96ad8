"""The demo's letters: what patients would find in their mailboxes. Outside the demo there is no such page."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from clinic import clock
from clinic.database import database
from clinic.demo import letters_read
from clinic.doors.threshold import open_door, settings
from clinic.letters.reminders import Desk, queries, send_now
from clinic.outbox.post import Smtp

door = open_door("demo", __name__, "/demo")
SHOWN, SHOWN_OF_ONE = 8, 200


@door.get("/letters")
def letters() -> ResponseReturnValue:
    """List the letters by state; any of them can be read."""
    return _page()


@door.get("/letters/<int:letter_id>")
def letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter as its patient reads it, beside the list."""
    return _page(letter_id)


@door.get("/letters/<int:letter_id>.eml")
def source(letter_id: int) -> ResponseReturnValue:
    """Give the whole message as it was handed to the mail server."""
    return Response(_raw(letter_id), mimetype="message/rfc822")


@door.get("/letters/<int:letter_id>.ics")
def calendar(letter_id: int) -> ResponseReturnValue:
    """Give the calendar part of a letter."""
    ics = queries.opened(_raw(letter_id)).ics
    if not ics:
        abort(404)
    return Response(ics, content_type="text/calendar; charset=utf-8")


@door.post("/letters/<int:letter_id>/send")
def send(letter_id: int) -> ResponseReturnValue:
    """Send a letter without waiting for its time."""
    if queries.letter(letter_id) is None:
        abort(404)
    database.session.rollback()  # what is sent is read anew, in a transaction of its own
    chosen = settings()
    post = Smtp(chosen.mail_url)
    try:
        desk = Desk(base_url=chosen.base_url, secret=chosen.secret_key)
        send_now(letter_id, post=post, desk=desk, now=clock.now())
    finally:
        post.close()
    return redirect(url_for("demo.letter", letter_id=letter_id), 303)


def _raw(letter_id: int) -> bytes:
    raw = queries.raw_letter(letter_id)
    if raw is None:
        abort(404)
    return raw


def _page(letter_id: int | None = None) -> str:
    now = clock.now()
    asked = request.args.get("state", "")
    states = [asked] if asked in letters_read.STATES else letters_read.STATES
    chosen = text = raw = None
    if letter_id is not None:
        chosen, raw = queries.letter(letter_id), queries.raw_letter(letter_id)
        if chosen is None:
            abort(404)
        text = queries.opened(raw) if raw else None
    limit = SHOWN_OF_ONE if len(states) == 1 else SHOWN
    return render_template(
        "demo/letters.html",
        state=asked if len(states) == 1 else "",
        counts=letters_read.counts(now=now),
        groups=[(state, letters_read.letters(state, now=now, limit=limit)) for state in states],
        chosen=chosen,
        text=text,
        body=Markup(letters_read.body_of(text.html)) if text else "",  # noqa: S704  nothing but a few tags is left
        paragraphs=letters_read.paragraphs(text.plain) if text else [],
        source=raw.decode("utf-8", "replace") if raw else "",
        ics=text.ics.decode("utf-8", "replace") if text else "",
        can_send=chosen is not None and chosen.letter.state == "owed",
    )
