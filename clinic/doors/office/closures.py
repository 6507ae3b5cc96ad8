"""When the clinic is closed."""

from datetime import datetime
from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.audit import Actor
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer, press
from clinic.doors.office.hour_forms import StretchForm
from clinic.doors.threshold import actor
from clinic.scheduling import practice
from clinic.scheduling.practice.close import close, reopen
from clinic.scheduling.practice.queries import FOR_EVER


@door.get("/closures", endpoint="closures")
def show() -> ResponseReturnValue:
    """Show the closures ahead."""
    return _page()


@door.post("/closures", endpoint="close")
def add() -> ResponseReturnValue:
    """Close the clinic for a time; refused with their list while visits are booked in it."""
    form, by, now = StretchForm(), actor(), clock.now()
    return answer(
        form,
        lambda: _close(form, by=by, now=now),
        page=partial(_page, form=form),
        to=lambda: url_for("office.closures"),
    )


@door.post("/closures/<int:closure_id>/reopen", endpoint="reopen")
def take_back(closure_id: int) -> ResponseReturnValue:
    """Take a closure back."""
    by, now = actor(), clock.now()
    return press(
        lambda: reopen(closure_id=closure_id, by=by, now=now), page=partial(_page), to=url_for("office.closures")
    )


def _close(form: StretchForm, *, by: Actor, now: datetime) -> None:
    """Close, unless a second press of the button asks for what the first one did."""
    location = practice.lock_location(practice.location().id, changing=True)
    starts_at, ends_at = form.bounds(location.tz)
    label = form.label.data or ""
    for one in practice.closures(first=starts_at, until=ends_at) if starts_at < ends_at else ():
        if (one.starts_at, one.ends_at, one.label) == (starts_at, ends_at, " ".join(label.split())):
            return
    close(location_id=location.id, starts_at=starts_at, ends_at=ends_at, label=label, by=by, now=now)


def _page(*, form: StretchForm | None = None, why: Why | None = None) -> str:
    now = clock.now()
    return render_template(
        "office/closures.html",
        closures=practice.closures(first=now, until=now + FOR_EVER),
        form=form or StretchForm(formdata=None),
        why=why,
    )
