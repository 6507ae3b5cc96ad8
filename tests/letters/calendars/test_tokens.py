"""The secret address of a feed: made, found, made anew, ended."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from clinic import audit
from clinic.database import database, transaction
from clinic.letters.calendars import queries, tokens
from clinic.letters.calendars.models import Feed
from clinic.people import accounts
from clinic.people.accounts import Role, User
from clinic.refusals import NotFound, Unacceptable
from clinic.scheduling.practice.models import Clinic
from tests.cast import KIM, NOW
from tests.letters.calendars.conftest import write

DANA, NOOR, MAX = 2, 3, 5
Open = Callable[..., str]


def subscribe(**changes: Any) -> tuple[Feed, str]:
    """Open a feed of Dana's in a transaction of its own."""
    facts: dict[str, Any] = {"user_id": DANA, "label": "My phone", "mode": "busy", "by": KIM, "now": NOW}
    database.session.rollback()
    with transaction():
        return tokens.subscribe(**{**facts, **changes})


def change(verb: Callable[..., Any], feed_id: int, *, user_id: int = DANA) -> Any:
    """Rotate or revoke a feed in a transaction of its own."""
    database.session.rollback()
    with transaction():
        return verb(feed_id=feed_id, user_id=user_id, by=KIM, now=NOW)


def is_found(token: str) -> bool:
    """Say whether a token opens a feed."""
    database.session.rollback()
    return tokens.find(token) is not None


def test_a_token_has_32_random_bytes_and_only_its_sha256_is_kept(app: Flask) -> None:
    feed, token = subscribe()

    kept = database.session.execute(text("select * from feeds")).mappings().one()

    assert re.fullmatch(r"[\w-]{43}", token)
    assert kept["token_hash"] == sha256(token.encode()).hexdigest()
    assert [value for value in kept.values() if token in str(value)] == []
    assert (feed.label, feed.mode, feed.last_read_at, feed.revoked_at) == ("My phone", "busy", None, None)


def test_each_feed_has_a_token_of_its_own(app: Flask) -> None:
    assert len({subscribe()[1] for _ in range(5)}) == 5


def test_a_token_leads_to_whose_it_is(app: Flask) -> None:
    feed, token = subscribe()

    found = tokens.find(token)

    assert found is not None
    assert (found.id, found.person, found.clinic, found.mode) == (feed.id, "Dana Ruiz", "Riverside Clinic", "busy")
    assert found.zone.key == "America/New_York"


@pytest.mark.parametrize("token", ["", "x", "x" * 3000, "\x00", "é", "\ud800", "' or 1=1 --"])
def test_a_made_up_token_leads_nowhere(app: Flask, token: str) -> None:
    subscribe()

    assert not is_found(token)


def test_a_rotated_feed_answers_to_the_new_token_alone_and_was_never_read(app: Flask) -> None:
    feed, old = subscribe()
    write(Feed, feed.id, last_read_at=NOW, last_client="Outlook")

    again, new = change(tokens.rotate, feed.id)

    assert (again.id, again.last_read_at, again.last_client) == (feed.id, None, "")
    assert [is_found(token) for token in (old, new)] == [False, True]


def test_a_revoked_feed_is_over(app: Flask) -> None:
    feed, token = subscribe()

    change(tokens.revoke, feed.id)

    assert not is_found(token)
    assert queries.feeds_of(DANA) == []
    for verb in (tokens.rotate, tokens.revoke):
        with pytest.raises(NotFound):
            change(verb, feed.id)


@pytest.mark.parametrize("verb", [tokens.rotate, tokens.revoke])
@pytest.mark.parametrize("made_up", [0, -1, 999, 2**31, 2**70])
def test_made_up_feeds_are_not_found(app: Flask, verb: Callable[..., Any], made_up: int) -> None:
    subscribe()

    with pytest.raises(NotFound):
        change(verb, made_up)


@pytest.mark.parametrize("verb", [tokens.rotate, tokens.revoke])
def test_nobody_touches_a_colleagues_feed(app: Flask, verb: Callable[..., Any]) -> None:
    feed, token = subscribe()

    with pytest.raises(NotFound):
        change(verb, feed.id, user_id=NOOR)

    assert is_found(token)
    assert queries.feeds_of(NOOR) == []


def test_a_disabled_account_takes_its_feeds_with_it(app: Flask) -> None:
    _, token = subscribe()

    database.session.rollback()
    with transaction():
        accounts.disable(user_id=DANA, by=KIM, now=NOW)

    assert not is_found(token)


def test_who_treats_no_longer_has_no_feed(app: Flask) -> None:
    _, token = subscribe()

    write(User, DANA, roles=frozenset({Role.RECEPTION}))

    assert not is_found(token)


def test_who_treats_nobody_cannot_subscribe(app: Flask) -> None:
    with pytest.raises(tokens.NothingToShow):
        subscribe(user_id=MAX)


def test_initials_need_the_managers_switch(app: Flask) -> None:
    with pytest.raises(tokens.InitialsOff):
        subscribe(mode="initials")

    write(Clinic, 1, feed_initials=True)

    assert subscribe(mode="initials")[0].mode == "initials"


@pytest.mark.parametrize("mode", ["", "full", "BUSY", "\x00"])
def test_other_modes_are_refused(app: Flask, mode: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        subscribe(mode=mode)

    assert refused.value.status == 422


@pytest.mark.parametrize("label", ["", "   ", "x" * 61, "My\x00phone", "My\r\nphone"])
def test_a_label_is_one_short_line(app: Flask, label: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        subscribe(label=label)

    assert (refused.value.field, refused.value.status) == ("label", 422)


@pytest.mark.parametrize("label", ['My "old" phone', "📱 👩‍👩‍👧", "هاتفي", "x" * 60])
def test_a_label_is_kept_as_it_was_written(app: Flask, label: str) -> None:
    subscribe(label=f"  {label} ")

    assert [feed.label for feed in queries.feeds_of(DANA)] == [label]


def test_there_is_an_end_to_the_number_of_feeds(app: Flask) -> None:
    for _ in range(tokens.MOST):
        feed, _ = subscribe()
    with pytest.raises(tokens.TooManyFeeds):
        subscribe()

    change(tokens.revoke, feed.id)
    subscribe()

    assert len(queries.feeds_of(DANA)) == tokens.MOST


def test_an_address_has_at_most_256_characters() -> None:
    host = f"https://{'x' * 194}"

    assert len(tokens.address("t" * 43, base_url=host)) == 256
    with pytest.raises(tokens.AddressTooLong):
        tokens.address("t" * 43, base_url=f"{host}x")


def test_the_trail_tells_what_was_done_but_no_token(app: Flask) -> None:
    feed, first = subscribe()
    _, second = change(tokens.rotate, feed.id)
    change(tokens.revoke, feed.id)

    entries = audit.entries_about(f"feed:{feed.id}")

    assert [(entry.what, entry.by) for entry in entries] == [
        ("feed revoked", "Kim Alder"),
        ("feed rotated", "Kim Alder"),
        ("feed opened", "Kim Alder"),
    ]
    written = repr([(entry.before, entry.after, entry.reason) for entry in entries])
    hashes = database.session.scalars(select(Feed.token_hash)).all()
    assert [secret for secret in (first, second, *hashes) if secret in written] == []
