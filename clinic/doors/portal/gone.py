"""A link that leads nowhere: whose it was, and the phone to call."""

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic.doors.portal import door
from clinic.people.patients.contact import shown_phone
from clinic.scheduling import practice
from clinic.scheduling.booking.links import LinkGone


@door.errorhandler(LinkGone)
def gone(refusal: LinkGone) -> ResponseReturnValue:
    """Say so in the clinic's own name, without a way into the house."""
    location = practice.location()
    page = render_template(
        "portal/gone.html", clinic=practice.clinic(), location=location, phone=shown_phone(location.phone)
    )
    return page, refusal.status
