"""Changing, deactivating, and noting what was learned later, on both engines."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from clinic import audit
from clinic.audit import Actor
from clinic.database import database, transaction
from clinic.people import patients
from clinic.people.patients import ChangedBySomebody, NoSuchPatient, Patient
from clinic.people.patients.birth_dates import NotABirthDate
from clinic.people.patients.consent import WORDING, ConsentMissing
from clinic.people.patients.particulars import NoSuchTherapist
from tests.cast import CAST, KIM, NOW

Register = Callable[..., Patient]
Change = Callable[..., Patient]
LATER = NOW + timedelta(hours=1)
PAT = Actor(name="Pat", user_id=2)


def trail(patient: Patient) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Return what the trail says of a patient since the registration, the oldest first."""
    entries = audit.entries_about(f"patient:{patient.id}")
    return [(e.what, e.before, e.after) for e in reversed(entries) if e.what != "registered"]


def do(verb: Callable[..., Patient], patient: Patient, **facts: Any) -> Patient:
    """Apply a verb to a patient and commit."""
    id_ = patient.id
    database.session.rollback()
    with transaction():
        return verb(**{"patient_id": id_, "by": KIM, "now": LATER, **facts})


def test_a_change_is_written_with_what_was_before(register: Register, change: Change) -> None:
    patient = register()

    changed = change(patient, name="Mika Åberg", phone="919 555 0199", wished_days=[0], by=PAT, now=LATER)

    assert (changed.name, changed.search_name, changed.phone) == ("Mika Åberg", "mika aberg", "+19195550199")
    assert changed.version == 2
    assert trail(patient) == [
        (
            "changed",
            {"name": "Mika Lindqvist", "phone": "+19195550134", "wished_days": []},
            {"name": "Mika Åberg", "phone": "+19195550199", "wished_days": [0]},
        )
    ]


def test_a_change_that_changes_nothing_writes_nothing(register: Register, change: Change) -> None:
    patient = register()

    changed = change(patient, phone="(919) 555-0134")

    assert changed.version == 1
    assert trail(patient) == []


def test_who_saw_an_older_page_is_refused_and_nothing_is_written(register: Register, change: Change) -> None:
    patient = register()
    change(patient, called="Micky", seen=1)

    with pytest.raises(ChangedBySomebody) as refused:
        change(patient, called="Mimi", seen=1)

    database.session.expire_all()
    assert (refused.value.status, patients.patient(patient.id).called) == (409, "Micky")


@pytest.mark.parametrize("patient_id", [0, -1, 999, 2**31, 2**63, 10**30])
def test_nobody_has_a_made_up_number(register: Register, patient_id: int) -> None:
    patient = register()

    for verb in (patients.deactivate, patients.reactivate, patients.mark_deceased, patients.unmark_deceased):
        with pytest.raises(NoSuchPatient):
            do(verb, patient, patient_id=patient_id)
    with pytest.raises(NoSuchPatient):
        patients.patient(patient_id)


def test_a_consent_keeps_its_time_and_words(register: Register, change: Change) -> None:
    patient = register()

    changed = change(patient, called="Micky", now=LATER)

    assert (changed.consent_at, changed.consent_wording) == (NOW, WORDING)


def test_a_consent_is_given_and_withdrawn(register: Register, change: Change) -> None:
    patient = register(consent=False)

    given = change(patient, consent=True, channel="email", now=LATER)
    assert (given.consent_at, given.consent_wording, given.gets_letters) == (LATER, WORDING, True)
    withdrawn = change(given, consent=False, channel="phone", now=LATER)
    assert (withdrawn.consent_at, withdrawn.consent_wording, withdrawn.gets_letters) == (None, "", False)

    assert [(what, after["consent_at"]) for what, _, after in trail(patient)] == [
        ("changed", LATER.isoformat()),
        ("changed", None),
    ]


def test_letters_stop_with_the_consent(register: Register, change: Change) -> None:
    patient = register()

    with pytest.raises(ConsentMissing):
        change(patient, consent=False)


def test_a_therapist_who_does_not_exist_is_refused(register: Register, change: Change) -> None:
    patient = register(usual_therapist_id=CAST.dana)

    with pytest.raises(NoSuchTherapist):
        change(patient, usual_therapist_id=99)

    database.session.expire_all()
    assert patients.patient(patient.id).usual_therapist_id == CAST.dana


def test_an_inactive_patient_gets_no_letters_and_comes_back(register: Register) -> None:
    patient = register()

    gone = do(patients.deactivate, patient, seen=1)
    assert (gone.inactive_at, gone.gets_letters) == (LATER, False)
    back = do(patients.reactivate, patient, seen=2)
    assert (back.inactive_at, back.gets_letters, back.version) == (None, True, 3)

    assert trail(patient) == [
        ("deactivated", {"inactive_at": None}, {"inactive_at": LATER.isoformat()}),
        ("reactivated", {"inactive_at": LATER.isoformat()}, {"inactive_at": None}),
    ]


def test_a_patient_who_died_gets_no_letters_and_an_error_is_taken_back(register: Register) -> None:
    patient = register()

    died = do(patients.mark_deceased, patient, seen=1)
    assert (died.deceased_at, died.gets_letters) == (LATER, False)
    error = do(patients.unmark_deceased, patient, seen=2)
    assert (error.deceased_at, error.gets_letters) == (None, True)

    assert [what for what, *_ in trail(patient)] == ["marked deceased", "unmarked deceased"]


@pytest.mark.parametrize(
    ("verb", "again"),
    [(patients.deactivate, "deactivated"), (patients.mark_deceased, "marked deceased")],
)
def test_a_second_click_changes_nothing(register: Register, verb: Callable[..., Patient], again: str) -> None:
    patient = register()
    do(verb, patient, seen=1)

    twice = do(verb, patient, seen=1)

    assert twice.version == 2
    assert [what for what, *_ in trail(patient)] == [again]


@pytest.mark.parametrize("verb", [patients.deactivate, patients.mark_deceased])
def test_who_saw_an_older_page_marks_nothing(register: Register, change: Change, verb: Callable[..., Patient]) -> None:
    patient = register()
    change(patient, called="Micky")

    with pytest.raises(ChangedBySomebody):
        do(verb, patient, seen=1)


def test_the_birth_date_is_noted_at_the_first_arrival(register: Register) -> None:
    patient = register()

    known = do(patients.note_birth_date, patient, born_on=date(1991, 3, 8))

    assert (known.born_on, known.version) == (date(1991, 3, 8), 2)
    assert trail(patient) == [("noted birth date", {"born_on": None}, {"born_on": "1991-03-08"})]


def test_a_birth_date_to_come_is_refused(register: Register) -> None:
    patient = register()

    with pytest.raises(NotABirthDate):
        do(patients.note_birth_date, patient, born_on=date(2030, 1, 1))


def test_the_newest_come_first(register: Register) -> None:
    register(now=LATER)

    assert [found.name for found in patients.newest(limit=2)] == ["Mika Lindqvist", "Cleo Hayes"]
