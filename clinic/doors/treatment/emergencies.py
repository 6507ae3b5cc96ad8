"""Callers who were sent to the emergency department: every therapist sees them until one takes note."""

from datetime import datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import intake
from clinic.care.intake.queries import unseen_emergencies
from clinic.doors.threshold import actor, person, redo
from clinic.doors.treatment import door
from clinic.people.accounts.roles import Role


def is_therapist() -> bool:
    """Say whether the signed-in person may judge an emergency answer."""
    return Role.THERAPIST in person().roles


def emergency_facts(*, now: datetime) -> dict[str, Any]:
    """Return who waits for a therapist to take note, and a mark of who is shown."""
    found = unseen_emergencies(now=now)
    return {"emergencies": found, "shown": "-".join(f"{one.id}.{len(one.caller_name)}" for one in found) or "0"}


@door.get("/emergencies", endpoint="emergencies")
def look() -> ResponseReturnValue:
    """Show who waits, for a page that looks again; 204 where that is what it shows already."""
    facts = emergency_facts(now=clock.now()) if is_therapist() else {"emergencies": [], "shown": "0"}
    if request.args.get("shown") == facts["shown"]:
        return "", 204
    return render_template("treatment/_emergencies.html", **facts)


@door.post("/emergencies/<int:screening_id>/note", endpoint="note_emergency")
def note(screening_id: int) -> ResponseReturnValue:
    """Keep who took note, and when."""
    if not is_therapist():
        abort(403)
    by, now = actor(), clock.now()
    redo(lambda: intake.take_note(screening_id=screening_id, by=by, now=now))
    return redirect(url_for("treatment.my_day"), 303)
