"""Real processes start together and end together, and none is left behind."""

import http.client
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from clinic import clock
from clinic.demo.catcher import Catcher
from clinic.demo.opening import LOG, STORY
from tests import engines

PATIENCE = 30.0


class Running:
    """A ``clinic`` command that runs in a folder of its own, in a process group of its own."""

    def __init__(self, *arguments: str, folder: Path, port: int, **environ: str) -> None:
        self.port, self.folder = port, folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CLINIC_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clinic.cli", *arguments],
            cwd=folder,
            env={**kept, "PORT": str(port), "CLINIC_INSTANCE": str(folder), **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def is_open(self) -> "Running":
        """Wait until /health says that all is well."""
        wait_for(lambda: self.health() == 200)
        return self

    def has_said(self, text: str) -> str:
        """Wait for a line with ``text``, and return what was said until then."""
        said = ""
        assert self.process.stdout is not None
        while text not in said:
            line = self.process.stdout.readline()
            assert line, said
            said += line
        return said

    def health(self) -> int:
        """Return the status of /health; 0 where nobody answers."""
        assert self.process.poll() is None, self.process.communicate()[0]
        try:
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            asked.request("GET", "/health")
            return asked.getresponse().status
        except OSError:
            return 0
        finally:
            asked.close()

    def group(self) -> list[int]:
        """Return the living processes of its group: Linux keeps it as the fifth field of stat, the state as third."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(") ")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    def end(self) -> tuple[int, str]:
        """Return its status and what it said, once it has ended."""
        said = self.process.communicate(timeout=PATIENCE)[0]
        return self.process.returncode, said


def wait_for(what: Callable[[], Any]) -> Any:
    """Return what ``what`` gives as soon as it gives something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def is_free(port: int) -> bool:
    """Say whether nothing listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture(scope="session")
def cast_file() -> Iterator[Path]:
    """A SQLite database with the cast in it."""
    from tests import cast

    sqlite = engines.Sqlite()
    url = sqlite.empty()
    engines.migrate(url)
    app = engines.make_app(url)
    with app.app_context():
        cast.set_the_stage()
    engines.close(app)
    yield Path(url.removeprefix("sqlite:///"))
    sqlite.stop()


@pytest.fixture
def start(tmp_path: Path, port: int, cast_file: Path) -> Iterator[Callable[..., Running]]:
    """Start commands in a folder where a clinic and a demo are set up already; end what is left of them."""
    clock.set_source(None)
    for name in ("clinic.sqlite", STORY):
        shutil.copy(cast_file, tmp_path / name)
    started: list[Running] = []

    def _start(*arguments: str, **environ: str) -> Running:
        started.append(Running(*arguments, folder=tmp_path, port=port, **environ))
        return started[-1]

    yield _start
    for each in started:
        for process in each.group():
            os.kill(process, signal.SIGKILL)
        each.process.communicate()


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[str]:
    """The address of a mail server."""
    catcher = Catcher(tmp_path / "caught")
    catcher.open()
    yield catcher.url
    catcher.close()


def test_the_demo_opens_ends_and_goes_on_where_it_was_left(start: Callable[..., Running], port: int) -> None:
    first = start("demo")
    greeting = first.has_said("Ctrl-C ends the demo")
    status, processes = first.health(), len(first.group())
    os.kill(first.process.pid, signal.SIGTERM)
    ended, left, free = first.end(), first.group(), is_free(port)

    again = start("demo")
    greeting_again = again.has_said("Ctrl-C ends the demo")
    os.killpg(again.process.pid, signal.SIGINT)
    ended_again, left_again = again.end(), again.group()

    assert status == 200
    assert processes >= 4  # the demo itself, the worker, the web's first process and those that serve
    assert "reception@clinic.example" in greeting
    assert (ended, left, free) == ((0, ""), [], True)
    assert greeting_again.startswith("The demo goes on where it was left.")
    assert (ended_again, left_again) == ((0, ""), [])


def test_killing_the_demo_leaves_no_orphan(start: Callable[..., Running], port: int) -> None:
    demo = start("demo").is_open()

    os.kill(demo.process.pid, signal.SIGKILL)

    assert wait_for(lambda: not demo.group())
    assert is_free(port)


def test_web_and_worker_run_together_and_fall_together(start: Callable[..., Running], mail: str) -> None:
    clinic = start("run", CLINIC_SECRET_KEY=engines.SECRET, CLINIC_MAIL_URL=mail).is_open()
    worker = next(
        process for process in clinic.group() if b"\0worker\0" in Path(f"/proc/{process}/cmdline").read_bytes()
    )

    os.kill(worker, signal.SIGKILL)

    status, said = clinic.end()
    assert (status, clinic.group()) == (1, [])
    assert "worker ended by itself (killed by SIGKILL), so everything was ended." in said


def test_the_worker_ends_cleanly(start: Callable[..., Running], tmp_path: Path, mail: str) -> None:
    worker = start("worker", CLINIC_SECRET_KEY=engines.SECRET, CLINIC_MAIL_URL=mail)
    with closing(sqlite3.connect(tmp_path / "clinic.sqlite")) as database:
        wait_for(lambda: database.execute("select at from heartbeats").fetchone())

    os.kill(worker.process.pid, signal.SIGTERM)

    assert worker.end() == (0, "")


@pytest.mark.parametrize("command", ["demo", "web", "run"])
def test_a_port_that_is_taken_is_said_in_one_sentence(
    start: Callable[..., Running], port: int, command: str, tmp_path: Path
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        status, said = start(command, CLINIC_SECRET_KEY=engines.SECRET).end()

    assert status == 2
    assert said == f"Port {port} is taken by another program. Choose another one, such as PORT={port + 1}.\n"
    assert not (tmp_path / LOG).exists()
