"""The database is down: every answer is a 503 in the house's style, and no log names a path, a query or a value."""

import logging

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from clinic import clock
from clinic.database import database, words_without_values
from clinic.jobs import Worker
from clinic.people.accounts.models import User
from clinic.settings import Settings
from clinic.supervisor import Stop
from tests.engines import make_app
from tests.visitor import Visitor

NOWHERE = {
    "sqlite": "sqlite:////nowhere/at/all.sqlite",
    "postgresql": "postgresql://clinic@127.0.0.1:1/clinic",
}
SECRET_WORDS = ("a-very-secret", "also=this", "2026-11-24")


@pytest.fixture(params=sorted(NOWHERE))
def stranded(request: pytest.FixtureRequest) -> Flask:
    """An application whose database does not answer."""
    return make_app(NOWHERE[request.param])


@pytest.fixture
def signed_in(stranded: Flask) -> Visitor:
    """Somebody whose sign-in nobody can look up any more."""
    somebody = Visitor(stranded)
    with somebody.client.session_transaction(base_url=somebody.base_url) as kept:
        kept["_user_id"] = "a-very-secret-token"
    return somebody


@pytest.mark.parametrize("path", ["/", "/desk/", "/account", "/desk/days/2026-11-24", "/nothing", "/office/"])
def test_every_page_says_that_the_records_cannot_be_reached(
    signed_in: Visitor, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = signed_in.get(f"{path}?also=this")

    assert answer.status_code == 503
    assert "cannot be reached right now" in answer.text
    said = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert [word for word in SECRET_WORDS if word in said] == []
    assert "Traceback" not in said


@pytest.mark.parametrize("path", ["/visit/a-very-secret-token", "/feeds/a-very-secret-token.ics"])
def test_a_strangers_link_is_answered_too(stranded: Flask, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = Visitor(stranded).get(path)

    assert answer.status_code in {404, 503}
    assert "a-very-secret" not in "\n".join(record.getMessage() for record in caplog.records)


def test_health_says_so_in_json_whoever_asks(signed_in: Visitor) -> None:
    answer = signed_in.get("/health")

    assert (answer.status_code, answer.get_json()) == (503, {"ok": False, "database": "unreachable or not set up"})


def test_what_escapes_from_everything_is_answered_by_the_last_resort(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_anything: object) -> None:
        raise RuntimeError("broken below everything")

    monkeypatch.setattr(app, "full_dispatch_request", breaks)
    monkeypatch.setattr(app, "handle_exception", breaks)

    answer = Visitor(app).get("/account?also=this")

    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert "also=this" not in "\n".join(record.getMessage() for record in caplog.records)


def test_a_method_that_is_not_allowed_is_told_which_are(app: Flask) -> None:
    answer = Visitor(app).open("POST", "/health")

    assert (answer.status_code, sorted(answer.headers["Allow"].split(", "))) == (405, ["GET", "HEAD", "OPTIONS"])


def test_no_value_of_a_refused_row_is_logged(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    row = {"name": "Wilhelmina Secret", "email": "kim@clinic.example", "password_hash": "x", "roles": []}

    def breaks() -> str:
        database.session.execute(insert(User).values(**row, must_change_password=False, created_at=clock.now()))
        return ""

    monkeypatch.setitem(app.view_functions, "entrance.sign_in", breaks)

    answer = Visitor(app).get("/sign-in")

    said = "\n".join(f"{record.getMessage()} {record.exc_text}" for record in caplog.records)
    assert answer.status_code == 500
    assert "IntegrityError" in said
    assert [word for word in ("Wilhelmina", "kim@clinic", "INSERT") if word in said] == []


def test_the_words_of_an_error_name_its_kind_and_where_it_happened(app: Flask) -> None:
    name = "Wilhelmina Secret"
    with pytest.raises(DBAPIError) as broken:
        database.session.execute(text("insert into users (name) values (:name)"), {"name": name})

    words = words_without_values(broken.value)
    assert isinstance(broken.value, IntegrityError)
    assert "test_database_down.py" in words
    assert "Wilhelmina" not in words


def test_a_query_that_is_wrong_is_our_fault_and_not_the_databases(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks() -> None:
        database.session.execute(text("select nothing from nowhere"))

    monkeypatch.setitem(app.view_functions, "entrance.sign_in", breaks)

    answer = Visitor(app).get("/sign-in")

    said = "\n".join(record.getMessage() for record in caplog.records)
    assert (answer.status_code, "test_database_down.py" in said) == (500, True)


def test_the_worker_tells_the_whole_story_once_and_then_a_line(
    stranded: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker(Settings(mail_url="smtp://127.0.0.1:1"), context=stranded.app_context, stop=Stop())

    with caplog.at_level(logging.ERROR, "clinic.worker"):
        well = [worker._do(tick) for tick in worker.ticks * 2]

    lines = [len(record.getMessage().splitlines()) for record in caplog.records]
    assert well == [False] * len(worker.ticks) * 2
    assert lines[0] > 1
    assert lines[1:] == [1] * (len(worker.ticks) * 2 - 1)
