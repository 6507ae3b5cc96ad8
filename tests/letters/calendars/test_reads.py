"""Who read a feed is known, at most once a minute; what it shows has a date of its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from clinic import audit
from clinic.database import database, transaction
from clinic.letters.calendars import queries, reads
from clinic.letters.calendars.queries import Edition
from tests.cast import NOW

DANA = 2
SECOND = timedelta(seconds=1)
Open = Callable[..., str]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Google-Calendar-Importer", "Google Calendar"),
        ("Mozilla/5.0 (compatible; Google-Calendar-Importer; +http://www.google.com/calendar)", "Google Calendar"),
        ("iOS/17.4 (21E219) dataaccessd/1.0", "Apple Calendar"),
        ("macOS/14.4 (23E214) CalendarAgent/1012", "Apple Calendar"),
        ("Mac+OS+X/10.15.7 (19H2) CalendarAgent/930.5.1", "Apple Calendar"),
        ("Microsoft.Exchange/15.20 (Windows; Exchange Calendar Sharing)", "Outlook"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)", "Outlook"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0", "Thunderbird"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "another program"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15", "another program"),
        ("", "another program"),
        ("x" * 3000, "another program"),
    ],
)
def test_a_program_is_called_by_the_name_people_know(user_agent: str, name: str) -> None:
    assert reads.client_name(user_agent) == name


def test_an_edition_keeps_its_date_until_something_else_shows() -> None:
    first = reads.edition("a", None, now=NOW + timedelta(microseconds=5))

    assert first == Edition("a", NOW)
    assert reads.edition("a", first, now=NOW + timedelta(hours=9)) == first
    assert reads.edition("b", first, now=NOW + timedelta(hours=9)) == Edition("b", NOW + timedelta(hours=9))


def test_two_editions_within_a_second_have_different_dates() -> None:
    first = reads.edition("a", None, now=NOW)
    second = reads.edition("b", first, now=NOW)

    assert [second, reads.edition("a", second, now=NOW)] == [
        Edition("b", NOW + SECOND),
        Edition("a", NOW + 2 * SECOND),
    ]


def note(feed_id: int, client: str, tag: str, *, after: timedelta) -> None:
    """Note a read in a transaction of its own."""
    database.session.rollback()
    now = NOW + after
    with transaction():
        reads.note_read(feed_id=feed_id, client=client, handed=Edition(tag, now), now=now)


def test_a_read_is_noted_at_most_once_a_minute(app: Flask, open_feed: Open) -> None:
    open_feed()

    for client, seconds in (("Outlook", 0), ("Thunderbird", 59), ("Google Calendar", 60), ("Outlook", 61)):
        note(1, client, "a", after=seconds * SECOND)

    (feed,) = queries.feeds_of(DANA)
    assert (feed.last_read_at, feed.last_client) == (NOW + 60 * SECOND, "Google Calendar")


def test_the_trail_tells_each_edition_once(app: Flask, open_feed: Open) -> None:
    open_feed()

    for tag, seconds in (("a", 0), ("a", 90), ("b", 100), ("b", 300), ("a", 400)):
        note(1, "Outlook", tag, after=seconds * SECOND)

    entries = [entry for entry in audit.entries_about("feed:1") if entry.what == "feed read"]
    assert [(entry.by, entry.after["edition"]) for entry in entries] == [("Outlook, by subscription", t) for t in "aba"]
    assert queries.last_edition(1) == Edition("a", NOW + 400 * SECOND)


def test_a_feed_that_nobody_read_has_no_edition(app: Flask, open_feed: Open) -> None:
    open_feed()

    assert (queries.last_edition(1), queries.last_edition(2)) == (None, None)


def test_noting_the_read_of_no_feed_does_nothing(app: Flask) -> None:
    note(99, "Outlook", "a", after=SECOND)

    assert audit.entries_about("feed:99") == []
