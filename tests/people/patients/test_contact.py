"""Telephone numbers and mailboxes in one form each."""

import pytest

from clinic.people.patients.contact import (
    NoSuchMailbox,
    NoSuchNumber,
    normal_email,
    normal_phone,
    shown_phone,
)

TOO_SHORT = (
    "This number has too few or too many digits. Type all ten with the area code, like 919 555 0134, "
    "or start with + and the country."
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+1 919 555 0134", "+19195550134"),
        ("(919) 555-0134", "+19195550134"),
        ("919.555.0134", "+19195550134"),
        ("1-919-555-0134", "+19195550134"),
        ("+44 20 7946 0958", "+442079460958"),
        ("  ", ""),
    ],
)
def test_a_phone_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normal_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "555-0142",
            TOO_SHORT,
        ),
        ("119 555 0134", "No telephone has this number. Check the area code and the digits after it."),
        ("ask her son", "This does not read as a phone number. Type it with its area code, like 919 555 0134."),
        ("919 555 0134 ext. 12", "Leave the extension out, and write it in the desk note."),
    ],
)
def test_a_number_that_no_telephone_has_is_refused_with_how_to_mend_it(typed: str, sentence: str) -> None:
    with pytest.raises(NoSuchNumber) as refused:
        normal_phone(typed)

    assert (refused.value.sentence, refused.value.field, refused.value.status) == (sentence, "phone", 422)


@pytest.mark.parametrize("typed", ["\x00", "9" * 300, "919\r\n5550134\x00", "🏃", "+", "'; DROP TABLE patients; --"])
def test_hostile_text_is_no_phone_number(typed: str) -> None:
    with pytest.raises(NoSuchNumber):
        normal_phone(typed)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("+19195550134", "(919) 555-0134"), ("+442079460958", "+44 20 7946 0958"), ("", ""), ("odd", "odd")],
)
def test_a_number_is_shown_as_people_here_write_it(phone: str, shown: str) -> None:
    assert shown_phone(phone) == shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" mika@mail.example ", "mika@mail.example"),
        ("Mika.L@Mail.Example", "Mika.L@mail.example"),
        ("mika@bücher.example", "mika@xn--bcher-kva.example"),
        ("", ""),
    ],
)
def test_a_mailbox_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert normal_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "mika",
        "mika@",
        "mika@localhost",
        "Mika <mika@mail.example>",
        "mika@mail.example\r\nBcc: all@mail.example",
        "mika\x00@mail.example",
        "mika@mail.example, ada@mail.example",
        "m" * 300 + "@mail.example",
        "zoë@mail.example",
    ],
)
def test_an_address_that_cannot_be_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(NoSuchMailbox) as refused:
        normal_email(typed)

    assert (refused.value.field, refused.value.status) == ("email", 422)
