"""Who treats, and the note that is being written."""

from collections.abc import Callable

import pytest

from tests.care.acts import first_note
from tests.cast import CAST
from tests.visitor import Visitor


@pytest.fixture
def dana(visitor: Callable[..., Visitor]) -> Visitor:
    """Dana, who treats Ada."""
    return visitor("dana")


@pytest.fixture
def note() -> str:
    """The address of the draft of Ada's visit."""
    return f"/treatment/patients/{CAST.ada}/notes/{first_note().id}"
