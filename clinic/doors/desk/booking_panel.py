"""The booking panel: who, what and when on one form, and the next free times where somebody was quicker."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.database import database
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.board import panel_page
from clinic.doors.desk.booking_choices import (
    TYPED,
    Choice,
    choice,
    choices,
    facts_of,
    likely_type,
    read_choice,
)
from clinic.doors.desk.booking_forms import BookingForm, TimeForm
from clinic.doors.desk.just_done import note_done
from clinic.doors.desk.patient_forms import whole
from clinic.doors.threshold import actor, redo
from clinic.people import patients
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.offers import able, best_offers, nearest_offers, openings_for
from clinic.scheduling.booking.refusals import OutsideHours
from clinic.scheduling.practice.models import AppointmentType, Location
from clinic.timetable.grid import GRID, floor_to_grid, on_grid
from clinic.timetable.wall import AmbiguousTime, from_wall, parse_day, parse_local
from clinic.timetable.zones import to_wall

FOUND = 6


class Given(NamedTuple):
    """The time that was clicked or typed, where it can be read."""

    starts_at: datetime
    therapist_id: int


@door.get("/appointments/new", endpoint="new_appointment")
def new() -> ResponseReturnValue:
    """Open the panel, with the time that was clicked or the patient it is for where they are given."""
    form = BookingForm(formdata=None)
    form.patient_id.data = request.args.get("patient_id", "")
    form.type_id.data = whole(request.args.get("type_id"))
    form.therapist_id.data = whole(request.args.get("therapist_id"))
    form.starts_at.data = request.args.get("starts_at", "")
    return _page(form)


@door.post("/appointments/new", endpoint="book_appointment")
def book() -> ResponseReturnValue:
    """Book; or, where only something was looked for, show the panel again with what was found."""
    form = BookingForm()
    if "look" in request.form or _only_asks(form):
        return _page(form)
    if not form.validate():
        return _page(form), 422
    by, now = actor(), clock.now()
    try:
        visit = redo(lambda: _book(form, by=by, now=now))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, refusal=refusal), refusal.status
    note_done("book", visit)
    on = to_wall(visit.starts_at, wording.zone()).date()
    return redirect(url_for("desk.day_board", on=on, shown=visit.id), 303)


def _only_asks(form: BookingForm) -> bool:
    return bool((form.q.data or "").strip()) and not form.patient_id.data and not (form.name.data or "").strip()


def _book(form: BookingForm, *, by: Actor, now: datetime) -> Appointment:
    given = wanted_time(form, practice.location())
    if form.type_id.data is None:
        raise Unacceptable("Choose the type of the visit.", field="type_id")
    return booking.book(
        patient_id=_patient_id(form, by=by, now=now),
        therapist_id=given.therapist_id,
        type_id=form.type_id.data,
        starts_at=given.starts_at,
        by=by,
        now=now,
        reason=form.reason.data or "",
        request_id=form.request_id.data or None,
    )


def _patient_id(form: BookingForm, *, by: Actor, now: datetime) -> int:
    known, name = whole(form.patient_id.data), (form.name.data or "").strip()
    if known is not None and name:
        raise Unacceptable(
            "Is it the one found in the register, or somebody new? Empty the new name, or search again.", field="q"
        )
    if known is not None:
        return known
    if not name:
        raise Unacceptable("Choose who comes, or type the name of a new patient.", field="q")
    made = patients.register(
        name=form.name.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        consent=bool(form.consent.data),
        request_id=f"{form.request_id.data}-p" if form.request_id.data else None,
        by=by,
        now=now,
    )
    return made.id


def wanted_time(form: TimeForm, location: Location) -> Given:
    """Return the time and therapist that were chosen or typed. Raises an ``Unacceptable`` beside its field."""
    if form.opening.data and form.opening.data != TYPED:
        return Given(*read_choice(form.opening.data))
    text = (form.starts_at.data or "").strip()
    if not text:
        raise Unacceptable("Choose one of the times, or type another one.", field="starts_at")
    fold = int(form.fold.data) if form.fold.data in ("0", "1") else None
    starts_at = from_wall(parse_local(text), location.tz, fold=fold)
    if form.therapist_id.data is None:
        raise Unacceptable("Choose the therapist.", field="therapist_id")
    return Given(starts_at, form.therapist_id.data)


def offer_therapists(form: TimeForm) -> None:
    """Fill the list of therapists."""
    form.therapist_id.choices = {"": "Choose"} | {str(c.id): c.name for c in practice.colleagues()}


def _page(form: BookingForm, *, refusal: Refusal | None = None) -> str:
    database.session.rollback()
    now = clock.now()
    form.prepare()
    kinds = practice.types()
    patient = _chosen(form)
    known = patient is not None and facts_of(patient, now=now)
    kind = next((k for k in kinds if k.id == form.type_id.data), None)
    if kind is None:
        used = bool(known and (known.last_visit or known.next_visit))
        kind = likely_type(kinds, known=used or not (patient or form.name.data))
    form.type_id.choices = [(k.id, f"{k.name} {k.length}") for k in kinds]
    form.type_id.data = kind.id if kind else None
    offer_therapists(form)
    given = _given(form)
    cards, unfit = _cards(kind, given, patient=patient, now=now, refusal=refusal) if kind else ([], "")
    typed = (form.q.data or "") if patient is None else ""
    found = patients.search(typed, limit=FOUND + 1)
    on = _day(given)
    facts: dict[str, Any] = {
        "form": form,
        "patient": patient,
        "known": known,
        "found": found[:FOUND],
        "more": len(found) > FOUND,
        "typed": typed,
        "cards": cards,
        "unfit": unfit,
        "chosen": "" if refusal else _checked(form, cards),
        "refusal": refusal,
        "ambiguous": isinstance(refusal, AmbiguousTime) or bool(form.fold.data),
        "needs_reason": bool(form.reason.data) or isinstance(refusal, OutsideHours) or _is_past(given, now),
        "on": on,
        "grace": practice.clinic().grace_minutes,
    }
    return panel_page("new_appointment", **facts)


def _checked(form: BookingForm, cards: list[Choice]) -> str:
    """Return the card to begin with: the one chosen before if it is still there, else the first."""
    values = [card.value for card in cards]
    if form.opening.data == TYPED or form.opening.data in values:
        return str(form.opening.data)
    return values[0] if values else TYPED


def _chosen(form: BookingForm) -> Patient | None:
    id_ = whole(form.patient_id.data)
    found = database.session.get(Patient, id_) if id_ is not None and 0 < id_ < 2**31 else None
    if found is None or found.inactive_at or found.deceased_at:
        form.patient_id.data = ""
        return None
    return found


def _given(form: BookingForm) -> Given | None:
    try:
        text = Given(*read_choice(form.opening.data)) if form.opening.data not in (None, "", TYPED) else None
        return text or wanted_time(form, practice.location())
    except (Refusal, OverflowError, ValueError):
        return None


def _is_past(given: Given | None, now: datetime) -> bool:
    return given is not None and given.starts_at < now


def _day(given: Given | None) -> date:
    """Return the day whose board stands beside the panel."""
    if given is not None:
        return to_wall(given.starts_at, wording.zone()).date()
    try:
        return parse_day(request.values.get("on", ""))
    except Unacceptable:
        return wording.today()


def _cards(
    kind: AppointmentType, given: Given | None, *, patient: Patient | None, now: datetime, refusal: Refusal | None
) -> tuple[list[Choice], str]:
    """Return the cards, and a sentence where the given time does not fit."""
    patient_id = patient.id if patient else None
    if given is not None and given.starts_at >= now - GRID:
        colleague = next((c for c in able(kind) if c.id == given.therapist_id), None)
        if refusal is None and colleague and _fits(kind, given, colleague, patient_id):
            first = choice(
                given.starts_at, given.starts_at + timedelta(minutes=kind.length), colleague, why="as chosen"
            )
            others = choices(best_offers(kind, patient=patient, now=now, not_before=given.starts_at))
            return [first, *(card for card in others if card.value != first.value)][:3], ""
        near = nearest_offers(
            kind, around=given.starts_at, therapist_id=given.therapist_id, patient_id=patient_id, now=now
        )
        return choices(near), "" if refusal else f"A visit of {kind.length} minutes does not fit there."
    return choices(best_offers(kind, patient=patient, now=now, not_before=_first_moment(now))), ""


def _first_moment(now: datetime) -> datetime:
    return floor_to_grid(now + GRID)


def _fits(kind: AppointmentType, given: Given, colleague: practice.Colleague, patient_id: int | None) -> bool:
    if not on_grid(given.starts_at):
        return False
    found = openings_for(
        kind, therapists=[colleague], not_before=given.starts_at, days=1, patient_id=patient_id, step=GRID
    )
    first = next(iter(found), None)
    return first is not None and first.starts_at == given.starts_at
