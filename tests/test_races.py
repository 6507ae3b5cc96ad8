"""Sixteen processes at one small clinic: nobody is double booked, nothing breaks, each opening has one winner."""

import json
import subprocess
import sys
from collections import Counter

from flask import Flask
from sqlalchemy import func, select

from clinic.database import database
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.agreement import disagreements
from tests.cast import NOW
from tests.overlaps import overlaps


def race(module: str, url: str, *more: str) -> Counter[str]:
    """Run the racers, and return what they did."""
    command = [sys.executable, "-m", module, url, *more]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=300)
    return Counter(json.loads(ran.stdout.splitlines()[-1]))


def test_sixteen_processes_never_double_book(app: Flask, url: str) -> None:
    done = race("tests.races", url, "20")

    assert [name for name in done if name.startswith("broken")] == []
    assert overlaps() == {"therapist": 0, "patient": 0, "room or device": 0, "time off": 0}
    assert disagreements(since=NOW) == []
    assert min(done[name] for name in ("book", "move", "cancel", "away")) > 0


def test_one_opening_has_exactly_one_winner(app: Flask, url: str) -> None:
    done = race("tests.rush", url)

    assert [name for name in done if name.startswith("broken")] == []
    winners = database.session.execute(
        select(Appointment.starts_at, func.count()).group_by(Appointment.starts_at).order_by(Appointment.starts_at)
    ).all()
    assert [count for _, count in winners] == [1] * len(winners)
    assert done["won"] == len(winners) == 20
