"""Where the clinic is."""

from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors.office import door
from clinic.doors.office.answering import Why, answer
from clinic.doors.office.fields import TextField, VersionForm
from clinic.doors.threshold import actor
from clinic.people.patients.contact import shown_phone
from clinic.refusals import ChangedMeanwhile
from clinic.scheduling import practice
from clinic.scheduling.practice.change_location import change_location
from clinic.timetable.zones import REGIONS

SHOWN = ("name", "address", "phone", "zone")


class LocationForm(VersionForm):
    """A place where patients come."""

    name = TextField("Name")
    address = TextField("Address")
    phone = TextField("Phone")
    zone = TextField("Time zone")


@door.get("/location", endpoint="location")
def show() -> ResponseReturnValue:
    """Show where the clinic is."""
    form = LocationForm()
    form.show(_facts(), version=practice.location().version)
    return _page(form)


@door.post("/location", endpoint="change_location")
def change() -> ResponseReturnValue:
    """Change where the clinic is."""
    form, by, now = LocationForm(), actor(), clock.now()

    def work() -> None:
        typed = {name: form[name].data or "" for name in SHOWN}
        change_location(location_id=practice.location().id, **typed, seen=form.seen, by=by, now=now)

    return answer(form, work, page=partial(_page, form), to=lambda: url_for("office.location"))


def _facts() -> dict[str, Any]:
    location = practice.location()
    return {name: getattr(location, name) for name in SHOWN} | {"phone": shown_phone(location.phone)}


def _page(form: LocationForm, *, why: Why | None = None) -> str:
    meanwhile = []
    if why and isinstance(why.refusal, ChangedMeanwhile):
        meanwhile = form.compare(_facts(), version=practice.location().version)
    return render_template("office/location.html", form=form, meanwhile=meanwhile, zones=sorted(REGIONS))
