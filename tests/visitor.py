"""The client that checks every page: valid HTML, one h1, labels, no duplicate id, nothing inline, all headers."""

import re
from collections import Counter
from contextvars import Context
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import PASSWORD

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"|name="csrf-token" content="([^"]+)"')
XHTML = "{http://www.w3.org/1999/xhtml}"
UNLABELED = {"hidden", "submit", "button", "image", "reset"}
WELL_MADE: set[bytes] = set()
"""Digests of the pages, without their tokens, that were checked: to parse a page takes longer than to make it."""


class Visitor:
    """Somebody with a browser."""

    def __init__(self, app: Flask, base_url: str = "http://127.0.0.1:8000") -> None:
        self.client = app.test_client()
        self.base_url = base_url
        self.kept_token = ""

    def sign_in(self, who: str, password: str = PASSWORD) -> "Visitor":
        """Sign in as ``kim`` and so on. The token of the page is kept: it goes on until somebody signs out."""
        self.post("/sign-in", {"email": f"{who}@clinic.example", "password": password}, page="/sign-in")
        return self

    def open(self, method: str, path: str, **more: Any) -> TestResponse:
        """Ask for anything, without a token, and check the answer."""
        return self._checked(self._open(method, path, **more))

    def get(self, path: str, **more: Any) -> TestResponse:
        """Fetch a page and check it."""
        return self._checked(self._open("GET", path, **more))

    def post(self, path: str, data: dict[str, Any] | None = None, *, page: str = "", **more: Any) -> TestResponse:
        """Post a form with a token taken from ``page``, or from any page before, and check the answer."""
        if page or not self.kept_token:
            self.kept_token = self.token(page or "/account")
        data = {"csrf_token": self.kept_token, **(data or {})}
        if path == "/sign-out":
            self.kept_token = ""
        return self._checked(self._open("POST", path, data=data, **more))

    def send(self, path: str, fields: list[tuple[str, str]]) -> TestResponse:
        """Post fields just as they are, and look at nothing but what comes back."""
        return self._open("POST", path, data=urlencode(fields), content_type="application/x-www-form-urlencoded")

    def _open(self, method: str, path: str, **more: Any) -> TestResponse:
        """Ask in a context of its own, or requests would share what the test's application context keeps."""
        return Context().run(lambda: self.client.open(path, method=method, base_url=self.base_url, **more))

    def token(self, page: str = "/account") -> str:
        """Return a token from a page, or from the sign-in for whoever is not signed in."""
        for path in (page, "/sign-in"):
            found = TOKEN.search(self._open("GET", path).get_data(as_text=True))
            if found:
                return found[1] or found[2]
        raise AssertionError("no page gives a token")

    def _checked(self, answer: TestResponse) -> TestResponse:
        check_headers(answer)
        if answer.mimetype == "text/html" and answer.data:
            check_page(answer.get_data(as_text=True))
        return answer


def check_headers(answer: TestResponse) -> None:
    """Assert that every answer carries the security headers."""
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def check_page(html: str) -> None:
    """Assert that a page, or a fragment, is well made."""
    digest = sha256(TOKEN.sub("", html).encode()).digest()
    if digest not in WELL_MADE:
        _check_parsed(html)
        WELL_MADE.add(digest)


def _check_parsed(html: str) -> None:
    whole = html.lstrip().lower().startswith("<!doctype")
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(html) if whole else parser.parseFragment(html)
    wrong = [f"{name} {data}" for _, name, data in parser.errors if name not in {"expected-doctype-but-got-start-tag"}]
    assert wrong == []
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    _check_ids(elements)
    _check_nothing_inline(elements)
    _check_labels(elements)
    if whole:
        assert len([element for element in elements if element.tag == f"{XHTML}h1"]) == 1


def _check_ids(elements: list[Any]) -> None:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    assert [one for one, count in ids.items() if count > 1] == []


def _check_nothing_inline(elements: list[Any]) -> None:
    for element in elements:
        assert element.get("style") is None, element.attrib
        assert not [name for name in element.attrib if str(name).startswith("on")], element.attrib
        if element.tag == f"{XHTML}script":
            assert element.get("src")
        assert element.tag != f"{XHTML}style"


def _check_labels(elements: list[Any]) -> None:
    named = {element.get("for") for element in elements if element.tag == f"{XHTML}label"}
    wrapped = {
        id(field) for label in elements if label.tag == f"{XHTML}label" for field in label.iter() if field is not label
    }
    for element in elements:
        field = element.tag in {f"{XHTML}select", f"{XHTML}textarea"} or (
            element.tag == f"{XHTML}input" and (element.get("type") or "text").lower() not in UNLABELED
        )
        if field:
            labeled = element.get("aria-label") or element.get("aria-labelledby")
            assert labeled or element.get("id") in named or id(element) in wrapped, element.attrib


def path_of(answer: TestResponse) -> str:
    """Return where a redirect leads."""
    parts = urlsplit(answer.headers["Location"])
    return parts.path + (f"?{parts.query}" if parts.query else "")
