"""Which time was chosen or typed on a form."""

from datetime import datetime
from typing import NamedTuple

from clinic.doors.desk.booking_choices import TYPED, read_choice
from clinic.doors.desk.booking_forms import TimeForm
from clinic.refusals import Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.practice.models import Location
from clinic.timetable.wall import from_wall, parse_local


class Given(NamedTuple):
    """The time that was clicked or typed, where it can be read."""

    starts_at: datetime
    therapist_id: int


def wanted_time(form: TimeForm, location: Location) -> Given:
    """Return the time and therapist that were chosen or typed. Raises an ``Unacceptable`` beside its field."""
    if form.opening.data and form.opening.data != TYPED:
        return Given(*read_choice(form.opening.data))
    text = (form.starts_at.data or "").strip()
    if not text:
        raise Unacceptable("Choose one of the times, or type another one.", field="starts_at")
    fold = int(form.fold.data) if form.fold.data in ("0", "1") else None
    starts_at = from_wall(parse_local(text), location.tz, fold=fold)
    if form.therapist_id.data is None:
        raise Unacceptable("Choose the therapist.", field="therapist_id")
    return Given(starts_at, form.therapist_id.data)


def offer_therapists(form: TimeForm) -> None:
    """Fill the list of therapists."""
    form.therapist_id.choices = {"": "Choose"} | {str(c.id): c.name for c in practice.colleagues()}
