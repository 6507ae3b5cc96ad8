"""Rush worker: tries to book the same twenty openings as everybody else, each at one common moment.

python -m tests.rush URL
"""

import json
import sys
import time
from collections import Counter
from datetime import datetime

from clinic.database import database
from clinic.doors.threshold import redo
from clinic.refusals import Refusal
from clinic.scheduling import booking
from tests import engines
from tests.cast import KIM, NOW, at
from tests.races import in_processes

DAYS = (1, 2, 3, 6, 7)  # Wednesday to Friday, then Monday and Tuesday
OPENINGS = [at(8 + hour, day=day) for day in DAYS for hour in (0, 1, 2, 5)]


def racer(url: str, seed: int, start: float) -> Counter[str]:
    """Want every opening, for the patient whose turn it is, with one therapist."""
    app = engines.make_app(url)
    done: Counter[str] = Counter()
    with app.app_context():
        for place, starts_at in enumerate(OPENINGS):
            time.sleep(max(0.0, start + place * 0.15 - time.time()))
            done[_want(starts_at, 1 + seed % 3)] += 1
    return done


def _want(starts_at: datetime, patient_id: int) -> str:
    try:
        redo(
            lambda: booking.book(patient_id=patient_id, therapist_id=1, type_id=2, starts_at=starts_at, by=KIM, now=NOW)
        )
    except Refusal as refusal:
        return f"refused: {type(refusal).__name__}"
    except Exception as trouble:  # a race counts what breaks
        return f"broken: {trouble!r}"[:300]
    finally:
        database.session.remove()
    return "won"


if __name__ == "__main__":
    print(json.dumps(in_processes(racer, sys.argv[1])))  # noqa: T201
