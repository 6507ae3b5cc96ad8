"""Register a patient."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.people.patients.models import Patient
from clinic.people.patients.particulars import consent_columns, facts, particulars, save
from clinic.people.patients.the_row import key_of
from clinic.refusals import Refusal


class AlreadyRegistered(Refusal):
    """This very form was used before, for somebody else, or with other particulars."""


def register(
    *,
    name: str,
    by: Actor,
    now: datetime,
    called: str = "",
    born_on: date | None = None,
    phone: str = "",
    email: str = "",
    channel: str = "",
    consent: bool = False,
    usual_therapist_id: int | None = None,
    wished_days: Iterable[int] = (),
    wished_from: int | None = None,
    wished_until: int | None = None,
    desk_note: str = "",
    request_id: str | None = None,
) -> Patient:
    """Write a new patient into the register; the caller commits.

    A name is needed, and a phone or an e-mail. Without a ``channel`` it is chosen by what is known. The same
    ``request_id`` gives back the first result. Raises an ``Unacceptable`` for what cannot be, beside its field.
    """
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
    twin = _already(request_id, columns, consent=consent)
    if twin is not None:
        return twin
    patient = Patient(
        **columns, **consent_columns(None, consent=consent, now=now), created_at=now, request_id=request_id
    )
    try:
        save(patient)
    except IntegrityError:
        twin = _already(request_id, columns, consent=consent)
        if twin is None:
            raise
        return twin
    known = {field: value for field, value in facts(patient).items() if value not in ("", None, [])}
    audit.record("registered", about=key_of(patient.id), by=by, now=now, patient_id=patient.id, after=known)
    return patient


def _already(request_id: str | None, columns: dict[str, Any], *, consent: bool) -> Patient | None:
    if request_id is None:
        return None
    found = database.session.scalars(select(Patient).where(Patient.request_id == request_id)).first()
    if found is None:
        return None
    if found.name != columns["name"]:
        raise AlreadyRegistered(f"This form has already registered {found.name}. Open a new one for somebody else.")
    differs = any(getattr(found, field) != value for field, value in columns.items())
    if differs or (found.consent_at is not None) != consent or found.inactive_at or found.deceased_at:
        raise AlreadyRegistered(f"{found.name} is in the register already, with other particulars. Change them there.")
    return found
