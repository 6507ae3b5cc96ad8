"""What is known about a patient: cleaned and checked in one place, for whoever writes it down."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from clinic.database import database
from clinic.people.patients.birth_dates import checked_birth_date
from clinic.people.patients.consent import WORDING, check_channel
from clinic.people.patients.contact import check_reachable, normal_email, normal_phone
from clinic.people.patients.models import Patient
from clinic.people.patients.names import clean_line, clean_name, clean_note, search_name
from clinic.people.patients.wishes import checked_wishes
from clinic.refusals import Unacceptable

FIELDS = (
    "name",
    "called",
    "born_on",
    "phone",
    "email",
    "channel",
    "consent_at",
    "consent_wording",
    "usual_therapist_id",
    "wished_days",
    "wished_from",
    "wished_until",
    "desk_note",
)


class NoSuchTherapist(Unacceptable):
    """The usual therapist is not one of those who treat here."""


def particulars(
    *,
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
    now: datetime,
) -> dict[str, Any]:
    """Return the columns for what was typed. Raises an ``Unacceptable`` for the first thing that cannot be."""
    name = clean_name(name)
    called = clean_line(called, field="called", longest=60)
    phone, email = normal_phone(phone), normal_email(email)
    check_reachable(phone=phone, email=email)
    wishes = checked_wishes(wished_days, wished_from, wished_until)
    return {
        "name": name,
        "called": called,
        "search_name": search_name(name, called),
        "born_on": checked_birth_date(born_on, now=now),
        "phone": phone,
        "email": email,
        "channel": check_channel(channel, phone=phone, email=email, consent=consent),
        "usual_therapist_id": _therapist_id(usual_therapist_id),
        "wished_days": wishes.days,
        "wished_from": wishes.since,
        "wished_until": wishes.until,
        "desk_note": clean_note(desk_note, field="desk_note", longest=500),
    }


def faults(
    *,
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
    now: datetime,
) -> list[Unacceptable]:
    """Return everything about what was typed that cannot be, each beside its field; empty where all is well."""
    checks: list[Callable[[], object]] = [
        lambda: clean_name(name),
        lambda: clean_line(called, field="called", longest=60),
        lambda: checked_birth_date(born_on, now=now),
        lambda: normal_phone(phone),
        lambda: normal_email(email),
        lambda: check_reachable(phone=phone.strip(), email=email.strip()),
        lambda: check_channel(channel, phone=phone.strip(), email=email.strip(), consent=consent),
        lambda: _therapist_id(usual_therapist_id),
        lambda: checked_wishes(wished_days, wished_from, wished_until),
        lambda: clean_note(desk_note, field="desk_note", longest=500),
    ]
    found: dict[str | None, Unacceptable] = {}
    for check in checks:
        try:
            check()
        except Unacceptable as fault:
            found.setdefault(fault.field, fault)
    return list(found.values())


def consent_columns(patient: Patient | None, *, consent: bool, now: datetime) -> dict[str, Any]:
    """Return the consent's columns: given now, kept as it was given, or none."""
    if not consent:
        return {"consent_at": None, "consent_wording": ""}
    if patient is not None and patient.consent_at is not None:
        return {"consent_at": patient.consent_at, "consent_wording": patient.consent_wording}
    return {"consent_at": now, "consent_wording": WORDING}


def facts(patient: Patient) -> dict[str, Any]:
    """Return what the trail keeps of a patient, as it is now."""
    return {field: getattr(patient, field) for field in FIELDS}


def save(patient: Patient) -> None:
    """Write the patient's row, in a savepoint. Raises ``NoSuchTherapist`` where the key of one points nowhere."""
    try:
        with database.session.begin_nested():
            database.session.add(patient)
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) != "23503" and "FOREIGN KEY" not in str(error.orig):
            raise
        raise NoSuchTherapist("This therapist does not work here.", field="usual_therapist_id") from error


def _therapist_id(usual_therapist_id: int | None) -> int | None:
    if usual_therapist_id is not None and not 0 < usual_therapist_id < 2**31:
        raise NoSuchTherapist("This therapist does not work here.", field="usual_therapist_id")
    return usual_therapist_id
