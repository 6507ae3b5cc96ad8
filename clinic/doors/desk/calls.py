"""The call list: who asked for another time, whom no letter reaches, who has not confirmed, and what lacks a status."""

from flask import render_template, session
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors import wording
from clinic.doors.desk import door
from clinic.doors.desk.just_done import toast_of
from clinic.doors.desk.worklists import worklists


@door.get("/calls", endpoint="calls")
def call_list() -> ResponseReturnValue:
    """Show the call list."""
    toast = toast_of(session.pop("desk_done", None))
    return render_template(
        "desk/calls.html",
        lists=worklists(wording.today(), zone=wording.zone(), now=clock.now()),
        toast=toast._replace(fields={**toast.fields, "back": "calls"}) if toast else None,
    )
