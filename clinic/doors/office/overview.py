"""The office at a glance."""

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.doors.office import door
from clinic.people import accounts
from clinic.scheduling import practice
from clinic.scheduling.practice.queries import FOR_EVER


@door.get("/", endpoint="overview")
def overview() -> ResponseReturnValue:
    """Show what can be set here, with how it stands."""
    now = clock.now()
    people = accounts.users()
    return render_template(
        "office/overview.html",
        clinic=practice.clinic(),
        location=practice.location(),
        active=[one for one in people if one.disabled_at is None],
        treating=practice.colleagues(),
        rooms=practice.rooms(),
        devices=practice.equipment(),
        types=practice.types(),
        closures=practice.closures(first=now, until=now + FOR_EVER),
    )
