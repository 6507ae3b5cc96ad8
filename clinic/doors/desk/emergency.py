"""The emergency script at the desk, and whether a therapist has taken note."""

import secrets
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import intake
from clinic.care.intake import Screening
from clinic.care.intake.sentence import ANSWERS, SCRIPT, SCRIPT_AFTER, SENTENCE, YES_OR_UNSURE
from clinic.database import database
from clinic.doors.desk import door
from clinic.doors.desk.booking_forms import TOKEN
from clinic.doors.threshold import actor, redo
from clinic.scheduling.booking.queries import Row, appointment
from clinic.scheduling.booking.refusals import NoSuchAppointment


def emergency_facts(screening: Screening) -> dict[str, Any]:
    """Return what the script shows: what to read aloud, and who has taken note."""
    return {"emergency": screening, "script": SCRIPT, "script_after": SCRIPT_AFTER}


def sentence_facts(row: Row, screening: Screening | None) -> dict[str, Any]:
    """Return what an appointment's panel shows of the sentence: that it was asked, or that it is still to be."""
    facts: dict[str, Any] = {
        "screening": screening,
        "sentence_missing": row.purpose == "evaluation" and row.status == "booked" and screening is None,
        "sentence": SENTENCE,
        "ask_token": secrets.token_urlsafe(16),
    }
    if screening is not None and screening.answer == YES_OR_UNSURE and screening.seen_at is None:
        facts |= emergency_facts(screening)
    return facts


@door.get("/screenings/<int:screening_id>/noted", endpoint="emergency_noted")
def noted(screening_id: int) -> ResponseReturnValue:
    """Say who has taken note, for a panel that waits for it."""
    found = database.session.get(Screening, screening_id) if 0 < screening_id < 2**31 else None
    if found is None or found.answer != YES_OR_UNSURE:
        abort(404)
    return render_template("desk/_emergency_noted.html", emergency=found)


@door.post("/appointments/<int:appointment_id>/sentence", endpoint="answer_sentence")
def answer(appointment_id: int) -> ResponseReturnValue:
    """Write down the answer to the sentence for a visit that was booked without it."""
    given, token = request.form.get("answer", ""), request.form.get("screening", "")
    if given not in ANSWERS or not TOKEN.match(token):
        abort(400)
    by, now = actor(), clock.now()

    def work() -> None:
        row = appointment(appointment_id)
        if row is None:
            raise NoSuchAppointment
        intake.screen(answer=given, complaint=[], patient_id=row.patient_id, request_id=token, by=by, now=now)
        intake.link_screening(request_id=token, appointment_id=row.id, patient_id=row.patient_id)

    redo(work)
    return redirect(url_for("desk.appointment", appointment_id=appointment_id, with_board=1), 303)
