"""A feed in one line, and what it shows."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import update

from clinic.database import database, transaction
from clinic.letters.calendars import tokens
from clinic.letters.calendars.feed import Shown, feed_for
from clinic.scheduling.practice.models import Clinic
from tests.cast import CAST, KIM, NOW

BASE_URL = "https://clinic.example"
Look = Callable[..., Shown]


def write(model: type, id_: int, **values: object) -> None:
    """Write columns of a row as if some other screen had done so."""
    database.session.rollback()
    with transaction() as session:
        session.execute(update(model).where(model.id == id_).values(**values))  # type: ignore[attr-defined]


@pytest.fixture
def open_feed(app: Flask) -> Callable[..., str]:
    """Open a feed of Dana's and return its token; ``initials`` also lets the manager allow them."""

    def _open_feed(mode: str = "busy", *, user_id: int = CAST.dana + 1, label: str = "My phone") -> str:
        if mode == "initials":
            write(Clinic, 1, feed_initials=True)
        database.session.rollback()
        with transaction():
            return tokens.subscribe(user_id=user_id, label=label, mode=mode, by=KIM, now=NOW)[1]

    return _open_feed


@pytest.fixture
def look(app: Flask) -> Look:
    """Read what the feed with a token shows, at some moment."""

    def _look(token: str, now: datetime = NOW) -> Shown:
        database.session.rollback()
        shown = feed_for(token, now=now, base_url=BASE_URL)
        database.session.rollback()
        assert shown is not None
        return shown

    return _look
