"""A calendar program reads a feed. The address is the key: no cookie, no redirect, no negotiation but for gzip."""

import gzip
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Response, request
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Headers
from werkzeug.http import http_date

from clinic import clock
from clinic.database import database, transaction
from clinic.doors.feeds import door
from clinic.doors.threshold import settings
from clinic.letters.calendars import queries, reads
from clinic.letters.calendars.feed import Shown, feed_for, render
from clinic.letters.calendars.queries import Edition

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("clinic.feeds")


class Unchanged(Response):
    """A 304 that repeats Last-Modified, which werkzeug would take off."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return the headers as they are sent."""
        headers = super().get_wsgi_headers(environ)
        headers["Last-Modified"] = self.headers["Last-Modified"]
        return headers


@door.get("/<token>.ics")
def feed(token: str) -> Response:
    """Answer with the calendar, or with 304 where the reader has it already: decided before anything is rendered."""
    now = clock.now()
    shown = feed_for(token, now=now, base_url=settings().base_url)
    if shown is None:
        return Response("There is no such calendar.\n", 404, mimetype="text/plain")
    last = queries.last_edition(shown.feed.id)
    database.session.rollback()
    edition = reads.edition(shown.tag, last, now=now)
    if edition != last or reads.is_worth_noting(shown.feed.last_read_at, now=now):
        _note(shown, edition, now=now)
    return _answer(shown, edition)


@door.after_request
def _for_calendars(response: Response) -> Response:
    response.headers["Vary"] = "Accept-Encoding"
    if response.status_code in (200, 304):
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _answer(shown: Shown, edition: Edition) -> Response:
    packed = request.accept_encodings.quality("gzip") > 0
    tags = (f"{edition.tag}-gzip", edition.tag) if packed else (edition.tag, f"{edition.tag}-gzip")
    held = _held(tags, edition.since)
    if held:
        response: Response = Unchanged(status=304)
    else:
        data = render(shown)
        response = Response(gzip.compress(data, mtime=0) if packed else data)
        response.content_type = "text/calendar; charset=utf-8"
        if packed:
            response.content_encoding = "gzip"
    response.set_etag(held or tags[0])
    response.headers["Last-Modified"] = http_date(edition.since)
    return response


def _held(tags: tuple[str, str], since: datetime) -> str | None:
    """Return the tag of what the reader holds already and need not be sent again. If-None-Match decides alone."""
    if "If-None-Match" in request.headers:
        return next((tag for tag in tags if request.if_none_match.contains_weak(tag)), None)
    held_since = request.if_modified_since
    return tags[0] if held_since is not None and since <= held_since else None


def _note(shown: Shown, edition: Edition, *, now: datetime) -> None:
    """Write the read down if that can be; a reader gets the calendar either way."""
    client = reads.client_name(request.user_agent.string)
    try:
        with transaction():
            reads.note_read(feed_id=shown.feed.id, client=client, handed=edition, now=now)
    except DBAPIError as trouble:
        database.session.rollback()
        log.warning("feed %s: the read was not noted, %s", shown.feed.id, type(trouble.orig).__name__)
