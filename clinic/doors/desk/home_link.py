"""The patient's home link at the desk: made, revoked, opened again; what it shows is not for the desk."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.database import database
from clinic.doors.desk import door
from clinic.doors.threshold import actor, redo
from clinic.people import patients

VERBS = {"make": patients.make_home_link, "revoke": patients.revoke_home_link, "unlock": patients.unlock_home_link}


@door.post("/patients/<int:patient_id>/home-link/<any('make','revoke','unlock'):act>", endpoint="home_link")
def change(patient_id: int, act: str) -> ResponseReturnValue:
    """Make the link, revoke it, or open it again after wrong birth dates."""
    by, now = actor(), clock.now()
    database.session.rollback()
    redo(lambda: VERBS[act](patient_id=patient_id, by=by, now=now))
    return redirect(url_for("desk.patient", patient_id=patient_id, _anchor="home-link"), 303)
