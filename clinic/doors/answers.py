"""What every answer carries: headers, error pages with a number, one line of access log."""

import logging
import secrets
import time

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.middleware.proxy_fix import ProxyFix

from clinic.doors.threshold import is_scripted
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


def install(app: Flask, settings: Settings) -> None:
    """Give ``app`` its headers, error pages and access log."""
    csrf.init_app(app)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    https = settings.https

    @app.before_request
    def _start_the_watch() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("Vary", "Cookie")
        _log(response)
        return response

    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(Exception, _broken)


def _log(response: Response) -> None:
    """Write method, route, status and milliseconds: never a path, a query or a token."""
    route = request.url_rule.rule if request.url_rule else "-"
    took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    log.info("%s %s %s %.0fms", request.method, route, response.status_code, took)


def _error_page(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, CSRFError):
        return page(400, SENTENCES[400])
    code = error.code or 500
    if error.response is not None or code < 400:
        return error.get_response()
    return page(code, SENTENCES.get(code, error.description or ""), title=error.name)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return page(refusal.status, refusal.sentence)


def _broken(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    return page(500, SENTENCES[500], number=number)


TITLES = {
    400: "That did not work",
    403: "Not your door",
    404: "Not found",
    409: "Not possible now",
    413: "Too large",
    422: "Please check what you typed",
    500: "Something broke",
    503: "Very busy",
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
