"""Find a patient to change them, and write a change down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.refusals import ChangedMeanwhile, NotFound

LARGEST_ID = 2**31 - 1


class NoSuchPatient(NotFound):
    """There is no such patient."""

    def __init__(self) -> None:
        super().__init__("There is no such patient.")


class ChangedBySomebody(ChangedMeanwhile):
    """The patient is not as this page showed them."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has just changed this patient. Nothing was saved; look at the patient's page, "
            "then make your change again."
        )


def patient_to_change(patient_id: int, *, seen: int | None = None) -> Patient:
    """Lock and return the patient. Raises ``NoSuchPatient``, or ``ChangedBySomebody`` unless they are as ``seen``.

    ``seen`` is the version that the person was shown; None asks for no comparison.
    """
    if not 0 < patient_id <= LARGEST_ID:
        raise NoSuchPatient
    found = database.session.scalars(
        select(Patient).where(Patient.id == patient_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NoSuchPatient
    if seen is not None and found.version != seen:
        raise ChangedBySomebody
    return found


def note_change(
    what: str, patient: Patient, *, before: Mapping[str, Any], after: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    """Raise the version and put what differs between ``before`` and ``after`` on the trail."""
    changed = [name for name in after if before.get(name) != after[name]]
    patient.version += 1
    audit.record(
        what,
        about=key_of(patient.id),
        by=by,
        now=now,
        patient_id=patient.id,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )


def key_of(patient_id: int) -> str:
    """Return what the trail calls a patient."""
    return f"patient:{patient_id}"
