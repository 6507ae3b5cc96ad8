"""Give a calendar program what it subscribed to."""

import gzip
from contextlib import suppress

from flask import Response, abort, request
from sqlalchemy.exc import SQLAlchemyError

from clinic import clock
from clinic.database import database, transaction
from clinic.doors import wording
from clinic.doors.feeds import door
from clinic.doors.threshold import settings
from clinic.letters.calendars import tokens
from clinic.letters.calendars.feed import Page, last_modified, render
from clinic.letters.calendars.queries import shown
from clinic.scheduling import practice


@door.get("/<token>.ics")
def feed(token: str) -> Response:
    """Answer with the calendar, or 304 where nothing changed. Unknown, revoked and disabled are the same 404."""
    found = tokens.find(token)
    if found is None:
        abort(404)
    subscription, user = found
    now, client = clock.now(), request.headers.get("User-Agent", "")
    page = _page(user.id, user.name, subscription.mode)
    answer = _answer(page)
    feed_id, note = subscription.id, tokens.is_worth_noting(subscription, client=client, now=now)
    database.session.remove()
    if note:
        with suppress(SQLAlchemyError), transaction():  # a busy database is no reason to withhold the schedule
            tokens.note_read(feed_id, client=client, now=now)
    return answer


def _page(user_id: int, name: str, mode: str) -> Page:
    clinic, today = practice.clinic(), wording.today()
    allowed = mode if clinic.feed_initials else "busy"
    rows = shown(user_id, today=today, zone=wording.zone())
    return Page(f"{name} – {clinic.name}", allowed, today, settings().base_url, rows)


def _answer(page: Page) -> Response:
    answer = Response(mimetype="text/calendar")
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.set_etag(page.etag)
    answer.last_modified = last_modified(page)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Accept-Encoding"
    if _is_unchanged(answer, page):
        answer.status_code = 304
        del answer.headers["Content-Type"]
        return answer
    body = render(page)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, mtime=0)
        answer.headers["Content-Encoding"] = "gzip"
    answer.set_data(body)
    return answer


def _is_unchanged(answer: Response, page: Page) -> bool:
    """If-None-Match wins over If-Modified-Since."""
    if request.headers.get("If-None-Match") is not None:
        return request.if_none_match.contains_weak(page.etag)
    since = request.if_modified_since
    return since is not None and answer.last_modified is not None and answer.last_modified <= since
