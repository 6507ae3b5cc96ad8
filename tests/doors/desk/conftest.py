"""Somebody at the desk, who reads pages as words."""

import html
import re
from collections.abc import Callable
from contextvars import Context
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from clinic.database import transaction
from clinic.people import patients
from tests.acts import book, do
from tests.cast import KIM, NOW, PASSWORD
from tests.visitor import Visitor

__all__ = ["book", "do"]

SCRIPTED = {"HX-Request": "true"}


class Sitting:
    """A browser in which somebody is signed in; it sends the token with every POST.

    Each request runs outside the test's own application context, as it would in a server.
    """

    def __init__(self, app: Flask, email: str) -> None:
        self.client = app.test_client()
        self.token = ""
        self.post("/sign-in", email=email, password=PASSWORD)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return Context().run(self.client.get, path)

    def post(self, path: str, *, scripted: bool = False, **fields: Any) -> TestResponse:
        """Send a form, as htmx would where ``scripted``."""
        if not self.token:
            self.token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in").text)[0]
        data, headers = {"csrf_token": self.token, **fields}, SCRIPTED if scripted else {}
        return Context().run(self.client.post, path, data=data, headers=headers)


def words(answer: TestResponse, *, inside: str = "main") -> str:
    """Return what is read on a page, or in all of a fragment."""
    found = re.search(rf"<{inside}[ >].*</{inside}>", answer.text, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", found.group() if found else answer.text)
    return " ".join(html.unescape(text).split())


def error_beside(answer: TestResponse, field: str) -> str:
    """Return the sentence beside a field, or nothing."""
    found = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.group(1))).split()) if found else ""


def value_of(answer: TestResponse, field: str) -> str:
    """Return what a field holds."""
    tag = re.search(rf'<input[^>]* name="{field}"[^>]*>', answer.text)
    found = re.search(r' value="([^"]*)"', tag.group()) if tag else None
    return html.unescape(found.group(1)) if found else ""


@pytest.fixture
def sit_down(app: Flask) -> Callable[[str], Sitting]:
    """Sign somebody in by their address."""
    return lambda email: Sitting(app, email)


@pytest.fixture
def kim(app: Flask) -> Sitting:
    """Kim Alder of reception, signed in."""
    return Sitting(app, "kim@clinic.example")


@pytest.fixture
def mika(app: Flask) -> int:
    """Mika Lindqvist is in the register; this is their id."""
    with transaction():
        return patients.register(
            name="Mika Lindqvist",
            called="Micky",
            born_on=date(1991, 3, 8),
            phone="919 555 0134",
            email="mika@mail.example",
            consent=True,
            by=KIM,
            now=NOW,
        ).id


@pytest.fixture
def desk(app: Flask) -> Visitor:
    """Kim Alder of reception, whose pages are checked."""
    return Visitor(app).sign_in("kim")
