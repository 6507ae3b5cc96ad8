"""The next letter is found in the index of open ones, however many were sent before and are owed besides."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event

from clinic import outbox
from clinic.database import database, transaction
from tests.acts import claim
from tests.cast import NOW


def owe(number: int) -> None:
    """Owe a letter that is due."""
    outbox.owe(
        about=f"appointment:{number}",
        occasion="0",
        kind="booked",
        patient_id=None,
        due_at=NOW - timedelta(minutes=number),
        not_after=NOW + timedelta(days=1),
        now=NOW,
    )


def test_the_letter_that_is_due_first_is_claimed_first_and_only_once(app: Flask) -> None:
    with transaction():
        for number in (1, 2, 3):
            owe(number)

    claimed = []
    for _ in range(4):
        with transaction():
            letter = claim(now=NOW)
            claimed.append(letter.about if letter else "")

    assert claimed == ["appointment:3", "appointment:2", "appointment:1", ""]


def test_on_sqlite_the_next_letter_is_read_without_sorting_all_that_are_owed(app: Flask) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", listen)
    with transaction():
        outbox.next_due(now=NOW)
    event.remove(database.engine, "before_cursor_execute", listen)
    statement, parameters = next(each for each in asked if each[0].startswith("SELECT"))

    if database.engine.dialect.name == "sqlite":
        plan = database.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        steps = [str(step[-1]) for step in plan]
        assert [step for step in steps if "letters USING" in step] == [
            "SEARCH letters USING INDEX ix_letters_open (try_at<?)"
        ]
        assert [step for step in steps if "ORDER BY" in step] == []
