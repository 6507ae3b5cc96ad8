"""One verb about users, by Kim, at 7:00, in a transaction of its own."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic.database import database, transaction
from tests.cast import KIM, NOW


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """Do something, and commit."""

    def _act(verb: Callable[..., Any], **facts: Any) -> Any:
        database.session.rollback()
        with transaction():
            return verb(**{"by": KIM, "now": NOW, **facts})

    return _act
