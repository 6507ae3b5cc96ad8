"""Registering, on both engines."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from clinic import audit
from clinic.database import database
from clinic.people import patients
from clinic.people.patients import Patient
from clinic.people.patients.birth_dates import NotABirthDate
from clinic.people.patients.consent import WORDING, ConsentMissing
from clinic.people.patients.contact import Unreachable
from clinic.people.patients.particulars import NoSuchTherapist
from clinic.people.patients.register import AlreadyRegistered
from clinic.people.patients.wishes import NoSuchTime
from clinic.refusals import Unacceptable
from tests.cast import CAST, NOW

Register = Callable[..., Patient]


def trail(patient: Patient) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Return what the trail says about a patient, the newest first."""
    return [(e.what, e.by, e.before, e.after) for e in audit.entries_about(f"patient:{patient.id}")]


def count() -> int:
    """Return how many are registered."""
    return database.session.scalar(select(func.count()).select_from(Patient)) or 0


def test_a_patient_is_registered_in_the_registers_own_form(register: Register) -> None:
    patient = register(
        name="  Mika   Lindqvist ",
        called="Micky",
        born_on=date(1991, 3, 8),
        usual_therapist_id=CAST.noor,
        wished_days=[3, 1, 1],
        wished_from=14 * 60,
        desk_note="Parks behind the house.\r\nRings twice.",
    )

    database.session.expire_all()
    kept = patients.patient(patient.id)
    assert (kept.name, kept.called, kept.search_name) == ("Mika Lindqvist", "Micky", "mika lindqvist micky")
    assert (kept.born_on, kept.phone, kept.email) == (date(1991, 3, 8), "+19195550134", "mika@mail.example")
    assert (kept.channel, kept.consent_at, kept.consent_wording) == ("email", NOW, WORDING)
    assert (kept.usual_therapist_id, kept.created_at, kept.version) == (CAST.noor, NOW, 1)
    assert (kept.wished_days, kept.wished_from, kept.wished_until) == ([1, 3], 840, 1440)
    assert kept.desk_note == "Parks behind the house.\nRings twice."


def test_the_trail_says_who_registered_whom_and_how(register: Register) -> None:
    patient = register(email="", consent=False, born_on=date(1991, 3, 8))

    assert trail(patient) == [
        (
            "registered",
            "Kim Alder",
            {},
            {"name": "Mika Lindqvist", "born_on": "1991-03-08", "phone": "+19195550134", "channel": "phone"},
        )
    ]


def test_neither_phone_nor_mail_is_refused_beside_the_phone(register: Register) -> None:
    with pytest.raises(Unreachable) as refused:
        register(phone=" ", email="")

    assert (refused.value.field, refused.value.status, count()) == ("phone", 422, 3)


@pytest.mark.parametrize(
    ("known", "channel"),
    [
        ({}, "email"),
        ({"consent": False}, "phone"),
        ({"email": ""}, "phone"),
        ({"phone": "", "consent": False}, "none"),
        ({"channel": "none"}, "none"),
        ({"channel": "phone"}, "phone"),
        ({"channel": "email", "email": "", "consent": False}, "email"),
    ],
)
def test_how_they_are_told_follows_from_what_is_known(register: Register, known: dict[str, Any], channel: str) -> None:
    assert register(**known).channel == channel


def test_letters_need_a_consent(register: Register) -> None:
    with pytest.raises(ConsentMissing) as refused:
        register(channel="email", consent=False)

    assert (refused.value.field, count()) == ("consent", 3)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "phone", "phone": ""}, "phone"),
        ({"name": "a" * 300}, "name"),
        ({"name": "Mika\x00"}, "name"),
        ({"called": "M\r\nBcc: x"}, "called"),
        ({"called": "m" * 61}, "called"),
        ({"desk_note": "x" * 501}, "desk_note"),
        ({"desk_note": "\x00"}, "desk_note"),
        ({"phone": "555-0142"}, "phone"),
        ({"email": "mika"}, "email"),
        ({"usual_therapist_id": 99}, "usual_therapist_id"),
        ({"usual_therapist_id": 0}, "usual_therapist_id"),
        ({"usual_therapist_id": 2**70}, "usual_therapist_id"),
        ({"wished_days": [7]}, "wished_days"),
        ({"wished_days": [-1]}, "wished_days"),
        ({"wished_from": -5}, "wished_from"),
        ({"wished_until": 1441}, "wished_from"),
        ({"wished_from": 900, "wished_until": 900}, "wished_until"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(register: Register, typed: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        register(**typed)

    assert (refused.value.field, count()) == (field, 3)


def test_a_therapist_who_does_not_exist_and_a_time_that_does_not_are_told_apart(register: Register) -> None:
    with pytest.raises(NoSuchTherapist):
        register(usual_therapist_id=99)
    with pytest.raises(NoSuchTime):
        register(wished_days=[9])


@pytest.mark.parametrize(
    ("born_on", "sentence"),
    [
        (NOW.date(), "A birth date lies in the past. Check the year."),
        (date(9999, 12, 31), "A birth date lies in the past. Check the year."),
        (date(1899, 12, 31), "Check the year: 1899 is before 1900."),
        (date(91, 3, 8), "Check the year: 91 is before 1900."),
    ],
)
def test_nobody_was_born_then(register: Register, born_on: date, sentence: str) -> None:
    with pytest.raises(NotABirthDate) as refused:
        register(born_on=born_on)

    assert (refused.value.sentence, refused.value.field) == (sentence, "born_on")


def test_yesterday_and_1900_are_birth_dates(register: Register) -> None:
    assert register(born_on=NOW.date() - timedelta(days=1)).born_on == date(2026, 11, 23)
    assert register(born_on=date(1900, 1, 1)).born_on == date(1900, 1, 1)


def test_a_second_click_gives_back_the_first_patient(register: Register) -> None:
    first = register(request_id="one-click")
    database.session.rollback()

    second = register(request_id="one-click")

    assert (second.id, count()) == (first.id, 4)
    assert [what for what, *_ in trail(first)] == ["registered"]


def test_a_used_form_is_refused_for_somebody_else(register: Register) -> None:
    register(request_id="one-click")
    database.session.rollback()

    with pytest.raises(AlreadyRegistered) as refused:
        register(name="Jo Chen", request_id="one-click")

    assert (
        refused.value.sentence == "This form has already registered Mika Lindqvist. Open a new one for somebody else."
    )


@pytest.mark.parametrize(
    "changes",
    [{"phone": "+19195550177"}, {"email": "other@mail.example"}, {"born_on": date(1991, 3, 8)}, {"wished_days": [2]}],
)
def test_a_used_form_is_refused_with_other_particulars(register: Register, changes: dict[str, Any]) -> None:
    register(request_id="one-click")
    database.session.rollback()

    with pytest.raises(AlreadyRegistered) as refused:
        register(**changes, request_id="one-click")

    assert refused.value.sentence == (
        "Mika Lindqvist is in the register already, with other particulars. Change them there."
    )


def test_a_family_may_share_a_phone_and_a_mailbox(register: Register) -> None:
    register()
    register(name="Aino Lindqvist")

    assert count() == 5
