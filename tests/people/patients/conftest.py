"""A front desk that registers, with only the difference stated."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic.database import database, transaction
from clinic.people import patients
from clinic.people.patients import Patient
from tests.cast import KIM, NOW

MIKA = {
    "name": "Mika Lindqvist",
    "phone": "919 555 0134",
    "email": "mika@mail.example",
    "consent": True,
    "by": KIM,
    "now": NOW,
}


@pytest.fixture
def register(app: Flask) -> Callable[..., Patient]:
    """Register Mika Lindqvist, or somebody who differs from them in what is given, and commit."""

    def register_with(**difference: Any) -> Patient:
        with transaction():
            return patients.register(**{**MIKA, **difference})

    return register_with


@pytest.fixture
def change(app: Flask) -> Callable[..., Patient]:
    """Change what is given of a patient, leave the rest as it is, and commit."""

    def change_with(patient: Patient, **difference: Any) -> Patient:
        kept = {
            name: getattr(patient, name)
            for name in (
                "name",
                "called",
                "born_on",
                "phone",
                "email",
                "channel",
                "usual_therapist_id",
                "wished_days",
                "wished_from",
                "wished_until",
                "desk_note",
            )
        }
        kept |= {"consent": patient.consent_at is not None, "patient_id": patient.id, "by": KIM, "now": NOW}
        database.session.rollback()
        with transaction():
            return patients.change(**{**kept, **difference})

    return change_with
