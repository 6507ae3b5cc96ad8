"""What every answer carries: headers, error pages with a number, one line of access log."""

import logging
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic.database import does_not_answer, words_without_values
from clinic.doors.threshold import LARGER, ask_to_sign_in, is_scripted, is_signed_out
from clinic.refusals import Refusal
from clinic.settings import Settings

log = logging.getLogger("clinic.access")
csrf = CSRFProtect()

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
FOR_EVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
SENTENCES = {
    400: "This page is too old, or the request was not complete. Go back, load the page again, and try once more.",
    403: "This door is not open to you. If you need it, ask the clinic's manager.",
    404: "There is nothing here. The address may be mistyped, or what it led to is gone.",
    405: "This address does not take that kind of request.",
    409: "Somebody else changed this meanwhile. Load the page again.",
    413: "That is more than this page can take.",
    500: "Something broke on our side. Nothing was half-saved. If it happens again, tell the manager the number below.",
    503: "The clinic's computer is very busy. Nothing was saved; please try again.",
}
NO_DATABASE = "The clinic's records cannot be reached right now. Nothing was saved; please try again in a minute."
KEPT = ("Allow", "Retry-After")
"""What an answer without a page says in its headers, and a page must say too."""


def install(app: Flask, settings: Settings) -> None:
    """Give ``app`` its headers, error pages and access log."""
    app.before_request(_take_as_much_as_the_page_may)
    app.before_request(_refuse_what_was_cut_off)
    csrf.init_app(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    always = HEADERS | (FOR_EVER_HTTPS if settings.https else {})

    @app.before_request
    def _start_the_watch() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Vary", "Cookie")
        _log(response)
        return response

    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Exception, _broken)
    app.log_exception = _say_nothing  # type: ignore[method-assign, assignment]
    app.wsgi_app = _last_resort(app.wsgi_app, always)  # type: ignore[method-assign]


def _take_as_much_as_the_page_may() -> None:
    """Let an upload be larger than a form, at its own endpoint alone."""
    if request.endpoint in LARGER:
        request.max_content_length = LARGER[request.endpoint]


def _refuse_what_was_cut_off() -> None:
    """Refuse a body that came in chunks and is longer than a page takes: it would be read as far as that."""
    most = request.max_content_length
    in_chunks = "Transfer-Encoding" in request.headers and request.content_length is None
    if in_chunks and most is not None and len(request.get_data()) >= most:
        raise RequestEntityTooLarge


def _log(response: Response) -> None:
    """Write method, route, status and milliseconds: never a path, a query or a token."""
    route = request.url_rule.rule if request.url_rule else "-"
    took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    log.info("%s %s %s %.0fms", request.method, route, response.status_code, took)


def _error_page(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, CSRFError):
        if is_signed_out():  # the token went with the session: who signs in again goes on
            return ask_to_sign_in()
        return page(400, SENTENCES[400])
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        return _broken(error.original_exception)
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    answer = make_response(page(code, SENTENCES.get(code, error.description or ""), title=error.name))
    answer.headers.extend([(name, value) for name, value in error.get_headers() if name in KEPT])
    return answer


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return page(refusal.status, refusal.sentence)


def _broken(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    g.database_is_down = does_not_answer(error)
    if g.database_is_down:
        log.error("error %s: the database does not answer (%s)", number, type(error).__name__)
        return page(503, NO_DATABASE, number=number)
    log.error("error %s\n%s", number, words_without_values(error))
    return page(500, SENTENCES[500], number=number)


def _say_nothing(_error: Any) -> None:
    """Leave the log to ``_broken``: Flask's own line names the path."""


def _last_resort(inner: Callable[..., Iterable[bytes]], headers: dict[str, str]) -> Callable[..., Iterable[bytes]]:
    """Answer whatever happens: what escaped would be logged by the server, with path, query and token."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        begun: list[str] = []

        def start(status: str, *more: Any) -> Any:
            begun.append(status)
            return start_response(status, *more)

        try:
            return inner(environ, start)
        except Exception as error:
            number = secrets.token_hex(4)
            log.error("error %s\n%s", number, words_without_values(error))
            plain = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **headers}
            start_response("503 Service Unavailable", [*plain.items()], *([sys.exc_info()] if begun else []))
            return [f"{SENTENCES[500]} {number}".encode()]

    return answer


TITLES = {
    400: "That did not work",
    403: "Not your door",
    404: "Not found",
    409: "Not possible now",
    413: "Too large",
    422: "Please check what you typed",
    500: "Something broke",
    503: "Please try again soon",
}


def page(status: int, sentence: str, *, title: str = "", number: str = "") -> ResponseReturnValue:
    """Answer with an error page in the house's style, or with the bare sentence for a script."""
    if not number:
        number = secrets.token_hex(4)
        log.info("answer %s: %s", number, status)
    if is_scripted():
        return Response(sentence, status, mimetype="text/plain")
    title = TITLES.get(status, title or InternalServerError.__name__)
    html = render_template(
        "errors/error.html", status=status, title=title, sentence=sentence, number=number, home_href="/"
    )
    return Response(html, status, mimetype="text/html")
