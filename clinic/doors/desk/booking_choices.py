"""What the booking panel proposes: who, which kind, and the openings that fit best, each with its reason."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from clinic.doors import wording
from clinic.doors.cards import card_of, read_card
from clinic.people.patients.models import Patient
from clinic.refusals import Unacceptable
from clinic.scheduling import practice
from clinic.scheduling.booking.offers import Offer
from clinic.scheduling.booking.queries import last_visit_of, next_visit_of
from clinic.scheduling.practice.models import AppointmentType
from clinic.timetable.words import clock_words, day_words, span_words
from clinic.timetable.zones import to_wall

TYPED = "typed"


class Choice(NamedTuple):
    """One opening as a numbered card; ``value`` carries its instant and therapist."""

    value: str
    day: date
    time: str
    why: str
    warning: str
    button: str
    starts: str
    therapist_id: int
    minutes: int
    words: str


def choices(offers: Sequence[Offer]) -> list[Choice]:
    """Return offers as cards."""
    return [
        choice(offer.starts_at, offer.ends_at, offer.therapist, why=", ".join(offer.reasons), suits=offer.suits)
        for offer in offers
    ]


def choice(
    starts_at: datetime, ends_at: datetime, therapist: practice.Colleague, *, why: str = "", suits: bool = True
) -> Choice:
    """Return one time as a card."""
    zone, today = wording.zone(), wording.today()
    on = to_wall(starts_at, zone).date()
    day = "Today" if on == today else "Tomorrow" if on == today + timedelta(days=1) else day_words(on, today=today)
    return Choice(
        card_of(starts_at, therapist.id),
        on,
        f"{day}, {span_words(starts_at, ends_at, zone)}",
        " · ".join(part for part in (therapist.name, why) if part),
        "" if suits else "outside the wishes",
        f"{day[:1].lower() + day[1:] if on <= today + timedelta(days=1) else day} at {clock_words(starts_at, zone)}",
        to_wall(starts_at, zone).isoformat(timespec="minutes"),
        therapist.id,
        int((ends_at - starts_at).total_seconds() // 60),
        span_words(starts_at, ends_at, zone),
    )


def read_choice(text: str) -> tuple[datetime, int]:
    """Read the value of the card that was chosen. Raises ``Unacceptable``."""
    found = read_card(text)
    if found is None:
        raise Unacceptable("Choose one of the times, or type another one.", field="starts_at")
    return found


class Facts(NamedTuple):
    """What the panel says of the chosen patient."""

    last_visit: datetime | None
    next_visit: datetime | None
    usual: str


def facts_of(patient: Patient, *, now: datetime) -> Facts:
    """Return when the patient was last here, comes next, and to whom they go."""
    coming = next_visit_of(patient.id, now=now)
    usual = next((c.name for c in practice.colleagues() if c.id == patient.usual_therapist_id), "")
    return Facts(last_visit_of(patient.id, now=now), coming.starts_at if coming else None, usual)


def likely_type(kinds: Sequence[AppointmentType], *, known: bool) -> AppointmentType | None:
    """Return the kind to begin with: a follow-up for somebody who was here, else an evaluation."""
    purpose = "follow-up" if known else "evaluation"
    return next((kind for kind in kinds if kind.purpose == purpose), next(iter(kinds), None))
