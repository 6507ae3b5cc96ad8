"""Search, on both engines."""

from collections.abc import Callable
from datetime import date

import pytest

from clinic.people import patients
from clinic.people.patients import Patient
from tests.cast import KIM, NOW

Register = Callable[..., Patient]


def names(text: str, *, limit: int = 8) -> list[str]:
    """Return the names that a search finds, in order."""
    return [found.name for found in patients.search(text, limit=limit)]


@pytest.fixture
def mika(register: Register) -> Patient:
    """Mika Lindqvist, who is not the only one with such a name."""
    register(name="Zoë Blindé-Lindström", phone="336 555 0134", email="", born_on=date(1950, 1, 1), request_id="z")
    return register(born_on=date(1991, 3, 8), called="Micky")


@pytest.mark.parametrize(
    "typed",
    ["Mika", "mika lindqvist", "LINDQVIST, MIKA", "qvist", "mik lindq", "míka", "micky", "9195550134", "(919) 555-0134",
     "+1 919 555 0134", "mika 0134", "3/8/1991", "03/08/91", "1991-03-08", "Mar 8 1991", "lind 3/8/1991"],
)  # fmt: skip
def test_a_patient_is_found_by_any_part(mika: Patient, typed: str) -> None:
    assert names(typed) == ["Mika Lindqvist"]


def test_what_begins_a_name_comes_before_what_lies_inside(mika: Patient) -> None:
    assert names("lind") == ["Mika Lindqvist", "Zoë Blindé-Lindström"]
    assert names("blind") == ["Zoë Blindé-Lindström"]


def test_the_beginning_of_the_whole_name_comes_first(register: Register) -> None:
    register(name="Zara Adair")

    assert names("ada") == ["Ada Moore", "Zara Adair"]


def test_the_last_four_digits_find_everybody_who_has_them(mika: Patient) -> None:
    assert names("0134") == ["Mika Lindqvist", "Zoë Blindé-Lindström"]


def test_accents_are_needed_on_neither_side(mika: Patient) -> None:
    assert names("zoe blinde") == ["Zoë Blindé-Lindström"]
    assert names("zöë") == ["Zoë Blindé-Lindström"]


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "%", "_", "%%%%", "m_ka", "\\", "'", "\x00", "\udc80", "🏃", "nobody", "99", "2/30/1991", "0000-00-00",
     "x' OR '1'='1", "'; DROP TABLE patients; --", "9" * 5000, "x " * 5000],
)  # fmt: skip
def test_what_names_nobody_finds_nobody(mika: Patient, typed: str) -> None:
    assert names(typed) == []


def test_a_wildcard_in_a_name_is_only_a_mark(register: Register) -> None:
    register(name="Sure% Thing")

    assert names("sure%") == ["Sure% Thing"]
    assert names("s%e") == []
    assert names("sur_%") == []


def test_right_to_left_names_are_found(register: Register) -> None:
    register(name="دانا رويز")

    assert names("رويز") == ["دانا رويز"]


def test_who_does_not_come_any_more_is_found_last(register: Register) -> None:
    first = register(name="Lin Aaron")
    register(name="Lin Zuber")
    patients.deactivate(patient_id=first.id, by=KIM, now=NOW)

    found = patients.search("lin")

    assert [(one.name, one.is_active) for one in found] == [("Lin Zuber", True), ("Lin Aaron", False)]


def test_no_more_are_returned_than_asked_for(register: Register) -> None:
    for number in range(5):
        register(name=f"Lin {'abcde'[number]}")

    assert names("lin", limit=3) == ["Lin a", "Lin b", "Lin c"]


def test_a_found_patient_says_what_a_list_shows(mika: Patient) -> None:
    found = patients.search("mika")[0]

    assert found == patients.Found(
        mika.id,
        "Mika Lindqvist",
        "Micky",
        date(1991, 3, 8),
        "+19195550134",
        "mika@mail.example",
        "email",
        None,
        None,
        None,
    )
    assert (found.initials, found.gets_letters) == ("ML", True)
