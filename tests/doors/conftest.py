"""Doors are tried on SQLite alone; the rooms behind them are tried on both engines."""

import pytest

from tests.conftest import running_engine

engine = pytest.fixture(scope="session", params=["sqlite"], name="engine")(running_engine)
