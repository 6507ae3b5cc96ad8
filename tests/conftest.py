"""Fixtures: the engines, a database with the cast in it, the clock."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from clinic import clock
from clinic.database import database
from tests import cast, engines


def running_engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Yield a running engine whose templates ``empty`` and ``cast`` can be copied."""
    kind = {"sqlite": engines.Sqlite, "postgresql": engines.Postgresql}[request.param]
    with engines.started(kind) as running:
        empty = running.empty()
        engines.migrate(empty)
        running.keep("empty", empty)
        staged = running.copy("empty")
        app = engines.make_app(staged)
        with app.app_context():
            cast.set_the_stage()
        engines.close(app)
        running.keep("cast", staged)
        yield running


engine = pytest.fixture(scope="session", params=["sqlite", "postgresql"], name="engine")(running_engine)


@pytest.fixture
def url(engine: Any) -> Iterator[str]:
    """The address of a fresh database with the cast in it."""
    address = engine.copy("cast")
    yield address
    engine.drop(address)


@pytest.fixture(scope="session")
def house() -> Flask:
    """The application that all tests use one after the other, each on a database of its own."""
    return engines.make_app("sqlite://")


@pytest.fixture
def app(house: Flask, url: str) -> Iterator[Flask]:
    """The application, its context pushed."""
    engines.move(house, url)
    with house.app_context():
        yield house
        database.session.remove()
        database.engine.dispose()


@pytest.fixture(autouse=True)
def stage_clock() -> Iterator[None]:
    """It is 7:00 on stage."""
    clock.set_source(lambda: cast.NOW)
    yield
    clock.set_source(None)
