"""Keep a time while the caller thinks, and let it go."""

from datetime import datetime

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.doors import wording
from clinic.doors.cards import card_of
from clinic.doors.desk import door
from clinic.doors.desk.booking_forms import BookingForm
from clinic.doors.desk.booking_page import booking_page
from clinic.doors.desk.booking_screening import check_answered
from clinic.doors.desk.booking_times import wanted_time
from clinic.doors.desk.patient_forms import whole
from clinic.doors.threshold import actor, is_scripted, person, redo
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Kept
from clinic.timetable.words import dial_words


@door.post("/kept", endpoint="keep_time")
def keep() -> ResponseReturnValue:
    """Keep the chosen time for five minutes; where somebody was quicker, show the nearest."""
    form, by, now, user_id = BookingForm(), actor(), clock.now(), person().id
    try:
        kept = redo(lambda: _keep(form, user_id=user_id, by=by, now=now))
    except Refusal as refusal:
        form.refuse(refusal)
        return booking_page(form, refusal=refusal), refusal.status
    if not is_scripted():
        form.held.data = card_of(kept.starts_at, kept.therapist_id)
        return booking_page(form)
    return f"Held for you until {dial_words(kept.until, wording.zone())}.", 200, {"Content-Type": "text/plain"}


@door.post("/kept/release", endpoint="let_go_of_kept")
def let_go() -> ResponseReturnValue:
    """Let go of the time that is kept."""
    now, user_id = clock.now(), person().id
    redo(lambda: booking.let_go_of_kept(user_id=user_id, now=now))
    return ("", 204) if is_scripted() else redirect(url_for("desk.today"), 303)


def _keep(form: BookingForm, *, user_id: int, by: Actor, now: datetime) -> Kept:
    check_answered(form, by=by)
    given = wanted_time(form, practice.location())
    if form.type_id.data is None:
        raise Unacceptable("Choose the type of the visit.", field="type_id")
    return booking.keep(
        user_id=user_id,
        therapist_id=given.therapist_id,
        type_id=form.type_id.data,
        starts_at=given.starts_at,
        patient_id=whole(form.patient_id.data),
        by=by,
        now=now,
    )
