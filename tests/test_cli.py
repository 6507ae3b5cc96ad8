"""The ``clinic`` command says what it did, or in one sentence what is wrong and how to mend it."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, select

from clinic.cli import main
from clinic.database import database, transaction
from clinic.outbox import SENT, Heartbeat, Letter
from clinic.people import accounts
from clinic.people.accounts.passwords import matches
from clinic.scheduling import booking
from clinic.scheduling.holds import Hold
from clinic.scheduling.practice import colleagues
from clinic.scheduling.practice.models import Clinic
from tests import engines
from tests.cast import CAST, KIM, NOW, at
from tests.letters.post_office import PostOffice

Clinic_ = Callable[..., Result]
PLACE = (
    *("--clinic-name", "Hillside Clinic", "--mailbox", "desk@hillside.example"),
    *("--location-name", "Oak Street", "--address", "7 Oak Street", "--zone", "America/Chicago"),
)
MANAGER = ("--manager-name", "Max Weller", "--manager-email", "max@hillside.example")


@pytest.fixture
def clinic(monkeypatch: pytest.MonkeyPatch, url: str) -> Clinic_:
    """Run a command on a database with the cast in it, or with other settings."""

    def run(*arguments: str, **environ: str) -> Result:
        settings = {"CLINIC_DATABASE_URL": url, "CLINIC_SECRET_KEY": engines.SECRET, "CLINIC_MAIL_URL": "", **environ}
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, arguments, prog_name="clinic")

    return run


@pytest.fixture
def empty(engine: Any) -> Iterator[str]:
    """The address of a database with nothing in it, not even tables."""
    address = engine.empty()
    yield address
    engine.drop(address)


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A real mail server."""
    office = PostOffice()
    office.controller.start()
    yield office
    office.controller.stop()


def free_port() -> str:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def book(*, now: datetime = NOW) -> booking.Appointment:
    """Book Ada's follow-up with Dana, the day after tomorrow at 9."""
    with transaction():
        return booking.book(
            patient_id=CAST.ada,
            therapist_id=CAST.dana,
            type_id=CAST.follow_up,
            starts_at=at(9, day=2),
            by=KIM,
            now=now,
        )


def within(url: str, look: Callable[[], Any]) -> Any:
    """Return what ``look`` sees in a database."""
    app = engines.make_app(url)
    with app.app_context():
        seen = look()
    engines.close(app)
    return seen


def test_help_is_quick_because_it_imports_little() -> None:
    script = (
        "import sys, clinic.cli; print([name for name in ('flask', 'sqlalchemy', 'gunicorn') if name in sys.modules])"
    )

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"


@pytest.mark.parametrize("command", ["web", "worker", "run", "check", "init"])
def test_settings_that_cannot_be_used_are_said_in_one_sentence(clinic: Clinic_, command: str) -> None:
    said = clinic(command, CLINIC_SECRET_KEY="short")

    assert said.exit_code == 2
    assert said.output.startswith("CLINIC_SECRET_KEY must be at least 32 characters and kept secret.")
    assert said.output.count("\n") == 1


@pytest.mark.parametrize("command", ["web", "worker", "run"])
def test_an_empty_database_is_not_served(clinic: Clinic_, empty: str, command: str) -> None:
    said = clinic(command, CLINIC_DATABASE_URL=empty, PORT=free_port())

    assert (said.exit_code, said.output) == (2, "The database is empty. Set it up with: clinic init\n")


def test_init_founds_a_clinic_with_a_manager_who_must_change_the_password(clinic: Clinic_, empty: str) -> None:
    said = clinic("init", *PLACE, "--phone", "919 555 0142", *MANAGER, CLINIC_DATABASE_URL=empty)

    password = said.output.strip().rpartition(" ")[2]
    manager = within(empty, lambda: accounts.users()[0])
    assert said.exit_code == 0
    assert (manager.email, sorted(manager.roles), manager.must_change_password) == (
        "max@hillside.example",
        ["manager"],
        True,
    )
    assert matches(manager.password_hash, password)


def test_what_init_makes_is_for_its_own_user_alone(clinic: Clinic_, tmp_path: Path) -> None:
    instance = tmp_path / "instance"

    said = clinic(
        *("init", *PLACE, "--phone", "919 555 0142", *MANAGER),
        CLINIC_DATABASE_URL="sqlite:///clinic.sqlite",
        CLINIC_INSTANCE=str(instance),
    )

    modes = {path.name: f"{path.stat().st_mode & 0o777:o}" for path in (instance, *instance.iterdir())}
    assert said.exit_code == 0
    assert (modes.pop("instance"), modes.pop("clinic.sqlite"), set(modes.values()) - {"600"}) == ("700", "600", set())


def test_init_asks_for_what_it_was_not_told(clinic: Clinic_, empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_DATABASE_URL", empty)
    monkeypatch.setenv("CLINIC_SECRET_KEY", engines.SECRET)
    typed = "Hillside Clinic\ndesk@hillside.example\n\n7 Oak Street\n919 555 0142\n\nMax Weller\nmax@hillside.example\n"

    said = CliRunner().invoke(main, ["init"], input=typed)

    assert said.exit_code == 0
    assert within(empty, lambda: database.session.scalar(select(Clinic.name))) == "Hillside Clinic"


def test_init_writes_nothing_where_an_answer_cannot_be(clinic: Clinic_, empty: str) -> None:
    said = clinic("init", *PLACE, "--phone", "555", *MANAGER, CLINIC_DATABASE_URL=empty)

    assert (said.exit_code, said.output.splitlines()[-1]) == (
        1,
        "phone: This is not a phone number. It looks like (919) 555-0134.",
    )
    assert within(empty, lambda: (list(accounts.users()), database.session.scalar(select(Clinic.id)))) == ([], None)


def test_init_of_a_clinic_that_stands_changes_nothing(clinic: Clinic_) -> None:
    said = clinic("init")

    assert (said.exit_code, said.output) == (0, "The database is up to date.\n")


def test_add_user_says_the_first_password_once(clinic: Clinic_, url: str) -> None:
    said = clinic("add-user", "--name", "Jo Park", "--email", "jo@clinic.example", "--role", "reception")

    added = within(url, lambda: next(user for user in accounts.users() if user.email == "jo@clinic.example"))
    assert said.exit_code == 0
    assert matches(added.password_hash, said.output.strip().rpartition(" ")[2])
    assert added.must_change_password


@pytest.mark.parametrize("role", ["therapist", "assistant", "student"])
def test_whoever_treats_is_added_with_a_column_on_the_board(clinic: Clinic_, url: str, role: str) -> None:
    said = clinic("add-user", "--name", "Jo Park", "--email", "jo@clinic.example", "--role", role)

    assert said.exit_code == 0
    assert within(url, lambda: [one.name for one in colleagues()]) == [
        "Dana Ruiz",
        "Noor Haddad",
        "Sam Osei",
        "Jo Park",
    ]


def test_nobody_treats_in_a_clinic_without_a_place(clinic: Clinic_, empty: str) -> None:
    engines.migrate(empty)

    said = clinic(
        *("add-user", "--name", "Jo Park", "--email", "jo@clinic.example", "--role", "therapist"),
        CLINIC_DATABASE_URL=empty,
    )

    assert (said.exit_code, said.output) == (
        1,
        "The clinic has no place yet, so nobody can treat there. First run: clinic init\n",
    )


def test_add_user_refuses_an_address_that_is_taken(clinic: Clinic_) -> None:
    said = clinic("add-user", "--name", "Kim", "--email", "kim@clinic.example", "--role", "reception")

    assert (said.exit_code, said.output) == (1, "email: Somebody else here already signs in with this address.\n")


def test_the_worker_sends_what_is_due_and_beats(
    clinic: Clinic_,
    app: Flask,
    post_office: PostOffice,
) -> None:
    book(now=at(6))

    said = clinic("worker", "--once", CLINIC_MAIL_URL=post_office.url)

    database.session.rollback()
    assert said.exit_code == 0
    assert [envelope.rcpt_tos for envelope in post_office.letters] == [["ada@mail.example"]]
    assert database.session.scalars(select(Letter.state).where(Letter.kind == "booked")).all() == [SENT]
    assert database.session.scalars(select(Heartbeat.at)).all() == [NOW]


def test_without_a_mail_server_letters_wait(clinic: Clinic_, app: Flask) -> None:
    book(now=at(6))

    said = clinic("worker", "--once")

    database.session.rollback()
    assert said.exit_code == 0
    assert database.session.scalars(select(Letter.state).where(Letter.kind == "booked")).all() == ["owed"]


def test_check_is_content_with_a_clinic_that_is_well(
    clinic: Clinic_,
    app: Flask,
    post_office: PostOffice,
) -> None:
    book()
    clinic("worker", "--once", CLINIC_MAIL_URL=post_office.url)

    said = clinic("check", CLINIC_MAIL_URL=post_office.url)

    assert said.exit_code == 0
    assert [line.split()[:2] for line in said.output.splitlines()] == [
        ["ok", what] for what in ("settings", "database", "clinic", "worker", "letters", "holds", "chart", "mail")
    ]


def test_check_says_what_is_wrong_and_how_to_mend_it(clinic: Clinic_, app: Flask) -> None:
    taken = book()
    with transaction() as session:
        session.execute(delete(Hold).where(Hold.owner == taken.key, Hold.holder.startswith("patient:")))

    said = clinic("check", CLINIC_MAIL_URL="smtp://127.0.0.1:1")

    wrong = [line for line in said.output.splitlines() if line.startswith("MEND")]
    assert said.exit_code == 1
    assert [line.split()[1] for line in wrong] == ["worker", "holds", "mail"]
    assert f"1 appointment disagrees ({taken.key}: " in said.output
    assert "8 of its five-minute holds are missing or another's" in said.output
    assert "Start one: clinic worker" in said.output


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(hours=47), "last looked 47 hours ago"),
        (timedelta(hours=48), "last looked 2 days ago"),
        (timedelta(hours=612), "last looked 26 days ago"),
    ],
)
def test_check_says_in_days_how_long_no_worker_has_looked(
    clinic: Clinic_, app: Flask, since: timedelta, words: str
) -> None:
    with transaction() as session:
        session.add(Heartbeat(worker="the one", at=NOW - since))

    said = clinic("check")

    assert words in said.output


def test_check_looks_no_further_than_a_database_that_is_not_there(clinic: Clinic_) -> None:
    said = clinic("check", CLINIC_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")

    assert said.exit_code == 1
    assert [line.split()[:2] for line in said.output.splitlines() if line[:4].strip()] == [
        ["ok", "settings"],
        ["MEND", "database"],
        ["MEND", "mail"],
    ]


def test_a_database_behind_the_program_is_said_with_its_remedy(clinic: Clinic_, empty: str) -> None:
    said = clinic("check", CLINIC_DATABASE_URL=empty)

    assert said.exit_code == 1
    assert "Set it up with: clinic init" in said.output
