"""Doors are tried on SQLite alone; the rooms behind them are tried on both engines."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.acts import book, do
from tests.conftest import running_engine
from tests.visitor import Visitor

__all__ = ["book", "do"]

engine = pytest.fixture(scope="session", params=["sqlite"], name="engine")(running_engine)


@pytest.fixture
def visitor(app: Flask) -> Callable[..., Visitor]:
    """Let somebody in: ``visitor()`` a stranger, ``visitor("kim")`` signed in."""

    def _visitor(who: str = "") -> Visitor:
        found = Visitor(app)
        return found.sign_in(who) if who else found

    return _visitor
