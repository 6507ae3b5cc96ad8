"""Found the clinic: its one row of settings, and its first location."""

from datetime import datetime

from sqlalchemy import select

from clinic import audit
from clinic.audit import Actor
from clinic.database import database
from clinic.refusals import Refusal
from clinic.scheduling.practice.fields import clean_mailbox, clean_phone, clean_text, clean_zone
from clinic.scheduling.practice.models import Clinic, Location


class AlreadySettled(Refusal):
    """There is a clinic already."""


def settle(
    *,
    clinic_name: str,
    mailbox: str,
    location_name: str,
    address: str,
    phone: str,
    zone: str,
    by: Actor,
    now: datetime,
) -> Location:
    """Found the clinic, and return its location; the caller commits. Raises ``AlreadySettled`` and ``Unacceptable``."""
    if database.session.scalar(select(Clinic.id)) is not None:
        raise AlreadySettled("There is a clinic in this database already.")
    clinic = Clinic(
        id=1,
        name=clean_text(clinic_name, field="clinic_name", most=80),
        mailbox=clean_mailbox(mailbox, field="mailbox"),
    )
    location = Location(
        name=clean_text(location_name, field="location_name", most=80),
        address=clean_text(address, field="address", most=200),
        phone=clean_phone(phone, field="phone"),
        zone=clean_zone(zone, field="zone"),
    )
    database.session.add_all([clinic, location])
    database.session.flush()
    audit.record("clinic founded", about="clinic:1", by=by, now=now, after={"name": clinic.name})
    return location
