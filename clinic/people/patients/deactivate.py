"""A patient does not come any more."""

from datetime import datetime

from clinic.audit import Actor
from clinic.people.patients.models import Patient
from clinic.people.patients.the_row import note_change, patient_to_change


def deactivate(*, patient_id: int, by: Actor, now: datetime, seen: int | None = None) -> Patient:
    """Mark a patient inactive: nothing is sent and nothing booked from now on; the caller commits.

    What is booked stays booked. Doing it twice changes nothing. Raises ``NoSuchPatient`` or ``ChangedBySomebody``.
    """
    patient = patient_to_change(patient_id)
    if patient.inactive_at is not None:
        return patient
    patient = patient_to_change(patient_id, seen=seen)
    patient.inactive_at = now
    note_change("deactivated", patient, before={"inactive_at": None}, after={"inactive_at": now}, by=by, now=now)
    return patient
