"""All visits of a course: when each is, and the way to the page of each."""

from flask import render_template
from flask.typing import ResponseReturnValue

from clinic import clock
from clinic.database import database
from clinic.doors.portal import door
from clinic.doors.threshold import settings
from clinic.people.patients.contact import shown_phone
from clinic.people.patients.models import Patient
from clinic.scheduling import practice
from clinic.scheduling.booking.links import link_token, visits_opened_by
from clinic.timetable.zones import zone_label


@door.get("/course/<token>", endpoint="course")
def show(token: str) -> ResponseReturnValue:
    """Show the visits from today on."""
    now, secret = clock.now(), settings().secret_key
    visits = visits_opened_by(token, secret=secret, now=now)
    clinic, location = practice.clinic(), practice.location()
    return render_template(
        "portal/course.html",
        visits=[(visit, link_token(visit, secret=secret)) for visit in visits],
        now=now,
        zones=" and ".join(dict.fromkeys(zone_label(location.tz, visit.starts_at) for visit in visits)),
        first_name=database.session.get_one(Patient, visits[0].patient_id).first_name,
        clinic=clinic,
        location=location,
        phone=shown_phone(location.phone),
    )
