"""The ``clinic`` command. What is heavy is imported by the commands that need it, so that ``--help`` is quick."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from clinic.refusals import Refusal
from clinic.settings import Misconfigured, Settings, from_environment

ROLES = ("reception", "therapist", "assistant", "student", "manager")
REFUSED, UNUSABLE = 1, 2
QUESTIONS = {
    "clinic_name": ("What is the clinic called?", None),
    "mailbox": ("Which mailbox do its letters come from?", None),
    "location_name": ("What is its place called?", "Main Street"),
    "address": ("What is the address there?", None),
    "phone": ("What is the desk's phone number?", None),
    "zone": ("In which time zone is it?", "America/New_York"),
}


class Plain(click.Group):
    """A command that says what went wrong in one sentence; a traceback is for what nobody foresaw."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; status 2 where it cannot be used as it is set up, 1 where a rule said no."""
        try:
            return super().invoke(ctx)
        except Misconfigured as trouble:
            _give_up(str(trouble), UNUSABLE)
        except Refusal as refusal:
            _give_up(f"{refusal.field}: {refusal.sentence}" if refusal.field else refusal.sentence, REFUSED)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gaitkeeper")
def main() -> None:
    """Run a physical-therapy clinic. Settings come from the environment: see the README."""


@main.command()
@click.option("--clinic-name", help="What patients know the clinic by.")
@click.option("--mailbox", help="Where letters come from, such as desk@clinic.example.")
@click.option("--location-name", help="What the place is called, such as Main Street.")
@click.option("--address", help="Where patients come.")
@click.option("--phone", help="The desk's phone.")
@click.option("--zone", help="The time zone, such as America/New_York.")
@click.option("--manager-name", help="The first manager's name.")
@click.option("--manager-email", help="The first manager's address, to sign in with.")
def init(manager_name: str | None, manager_email: str | None, **place: str | None) -> None:
    """Bring the database up to date; found the clinic and its first manager, where there is none yet."""
    from clinic import SITE, clock, founding, schema
    from clinic.database import database, transaction

    with _building():
        schema.migrate(SITE / "migrations")
        click.echo("The database is up to date.")
        founded, managed = founding.is_founded(), founding.has_manager()
        database.session.rollback()
        answers = {} if founded else {name: _ask(name, given) for name, given in place.items()}
        name = email = ""
        if not managed:
            name = manager_name or click.prompt("What is the first manager's name?")
            email = manager_email or click.prompt("With which e-mail address will they sign in?")
        with transaction():
            if answers:
                founding.found(founding.Place(**answers), now=clock.now())
            hired = None if managed else founding.employ(name=name, email=email, roles=["manager"], now=clock.now())
        if hired:
            _say_first_password(*hired)


@main.command()
@click.option("--name", prompt="Their name", help="As colleagues and patients know them.")
@click.option("--email", prompt="Their e-mail address, to sign in with", help="To sign in with.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given twice.")
def add_user(name: str, email: str, roles: tuple[str, ...]) -> None:
    """Add somebody who works here, with a first password that must be changed."""
    from clinic import clock, founding
    from clinic.database import transaction

    with _building(at_head=True):
        with transaction():
            hired = founding.employ(name=name, email=email, roles=list(roles), now=clock.now())
        _say_first_password(*hired)


@main.command()
def web() -> None:
    """Serve the clinic's pages."""
    from clinic.serving import serve
    from clinic.supervisor import end_with_parent

    _log()
    settings = from_environment(os.environ)
    app = _standing(settings)
    end_with_parent(os.environ)
    serve(app, settings)


@main.command()
@click.option("--once", is_flag=True, help="Do everything that is due once, and end.")
def worker(once: bool) -> None:
    """Send what is due: letters and reminders. Several may run."""
    from clinic import jobs
    from clinic.supervisor import Stop, end_with_parent, stop_on_signals

    _log()
    stop = Stop()
    stop_on_signals(stop)
    settings = from_environment(os.environ)
    app = _standing(settings)
    end_with_parent(os.environ)
    if not once:
        jobs.Worker(settings, context=app.app_context, stop=stop).run()
    elif not jobs.Worker(settings, context=app.app_context, stop=stop, name=jobs.HOST).run_once():
        sys.exit(REFUSED)


@main.command()
def run() -> None:
    """Serve pages and send letters: web and worker together, for a clinic with one machine."""
    from clinic.serving import check_port
    from clinic.supervisor import Supervisor

    settings = from_environment(os.environ)
    check_port(settings)
    _standing(settings)
    together = Supervisor()
    together.listen()
    try:
        for name in ("web", "worker"):
            together.start(name, environ=os.environ)
        click.echo(f"The clinic is at {settings.base_url}. Ctrl-C ends it.")
        fallen = together.watch()
    finally:
        together.end()
    if fallen:
        _give_up(f"{fallen}, so everything was ended.", REFUSED)


@main.command()
@click.option("--reset", is_flag=True, help="Forget what happened in the demo, and tell its story anew.")
def demo(reset: bool) -> None:
    """Open a made-up clinic on this machine: nothing to set, and no letter leaves it."""
    from clinic.demo.opening import DemoFell, open_demo

    try:
        open_demo(os.environ, reset=reset)
    except DemoFell as trouble:
        _give_up(str(trouble), REFUSED)
    except KeyboardInterrupt:
        _give_up("Ended before the clinic was open.", REFUSED)


@main.command()
def check() -> None:
    """Say whether the installation is well, and how to mend what is not; the status is 1 if anything is."""
    from clinic import SITE, clock
    from clinic.checkup import examine

    settings = from_environment(os.environ)
    with _building(settings):
        findings = list(examine(settings, migrations=SITE / "migrations", now=clock.now()))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'MEND'}  {finding.what:<10}{finding.words}")
        if finding.remedy:
            click.echo(f"{'':<16}{finding.remedy}")
    if not all(finding.is_well for finding in findings):
        sys.exit(REFUSED)


@main.command("import-icd10")
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option("--valid-from", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day of these codes.")
def import_icd10(file: Any, valid_from: Any) -> None:
    """Take over the yearly order file of ICD-10-CM (icd10cm_order_….txt)."""
    from clinic.care.plans.codes import import_codes
    from clinic.database import transaction
    from clinic.refusals import Refusal

    on = valid_from.date()
    try:
        with _building(at_head=True), transaction():
            done = import_codes(file, valid_from=on, source=f"ICD-10-CM order file, valid from {on.isoformat()}")
    except Refusal as refusal:
        _give_up(refusal.sentence, REFUSED)
    click.echo(f"{done.added} added, {done.changed} changed, {done.ended} ended, {done.unchanged} as they were.")


@contextmanager
def _building(settings: Settings | None = None, *, at_head: bool = False) -> Iterator[Any]:
    """Put the application together and push its context; every connection is let go at the end.

    A database file that is made here, and its folder, are for this user alone.

    ``at_head`` raises ``Misconfigured`` for a database that is not at the newest migration.
    """
    from sqlalchemy.exc import OperationalError

    from clinic import SITE, create_app, schema

    settings = settings or from_environment(os.environ)
    others = os.umask(0o077)
    app = create_app(settings)
    with app.app_context():
        try:
            missing = schema.what_is_missing(SITE / "migrations") if at_head else ""
            if missing:
                raise Misconfigured(missing)
            yield app
        except OperationalError as trouble:
            why = str(trouble.orig).strip().splitlines()[0]
            raise Misconfigured(f"The database cannot be used: {why}. Check CLINIC_DATABASE_URL.") from trouble
        finally:
            schema.let_go()
            os.umask(others)


def _standing(settings: Settings) -> Any:
    """Return the application, with no connection open. Raises ``Misconfigured``."""
    with _building(settings, at_head=True) as app:
        return app


def _ask(name: str, given: str | None) -> str:
    question, default = QUESTIONS[name]
    answer: str = given or click.prompt(question, default=default)
    return answer


def _say_first_password(email: str, password: str) -> None:
    click.echo(f"{email} can sign in. First password, to be changed at once: {password}")


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _give_up(sentence: str, status: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(status)


if __name__ == "__main__":
    main(prog_name="clinic")
