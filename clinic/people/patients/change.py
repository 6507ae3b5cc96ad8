"""Change what is known about a patient."""

from collections.abc import Iterable
from datetime import date, datetime

from clinic.audit import Actor
from clinic.people.patients.models import Patient
from clinic.people.patients.particulars import consent_columns, facts, particulars, save
from clinic.people.patients.the_row import note_change, patient_to_change


def change(
    *,
    patient_id: int,
    by: Actor,
    now: datetime,
    name: str,
    called: str,
    born_on: date | None,
    phone: str,
    email: str,
    channel: str,
    consent: bool,
    usual_therapist_id: int | None,
    wished_days: Iterable[int],
    wished_from: int | None,
    wished_until: int | None,
    desk_note: str,
    seen: int | None = None,
) -> Patient:
    """Write down all that is known about a patient as it is now; the caller commits.

    Where nothing differs nothing is written. A consent keeps its time and its words, also with a new mailbox; a
    withdrawn one loses them, and the trail keeps them. Raises ``NoSuchPatient``, ``ChangedBySomebody``, and what
    ``register`` raises.
    """
    patient = patient_to_change(patient_id, seen=seen)
    before = facts(patient)
    columns = particulars(
        name=name,
        called=called,
        born_on=born_on,
        phone=phone,
        email=email,
        channel=channel,
        consent=consent,
        usual_therapist_id=usual_therapist_id,
        wished_days=wished_days,
        wished_from=wished_from,
        wished_until=wished_until,
        desk_note=desk_note,
        now=now,
    )
    for column, value in {**columns, **consent_columns(patient, consent=consent, now=now)}.items():
        setattr(patient, column, value)
    after = facts(patient)
    if after != before:
        note_change("changed", patient, before=before, after=after, by=by, now=now)
        save(patient)
    return patient
