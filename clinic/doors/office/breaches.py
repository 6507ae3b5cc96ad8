"""Charts that were opened with a reason: the manager reads each, and takes note."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.care import charts
from clinic.doors.office import door
from clinic.doors.threshold import actor, redo


@door.get("/charts", endpoint="breaches")
def look() -> ResponseReturnValue:
    """Show who opened another's chart, whose, when and why."""
    return render_template("office/breaches.html", found=charts.breaches())


@door.post("/charts/<int:breach_id>/seen", endpoint="see_breach")
def see(breach_id: int) -> ResponseReturnValue:
    """Note that the manager has read one."""
    by, now = actor(), clock.now()
    redo(lambda: charts.take_note(breach_id=breach_id, by=by, now=now))
    return redirect(url_for("office.breaches"), 303)
