"""The states of an appointment, and words for them; pure."""

from enum import StrEnum


class Status(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    IN_SESSION = "in session"
    COMPLETED = "completed"
    NO_SHOW = "no-show"
    CANCELED = "canceled"


HOLDING = frozenset({Status.BOOKED, Status.ARRIVED, Status.IN_SESSION, Status.COMPLETED, Status.NO_SHOW})
"""States whose time is held. A missed visit keeps its time: it may still come late, and the past is not resold."""
