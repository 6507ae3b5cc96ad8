"""Move an appointment: to a proposed opening, or to any time that is typed."""

from datetime import datetime
from typing import Any

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.appointment import day_of_visit
from clinic.doors.desk.board import panel_page
from clinic.doors.desk.booking_choices import TYPED, Choice, choices
from clinic.doors.desk.booking_forms import MoveForm
from clinic.doors.desk.booking_panel import offer_therapists, wanted_time
from clinic.doors.desk.just_done import note_done
from clinic.doors.desk.patient_forms import showable, whole
from clinic.doors.threshold import actor, redo
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking import queries as visits
from clinic.scheduling.booking.offers import best_offers, nearest_offers
from clinic.scheduling.booking.queries import Row
from clinic.scheduling.booking.refusals import NoSuchAppointment, OutsideHours
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.wall import AmbiguousTime
from clinic.timetable.zones import to_wall


@door.get("/appointments/<int:appointment_id>/move", endpoint="move_appointment")
def choose(appointment_id: int) -> ResponseReturnValue:
    """Offer other times."""
    return _page(appointment_id, MoveForm(formdata=None))


@door.post("/appointments/<int:appointment_id>/move", endpoint="moved_appointment")
def move(appointment_id: int) -> ResponseReturnValue:
    """Move; where the time was just taken, offer the nearest."""
    form = MoveForm()
    if not 0 < (whole(form.version.data) or 0) < 2**31:
        abort(400)
    if not form.validate():
        return _page(appointment_id, form), 422
    by, now = actor(), clock.now()
    try:
        visit = redo(lambda: _move(appointment_id, form, by=by, now=now))
    except Refusal as refusal:
        if isinstance(refusal, NoSuchAppointment):
            raise
        form.refuse(refusal)
        return _page(appointment_id, form, refusal=refusal), refusal.status
    note_done("move", visit)
    return redirect(day_of_visit(visit), 303)


def _move(appointment_id: int, form: MoveForm, *, by: Actor, now: datetime) -> Appointment:
    given = wanted_time(form, practice.location())
    return booking.move(
        appointment_id=appointment_id,
        starts_at=given.starts_at,
        therapist_id=given.therapist_id,
        seen=whole(form.version.data),
        agreed_on_the_phone=bool(form.agreed.data),
        reason=form.reason.data or "",
        by=by,
        now=now,
    )


def _page(appointment_id: int, form: MoveForm, *, refusal: Refusal | None = None) -> str:
    database.session.rollback()
    row = visits.appointment(appointment_id)
    if row is None:
        raise NoSuchAppointment
    zone = wording.zone()
    if not form.starts_at.data:
        form.starts_at.data = to_wall(row.starts_at, zone).isoformat(timespec="minutes")
        form.therapist_id.data = form.therapist_id.data or row.therapist_id
    form.starts_at.data = showable(form.starts_at.data)[:40]
    form.reason.data = showable(form.reason.data or "")[:300]
    offer_therapists(form)
    cards = _cards(row, form, refusal)
    on = to_wall(row.starts_at, zone).date()
    facts: dict[str, Any] = {
        "row": row,
        "shown_id": row.id,
        "form": form,
        "cards": cards,
        "chosen": "" if refusal else TYPED if form.opening.data == TYPED or not cards else cards[0].value,
        "refusal": refusal,
        "ambiguous": isinstance(refusal, AmbiguousTime) or bool(form.fold.data),
        "needs_reason": bool(form.reason.data) or isinstance(refusal, OutsideHours),
        "on": on,
    }
    return panel_page("appointment_move", **facts)


def _cards(row: Row, form: MoveForm, refusal: Refusal | None) -> list[Choice]:
    """Return the best other times; after a refusal those nearest to the time that was wanted."""
    now = clock.now()
    kind = database.session.get_one(AppointmentType, row.type_id)
    if refusal is not None:
        try:
            wanted = wanted_time(form, practice.location())
            return choices(
                nearest_offers(
                    kind,
                    around=wanted.starts_at,
                    therapist_id=wanted.therapist_id,
                    patient_id=row.patient_id,
                    now=now,
                    besides=row.key,
                )
            )
        except (Refusal, OverflowError, ValueError):
            pass
    patient = database.session.get_one(Patient, row.patient_id)
    found = best_offers(kind, patient=patient, now=now, therapist_id=row.therapist_id, besides=row.key, count=5)
    return choices([offer for offer in found if offer.starts_at != row.starts_at])
