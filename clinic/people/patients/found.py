"""A patient as lists name them."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from clinic.people.patients.models import Patient


class Found(NamedTuple):
    """A patient as lists name them."""

    id: int
    name: str
    called: str
    born_on: date | None
    phone: str
    email: str
    channel: str
    usual_therapist_id: int | None
    inactive_at: datetime | None
    deceased_at: datetime | None

    @property
    def initials(self) -> str:
        """First letters of the first and last name."""
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()

    @property
    def is_active(self) -> bool:
        """Whether they may be booked."""
        return self.inactive_at is None and self.deceased_at is None

    @property
    def gets_letters(self) -> bool:
        """Whether anything may be sent to them by e-mail."""
        return bool(self.email) and self.channel == "email" and self.is_active


FoundRow = tuple[int, str, str, date | None, str, str, str, int | None, datetime | None, datetime | None]


def select_found() -> Select[*FoundRow]:
    """Return a query for what ``Found`` holds, in its order."""
    return select(
        Patient.id,
        Patient.name,
        Patient.called,
        Patient.born_on,
        Patient.phone,
        Patient.email,
        Patient.channel,
        Patient.usual_therapist_id,
        Patient.inactive_at,
        Patient.deceased_at,
    )
