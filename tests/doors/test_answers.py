"""What every answer carries, whatever its status."""

import logging
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import urlencode

import pytest
from flask import Flask

from clinic.database import database
from tests import engines
from tests.cast import PASSWORD
from tests.visitor import Visitor, check_headers

Visit = Callable[..., Visitor]


@pytest.fixture
def secure(url: str) -> Iterator[Flask]:
    """The application as people reach it over https."""
    app = engines.make_app(url, base_url="https://clinic.example")
    with app.app_context():
        yield app
        database.session.remove()
        database.engine.dispose()


def test_all_statuses_carry_all_headers(app: Flask) -> None:
    client = Visitor(app)
    answers = {
        200: client.get("/sign-in"),
        302: client.get("/account"),
        404: client.get("/nothing/here"),
        405: client.open("POST", "/health"),
        400: client.open("POST", "/sign-in"),
        413: client.open("POST", "/sign-in", data={"email": "x" * 2_000_000}),
    }

    assert {status: answer.status_code for status, answer in answers.items()} == {status: status for status in answers}
    others = [client.get("/static/clinic.css"), client.client.get("/", headers={"Host": "evil"})]
    for answer in [*answers.values(), *others]:
        check_headers(answer)
        answer.close()


def test_a_route_that_belongs_to_no_door_is_shut(url: str) -> None:
    app = engines.make_app(url)
    app.add_url_rule("/left/open", "left_open", lambda: "secret")

    answer = app.test_client().get("/left/open")

    engines.close(app)
    assert answer.status_code == 403


def test_an_error_has_a_number_that_the_log_has_too(
    visitor: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = visitor()
    monkeypatch.setitem(stranger.client.application.view_functions, "entrance.sign_in", lambda: 1 / 0)

    with caplog.at_level(logging.INFO, "clinic.access"):
        answer = stranger.get("/sign-in")

    number = next(record.args[0] for record in caplog.records if record.levelno == logging.ERROR)  # type: ignore[index]
    assert answer.status_code == 500
    assert str(number) in answer.text


def test_the_access_log_names_the_route_and_nothing_that_is_secret(
    visitor: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "clinic.access"):
        visitor().get("/feeds/a-very-secret-token.ics?also=this")

    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "GET /feeds/<token>.ics 404" in said
    assert "secret" not in said
    assert "also" not in said


def test_over_https_a_post_without_a_referer_works_and_cookies_are_bound_to_the_host(secure: Flask) -> None:
    visit = Visitor(secure, base_url="https://clinic.example")

    answer = visit.post("/sign-in", {"email": "kim@clinic.example", "password": PASSWORD}, page="/sign-in")

    cookies = "\n".join(answer.headers.getlist("Set-Cookie"))
    assert answer.status_code == 303
    assert "__Host-session=" in cookies
    assert cookies.count("Secure") == cookies.count("SameSite=Lax") == 2
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_pages_are_kept_nowhere(visitor: Visit) -> None:
    assert visitor("kim").get("/account").headers["Cache-Control"] == "no-store"


def test_health_is_bad_until_a_worker_beats(visitor: Visit) -> None:
    answer = visitor().get("/health")

    assert (answer.status_code, answer.get_json()["worker"]) == (503, "no heartbeat")


@pytest.mark.parametrize(("length", "status"), [(100, 303), (2_000_000, 413)])
def test_a_body_that_comes_in_chunks_is_no_longer_than_another(visitor: Visit, length: int, status: int) -> None:
    stranger = visitor()
    form = {
        "csrf_token": stranger.token("/sign-in"),
        "email": "kim@clinic.example",
        "password": PASSWORD,
        "next": "/" + "x" * length,
    }
    body = urlencode(form).encode()

    answer = stranger.open(
        "POST",
        "/sign-in",
        input_stream=BytesIO(body),
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert answer.status_code == status
