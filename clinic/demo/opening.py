"""Open the demo: tell its story once, then run mail catcher, web and worker until somebody says stop."""

import fcntl
import http.client
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import click

from clinic import SITE, clock, create_app, schema
from clinic.demo.catcher import Catcher
from clinic.demo.story.house import PASSWORD
from clinic.demo.story.script import Script
from clinic.demo.story.tell import Teller
from clinic.letters.reminders import Desk
from clinic.serving import check_port
from clinic.settings import Settings, from_environment
from clinic.supervisor import Supervisor

STORY, UNFINISHED = "demo.sqlite", "demo-unfinished.sqlite"
LETTERS, LOG = "demo-letters", "demo.log"
OPENS_WITHIN = 60.0
SIGN_INS = (
    ("reception@clinic.example", "the desk"),
    ("therapist@clinic.example", "a therapist's day"),
    ("manager@clinic.example", "the office"),
)


class DemoFell(Exception):
    """The demo cannot go on; the text says why, and where to read more."""


def open_demo(environ: Mapping[str, str], *, reset: bool) -> None:
    """Run the demo until it is asked to end. Raises ``Misconfigured`` or ``DemoFell``."""
    folder = Path(environ.get("CLINIC_INSTANCE") or Path.cwd() / "instance").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    own = environment(environ, folder)
    settings = from_environment(own)
    check_port(settings)
    with (folder / "demo.lock").open("w") as lock:
        if reset or not (folder / STORY).exists():
            with _alone(lock):
                tell(folder, own, Script(now=clock.now()))
        else:
            click.echo("The demo goes on where it was left. To begin its story anew: clinic demo --reset")
        fcntl.flock(lock, fcntl.LOCK_SH)
        _run(folder, own, settings)


def environment(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the demo's own settings; of a real clinic's it takes none but where to listen."""
    secret = folder / "demo-secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(32))
    return {
        **{name: value for name, value in environ.items() if not name.startswith("CLINIC_")},
        "CLINIC_LISTEN": environ.get("CLINIC_LISTEN", ""),
        "CLINIC_DEMO": "1",
        "CLINIC_INSTANCE": str(folder),
        "CLINIC_DATABASE_URL": f"sqlite:///{folder / STORY}",
        "CLINIC_SECRET_KEY": secret.read_text(),
    }


@contextmanager
def _alone(lock: IO[str]) -> Iterator[None]:
    """Keep other demos out while the story is told. Raises ``DemoFell`` where one is running."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DemoFell("Another demo is running on the same data. End that one first.") from None
    yield


def tell(folder: Path, own: Mapping[str, str], script: Script) -> None:
    """Tell a story into a file beside the demo's database, which it replaces when it is whole."""
    unfinished = folder / UNFINISHED
    _remove(unfinished)
    settings = from_environment({**own, "CLINIC_DATABASE_URL": f"sqlite:///{unfinished}"})
    with _app_context(settings):
        schema.migrate(SITE / "migrations")
        _show(Teller(script, Desk(base_url=settings.base_url, secret=settings.secret_key)))
        schema.let_go()
    shutil.rmtree(folder / LETTERS, ignore_errors=True)
    _remove(folder / STORY)
    unfinished.rename(folder / STORY)


@contextmanager
def _app_context(settings: Settings) -> Iterator[None]:
    with create_app(settings).app_context():
        yield


def _show(teller: Teller) -> None:
    """Tell, and show how far it has come: a bar for a person, a line a week for a log."""
    label = "Telling the story of Riverside Clinic"
    if sys.stdout.isatty():
        with click.progressbar(teller, label=label, length=len(teller)) as days:
            for _ in days:
                pass
        return
    for number, on in enumerate(teller):
        if number % 14 == 0:
            click.echo(f"{label}: {on:%b} {on.day}")


def _run(folder: Path, own: dict[str, str], settings: Settings) -> None:
    catcher, together = Catcher(folder / LETTERS), Supervisor()
    together.listen()
    catcher.open()
    own["CLINIC_MAIL_URL"] = catcher.url
    try:
        with (folder / LOG).open("ab") as log:
            with _app_context(settings):
                schema.migrate(SITE / "migrations")
            for name in ("web", "worker"):
                together.start(name, environ=own, output=log)
        fallen = _await_opening(together, settings)
        if not fallen and not together.stop.is_set():
            _greet(settings)
            fallen = together.watch()
    finally:
        together.end()
        catcher.close()
    if fallen:
        raise DemoFell(f"{fallen}, so everything was ended. Why stands in {folder / LOG}.")


def _await_opening(together: Supervisor, settings: Settings) -> str:
    """Wait until the building says that it is well; return what went wrong, or an empty text."""
    until = time.monotonic() + OPENS_WITHIN
    while not together.stop.wait(0.1):
        fallen = together.fallen()
        if fallen or _is_well(settings):
            return fallen
        if time.monotonic() > until:
            return f"The demo did not open within {OPENS_WITHIN:.0f} seconds"
    return ""


def _is_well(settings: Settings) -> bool:
    with suppress(OSError, http.client.HTTPException):
        asked = http.client.HTTPConnection("127.0.0.1", settings.port, timeout=5)
        asked.request("GET", "/health")
        return asked.getresponse().status == 200
    return False


def _greet(settings: Settings) -> None:
    lines = [
        "",
        f"Riverside Clinic is open: {settings.base_url}",
        "",
        *(f"  {email:<28}{what}" for email, what in SIGN_INS),
        f"  {'password of all three':<28}{PASSWORD}",
        "",
        f"No letter leaves this machine. Read them: {settings.base_url}/demo/letters",
        "Ctrl-C ends the demo; what you did is kept.",
    ]
    click.echo("\n".join(lines))


def _remove(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()
