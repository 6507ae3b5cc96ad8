"""A real browser before a real server; whoever has no Chromium skips these, unless CLINIC_TESTS_NEED is set."""

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from clinic.database import database
from tests.acts import book, do
from tests.conftest import running_engine
from tests.visitor import Visitor

__all__ = ["book", "do"]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]

engine = pytest.fixture(scope="session", params=["sqlite"], name="engine")(running_engine)


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def whole(app: Flask) -> Callable[..., Iterable[bytes]]:
    """Answer in one piece: this server leaves a file open where the browser goes before it has read all."""

    def answer(environ: Any, start: Any) -> Iterable[bytes]:
        pieces = app(environ, start)
        try:
            return [b"".join(pieces)]
        finally:
            getattr(pieces, "close", bool)()

    return answer


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        if os.environ.get("CLINIC_TESTS_NEED"):
            pytest.fail("Chromium is needed and missing")
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The address of a running server."""
    running = make_server("127.0.0.1", 0, whole(app), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def open_desk(open_as: Callable[..., Page]) -> Callable[..., Page]:
    """Sign Kim in and open the board."""
    return open_as


@pytest.fixture
def open_as(browser: Browser, server: str, app: Flask) -> Iterator[Callable[..., Page]]:
    """Open the door of somebody who is signed in, Kim if nobody is named; at the end the console has no complaint."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def _open(who: str = "kim", *, width: int = 1440, height: int = 900, **more: Any) -> Page:
        database.session.rollback()
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=server, **more)
        contexts.append(context)
        cookie = Visitor(app, server).sign_in(who).client.get_cookie("session", domain="127.0.0.1")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": server}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: wrong.append(said.text) if _is_trouble(said.type, said.text) else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto("/desk/" if who == "kim" else "/treatment/")
        return page

    yield _open
    for context in contexts:
        context.close()
    assert wrong == []


def _is_trouble(kind: str, text: str) -> bool:
    """Whether the console tells of more than an answer that the page itself shows: 401, 409, 422, 503 and none."""
    shown = ("status of 401", "status of 409", "status of 422", "status of 503", "net::ERR_FAILED")
    return kind in ("error", "warning") and not any(words in text for words in shown)
