"""Confirm an appointment: the patient by link, or the desk for them on the phone."""

from datetime import datetime

from clinic import audit
from clinic.audit import Actor
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.refusals import InThePast, NotNow
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, refuse_if_moved, touch


def confirm(
    *, appointment_id: int, by: Actor, now: datetime, seen: int | None = None, shown_at: datetime | None = None
) -> Appointment:
    """Note that the patient will come; a second time changes nothing. The caller commits.

    ``shown_at`` is the start that a patient was shown. Raises ``TimeChanged`` for another, ``NotNow`` for one that is
    canceled or over, and ``InThePast``.
    """
    appointment = appointment_to_change(appointment_id)
    refuse_if_moved(appointment, shown_at)
    if appointment.confirmed_at is not None and appointment.status == Status.BOOKED:
        return appointment
    appointment = appointment_to_change(appointment_id, seen=seen)
    if appointment.status != Status.BOOKED:
        raise NotNow(f"This appointment is {appointment.status}; there is nothing to confirm.")
    if appointment.ends_at <= now:
        raise InThePast("That time has passed.")
    appointment.confirmed_at, appointment.confirmed_by = now, by.name
    appointment.confirmed_how = "link" if by.is_patient else "phone"
    if not by.is_patient:
        appointment.told_by_phone_at = now
    touch(appointment, now=now)
    audit.record(
        "confirmed",
        about=appointment.key,
        by=by,
        now=now,
        patient_id=appointment.patient_id,
        after={"how": appointment.confirmed_how},
    )
    return appointment
