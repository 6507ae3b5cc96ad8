"""The ways in which a booking is refused by more than one verb; each verb's own stand beside it."""

from clinic.refusals import ChangedMeanwhile, NotFound, Refusal, Unacceptable


class NoSuchAppointment(NotFound):
    """There is no such appointment."""

    def __init__(self) -> None:
        super().__init__("There is no such appointment.")


class ChangedBySomebody(ChangedMeanwhile):
    """The appointment is not as this page showed it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just changed this appointment. Look at it again before you change it.")


class TimeChanged(ChangedMeanwhile):
    """The appointment is no longer when the patient was shown it to be."""

    def __init__(self) -> None:
        super().__init__("The time of this appointment has changed. Look at the new one before you answer.")


class NotNow(Refusal):
    """The appointment is in a state from which this cannot be done."""


class InThePast(Refusal):
    """The time has passed."""


class OffGrid(Unacceptable):
    """Starts are on five minutes."""


class TooFar(Unacceptable):
    """Nobody books that far ahead."""


class OutsideHours(Refusal):
    """The therapist does not work then; the desk may book all the same, with a reason."""


class Away(Refusal):
    """The therapist has taken that time off; no reason brings them in."""


class Closed(Refusal):
    """The clinic is closed then."""


class NotQualified(Refusal):
    """This kind of appointment is not for this person to perform."""


class NoLongerHere(Refusal):
    """The patient, therapist or kind of appointment is no longer active."""
