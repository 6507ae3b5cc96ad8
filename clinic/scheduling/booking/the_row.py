"""Find an appointment to change it, and note that it was changed."""

from datetime import datetime

from sqlalchemy import select

from clinic.database import database
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.refusals import ChangedBySomebody, NoSuchAppointment, TimeChanged
from clinic.scheduling.booking.states import Status

LARGEST_ID = 2**31 - 1


def appointment_to_change(appointment_id: int, *, seen: int | None = None) -> Appointment:
    """Lock and return the appointment. Raises ``NoSuchAppointment``, or ``ChangedBySomebody`` unless it is as ``seen``.

    ``seen`` is the version that the person was shown; None asks for no comparison.
    """
    if not 0 < appointment_id <= LARGEST_ID:
        raise NoSuchAppointment
    found = database.session.scalars(
        select(Appointment)
        .where(Appointment.id == appointment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NoSuchAppointment
    refuse_if_changed(found, seen)
    return found


def refuse_if_changed(appointment: Appointment, seen: int | None) -> None:
    """Raise ``ChangedBySomebody`` unless the locked appointment is as ``seen``; None asks for no comparison."""
    if seen is not None and appointment.version != seen:
        raise ChangedBySomebody


def refuse_if_moved(appointment: Appointment, shown_at: datetime | None) -> None:
    """Raise ``TimeChanged`` unless the locked appointment starts at ``shown_at``, if it stands and that was said."""
    if shown_at is not None and appointment.status == Status.BOOKED and appointment.starts_at != shown_at:
        raise TimeChanged


def touch(appointment: Appointment, *, now: datetime) -> None:
    """Note a change: the version rises, and the calendar's stamp is that of the change."""
    appointment.version += 1
    appointment.ics_stamp = now.replace(microsecond=0)
