"""Cancel an appointment."""

from datetime import datetime, timedelta

from clinic import audit
from clinic.audit import Actor
from clinic.scheduling import practice
from clinic.scheduling.booking.answered import CALLED, end_answered, note_answered
from clinic.scheduling.booking.letters_owed import owe_letter
from clinic.scheduling.booking.models import Appointment
from clinic.scheduling.booking.place import let_go
from clinic.scheduling.booking.refusals import NotNow
from clinic.scheduling.booking.rules import is_late
from clinic.scheduling.booking.states import Status
from clinic.scheduling.booking.the_row import appointment_to_change, refuse_if_changed, refuse_if_moved, touch

PATIENT, CLINIC = "patient", "clinic"


def cancel(
    *,
    appointment_id: int,
    by: Actor,
    now: datetime,
    reason: str = "",
    asked_by: str = PATIENT,
    seen: int | None = None,
    shown_at: datetime | None = None,
) -> Appointment:
    """Cancel, give the time back, and owe the patient a letter; nothing is deleted, and the caller commits.

    ``asked_by`` says whose wish it was, ``patient`` or ``clinic``; a patient's within the notice hours is marked late.
    ``shown_at`` is the start that a patient was shown: another raises ``TimeChanged``. Canceling twice changes nothing.
    Raises ``NotNow`` once the visit has begun or is over.
    """
    appointment = appointment_to_change(appointment_id)
    refuse_if_moved(appointment, shown_at)
    if appointment.is_canceled:
        return appointment
    refuse_if_changed(appointment, seen)
    if appointment.status != Status.BOOKED:
        raise NotNow(f"This appointment is {appointment.status}; step it back before you cancel it.")
    if by.is_patient and appointment.starts_at <= now:
        raise NotNow("This visit has already started. Please call the clinic.")
    notice = timedelta(hours=practice.clinic().notice_hours)
    ended = note_answered(appointment, CALLED)
    let_go(appointment)
    appointment.status, appointment.canceled_at = Status.CANCELED.value, now
    appointment.canceled_by, appointment.cancel_reason = asked_by, reason
    appointment.canceled_late = asked_by == PATIENT and is_late(appointment.starts_at, notice=notice, now=now)
    end_answered(appointment, CALLED)
    appointment.revision += 1
    appointment.ics_sequence += 1
    touch(appointment, now=now)
    owe_letter(appointment, "canceled", now=now)
    audit.record(
        "canceled",
        about=appointment.key,
        by=by,
        now=now,
        patient_id=appointment.patient_id,
        before={"status": Status.BOOKED.value, **ended},
        after={"canceled_by": asked_by, "late": appointment.canceled_late},
        reason=reason,
    )
    return appointment
