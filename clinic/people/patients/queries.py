"""Read the register."""

from clinic.database import database
from clinic.people.patients.found import Found, select_found
from clinic.people.patients.models import Patient
from clinic.people.patients.the_row import LARGEST_ID, NoSuchPatient


def patient(patient_id: int) -> Patient:
    """Return one patient. Raises ``NoSuchPatient``."""
    found = database.session.get(Patient, patient_id) if 0 < patient_id <= LARGEST_ID else None
    if found is None:
        raise NoSuchPatient
    return found


def newest(*, limit: int = 20) -> list[Found]:
    """Return those who were registered last, the newest first."""
    query = select_found().order_by(Patient.created_at.desc(), Patient.id.desc()).limit(limit)
    return [Found(*row) for row in database.session.execute(query)]
