"""Subscribe: an address is made, shown once, made anew, ended."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from clinic.database import database, transaction
from clinic.letters.calendars.models import Feed
from clinic.people.accounts.models import User
from clinic.people.accounts.roles import Role
from clinic.scheduling.practice.models import Clinic
from tests.cast import NOW
from tests.visitor import Visitor, path_of

PAGE = "/treatment/subscribe"
BASE_URL = "http://127.0.0.1:8000"
GONE = "This is not one of your subscriptions, or it has ended."


def write(statement: Any) -> None:
    """Write as if some other screen had done so."""
    database.session.rollback()
    with transaction() as session:
        session.execute(statement)


def allow_initials(*, allowed: bool = True) -> None:
    """Turn the manager's switch."""
    write(update(Clinic).values(feed_initials=allowed))


def make(person: Visitor, label: str = "My phone", mode: str = "busy") -> TestResponse:
    """Make a subscription, and return the page that follows."""
    answer = person.post(PAGE, {"label": label, "mode": mode})
    assert (answer.status_code, path_of(answer)) == (303, PAGE)
    return person.get(PAGE)


def address(page: TestResponse) -> str:
    """Return the address that a page shows, or nothing."""
    found = re.search(r'<input[^>]*id="address"[^>]* value="([^"]*)"', page.text)
    return html.unescape(found[1]) if found else ""


def links(page: TestResponse) -> list[str]:
    """Return where a page leads outside of itself."""
    return [html.unescape(href) for href in re.findall(r'href="((?:webcal|https?):[^"]*)"', page.text)]


def words(page: TestResponse) -> str:
    """Return what is read on a page."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def status_of(person: Visitor, https: str) -> int:
    """Return how an address answers."""
    return person.get(urlsplit(https).path).status_code


def feeds() -> list[tuple[str, str]]:
    """Return label and mode of each feed that stands."""
    database.session.rollback()
    rows = database.session.execute(select(Feed.label, Feed.mode).where(Feed.revoked_at.is_(None)).order_by(Feed.id))
    return [tuple(row) for row in rows]


def test_a_page_without_subscriptions_says_what_to_do(dana: Visitor) -> None:
    page = dana.get(PAGE)

    assert "You have no subscriptions. Make one below." in words(page)
    assert address(page) == ""


def test_a_new_address_is_shown_once_with_all_ways_to_use_it(dana: Visitor) -> None:
    page = make(dana)

    https = address(page)
    assert re.fullmatch(rf"{BASE_URL}/feeds/[\w-]{{43}}\.ics", https)
    webcal, google = links(page)
    assert webcal == https.replace("http://", "webcal://")
    assert urlsplit(google)[:3] == ("https", "calendar.google.com", "/calendar/r")
    assert parse_qs(urlsplit(google).query) == {"cid": [webcal]}
    assert 'data-copy="address"' in page.text
    assert (status_of(dana, https), feeds()) == (200, [("My phone", "busy")])
    again = dana.get(PAGE)
    assert (address(again), links(again)) == ("", [])
    assert https.rpartition("/")[2] not in again.text


def test_a_subscription_is_listed_with_what_is_known_of_it(app: Flask, dana: Visitor) -> None:
    page = make(dana)
    assert "My phone Times only · made Tue Nov 24 · never read yet" in words(page)

    for time, said in (
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=9), "9 h ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=3), "3 days ago"),
    ):
        write(update(Feed).values(last_read_at=NOW - time, last_client="Google Calendar"))
        page = dana.get(PAGE)
        assert f"last read by Google Calendar {said}" in words(page)
        assert ("Not read for a day" in words(page)) == (time > timedelta(hours=24))


def test_a_read_shows_on_the_page(dana: Visitor) -> None:
    https = address(make(dana))

    dana.get(urlsplit(https).path, headers={"User-Agent": "Google-Calendar-Importer"})

    assert "last read by Google Calendar just now" in words(dana.get(PAGE))


def test_a_new_address_kills_the_old_one(dana: Visitor) -> None:
    old = address(make(dana))

    answer = dana.post(f"{PAGE}/1/rotate")
    new = address(dana.get(PAGE))

    assert (answer.status_code, path_of(answer)) == (303, PAGE)
    assert (status_of(dana, old), status_of(dana, new)) == (404, 200)
    assert feeds() == [("My phone", "busy")]


def test_a_subscription_that_ended_leads_nowhere(dana: Visitor) -> None:
    https = address(make(dana, label='My "old" <phone>'))

    answer = dana.post(f"{PAGE}/1/revoke")
    page = dana.get(PAGE)

    assert (answer.status_code, path_of(answer)) == (303, PAGE)
    assert '“My "old" <phone>” has ended. Its address leads nowhere now.' in words(page)
    assert "You have no subscriptions." in words(page)
    assert (status_of(dana, https), feeds()) == (404, [])


@pytest.mark.parametrize("verb", ["rotate", "revoke"])
@pytest.mark.parametrize("feed_id", [1, 999, 2**31, 2**70])
def test_a_colleagues_or_made_up_subscription_is_not_found(
    dana: Visitor, visitor: Callable[..., Visitor], verb: str, feed_id: int
) -> None:
    https = address(make(dana))

    answer = visitor("noor").post(f"{PAGE}/{feed_id}/{verb}")

    assert (answer.status_code, GONE in words(answer)) == (404, True)
    assert status_of(dana, https) == 200


def test_nobody_sees_a_colleagues_subscriptions(dana: Visitor, visitor: Callable[..., Visitor]) -> None:
    make(dana, label="Danas phone")

    assert "Danas phone" not in visitor("noor").get(PAGE).text


def test_initials_are_offered_only_where_the_manager_allows_them(dana: Visitor) -> None:
    sentence = "whoever runs your calendar (Google, Apple, Microsoft) will hold patients' data"
    without = words(dana.get(PAGE))
    allow_initials()
    with_ = words(dana.get(PAGE))

    assert [sentence in page for page in (without, with_)] == [False, True]
    make(dana, mode="initials")
    assert feeds() == [("My phone", "initials")]


def test_initials_are_served_as_times_once_the_manager_says_no(dana: Visitor) -> None:
    allow_initials()
    make(dana, mode="initials")
    allow_initials(allowed=False)

    assert "My phone Times only, while the clinic allows no initials" in words(dana.get(PAGE))


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 422, "Please say where, such as “My phone”."),
        ({"label": "  ", "mode": "busy"}, 422, "Please say where"),
        ({"label": "x" * 300, "mode": "busy"}, 422, "This is 300 characters long; there is room for 60."),
        ({"label": "My\r\nphone", "mode": "busy"}, 422, "This holds a line break"),
        ({"label": "My\x00phone", "mode": "busy"}, 422, "This holds a line break"),
        ({"label": "My phone", "mode": "full"}, 422, "Please choose what the calendar shows."),
        ({"label": "My phone", "mode": "initials"}, 409, "The clinic does not allow patients' initials"),
    ],
    ids=repr,
)
def test_what_cannot_be_is_refused_and_stays_typed(
    dana: Visitor, fields: dict[str, str], status: int, said: str
) -> None:
    answer = dana.post(PAGE, fields)

    assert (answer.status_code, said in words(answer)) == (status, True)
    typed = re.search(r'<input[^>]*id="label"[^>]* value="([^"]*)"', answer.text)
    assert typed is not None
    assert typed[1].split() == fields.get("label", "").replace("\x00", " ").split()
    assert feeds() == []


@pytest.mark.parametrize("label", ["📱 👩‍👩‍👧", "هاتفي", "<b>&amp;", "x" * 60])
def test_any_name_can_be_given(dana: Visitor, label: str) -> None:
    make(dana, label=label)

    assert feeds() == [(label, "busy")]


def test_who_treats_nobody_is_told_so(app: Flask, visitor: Callable[..., Visitor]) -> None:
    write(update(User).where(User.email == "kim@clinic.example").values(roles=frozenset({Role.STUDENT})))
    kim = visitor("kim")

    page, answer = kim.get(PAGE), kim.post(PAGE, {"label": "My phone", "mode": "busy"})

    sentence = "You are not among those who treat, so there are no visits to subscribe to."
    assert [sentence in words(shown) for shown in (page, answer)] == [True, True]
    assert ("A new subscription" in words(page), answer.status_code, feeds()) == (False, 409, [])


def test_a_too_old_page_makes_nothing(dana: Visitor) -> None:
    answer = dana.open("POST", PAGE, data={"label": "My phone", "mode": "busy", "csrf_token": "stale"})

    assert (answer.status_code, feeds()) == (400, [])


def test_the_address_is_not_lost_to_a_look_ahead(dana: Visitor) -> None:
    dana.post(PAGE, {"label": "My phone", "mode": "busy"})

    dana.open("HEAD", PAGE)

    assert address(dana.get(PAGE)) != ""


def test_time_alone_makes_a_subscription_stale(dana: Visitor) -> None:
    make(dana)

    write(update(Feed).values(created_at=NOW - timedelta(hours=25)))

    assert "Not read for a day" in words(dana.get(PAGE))
