"""What a patient answered: confirmed, told on the phone, wishes a call. A change ends it, its undo brings it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from clinic.scheduling.booking.models import Appointment

CALLED = ("told_by_phone_at", "call_wanted_at", "call_wanted_why")
CONFIRMED = ("confirmed_at", "confirmed_how", "confirmed_by")
ANSWERED = (*CONFIRMED, *CALLED)


def note_answered(appointment: Appointment, names: Sequence[str] = ANSWERED) -> dict[str, Any]:
    """Return those of the columns ``names`` that are not empty, as an audit entry keeps them."""
    values = ((name, getattr(appointment, name)) for name in names)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values if value}


def end_answered(appointment: Appointment, names: Sequence[str] = ANSWERED) -> None:
    """Empty the columns ``names``."""
    bring_back(appointment, {}, names)


def bring_back(appointment: Appointment, noted: Mapping[str, Any], names: Sequence[str] = ANSWERED) -> None:
    """Set the columns ``names`` to what was ``noted``; what was not is empty."""
    for name in names:
        value = noted.get(name)
        if name.endswith("_at"):
            setattr(appointment, name, datetime.fromisoformat(value) if value else None)
        else:
            setattr(appointment, name, value or "")
