"""Subscribe: the own schedule in the own calendar."""

from datetime import datetime, timedelta
from urllib.parse import quote

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from clinic import clock
from clinic.database import database
from clinic.doors.threshold import Form, actor, person, redo, settings
from clinic.doors.treatment import door
from clinic.letters.calendars import tokens
from clinic.letters.calendars.models import Feed
from clinic.refusals import Refusal
from clinic.scheduling import practice

STALE = timedelta(hours=24)


class FeedForm(Form):
    """A name for it, and how much it shows."""

    label = StringField("Name", validators=[InputRequired("Please name it, such as: my phone."), Length(max=60)])
    mode = RadioField(
        "It shows",
        choices=[("busy", "Times only"), ("initials", "Kind and initials")],
        default="busy",
        validators=[InputRequired("Please choose what it shows.")],
    )


@door.get("/subscribe")
def subscribe() -> ResponseReturnValue:
    """Show the own calendars."""
    return _page(FeedForm())


@door.post("/subscribe")
def make_feed() -> ResponseReturnValue:
    """Make a calendar address; it is shown once."""
    form, now, user, by = FeedForm(), clock.now(), person(), actor()
    if not form.validate():
        return _page(form), 422
    label, mode = form.label.data or "", form.mode.data
    try:
        feed, token = redo(lambda: tokens.subscribe(user=user, label=label, mode=mode, by=by, now=now))
    except Refusal as refusal:
        database.session.rollback()
        form.refuse(refusal)
        return _page(form), refusal.status
    return _page(FeedForm(formdata=None), fresh=(feed, token))


@door.post("/subscribe/<int:feed_id>/rotate")
def rotate_feed(feed_id: int) -> ResponseReturnValue:
    """Give a calendar a new address; it is shown once, and the old one is dead."""
    now, user, by = clock.now(), person(), actor()
    feed, token = redo(lambda: tokens.rotate(feed_id=feed_id, user=user, by=by, now=now))
    return _page(FeedForm(formdata=None), fresh=(feed, token))


@door.post("/subscribe/<int:feed_id>/revoke")
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    """Let a calendar's address lead nowhere."""
    now, user, by = clock.now(), person(), actor()
    redo(lambda: tokens.revoke(feed_id=feed_id, user=user, by=by, now=now))
    session["said"] = "Revoked. The old address leads nowhere now."
    return redirect(url_for("treatment.subscribe"), 303)


def _page(form: FeedForm, *, fresh: tuple[Feed, str] | None = None) -> str:
    now = clock.now()
    address = f"{settings().base_url}/feeds/{fresh[1]}.ics" if fresh else ""
    webcal = f"webcal{address.removeprefix('https').removeprefix('http')}" if fresh else ""
    return render_template(
        "treatment/subscribe.html",
        form=form,
        feeds=[(feed, _read(feed, now), _is_stale(feed, now)) for feed in tokens.feeds_of(person().id)],
        initials_allowed=practice.clinic().feed_initials,
        fresh=fresh[0] if fresh else None,
        address=address,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}" if fresh else "",
        said=session.pop("said", ""),
    )


def _read(feed: Feed, now: datetime) -> str:
    if feed.last_read_at is None:
        return "never read yet"
    minutes = int((now - feed.last_read_at).total_seconds() // 60)
    ago = f"{minutes} min" if minutes < 60 else f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} days"
    return f"last read by {feed.last_client} {ago} ago"


def _is_stale(feed: Feed, now: datetime) -> bool:
    return now - (feed.last_read_at or feed.created_at) > STALE
