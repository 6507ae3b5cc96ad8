"""A short story, told once: a week that was and a week to come, seen on a Tuesday morning."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from clinic import clock
from clinic.demo import opening
from clinic.demo.story.script import Script
from tests import cast, engines
from tests.cast import at
from tests.letters.post_office import PostOffice

NOW = at(9, 42)


@pytest.fixture
def now() -> datetime:
    """When the story is told."""
    return NOW


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the short story."""
    folder = tmp_path_factory.mktemp("demo")
    own = opening.environment({}, folder)
    opening.tell(folder, own, Script(now=NOW, weeks_past=1, weeks_ahead=1, count=60))
    return folder / opening.STORY


@pytest.fixture(autouse=True)
def story_clock() -> Iterator[None]:
    """It is the moment at which the story is told."""
    clock.set_source(lambda: NOW)
    yield
    clock.set_source(lambda: cast.NOW)


@pytest.fixture
def app(told: Path, tmp_path: Path, post_office: PostOffice) -> Iterator[Flask]:
    """The demo's application on a copy of the story, its context pushed."""
    copy = shutil.copy(told, tmp_path / "demo.sqlite")
    made = engines.make_app(f"sqlite:///{copy}", demo=True, mail_url=post_office.url)
    with made.app_context():
        yield made
        engines.close(made)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A real mail server."""
    office = PostOffice()
    office.controller.start()
    yield office
    office.controller.stop()
