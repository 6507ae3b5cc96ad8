"""The warning that this may be somebody we know, on both engines."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clinic.people import patients
from clinic.people.patients import Patient

Register = Callable[..., Patient]


def alike(**typed: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Return who resembles what was typed, and why."""
    return [(one.patient.name, one.why) for one in patients.resembling(**typed)]


@pytest.fixture
def mika(register: Register) -> Patient:
    """Mika Lindqvist, born on March 8, 1991."""
    return register(born_on=date(1991, 3, 8))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"phone": "(919) 555-0134"}, ("same phone",)),
        ({"email": "MIKA@mail.example"}, ("same e-mail",)),
        ({"name": "lindqvist, míka"}, ("same name",)),
        ({"name": "Mika Berg", "born_on": date(1991, 3, 8)}, ("similar name", "same birth date")),
        ({"name": "Mica Lindquist", "born_on": date(1991, 3, 8)}, ("similar name", "same birth date")),
        ({"name": "Mika Lindqvist", "born_on": date(1991, 3, 8)}, ("same name", "same birth date")),
        ({"name": "Aino Berg", "phone": "9195550134"}, ("same phone",)),
    ],
)
def test_somebody_we_may_know_is_named_with_the_reason(
    mika: Patient, typed: dict[str, Any], why: tuple[str, ...]
) -> None:
    assert alike(**typed) == [("Mika Lindqvist", why)]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"name": "Mika"},
        {"name": "Mika Berg"},
        {"name": "Jo Chen", "born_on": date(1991, 3, 8)},
        {"born_on": date(1991, 3, 8)},
        {"phone": "919 555"},
        {"phone": "\x00", "email": "\r\n", "name": "%"},
        {"name": "' OR 1=1 --"},
        {"name": "x" * 5000, "email": "@"},
    ],
)
def test_nobody_is_named_without_a_reason(mika: Patient, typed: dict[str, Any]) -> None:
    assert alike(**typed) == []


def test_a_patient_does_not_resemble_themselves(mika: Patient) -> None:
    assert alike(phone="919 555 0134", except_id=mika.id) == []


def test_the_most_alike_comes_first(mika: Patient, register: Register) -> None:
    register(name="Aino Lindqvist", email="aino@mail.example")

    assert alike(name="Aino Lindqvist", phone="919 555 0134") == [
        ("Aino Lindqvist", ("same name", "same phone")),
        ("Mika Lindqvist", ("same phone",)),
    ]
