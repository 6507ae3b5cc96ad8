"""Move an appointment: to a proposed opening, or to any time that is typed."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, request
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
from clinic.doors.desk.booking_times import offer_therapists, wanted_time
from clinic.doors.desk.just_done import note_done, note_swap
from clinic.doors.desk.patient_forms import showable, whole
from clinic.doors.threshold import actor, redo
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment, Status
from clinic.scheduling.booking import queries as visits
from clinic.scheduling.booking.course_moves import moves_within_course
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


@door.post("/appointments/<int:appointment_id>/swap", endpoint="swapped_appointment")
def swap(appointment_id: int) -> ResponseReturnValue:
    """Let the appointment exchange its time with another, or take that back."""
    form, back = MoveForm(), "back" in request.form
    other, _, version = request.form.get("other", "").partition(".")
    by, now = actor(), clock.now()
    facts: dict[str, Any] = {
        "appointment_id": appointment_id,
        "other_id": whole(other) or 0,
        "seen": _seen(form.version.data),
        "other_seen": _seen(version),
        "by": by,
        "now": now,
    }
    agreed = bool(form.agreed.data)
    database.session.rollback()
    try:
        visits_now = redo(
            lambda: booking.swap_back(**facts) if back else booking.swap(**facts, agreed_on_the_phone=agreed)
        )
    except Refusal as refusal:
        if visits.appointment(appointment_id) is None:
            raise
        form.refuse(refusal)
        return _page(appointment_id, form, refusal=refusal, swapping=True), refusal.status
    note_swap(*visits_now, back=back)
    return redirect(day_of_visit(visits_now[0]), 303)


def _seen(version: str | None) -> int:
    """Return the version that the page showed; a page that does not say has seen none that is."""
    found = whole(version)
    return -1 if found is None else found


def _move(appointment_id: int, form: MoveForm, *, by: Actor, now: datetime) -> Appointment:
    given = wanted_time(form, practice.location())
    booking.let_go_of_kept(user_id=by.user_id, now=now)
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


def _page(appointment_id: int, form: MoveForm, *, refusal: Refusal | None = None, swapping: bool = False) -> str:
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
        "to_swap": _to_swap(row, form, None if swapping else refusal),
        "swapping": swapping,
        "swap_at_once": refusal is not None and not swapping,
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


def _to_swap(row: Row, form: MoveForm, refusal: Refusal | None) -> list[Row]:
    """Return visits to exchange times with: what stands at the time that was wanted, else those of the same day."""
    zone, now = wording.zone(), clock.now()
    day = visits.on_day(to_wall(row.starts_at, zone).date(), zone=zone)
    if refusal is not None:
        try:
            wanted = wanted_time(form, practice.location())
            day = visits.on_day(to_wall(wanted.starts_at, zone).date(), zone=zone, therapist_id=wanted.therapist_id)
            ends_at = wanted.starts_at + (row.ends_at - row.starts_at)
            day = [other for other in day if other.starts_at < ends_at and wanted.starts_at < other.ends_at]
        except (Refusal, OverflowError, ValueError):
            pass
    return [
        other
        for other in day
        if other.id != row.id
        and other.status == Status.BOOKED
        and other.starts_at > now
        and row.status == Status.BOOKED
    ]


def _cards(row: Row, form: MoveForm, refusal: Refusal | None) -> list[Choice]:
    """Return the best other times; after a refusal those nearest to the time that was wanted."""
    now = clock.now()
    kind = database.session.get_one(AppointmentType, row.type_id)
    if refusal is not None:
        try:
            wanted = wanted_time(form, practice.location())
            found = nearest_offers(
                kind,
                around=wanted.starts_at,
                therapist_id=wanted.therapist_id,
                patient_id=row.patient_id,
                now=now,
                besides=[row.key],
                count=4,
            )
            here = (row.starts_at, row.therapist_id)
            return choices([offer for offer in found if (offer.starts_at, offer.therapist.id) != here][:3])
        except (Refusal, OverflowError, ValueError):
            pass
    if row.course_id is not None and row.course_number is not None:
        within = moves_within_course(row.course_id, row.course_number, besides=[row.key], now=now)
        if within:
            return choices(within)
    patient = database.session.get_one(Patient, row.patient_id)
    found = best_offers(kind, patient=patient, now=now, therapist_id=row.therapist_id, besides=[row.key], count=5)
    return choices([offer for offer in found if offer.starts_at != row.starts_at])
