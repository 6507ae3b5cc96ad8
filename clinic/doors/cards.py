"""What a form carries of a time that can be chosen: minutes since 1970, a dot, the therapist."""

from datetime import datetime, timedelta

from clinic.timetable.grid import EPOCH


def card_of(starts_at: datetime, therapist_id: int) -> str:
    """Return the value of the card for a start with a therapist."""
    return f"{(starts_at - EPOCH) // timedelta(minutes=1)}.{therapist_id}"


def read_card(text: str) -> tuple[datetime, int] | None:
    """Return the start and the therapist that a card's value says; None for what is none."""
    minutes, _, therapist = text.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) <= 9 for part in (minutes, therapist)):
        return None
    return EPOCH + timedelta(minutes=int(minutes)), int(therapist)
