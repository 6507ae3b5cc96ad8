"""The emergency sentence on the booking panel: when it must be asked, and what was answered."""

from datetime import datetime
from typing import NamedTuple

from clinic.audit import Actor
from clinic.care import intake
from clinic.care.intake import Emergency, Screening
from clinic.care.intake.queries import screening_of
from clinic.care.intake.sentence import YES_OR_UNSURE
from clinic.database import database
from clinic.doors.desk.booking_forms import BookingForm
from clinic.doors.desk.patient_forms import showable, whole
from clinic.refusals import Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import AppointmentType

NEW_PROBLEM = "evaluation"


class Asked(NamedTuple):
    """Where the sentence stands on one form."""

    needed: bool
    screening: Screening | None

    @property
    def waits(self) -> bool:
        """Whether no time may be shown yet."""
        return self.needed and self.screening is None

    @property
    def is_emergency(self) -> bool:
        """Whether the caller was sent to the emergency department."""
        return self.screening is not None and self.screening.answer == YES_OR_UNSURE


def asked_on(form: BookingForm, kind: AppointmentType | None, *, user_id: int | None) -> Asked:
    """Return where the sentence stands; an answer about somebody else, or used for another visit, is none."""
    needed = kind is not None and kind.purpose == NEW_PROBLEM
    found = screening_of(form.screening.data) if form.screening.data else None
    return Asked(needed, found if found and _is_of(found, form, user_id) else None)


def _is_of(found: Screening, form: BookingForm, user_id: int | None) -> bool:
    about_this_one = found.patient_id in (None, whole(form.patient_id.data)) or found.appointment_id is not None
    return found.user_id == user_id and about_this_one and _is_free(found, form.request_id.data)


def _is_free(found: Screening, request_id: str | None) -> bool:
    if found.appointment_id is None:
        return True
    visit = database.session.get(Appointment, found.appointment_id)
    return visit is not None and visit.request_id is not None and visit.request_id == request_id


def answer(form: BookingForm, *, by: Actor, now: datetime) -> None:
    """Write down what the caller answered; a changed mind is an answer of its own."""
    given = form.answer.data or ""
    before = screening_of(form.screening.data) if form.screening.data else None
    if before is not None and (before.answer != given or not _is_of(before, form, by.user_id)):
        form.ask_anew()
    intake.screen(
        answer=given,
        complaint=form.complaint.data or [],
        patient_id=whole(form.patient_id.data),
        caller_name=showable(form.name.data or ""),
        caller_phone=showable(form.phone.data or ""),
        request_id=form.screening_token(),
        by=by,
        now=now,
    )


def check_answered(form: BookingForm, *, by: Actor) -> Screening | None:
    """Return the answer that belongs to the visit about to be booked, if there is one.

    Raises ``Unacceptable`` where the panel should have asked and did not, and ``Emergency``. A plain form without the
    panel's own fields is not asked; its visit says so.
    """
    asked = asked_on(form, kind_of(form), user_id=by.user_id)
    if asked.is_emergency:
        raise Emergency
    if asked.waits and form.screening_asked.data:
        raise Unacceptable("Read the sentence aloud, and press 0 or 1.", field="screening")
    return asked.screening if asked.needed else None


def kind_of(form: BookingForm) -> AppointmentType | None:
    """Return the chosen type of the visit, if it is offered."""
    return next((kind for kind in practice.types() if kind.id == form.type_id.data), None)
