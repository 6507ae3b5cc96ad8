"""One verb of the practice, by Kim, at 7:00, in a transaction of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic import audit
from clinic.database import database, transaction
from tests.acts import book, do
from tests.cast import KIM, NOW

__all__ = ["act", "book", "do", "last_entry"]

HOSTILE = {
    "a null": "Ann\x00Lee",
    "line breaks": "Ann\r\nBcc: all",
    "an escape": "Ann\x1b[2J",
    "too much": "n" * 300,
    "nothing": " \t ",
}
MADE_UP = [0, -1, 999, 2**31, 2**63, 10**30]


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """Do something, and commit."""

    def _act(verb: Callable[..., Any], **facts: Any) -> Any:
        database.session.rollback()
        with transaction():
            return verb(**{"by": KIM, "now": NOW, **facts})

    return _act


def last_entry(about: str) -> tuple[str, str]:
    """Return what was last done to something, and by whom."""
    entry = audit.entries_about(about)[0]
    return entry.what, entry.by
