"""The worker is killed over and over with letters in its hands: none is lost, and an extra copy is the same letter."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from clinic import outbox
from clinic.audit import Actor
from clinic.database import database, transaction
from clinic.outbox import Letter
from clinic.people.patients import register
from clinic.scheduling import booking
from clinic.timetable.grid import floor_to_grid
from tests import engines
from tests.cast import KIM
from tests.letters.post_office import PostOffice

LETTERS = 60
KILLS = 4


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes its time."""
    office = PostOffice()
    office.controller.start()
    yield office
    office.controller.stop()


def owe_many(now: datetime) -> None:
    """Book visits far enough ahead, outside hours with a reason, so that each owes a letter that is due."""
    start = floor_to_grid(now + timedelta(days=20))
    with transaction():
        for number in range(LETTERS):
            patient = register(
                name=f"Patient Number{number}", email=f"p{number}@mail.example", consent=True, by=KIM, now=now
            )
            booking.book(
                patient_id=patient.id,
                therapist_id=1,
                type_id=2,
                starts_at=start + timedelta(minutes=40 * number),
                reason="a test",
                by=Actor(name="the test"),
                now=now - timedelta(hours=1),
            )


def work(url: str, office: PostOffice, folder: Path) -> subprocess.Popen[bytes]:
    """Start a real worker."""
    environ = {
        **os.environ,
        "CLINIC_DATABASE_URL": url,
        "CLINIC_SECRET_KEY": engines.SECRET,
        "CLINIC_MAIL_URL": office.url,
        "CLINIC_INSTANCE": str(folder),
    }
    return subprocess.Popen([sys.executable, "-m", "clinic.cli", "worker"], env=environ, stderr=subprocess.DEVNULL)


def wait_for(office: PostOffice, count: int) -> None:
    """Wait until the server has taken ``count`` letters."""
    until = time.monotonic() + 60
    while len(office.letters) < count and time.monotonic() < until:
        time.sleep(0.01)


def test_a_worker_killed_again_and_again_loses_no_letter(
    app: Flask, url: str, office: PostOffice, tmp_path: Path
) -> None:
    owe_many(datetime.now(UTC))
    database.session.remove()

    for kill in range(KILLS):
        worker = work(url, office, tmp_path)
        wait_for(office, (kill + 1) * 8)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    with transaction() as session:  # five minutes pass: the dead workers' leases run out
        session.execute(update(Letter).values(leased_until=None).where(Letter.state == outbox.LEASED))
        session.execute(update(Letter).values(state=outbox.OWED).where(Letter.state == outbox.LEASED))
    last = work(url, office, tmp_path)
    wait_for(office, LETTERS)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        database.session.rollback()
        if not database.session.scalar(select(func.count(Letter.id)).where(Letter.state != outbox.SENT)):
            break
        time.sleep(0.1)
    last.terminate()

    assert last.wait(20) == 0
    copies = Counter(str(message_from_bytes(letter.content)["Message-ID"]) for letter in office.letters)
    addresses = {letter.rcpt_tos[0] for letter in office.letters}
    assert len(copies) == len(addresses) == LETTERS
    assert sum(copies.values()) - LETTERS <= KILLS
