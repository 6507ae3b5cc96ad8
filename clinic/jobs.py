"""The worker: a few ticks, and the only file that knows APScheduler."""

import logging
import os
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import delete

from clinic import clock, outbox
from clinic.database import database, does_not_answer, transaction, words_without_values
from clinic.letters.reminders import Desk, deliver, owe_reminders
from clinic.outbox.models import Heartbeat
from clinic.outbox.post import Smtp
from clinic.people.accounts.tidy import tidy as tidy_accounts
from clinic.scheduling import booking, holds
from clinic.settings import Settings

log = logging.getLogger("clinic.worker")
HOST = socket.gethostname()
"""The name under which a worker that is run once, again and again, beats its heart."""
HOLDS_KEPT = timedelta(days=8)
"""A visit may be entered up to seven days afterwards, and must still find that its time is taken."""
HEARTBEATS_KEPT = timedelta(days=1)
DATABASE = "the database"
"""What all ticks fail for together."""


class Stop(Protocol):
    """Says that the end was asked for."""

    def is_set(self) -> bool:
        """Whether it was."""
        ...

    def wait(self) -> bool:
        """Wait until it is."""
        ...


@dataclass(frozen=True)
class Tick:
    """Something to do again and again; ``every`` counts from start to start."""

    name: str
    every: timedelta
    work: Callable[[], object]


class Worker:
    """Does the ticks, each in an application context of its own, until ``stop`` is set."""

    def __init__(
        self,
        settings: Settings,
        *,
        context: Callable[[], AbstractContextManager[Any]],
        stop: Stop,
        name: str = "",
    ) -> None:
        self._settings = settings
        self._context = context
        self._stop = stop
        self._told: set[str] = set()
        self._name = (name or f"{HOST}:{os.getpid()}")[:80]
        self.ticks = [
            Tick("heartbeat", timedelta(seconds=10), self._beat),
            Tick("owe ahead", timedelta(minutes=1), _owe_ahead),
            Tick("let go of kept times", timedelta(seconds=30), _let_go_of_kept_times),
            Tick("tidy", timedelta(days=1), _tidy),
        ]
        if settings.mail_url:
            self.ticks.append(Tick("deliver", timedelta(seconds=2), self._deliver))
        else:
            log.warning("CLINIC_MAIL_URL is not set: letters wait until it is.")

    def run(self) -> None:
        """Tick until ``stop`` is set, then let the ticks in progress finish."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns whenever a long tick skips its next turn
        pools = {tick.name: ThreadPoolExecutor(1) for tick in self.ticks}
        scheduler = BackgroundScheduler(timezone="UTC", executors=pools)
        for tick in self.ticks:
            scheduler.add_job(
                self._do,
                "interval",
                [tick],
                seconds=tick.every.total_seconds(),
                executor=tick.name,
                next_run_time=clock.now(),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._stop.wait()
        scheduler.shutdown(wait=True)
        self._let_go()

    def run_once(self) -> bool:
        """Do each tick once, the heartbeat first, and say whether all went well."""
        done = [self._do(tick) for tick in self.ticks]
        self._let_go()
        return all(done)

    def _do(self, tick: Tick) -> bool:
        try:
            with self._context():
                tick.work()
        except Exception as error:
            self._tell(tick, error)
            return False
        self._told -= {DATABASE, tick.name}
        return True

    def _tell(self, tick: Tick, error: Exception) -> None:
        """Say in full what failed, then in one line each time until it goes well again."""
        about = DATABASE if does_not_answer(error) else tick.name
        if about in self._told:
            log.error("the tick %s failed again (%s)", tick.name, type(error).__name__)
            return
        self._told.add(about)
        log.error("the tick %s failed and will be tried again\n%s", tick.name, words_without_values(error))

    def _let_go(self) -> None:
        with self._context():
            database.engine.dispose()

    def _beat(self) -> None:
        with transaction() as session:
            session.merge(Heartbeat(worker=self._name, at=clock.now()))

    def _deliver(self) -> None:
        post = Smtp(self._settings.mail_url)
        desk = Desk(base_url=self._settings.base_url, secret=self._settings.secret_key)
        try:
            deliver(post=post, desk=desk, now=clock.now, stop=self._stop.is_set)
        finally:
            post.close()


def _owe_ahead() -> None:
    with transaction():
        owe_reminders(now=clock.now())


def _let_go_of_kept_times() -> None:
    with transaction():
        booking.tidy_kept(now=clock.now())


def _tidy() -> None:
    """Forget what is over, bit by bit, so that nobody at the desk waits for all of it."""
    now = clock.now()
    with transaction():
        outbox.give_up_old(now=now)
    with transaction():
        holds.tidy(before=now - HOLDS_KEPT)
    with transaction() as session:
        tidy_accounts(now=now)
        session.execute(delete(Heartbeat).where(Heartbeat.at < now - HEARTBEATS_KEPT))
