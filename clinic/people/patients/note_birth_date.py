"""Ask a patient's birth date at the first arrival, and write it down."""

from datetime import date, datetime

from clinic.audit import Actor
from clinic.people.patients.birth_dates import checked_birth_date
from clinic.people.patients.models import Patient
from clinic.people.patients.the_row import note_change, patient_to_change


def note_birth_date(*, patient_id: int, born_on: date, by: Actor, now: datetime, seen: int | None = None) -> Patient:
    """Write down a patient's birth date; the caller commits.

    Raises ``NoSuchPatient``, ``ChangedBySomebody``, or ``NotABirthDate``.
    """
    patient = patient_to_change(patient_id, seen=seen)
    if patient.born_on == born_on:
        return patient
    before = {"born_on": patient.born_on}
    patient.born_on = checked_birth_date(born_on, now=now)
    note_change("noted birth date", patient, before=before, after={"born_on": born_on}, by=by, now=now)
    return patient
