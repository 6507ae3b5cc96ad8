"""One visit: confirm it, choose another time, cancel it, or ask for a call."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.database import database
from clinic.doors.cards import card_of, read_card
from clinic.doors.portal import door
from clinic.doors.threshold import Busy, redo, settings
from clinic.people.patients.contact import shown_phone
from clinic.people.patients.models import Patient
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment, Status
from clinic.scheduling.booking.links import opened_by
from clinic.scheduling.booking.move import NotByLink
from clinic.scheduling.booking.offers import Offer, best_offers
from clinic.scheduling.booking.refusals import NotNow, OffGrid, TimeChanged, TooFar
from clinic.scheduling.booking.rules import is_late
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.grid import EPOCH

SOON = timedelta(minutes=10)
NOT_HERE = "This visit can no longer be changed here. Please call the clinic: {phone}."
NOT_THEN = "That time has just been taken, or is no longer offered. Please choose another one, or call {phone}."
NOT_SEEN = "The time of your visit has changed. Please look at the new one before you answer."
SAID = {
    "confirmed": "Thank you. Your visit is confirmed.",
    "moved": "Your visit has moved. A letter with the new time follows.",
    "canceled": "Your visit is canceled.",
    "called": "We will call you.",
}
TRUE: dict[str, Callable[[Appointment, datetime], bool]] = {
    "confirmed": lambda visit, _now: visit.is_confirmed and not visit.is_canceled,
    "moved": lambda visit, now: visit.moved_at is not None and now - visit.moved_at < SOON and not visit.is_canceled,
    "canceled": lambda visit, _now: visit.is_canceled,
    "called": lambda visit, _now: visit.call_wanted_at is not None,
}


class NotOffered(Refusal):
    """The time is none of those that this patient is offered."""


@door.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show when and where, and what can be done."""
    return _page(token, "portal/visit.html", said=request.args.get("said", ""))


@door.get("/<token>/other")
def other_times(token: str) -> ResponseReturnValue:
    """Offer other times."""
    return _page(token, "portal/other.html", with_offers=True)


@door.get("/<token>/cancel")
def before_canceling(token: str) -> ResponseReturnValue:
    """Offer other times once more before the visit is let go."""
    return _page(token, "portal/cancel.html", with_offers=True)


@door.post("/<token>/confirm")
def confirm(token: str) -> ResponseReturnValue:
    """The patient will come."""
    shown_at = _shown_at()
    return _act(
        token,
        "confirmed",
        lambda visit, facts: booking.confirm(appointment_id=visit.id, shown_at=shown_at, **facts),
    )


@door.post("/<token>/cancel")
def cancel(token: str) -> ResponseReturnValue:
    """The patient cannot come; always possible, late within the notice hours."""
    shown_at = _shown_at()
    return _act(
        token,
        "canceled",
        lambda visit, facts: booking.cancel(appointment_id=visit.id, reason="by link", shown_at=shown_at, **facts),
    )


@door.post("/<token>/move")
def move(token: str) -> ResponseReturnValue:
    """The patient chose another time."""

    def work(visit: Appointment, facts: dict[str, Any]) -> Appointment:
        starts_at, therapist_id = _choice(request.form.get("opening", ""))
        if not _is_offered(visit, starts_at, therapist_id, facts["now"]):
            raise NotOffered(NOT_THEN)
        return booking.move(appointment_id=visit.id, starts_at=starts_at, therapist_id=therapist_id, **facts)

    return _act(token, "moved", work, back="portal/other.html")


@door.post("/<token>/call")
def ask_for_a_call(token: str) -> ResponseReturnValue:
    """None of the times suits: the desk rings."""
    return _act(
        token,
        "called",
        lambda visit, facts: booking.want_call(appointment_id=visit.id, why="Asked for another time", **facts),
    )


def _shown_at() -> datetime | None:
    """Return the start that the page showed which is answered; 1970 for what is none, None where it says nothing."""
    shown = request.form.get("shown", "")
    found = read_card(shown)
    return None if not shown else EPOCH if found is None else found[0]


def _choice(text: str) -> tuple[datetime, int]:
    """Read the opening that was chosen. Raises ``Unacceptable``."""
    found = read_card(text)
    if found is None:
        raise Unacceptable("Please choose one of the times.", field="opening")
    return found


def _act(
    token: str,
    said: str,
    verb: Callable[[Appointment, dict[str, Any]], Appointment],
    back: str = "portal/visit.html",
) -> ResponseReturnValue:
    now = clock.now()

    def work() -> None:
        visit = opened_by(token, secret=settings().secret_key, now=now)
        patient = database.session.get_one(Patient, visit.patient_id)
        verb(visit, {"by": patient.actor, "now": now})

    try:
        redo(work)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        sentence = _for_patients(refusal, NOT_THEN if said == "moved" else NOT_HERE)
        return _page(token, back, with_offers=back != "portal/visit.html", refusal=sentence), refusal.status
    return redirect(url_for("portal.show", token=token, said=said), 303)


def _for_patients(refusal: Refusal, sentence: str) -> str:
    """Return what a patient reads of a refusal: the desk's words are about hours, reasons and colleagues."""
    if isinstance(refusal, TimeChanged):
        return NOT_SEEN
    if isinstance(refusal, NotByLink | Busy | Unacceptable) and not isinstance(refusal, OffGrid | TooFar):
        return refusal.sentence
    phone = shown_phone(practice.location().phone)
    database.session.rollback()
    return (NOT_HERE if isinstance(refusal, NotNow) else sentence).format(phone=phone)


def _page(token: str, template: str, *, said: str = "", refusal: str = "", with_offers: bool = False) -> str:
    now = clock.now()
    visit = opened_by(token, secret=settings().secret_key, now=now)
    clinic, location = practice.clinic(), practice.location()
    patient = database.session.get_one(Patient, visit.patient_id)
    late = _is_late(visit, now)
    may_move = _may_move(visit, now)
    return render_template(
        template,
        token=token,
        visit=visit,
        shown=card_of(visit.starts_at, visit.therapist_id),
        first_name=patient.first_name,
        clinic=clinic,
        location=location,
        phone=shown_phone(location.phone),
        late=late,
        is_open=visit.status == Status.BOOKED and visit.starts_at > now,
        may_move=may_move,
        offers=_offers(visit, now) if with_offers and may_move else [],
        said=SAID[said] if said in SAID and TRUE[said](visit, now) else "",
        refusal=refusal,
    )


def _is_late(visit: Appointment, now: datetime) -> bool:
    return is_late(visit.starts_at, notice=timedelta(hours=practice.clinic().notice_hours), now=now)


def _may_move(visit: Appointment, now: datetime) -> bool:
    kind = database.session.get_one(AppointmentType, visit.type_id)
    return visit.status == Status.BOOKED and kind.patients_may_move and not _is_late(visit, now)


def _is_offered(visit: Appointment, starts_at: datetime, therapist_id: int, now: datetime) -> bool:
    """Say whether the visit may go there; one that may not move at all, or is there already, is for ``move`` to say."""
    if not _may_move(visit, now) or (starts_at, therapist_id) == (visit.starts_at, visit.therapist_id):
        return True
    return (starts_at, therapist_id) in [(offer.starts_at, offer.therapist.id) for offer in _offers(visit, now)]


def _offers(visit: Appointment, now: datetime) -> list[Offer]:
    """Return three times to move to: with the same therapist, or with any where that one has none."""
    kind = database.session.get_one(AppointmentType, visit.type_id)
    patient = database.session.get_one(Patient, visit.patient_id)
    notice = timedelta(hours=practice.clinic().notice_hours)
    for therapist_id in (visit.therapist_id, None):
        found = best_offers(
            kind,
            patient=patient,
            now=now,
            not_before=max(now + notice, visit.starts_at - timedelta(days=3)),
            therapist_id=therapist_id,
            besides=[visit.key],
        )
        offers = [o for o in found if (o.starts_at, o.therapist.id) != (visit.starts_at, visit.therapist_id)]
        if offers:
            return sorted(offers, key=lambda offer: offer.starts_at)
    return []
