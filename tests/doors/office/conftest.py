"""The manager in the office, and how pages are read."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from clinic.database import database, transaction
from tests.acts import book, do
from tests.visitor import Visitor

__all__ = ["book", "do"]

HOSTILE = {
    "a null": "Ann\x00Lee",
    "line breaks": "Ann\r\nBcc: all@clinic.example",
    "too much": "n" * 300,
    "nothing": "   ",
}


@pytest.fixture
def max_(app: Flask) -> Visitor:
    """Max Weller, the manager, signed in."""
    return Visitor(app).sign_in("max")


def words(answer: TestResponse) -> str:
    """Return what is read in the main part of a page."""
    found = re.search(r"<main[ >].*</main>", answer.text, re.DOTALL)
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


def visits_in(answer: TestResponse) -> list[str]:
    """Return the visits that a page leads to, by number."""
    return re.findall(r'href="/desk/appointments/(\d+)"', answer.text)


def fresh(read: Callable[[], Any]) -> Any:
    """Read from the database as it is now."""
    database.session.rollback()
    database.session.expire_all()
    return read()


def write(verb: Callable[..., Any], **facts: Any) -> Any:
    """Do something in a transaction of its own."""
    database.session.rollback()
    with transaction():
        return verb(**facts)
