"""Fixtures to book and to change an appointment in one line, with only the difference stated."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from clinic import outbox
from clinic.database import database, transaction
from clinic.scheduling import booking
from tests.cast import CAST, KIM, NOW, at


@pytest.fixture
def book(app: Flask) -> Callable[..., booking.Appointment]:
    """Book Ada's follow-up with Dana, today at 9, in a transaction of its own."""

    def _book(**changes: Any) -> booking.Appointment:
        facts: dict[str, Any] = {
            "patient_id": CAST.ada,
            "therapist_id": CAST.dana,
            "type_id": CAST.follow_up,
            "starts_at": at(9),
            "by": KIM,
            "now": NOW,
        }
        with transaction():
            return booking.book(**{**facts, **changes})

    return _book


@pytest.fixture
def do(app: Flask) -> Callable[..., Any]:
    """Do something to an appointment, as Kim, now, in a transaction of its own."""

    def _do(verb: Callable[..., Any], appointment: booking.Appointment, **changes: Any) -> Any:
        facts: dict[str, Any] = {"appointment_id": appointment.id, "by": KIM, "now": NOW}
        database.session.rollback()
        with transaction():
            return verb(**{**facts, **changes})

    return _do


def claim(*, now: datetime, letter_id: int | None = None) -> outbox.Due | None:
    """Lease the open letter that is due first, and return it; the caller commits."""
    letter = outbox.next_due(now=now, letter_id=letter_id)
    if letter is not None:
        outbox.lease(letter, now=now)
    return letter
