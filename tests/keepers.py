"""Race worker: sixteen desks that keep, let go, book and move, on the same few openings.

    python -m tests.keepers URL ATTEMPTS

Each process is another user; what is kept runs out at once for some of them. Prints one JSON line as ``tests.races``.
"""

import json
import random
import sys
import time
from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.audit import Actor
from clinic.database import database
from clinic.doors.threshold import redo
from clinic.refusals import Refusal
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests import engines
from tests.cast import NOW, at
from tests.races import in_processes

OPENINGS = [at(8 + hour, day=day) for day in (1, 2) for hour in (0, 1, 2, 5, 6)]
USERS = (1, 2, 3, 4, 5)


def racer(url: str, seed: int, start: float, attempts: int) -> Counter[str]:
    """Do one thing after another, as one of five users, as chance has it."""
    dice = random.Random(seed)
    desk = Actor(name=f"Desk {seed}", user_id=USERS[seed % len(USERS)])
    app = engines.make_app(url)
    done: Counter[str] = Counter()
    with app.app_context():
        time.sleep(max(0.0, start - time.time()))
        for _ in range(attempts):
            name = dice.choices(("keep", "let go", "book", "move", "tidy"), (6, 2, 4, 2, 1))[0]
            done[_attempt(name, dice, desk)] += 1
    return done


def _attempt(name: str, dice: random.Random, desk: Actor) -> str:
    now = NOW + dice.choice((timedelta(0), timedelta(minutes=6)))
    try:
        redo(lambda: _do(name, dice, desk, now))
    except Refusal as refusal:
        return f"refused: {type(refusal).__name__}"
    except Exception as trouble:  # a race counts what breaks
        return f"broken: {trouble!r}"[:300]
    finally:
        database.session.remove()
    return name


def _do(name: str, dice: random.Random, desk: Actor, now: datetime) -> object:
    when, therapist_id, patient_id = dice.choice(OPENINGS), dice.choice((1, 2, 3)), dice.choice((1, 2, 3))
    if name == "let go":
        return booking.let_go_of_kept(user_id=desk.user_id, now=now)
    if name == "tidy":
        return booking.tidy_kept(now=now)
    if name == "move":
        ids = database.session.scalars(select(Appointment.id).where(Appointment.canceled_at.is_(None))).all()
        return ids and booking.move(
            appointment_id=dice.choice(ids), starts_at=when, therapist_id=therapist_id, by=desk, now=now
        )
    if name == "keep":
        return booking.keep(
            user_id=desk.user_id or 0,
            therapist_id=therapist_id,
            type_id=2,
            starts_at=when,
            patient_id=dice.choice((None, patient_id)),
            by=desk,
            now=now,
        )
    return booking.book(patient_id=patient_id, therapist_id=therapist_id, type_id=2, starts_at=when, by=desk, now=now)


if __name__ == "__main__":
    print(json.dumps(in_processes(racer, sys.argv[1], int(sys.argv[2]))))  # noqa: T201
