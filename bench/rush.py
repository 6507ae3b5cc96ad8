"""W2: many at once want the same opening, over HTTP, of a running server; exactly one gets it."""

import asyncio
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select

from bench import world
from bench.measure import Figure, middle_and_tail
from clinic.database import database
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.agreement import disagreements
from tests import engines
from tests.cast import NOW, PASSWORD
from tests.overlaps import overlaps

CLIENTS = 100


@dataclass(frozen=True)
class Fight:
    """What came of a fight: every attempt's milliseconds and status, openings wanted and won, and what went wrong."""

    latencies: list[float]
    statuses: Counter[int]
    wanted: int
    won: int
    doubled: int
    wrong_holds: int


def fight(engine: Any, *, attempts: int, clients: int) -> Fight:
    """Let ``clients`` fight over one opening after another, over HTTP, on a fresh clinic of five therapists."""
    url = engine.copy("empty")
    app = engines.make_app(url)
    with app.app_context():
        world.build(5, weeks=1)
        engines.close(app)
        latencies, statuses, wanted = _fight(url, attempts=attempts, clients=clients)
        won = database.session.scalar(select(func.count(Appointment.id)).where(Appointment.booked_by != "bench"))
        found = Fight(
            latencies, statuses, wanted, int(won or 0), sum(overlaps().values()), len(disagreements(since=NOW))
        )
        database.session.remove()
    engines.close(app)
    engine.drop(url)
    return found


def contended(engine: Any, *, attempts: int) -> Iterator[Figure]:
    """Measure a fight of a hundred clients."""
    came = fight(engine, attempts=attempts, clients=CLIENTS)
    p50, p95 = middle_and_tail(came.latencies)
    note = (
        f"{attempts} attempts, {came.won} of {came.wanted} won, {came.doubled} overlaps, "
        f"{came.wrong_holds} wrong holds, {dict(came.statuses)}"
    )
    yield Figure("W2 contended booking over HTTP", engine.name, p50, p95, target="<= 150 ms p95", note=note)


def _fight(url: str, *, attempts: int, clients: int) -> tuple[list[float], Counter[int], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "CLINIC_DATABASE_URL": url,
        "CLINIC_SECRET_KEY": engines.SECRET,
        "PORT": str(port),
        "CLINIC_BASE_URL": f"http://127.0.0.1:{port}",
    }
    server = subprocess.Popen([sys.executable, "-m", "clinic.cli", "web"], env=environ, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        cookie, token = _sign_in(port)
        with ThreadPoolExecutor(1) as apart:  # whoever calls may have a loop of their own
            rush = partial(_rounds, port, cookie, token, attempts=attempts, clients=clients)
            return apart.submit(lambda: asyncio.run(rush())).result()
    finally:
        server.terminate()
        server.wait(60)


def _wait_for(port: int) -> None:
    for _ in range(900):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _ask(port: int, method: str, path: str, body: str = "", cookie: str = "") -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    kept = "; ".join(part.split(";")[0] for part in answer.headers.get_all("Set-Cookie") or [])
    connection.close()
    return answer.status, text, kept


def _sign_in(port: int) -> tuple[str, str]:
    _, page, cookie = _ask(port, "GET", "/sign-in")
    token = _token(page)
    form = urlencode({"email": "kim@clinic.example", "password": PASSWORD, "csrf_token": token})
    status, _, cookie = _ask(port, "POST", "/sign-in", form, cookie)
    assert status == 303, status
    _, page, fresh = _ask(port, "GET", "/account", cookie=cookie)
    return fresh or cookie, _token(page)


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"|name="csrf-token" content="([^"]+)"', page)
    assert found is not None
    return found[1] or found[2]


async def _rounds(
    port: int, cookie: str, token: str, *, attempts: int, clients: int
) -> tuple[list[float], Counter[int], int]:
    """Let all clients ask at one moment as the panel does, each on a connection of its own; the next moment comes when
    all are answered.

    One thread asks for all of them: a hundred threads would take from the server what they measure.
    """
    latencies: list[float] = []
    statuses: Counter[int] = Counter()
    rounds = attempts // clients
    places = [(day, hour, minute) for day in range(30, 200) for hour in (8, 9, 10, 13, 14, 15, 16) for minute in (0,)]
    for starts_at in islice(_working(places), rounds):
        requests = [_request(port, cookie, token, patient=1 + n, starts_at=starts_at) for n in range(clients)]
        for took, status in await asyncio.gather(*(_attempt(port, request) for request in requests)):
            latencies.append(took)
            statuses[status] += 1
    return latencies, statuses, rounds


def _request(port: int, cookie: str, token: str, *, patient: int, starts_at: str) -> bytes:
    form = urlencode(
        {
            "csrf_token": token,
            "patient_id": patient,
            "therapist_id": 1,
            "type_id": 1,
            "starts_at": starts_at,
            "request_id": os.urandom(8).hex(),
        }
    )
    head = (
        "POST /desk/appointments/new HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        "X-Requested-With: fetch",
        f"Content-Length: {len(form)}",
        "Connection: close",
    )
    return "\r\n".join([*head, "", form]).encode()


async def _attempt(port: int, request: bytes) -> tuple[float, int]:
    """Return the milliseconds from asking for a connection to the last byte of the answer, and its status."""
    started = time.perf_counter()
    async with asyncio.timeout(60):
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        writer.write(request)
        answer = await reader.read()
    took = (time.perf_counter() - started) * 1000
    writer.close()
    return took, int(answer.split(b" ", 2)[1])


def _working(places: list[tuple[int, int, int]]) -> Iterator[str]:
    from datetime import UTC, datetime

    today = datetime.now(UTC)
    for day, hour, minute in places:
        on = (today + timedelta(days=day)).date()
        if on.weekday() < 5:
            yield f"{on.isoformat()}T{hour:02d}:{minute:02d}"
