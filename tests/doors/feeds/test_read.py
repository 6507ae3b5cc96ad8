"""A calendar program reads a feed over HTTP."""

import gzip
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text, update
from werkzeug.http import http_date
from werkzeug.test import TestResponse

from clinic import audit, clock
from clinic.database import database, transaction
from clinic.letters.calendars import tokens
from clinic.letters.calendars.models import Feed
from clinic.people import accounts
from clinic.people.patients.models import Patient
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Clinic
from tests.cast import CAST, KIM, NOW, at
from tests.engines import close, make_app
from tests.visitor import Visitor

DANA = 2
Book = Callable[..., Appointment]
Do = Callable[..., Any]
Read = Callable[..., TestResponse]


def open_feed(mode: str = "busy") -> str:
    """Open a feed of Dana's and return its path."""
    database.session.rollback()
    with transaction():
        token = tokens.subscribe(user_id=DANA, label="My phone", mode=mode, by=KIM, now=NOW)[1]
    return f"/feeds/{token}.ics"


def write(statement: Any) -> None:
    """Write as if some other screen had done so."""
    database.session.rollback()
    with transaction() as session:
        session.execute(statement)


@pytest.fixture
def path(app: Flask, book: Book) -> str:
    """The path of Dana's busy feed, in which there is one visit."""
    book()
    return open_feed()


@pytest.fixture
def read(app: Flask, visitor: Callable[..., Visitor]) -> Read:
    """Ask for a path as a calendar program does, at a moment, and check the headers of every answer."""
    program = visitor()

    def _read(path: str, *, method: str = "GET", at: datetime = NOW, **headers: str) -> TestResponse:
        database.session.rollback()
        clock.set_source(lambda: at)
        return program.open(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    return _read


def noted() -> tuple[datetime | None, str]:
    """Return when the one feed was last read, and by what."""
    database.session.rollback()
    return tuple(database.session.execute(select(Feed.last_read_at, Feed.last_client)).one())


def test_a_program_gets_the_calendar_without_signing_in(path: str, read: Read) -> None:
    answer = read(path)

    assert answer.status_code == 200
    assert answer.data.count(b"BEGIN:VEVENT") == 1
    assert {name: answer.headers.get(name) for name in ("Content-Type", "Cache-Control", "Vary", "Set-Cookie")} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding",
        "Set-Cookie": None,
    }
    assert answer.headers["Last-Modified"] == http_date(NOW)
    assert answer.get_etag()[1] is False


def test_a_head_has_the_same_headers_and_no_body(path: str, read: Read) -> None:
    full, head = read(path), read(path, method="HEAD")

    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers) == dict(full.headers)


def test_what_is_asked_for_by_accept_changes_nothing(path: str, read: Read) -> None:
    answers = [read(path), read(path, Accept="text/html"), read(path, Accept="image/png;q=1, */*;q=0")]

    assert {(answer.status_code, answer.data, answer.headers["ETag"]) for answer in answers} == {
        (200, answers[0].data, answers[0].headers["ETag"])
    }


def test_even_a_browser_that_is_signed_in_gets_no_cookie(path: str, visitor: Callable[..., Visitor]) -> None:
    answer = visitor("dana").open("GET", path)

    assert (answer.headers.get("Set-Cookie"), answer.headers["Vary"]) == (None, "Accept-Encoding")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_it_already_is_told_so_with_the_same_two_headers(path: str, read: Read, method: str) -> None:
    first = read(path)

    for held in ({"If_None_Match": first.headers["ETag"]}, {"If_Modified_Since": first.headers["Last-Modified"]}):
        again = read(path, method=method, at=NOW + timedelta(hours=9), **held)

        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
            assert again.headers[name] == first.headers[name]
        assert "Content-Type" not in again.headers


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ("*", 304),
        ('"other", {tag}', 304),
        ("W/{tag}", 304),
        ('"other"', 200),
        ("", 200),
        ("garbage", 200),
    ],
)
def test_if_none_match_wins_over_if_modified_since(path: str, read: Read, held: str, status: int) -> None:
    tag = read(path).headers["ETag"]
    late = http_date(NOW + timedelta(days=1))

    answer = read(path, If_None_Match=held.format(tag=tag), If_Modified_Since=late)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("since", "status"),
    [(NOW, 304), (NOW + timedelta(days=1), 304), (NOW - timedelta(seconds=1), 200)],
)
def test_if_modified_since_compares_with_the_last_change(path: str, read: Read, since: datetime, status: int) -> None:
    read(path)

    assert read(path, If_Modified_Since=http_date(since)).status_code == status


def test_a_date_that_is_none_is_passed_over(path: str, read: Read) -> None:
    assert read(path, If_Modified_Since="yesterday").status_code == 200


def test_every_change_within_the_same_second_has_its_own_tag_and_date(
    path: str, read: Read, book: Book, do: Do
) -> None:
    seen = [read(path)]

    do(booking.cancel, book(patient_id=CAST.ben, starts_at=at(10)))
    seen.append(read(path))
    write(update(Clinic).values(name="Hillside Clinic"))
    seen.append(read(path))
    write(update(Clinic).values(name="Riverside Clinic"))
    seen.append(read(path))

    assert [answer.headers["Last-Modified"] for answer in seen] == [
        http_date(NOW + timedelta(seconds=second)) for second in range(4)
    ]
    assert len({answer.headers["ETag"] for answer in seen}) == 3
    for old in seen[:-1]:
        assert read(path, If_Modified_Since=old.headers["Last-Modified"]).status_code == 200


def test_a_renamed_patient_is_a_change_of_initials_alone(read: Read, path: str) -> None:
    write(update(Clinic).values(feed_initials=True))
    initials = open_feed("initials")
    tags = {address: read(address).headers["ETag"] for address in (path, initials)}

    write(update(Patient).values(name="Zoë Young"))

    assert read(path, If_None_Match=tags[path]).status_code == 304
    assert read(initials, If_None_Match=tags[initials]).status_code == 200


def test_a_day_that_begins_is_a_change_only_where_something_drops_out(path: str, read: Read) -> None:
    tag = read(path).headers["ETag"]

    assert read(path, at=at(23, 59, day=30), If_None_Match=tag).status_code == 304
    assert read(path, at=at(0, 0, day=31), If_None_Match=tag).status_code == 200


def test_a_program_that_unpacks_gets_it_packed_the_same_way_each_time(path: str, read: Read) -> None:
    full, packed = read(path), read(path, Accept_Encoding="gzip, deflate")

    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == full.data
    assert packed.data == read(path, Accept_Encoding="gzip").data
    assert packed.headers["ETag"] != full.headers["ETag"]


@pytest.mark.parametrize("accepted", ["gzip", "identity", "gzip;q=0", "br"])
def test_either_tag_is_known_however_it_is_packed(path: str, read: Read, accepted: str) -> None:
    tags = [read(path).headers["ETag"], read(path, Accept_Encoding="gzip").headers["ETag"]]

    for tag in tags:
        again = read(path, Accept_Encoding=accepted, If_None_Match=tag)

        assert (again.status_code, again.headers["ETag"]) == (304, tag)


def test_gzip_that_is_refused_is_not_sent(path: str, read: Read) -> None:
    assert "Content-Encoding" not in read(path, Accept_Encoding="gzip;q=0, identity").headers


def test_unknown_revoked_and_disabled_read_the_same(app: Flask, path: str, read: Read) -> None:
    found = [read(path).status_code, read("/feeds/made-up.ics"), read(f"/feeds/{'x' * 3000}.ics")]
    database.session.rollback()
    with transaction():
        tokens.revoke(feed_id=1, user_id=DANA, by=KIM, now=NOW)
    found.append(read(path))
    other = open_feed()
    database.session.rollback()
    with transaction():
        accounts.disable(user_id=DANA, by=KIM, now=NOW)
    found.append(read(other))

    status, *refused = found
    assert status == 200
    answers = {(answer.status_code, answer.data, str(answer.headers)) for answer in refused}
    assert len(answers) == 1
    assert refused[0].status_code == 404
    assert "Set-Cookie" not in refused[0].headers


@pytest.mark.parametrize("bad", ["/feeds/", "/feeds/x", "/feeds/x.ics/", "/feeds/a/b.ics", "/feeds/%00.ics"])
def test_other_addresses_lead_nowhere_without_a_redirect(app: Flask, read: Read, bad: str) -> None:
    assert read(bad).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_a_feed_is_only_read(path: str, read: Read, method: str) -> None:
    answer = read(path, method=method)

    assert answer.status_code in {400, 405}


def test_the_token_is_in_no_log(path: str, read: Read, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="clinic"):
        read(path)
        read(f"{path}x")

    token = path.removeprefix("/feeds/").removesuffix(".ics")
    assert "GET /feeds/<token>.ics 200" in caplog.text
    assert token not in caplog.text


def test_a_read_is_noted_with_the_name_of_the_program(path: str, read: Read) -> None:
    read(path, User_Agent="Google-Calendar-Importer")
    read(path, User_Agent="Thunderbird/128.0", at=NOW + timedelta(seconds=30))

    assert noted() == (NOW, "Google Calendar")


def test_a_304_and_a_head_are_reads_too(path: str, read: Read) -> None:
    tag = read(path).headers["ETag"]

    read(path, at=NOW + timedelta(hours=1), User_Agent="Thunderbird/128.0", If_None_Match=tag)
    after_304 = noted()
    read(path, at=NOW + timedelta(hours=2), User_Agent="Outlook", method="HEAD")

    assert [after_304, noted()] == [
        (NOW + timedelta(hours=1), "Thunderbird"),
        (NOW + timedelta(hours=2), "Outlook"),
    ]


def test_the_trail_names_a_reader_once_for_each_edition(path: str, read: Read) -> None:
    for hour in range(3):
        read(path, at=NOW + timedelta(hours=hour), User_Agent="Outlook")

    entries = audit.entries_about("feed:1")
    assert [(entry.what, entry.by) for entry in entries] == [
        ("feed read", "Outlook, by subscription"),
        ("feed opened", "Kim Alder"),
    ]


@pytest.fixture
def questions(app: Flask) -> Iterator[list[str]]:
    """The SQL that was asked since."""
    asked: list[str] = []

    def _listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", _listen)
    yield asked
    event.remove(database.engine, "before_cursor_execute", _listen)


def test_an_unchanged_feed_costs_three_questions_and_nothing_is_written(
    path: str, read: Read, questions: list[str]
) -> None:
    tag = read(path).headers["ETag"]
    questions.clear()

    read(path, If_None_Match=tag, at=NOW + timedelta(seconds=30))

    assert [question.split()[0] for question in questions if not question.startswith("BEGIN")] == ["SELECT"] * 3


def test_a_busy_database_keeps_nobody_from_the_calendar(
    url: str, path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("clinic.database.PRAGMAS", ("busy_timeout=1", "foreign_keys=ON"))
    impatient = make_app(url)
    database.session.rollback()

    with transaction() as session:
        session.execute(text("update clinic set name = name"))  # holds the one write lock
        answers = [Visitor(impatient).open(method, path) for method in ("GET", "HEAD")]
    close(impatient)

    assert [answer.status_code for answer in answers] == [200, 200]
    assert noted() == (None, "")
    assert "feed 1: the read was not noted, OperationalError" in caplog.text
