"""The base of every "no" that the rules can give."""


class Refusal(Exception):
    """A rule said no; ``sentence`` is what the person reads, beside ``field`` where there is one.

    ``status`` is the HTTP status of an answer that carries it: 409 where the world is in the way, 422 where the
    input is, 403 and 404 where they say so.
    """

    status = 409

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Unacceptable(Refusal):
    """What was typed cannot be; the field says how to mend it."""

    status = 422


class NotFound(Refusal):
    """There is no such thing, or not for this person: both read the same."""

    status = 404


class ChangedMeanwhile(Refusal):
    """Somebody else changed the record after this page was read."""
