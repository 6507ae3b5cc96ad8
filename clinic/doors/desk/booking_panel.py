"""The booking panel: who, what and when on one form, and the next free times where somebody was quicker."""

from collections.abc import Callable
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.care import episodes, intake
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.booking_choices import TYPED
from clinic.doors.desk.booking_forms import BookingForm
from clinic.doors.desk.booking_kept import let_go_for
from clinic.doors.desk.booking_looks import look, only_asks
from clinic.doors.desk.booking_page import booking_page
from clinic.doors.desk.booking_screening import answer, check_answered
from clinic.doors.desk.booking_times import wanted_time
from clinic.doors.desk.just_done import note_done
from clinic.doors.desk.patient_forms import whole
from clinic.doors.threshold import actor, redo
from clinic.people import patients
from clinic.people.patients import Patient
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.timetable.zones import to_wall


@door.get("/appointments/new", endpoint="new_appointment")
def new() -> ResponseReturnValue:
    """Open the panel, with the time that was clicked or the patient it is for where they are given."""
    form = BookingForm(formdata=None)
    form.patient_id.data = request.args.get("patient_id", "")
    form.type_id.data = whole(request.args.get("type_id"))
    form.therapist_id.data = whole(request.args.get("therapist_id"))
    form.starts_at.data = request.args.get("starts_at", "")
    return booking_page(form)


@door.post("/appointments/new", endpoint="book_appointment")
def book() -> ResponseReturnValue:
    """Book; or, where something was only answered or looked for, show the panel again with what follows from it."""
    form, by, now = BookingForm(), actor(), clock.now()
    verb = next((verb for name, verb in BESIDES.items() if name in request.form), None)
    if verb is None and ("look" in request.form or only_asks(form)):
        look(form, by=by, now=now)
        return booking_page(form)
    if verb is None and not form.validate():
        return booking_page(form), 422
    try:
        visit = redo(lambda: (verb or _book)(form, by=by, now=now))
    except Refusal as refusal:
        form.refuse(refusal)
        return booking_page(form, refusal=refusal), refusal.status
    if visit is None:
        return booking_page(form)
    note_done("book", visit)
    on = to_wall(visit.starts_at, wording.zone()).date()
    return redirect(url_for("desk.day_board", on=on, shown=visit.id), 303)


def _book(form: BookingForm, *, by: Actor, now: datetime) -> Appointment | None:
    screening = check_answered(form, by=by)
    given = wanted_time(form, practice.location())
    if form.type_id.data is None:
        raise Unacceptable("Choose the type of the visit.", field="type_id")
    _refuse_unseen_time(form)
    visit = booking.book(
        patient_id=_patient_id(form, by=by, now=now),
        therapist_id=given.therapist_id,
        type_id=form.type_id.data,
        starts_at=given.starts_at,
        by=by,
        now=now,
        reason=form.reason.data or "",
        request_id=form.request_id.data or None,
    )
    let_go_for(form, user_id=by.user_id, now=now)
    episodes.adopt(visit)
    if screening is not None and screening.request_id:
        intake.link_screening(request_id=screening.request_id, appointment_id=visit.id, patient_id=visit.patient_id)
    return visit


def _refuse_unseen_time(form: BookingForm) -> None:
    """Refuse a card that was shown for a visit of another type, which may be shorter."""
    shown = whole(form.shown_type.data)
    if shown not in (None, form.type_id.data) and form.opening.data not in (None, "", TYPED):
        raise Unacceptable("The times were those of another type. These are free for this one.", field="opening")


def _patient_id(form: BookingForm, *, by: Actor, now: datetime) -> int:
    known, name = whole(form.patient_id.data), (form.name.data or "").strip()
    if known is not None and name:
        raise Unacceptable(
            "Is it the one found in the register, or somebody new? Empty the new name, or search again.", field="q"
        )
    if known is not None:
        return known
    if not name:
        raise Unacceptable(
            "Choose who comes, or type the name of a new patient.", field="name" if form.is_new_caller else "q"
        )
    return _registered(form, by=by, now=now).id


def _register(form: BookingForm, *, by: Actor, now: datetime) -> None:
    """Write a caller for whom no visit is booked into the register."""
    made = _registered(form, by=by, now=now)
    form.let_caller_be_known(made.id)


def _registered(form: BookingForm, *, by: Actor, now: datetime) -> Patient:
    since, until = form.wished_times()
    return patients.register(
        name=form.name.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        consent=bool(form.consent.data),
        wished_days=[day for day in form.wished_days.data or [] if day is not None],
        wished_from=since,
        wished_until=until,
        request_id=f"{form.request_id.data}-p" if form.request_id.data else None,
        by=by,
        now=now,
    )


BESIDES: dict[str, Callable[..., Appointment | None]] = {"answer": answer, "register": _register}
"""Buttons that write something down and book nothing."""
