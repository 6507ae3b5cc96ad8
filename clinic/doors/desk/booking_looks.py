"""What the small buttons of the booking panel do: they change what stands on the form, and book nothing."""

from collections.abc import Callable
from datetime import datetime

from flask import request

from clinic.audit import Actor
from clinic.care import intake
from clinic.database import database
from clinic.doors.desk.booking_forms import BookingForm
from clinic.doors.desk.booking_kept import kept_for, let_go_for
from clinic.doors.desk.patient_forms import showable
from clinic.doors.threshold import redo


def look(form: BookingForm, *, by: Actor, now: datetime) -> None:
    """Do what the pressed button says, and let go of the time that this form keeps and chooses no longer."""
    change = LOOKS.get(request.form.get("look", ""))
    if change is not None:
        change(form)
    own = kept_for(form, user_id=by.user_id, now=now)
    left = own is not None and (form.held.data, own.type_id) != (form.opening.data, form.type_id.data)
    database.session.rollback()
    if left:
        redo(lambda: let_go_for(form, user_id=by.user_id, now=now))


def only_asks(form: BookingForm) -> bool:
    """Say whether somebody was only searched for."""
    return bool((form.q.data or "").strip()) and not form.patient_id.data and not (form.name.data or "").strip()


def _somebody_else(form: BookingForm) -> None:
    form.patient_id.data, form.opening.data = "", ""
    form.ask_anew()


def _new_caller(form: BookingForm) -> None:
    """Somebody new: what was searched is their name, or their number, and their first visit an evaluation."""
    form.patient_id.data, form.opening.data, form.type_id.data = "", "", None
    form.caller.data = "new"
    typed = (form.q.data or "").strip()
    if any(character.isdigit() for character in typed) and not any(character.isalpha() for character in typed):
        form.phone.data = form.phone.data or typed
    else:
        form.name.data = form.name.data or typed
    form.q.data = ""
    form.ask_anew()


def _known_after_all(form: BookingForm) -> None:
    """Back to the search, for the name that was typed."""
    form.q.data = (form.name.data or "").strip() or form.q.data
    form.forget_caller()
    form.opening.data, form.type_id.data = "", None
    form.ask_anew()


def _ask_again(form: BookingForm) -> None:
    form.ask_anew()


def _who_called(form: BookingForm) -> None:
    token, name, phone = form.screening_token(), showable(form.name.data or ""), showable(form.phone.data or "")
    redo(lambda: intake.name_the_caller(request_id=token, name=name, phone=phone))


LOOKS: dict[str, Callable[[BookingForm], None]] = {
    "other": _somebody_else,
    "new": _new_caller,
    "known": _known_after_all,
    "ask": _ask_again,
    "who": _who_called,
}
