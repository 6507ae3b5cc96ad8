"""A patient comes again."""

from datetime import datetime

from clinic.audit import Actor
from clinic.people.patients.models import Patient
from clinic.people.patients.the_row import note_change, patient_to_change


def reactivate(*, patient_id: int, by: Actor, now: datetime, seen: int | None = None) -> Patient:
    """Mark an inactive patient active again; the caller commits.

    Doing it twice changes nothing. Raises ``NoSuchPatient`` or ``ChangedBySomebody``.
    """
    patient = patient_to_change(patient_id)
    if patient.inactive_at is None:
        return patient
    patient = patient_to_change(patient_id, seen=seen)
    before = {"inactive_at": patient.inactive_at}
    patient.inactive_at = None
    note_change("reactivated", patient, before=before, after={"inactive_at": None}, by=by, now=now)
    return patient
