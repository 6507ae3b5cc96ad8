"""Several people at one chart: each in a thread with a connection of its own, all from one start."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import select

from clinic.database import database
from clinic.doors.threshold import redo
from clinic.refusals import Refusal


def at_once(app: Flask, works: Sequence[Callable[[], Any]]) -> list[str]:
    """Do several things at one moment, and return for each "done" or the name of its refusal; what breaks is raised."""
    start = Barrier(len(works))

    def one(work: Callable[[], Any]) -> str:
        with app.app_context():
            database.session.execute(select(1))
            database.session.rollback()
            start.wait(timeout=30)
            try:
                work()
            except Refusal as refusal:
                return type(refusal).__name__
            finally:
                database.session.remove()
            return "done"

    database.session.rollback()
    with ThreadPoolExecutor(len(works)) as pool:
        came_to = list(pool.map(one, works))
    database.session.rollback()
    database.session.expire_all()
    return came_to


def in_one(verb: Callable[..., Any], **facts: Any) -> Callable[[], Any]:
    """Return what a door does: the verb in a transaction of its own, tried again where the database is busy."""
    return lambda: redo(lambda: verb(**facts))


def the_winner(came_to: Sequence[str], *, others: str) -> int:
    """Return who won, where all others were refused with the same sentence."""
    assert Counter(came_to) == {"done": 1, others: len(came_to) - 1}, came_to
    return came_to.index("done")
