"""A patient has died; and, where that was an error, has not."""

from datetime import datetime

from clinic.audit import Actor
from clinic.people.patients.models import Patient
from clinic.people.patients.the_row import note_change, patient_to_change


def mark_deceased(*, patient_id: int, by: Actor, now: datetime, seen: int | None = None) -> Patient:
    """Note that a patient has died: nothing is ever sent; the caller commits.

    Doing it twice changes nothing. Raises ``NoSuchPatient`` or ``ChangedBySomebody``.
    """
    patient = patient_to_change(patient_id)
    if patient.deceased_at is not None:
        return patient
    patient = patient_to_change(patient_id, seen=seen)
    patient.deceased_at = now
    note_change("marked deceased", patient, before={"deceased_at": None}, after={"deceased_at": now}, by=by, now=now)
    return patient


def unmark_deceased(*, patient_id: int, by: Actor, now: datetime, seen: int | None = None) -> Patient:
    """Take back the note that a patient has died; the caller commits.

    Doing it twice changes nothing. Raises ``NoSuchPatient`` or ``ChangedBySomebody``.
    """
    patient = patient_to_change(patient_id)
    if patient.deceased_at is None:
        return patient
    patient = patient_to_change(patient_id, seen=seen)
    before = {"deceased_at": patient.deceased_at}
    patient.deceased_at = None
    note_change("unmarked deceased", patient, before=before, after={"deceased_at": None}, by=by, now=now)
    return patient
