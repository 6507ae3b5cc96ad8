"""Subscribe: the own visits in the own calendar program, by an address that is shown once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from clinic import clock
from clinic.database import database
from clinic.doors.threshold import Form, actor, person, redo, settings
from clinic.doors.treatment import door
from clinic.letters.calendars import queries, tokens
from clinic.letters.calendars.models import Feed
from clinic.letters.calendars.plain import spaced
from clinic.letters.calendars.queries import BUSY, INITIALS, FeedRow
from clinic.refusals import Refusal
from clinic.scheduling import practice

STALE = timedelta(hours=24)
MODES = {BUSY: "Times only", INITIALS: "Kind of visit and initials"}


class LabelField(StringField):
    """A name; what no page may hold is left out when it is shown again."""

    def _value(self) -> str:
        return spaced(self.data or "")


class FeedForm(Form):
    """Where it will be read, and how much it shows."""

    label = LabelField("Where you will read it", validators=[InputRequired("Please say where, such as “My phone”.")])
    mode = RadioField("It shows", choices=MODES, default=BUSY, validate_choice=False)


class Address(NamedTuple):
    """An address that is shown once, and the links that hand it to a calendar program."""

    label: str
    https: str
    webcal: str
    google: str


class Line(NamedTuple):
    """One subscription, and what is known of its last read."""

    feed: FeedRow
    shows: str
    read: str
    stale: bool


@door.get("/subscribe")
def subscribe() -> ResponseReturnValue:
    """Show the own subscriptions, and the address that was just made."""
    return _page(FeedForm(formdata=None))


@door.post("/subscribe")
def open_feed() -> ResponseReturnValue:
    """Make a subscription."""
    form, now, by, me = FeedForm(), clock.now(), actor(), person().id
    if not form.validate():
        return _page(form), 422
    label, mode = form.label.data or "", form.mode.data or ""
    try:
        _show_once(lambda: tokens.subscribe(user_id=me, label=label, mode=mode, by=by, now=now))
    except Refusal as refusal:
        database.session.rollback()
        form.refuse(refusal)
        return _page(form), refusal.status
    return redirect(url_for("treatment.subscribe"), 303)


@door.post("/subscribe/<int:feed_id>/rotate")
def rotate_feed(feed_id: int) -> ResponseReturnValue:
    """Give a subscription a new address; the old one is dead."""
    now, by, me = clock.now(), actor(), person().id
    _show_once(lambda: tokens.rotate(feed_id=feed_id, user_id=me, by=by, now=now))
    return redirect(url_for("treatment.subscribe"), 303)


@door.post("/subscribe/<int:feed_id>/revoke")
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    """End a subscription."""
    now, by, me = clock.now(), actor(), person().id
    label = redo(lambda: tokens.revoke(feed_id=feed_id, user_id=me, by=by, now=now)).label
    session["feed_ended"] = f"“{label}” has ended. Its address leads nowhere now."
    return redirect(url_for("treatment.subscribe"), 303)


def _show_once(verb: Callable[[], tuple[Feed, str]]) -> None:
    """Run a verb that makes an address, and keep that for the one page that follows."""
    base_url = settings().base_url

    def work() -> tuple[str, str]:
        feed, token = verb()
        return feed.label, tokens.address(token, base_url=base_url)

    session["feed_address"] = redo(work)


def _page(form: FeedForm) -> str:
    now, me, allowed = clock.now(), person().id, practice.clinic().feed_initials
    return render_template(
        "treatment/subscribe.html",
        form=form,
        lines=[_line(feed, allowed=allowed, now=now) for feed in queries.feeds_of(me)],
        treats=queries.has_visits(me),
        initials_allowed=allowed,
        fresh=_fresh(),
        ended=session.pop("feed_ended", "") if request.method == "GET" else "",
    )


def _fresh() -> Address | None:
    """Return the address that was just made, and forget it."""
    kept = session.pop("feed_address", None) if request.method == "GET" else None
    if kept is None:
        return None
    label, https = kept
    webcal = f"webcal://{https.partition('://')[2]}"
    return Address(label, https, webcal, f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}")


def _line(feed: FeedRow, *, allowed: bool, now: datetime) -> Line:
    shows = dict(MODES)[feed.mode]
    if feed.mode == INITIALS and not allowed:
        shows = "Times only, while the clinic allows no initials"
    stale = now - (feed.last_read_at or feed.created_at) > STALE
    return Line(feed, shows, _read(feed, now), stale)


def _read(feed: FeedRow, now: datetime) -> str:
    if feed.last_read_at is None:
        return "never read yet"
    return f"last read by {feed.last_client} {_ago(now - feed.last_read_at)}"


def _ago(time: timedelta) -> str:
    """Return how long ago something was: just now, 5 min ago, 9 h ago, 3 days ago."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // 1440} days ago"
