"""The parts of a letter: what was put in comes out, whatever is in it, and takes seven bits."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.letters.reminders.parts import SMTP, file_part, fill, text_part
from clinic.letters.reminders.queries import opened

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


def read(message: EmailMessage) -> EmailMessage:
    """Write a message and read it again, as a mail program does."""
    raw = message.as_bytes(policy=SMTP)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    again = message_from_bytes(raw, policy=default)
    assert isinstance(again, EmailMessage)
    assert [part.defects for part in again.walk() if part.defects] == []
    return again


@settings(deadline=None)
@given(plain=TEXTS, html=TEXTS, content=st.binary())
def test_every_word_and_every_file_arrives(plain: str, html: str, content: bytes) -> None:
    message = EmailMessage(policy=SMTP)
    fill(
        message,
        [text_part(plain + "\n", "plain"), text_part(html + "\n", "html")],
        [file_part(content, "application/ics", attached_as="invite.ics")],
    )

    raw = message.as_bytes(policy=SMTP)
    letter = opened(raw)

    assert (letter.plain.replace("\r\n", "\n"), letter.html.replace("\r\n", "\n")) == (plain + "\n", html + "\n")
    assert [part.get_payload(decode=True) for part in read(message).iter_attachments()] == [content]


def test_words_that_look_like_the_end_of_a_part_are_but_words() -> None:
    message = EmailMessage(policy=SMTP)
    text = "--=_alternative--\n--=_mixed\n.\nFrom here\n"
    fill(message, [text_part(text, "plain"), text_part("<p>", "html")])

    assert opened(message.as_bytes(policy=SMTP)).plain.replace("\r\n", "\n") == text
    assert [part.get_content_type() for part in read(message).walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
