"""Run several processes as one: they end together, and none is left behind even if the first is killed."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import IO

LIFELINE = "CLINIC_LIFELINE"
"""The variable that tells a child which file descriptor closes when its parent is gone."""
PATIENCE = 15.0
GLANCE = 0.1
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stop:
    """Says that the end was asked for; may be set by a signal handler.

    ``threading.Event`` may not: its lock is not reentrant, so a second signal during ``set`` hangs for good; and where
    another thread was handed the signal, nothing wakes the main one from a ``wait`` without an end.
    """

    def __init__(self) -> None:
        self._asked = False

    def set(self) -> None:
        """Ask for the end."""
        self._asked = True

    def is_set(self) -> bool:
        """Whether the end was asked for."""
        return self._asked

    def wait(self, seconds: float = math.inf) -> bool:
        """Wait until the end is asked for, at most so long, and say whether it was."""
        until = time.monotonic() + seconds
        while not self._asked and time.monotonic() < until:
            time.sleep(min(GLANCE, seconds))
        return self._asked


class Supervisor:
    """Starts children in its own process group, watches them, and ends them all."""

    def __init__(self) -> None:
        self.stop = Stop()
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._lifeline, self._held = os.pipe()

    def listen(self) -> None:
        """Let SIGTERM, Ctrl-C and a closed terminal ask for the end."""
        stop_on_signals(self.stop)

    def start(self, name: str, *, environ: Mapping[str, str], output: IO[bytes] | None = None) -> None:
        """Start ``clinic <name>`` with ``environ``; what it says goes to ``output``, or to our own."""
        self._children[name] = subprocess.Popen(  # noqa: S603  our own command, no shell
            [sys.executable, "-m", "clinic.cli", name],
            env={**environ, LIFELINE: str(self._lifeline)},
            pass_fds=[self._lifeline],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )

    def fallen(self) -> str:
        """Return which child has ended although nobody asked it to, and how; an empty text while all is well."""
        for name, child in self._children.items():
            if child.poll() is not None and not self.stop.wait(GLANCE):  # Ctrl-C reaches children first
                return f"{name} ended by itself ({_how(child.returncode)})"
        return ""

    def watch(self) -> str:
        """Wait until the end is asked for, or until a child falls, and return which one and how."""
        while not self.stop.wait(GLANCE):
            fallen = self.fallen()
            if fallen:
                return fallen
        return ""

    def end(self) -> None:
        """End all children: ask, wait up to 15 seconds, then kill."""
        self.stop.set()
        for child in self._children.values():
            child.terminate()
        until = time.monotonic() + PATIENCE
        for child in self._children.values():
            try:
                child.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        for end in (self._held, self._lifeline):
            os.close(end)


def stop_on_signals(stop: Stop) -> None:
    """Set ``stop`` at SIGTERM, Ctrl-C or a closed terminal, instead of dying of it."""
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())


def end_with_parent(environ: Mapping[str, str]) -> None:
    """Ask this process to end as soon as the supervisor that started it is gone, however it went."""
    if environ.get(LIFELINE, "").isdigit():
        threading.Thread(target=_await_the_end, args=(int(environ[LIFELINE]),), daemon=True).start()


def _await_the_end(lifeline: int) -> None:
    os.read(lifeline, 1)  # nobody writes: it returns when the other end is closed
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)


def _how(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"status {status}"
