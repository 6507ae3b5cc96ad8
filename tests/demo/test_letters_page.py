"""The demo shows what patients find in their mailboxes."""

import pytest
from flask import Flask
from sqlalchemy import select

from clinic.database import database
from clinic.demo.letters_read import body_of
from clinic.outbox import OPEN, OWED, SENT, SKIPPED, Letter
from tests import engines
from tests.letters.post_office import PostOffice
from tests.visitor import Visitor


def one(state: str, **facts: str) -> Letter:
    """Return a letter in some state."""
    letter = database.session.scalars(select(Letter).filter_by(state=state, **facts).order_by(Letter.id)).first()
    database.session.rollback()
    assert letter is not None
    return letter


def test_outside_the_demo_there_is_no_such_page(url: str) -> None:
    real = engines.make_app(url)

    assert Visitor(real).get("/demo/letters").status_code == 404
    engines.close(real)


def test_anybody_may_look_at_the_list(app: Flask) -> None:
    page = Visitor(app).get("/demo/letters")

    assert page.status_code == 200
    assert all(head in page.text for head in ("Waiting, about to leave", "Owed", "Sent", "Skipped, and why", "Failed"))


@pytest.mark.parametrize("state", ["waiting", "owed", "sent", "skipped", "failed", "nonsense\0"])
def test_the_list_can_be_narrowed(app: Flask, state: str) -> None:
    assert Visitor(app).get("/demo/letters", query_string={"state": state}).status_code == 200


def test_a_letter_is_shown_as_its_patient_reads_it(app: Flask) -> None:
    letter = one(SENT, kind="booked")

    page = Visitor(app).get(f"/demo/letters/{letter.id}")

    assert "You have a visit on" in page.text
    assert "cancel</a>" in page.text
    assert "BEGIN:VCALENDAR" in page.text


def test_the_raw_parts_can_be_had(app: Flask) -> None:
    letter = one(SENT, kind="booked")
    visitor = Visitor(app)

    message = visitor.get(f"/demo/letters/{letter.id}.eml")
    calendar = visitor.get(f"/demo/letters/{letter.id}.ics")

    assert (message.mimetype, calendar.mimetype) == ("message/rfc822", "text/calendar")
    assert letter.message_id.encode() in message.data
    assert calendar.data.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_reminder_has_no_calendar_part_and_an_owed_letter_no_parts_at_all(app: Flask) -> None:
    visitor = Visitor(app)
    reminder, owed = one(SENT, kind="ahead"), one(OWED)

    answers = [
        visitor.get(f"/demo/letters/{reminder.id}.ics"),
        visitor.get(f"/demo/letters/{owed.id}.ics"),
        visitor.get(f"/demo/letters/{owed.id}.eml"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_a_skipped_letter_says_why(app: Flask) -> None:
    letter = one(SKIPPED)

    assert letter.outcome in Visitor(app).get(f"/demo/letters/{letter.id}").text


def test_an_owed_letter_can_be_sent_at_once(app: Flask, post_office: PostOffice) -> None:
    letter = one(OWED, kind="booked")

    answer = Visitor(app).post(f"/demo/letters/{letter.id}/send", page="/demo/letters")

    assert answer.status_code == 303
    assert [envelope.rcpt_tos for envelope in post_office.letters] == [[_again(letter).address]]
    assert _again(letter).state == SENT


def test_sending_what_has_left_already_sends_nothing(app: Flask, post_office: PostOffice) -> None:
    letter = one(SENT)

    answer = Visitor(app).post(f"/demo/letters/{letter.id}/send", page="/demo/letters")

    assert answer.status_code == 303
    assert post_office.letters == []


def test_looking_changes_nothing(app: Flask, post_office: PostOffice) -> None:
    before = database.session.execute(select(Letter.id, Letter.state, Letter.tries)).all()
    visitor = Visitor(app)

    for letter in before[-3:]:
        visitor.get(f"/demo/letters/{letter.id}")

    database.session.rollback()
    assert database.session.execute(select(Letter.id, Letter.state, Letter.tries)).all() == before
    assert post_office.letters == []


@pytest.mark.parametrize(
    "path", ["0", "999999999", "99999999999999999999", "999999999.eml", "99999999999999999999.ics"]
)
def test_a_letter_that_is_not_there_is_not_found(app: Flask, path: str) -> None:
    assert Visitor(app).get(f"/demo/letters/{path}").status_code == 404


def test_sending_a_letter_that_is_not_there_is_not_found(app: Flask) -> None:
    assert Visitor(app).post("/demo/letters/99999999999999999999/send", page="/demo/letters").status_code == 404


def test_sending_without_a_token_is_refused(app: Flask) -> None:
    letter = one(OWED)

    assert Visitor(app).open("POST", f"/demo/letters/{letter.id}/send").status_code == 400
    assert _again(letter).state in OPEN


def test_nothing_but_text_and_links_is_taken_from_a_letter() -> None:
    html = '<html><body><p onclick="x()">a &lt;b&gt;<script>c</script><a href="javascript:d">e</a></p></body></html>'

    assert body_of(html) == "<p>a &lt;b&gt;c<a>e</a></p>"


def _again(letter: Letter) -> Letter:
    database.session.rollback()
    return database.session.get_one(Letter, letter.id, populate_existing=True)
