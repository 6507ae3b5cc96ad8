"""The time that one booking form keeps; another tab of the same person may keep one for its own."""

from datetime import datetime

from clinic.doors.cards import card_of
from clinic.doors.desk.booking_forms import BookingForm
from clinic.scheduling import booking
from clinic.scheduling.booking import Kept
from clinic.scheduling.booking.kept_queries import kept_by


def kept_for(form: BookingForm, *, user_id: int | None, now: datetime) -> Kept | None:
    """Return the time that this form keeps, if it has not run out."""
    kept = kept_by(user_id, now=now) if user_id is not None and form.held.data else None
    return kept if kept is not None and card_of(kept.starts_at, kept.therapist_id) == form.held.data else None


def let_go_for(form: BookingForm, *, user_id: int | None, now: datetime) -> None:
    """Give back what this form keeps, and nothing that another tab does; the caller commits."""
    if kept_for(form, user_id=user_id, now=now) is not None:
        booking.let_go_of_kept(user_id=user_id, now=now)
