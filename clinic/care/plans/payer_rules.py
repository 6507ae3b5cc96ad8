"""What a payer asks of a plan of care. The numbers are clinical defaults, each with its source: ``payers.rules_of``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

EXCEPTION_SINCE = date(2025, 1, 1)
"""The first treatment day from which a referral on file can stand in for the signature: Noridian, APTA; §F2."""


@dataclass(frozen=True, kw_only=True)
class PayerRules:
    """Hold one payer's clocks; all lengths are days, and None is no such clock.

    ``certify_within_days`` counts from the first treatment day, ``verbal_signature_days`` from a verbal order.
    ``interval_days`` is the longest certified interval, its first day counted. ``expiring_days`` is how long before a
    deadline people are told. ``exception_by_referral``: an initial certification needs no signature where a signed and
    dated referral is on file and the plan was sent in time. ``progress_treatment_days`` and ``progress_calendar_days``
    are the longest period of a progress report, whichever ends first. ``billing_rule`` is a key of
    ``notes.units.BillingRule``. Raises ``ValueError`` for lengths that make no sense.
    """

    key: str
    name: str
    certify_within_days: int | None
    verbal_signature_days: int
    interval_days: int | None
    expiring_days: int
    exception_by_referral: bool
    progress_treatment_days: int | None
    progress_calendar_days: int | None
    billing_rule: str
    source: str

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise ValueError(problem)

    def _problems(self) -> Iterator[str]:
        for name in ("certify_within_days", "interval_days", "progress_treatment_days", "progress_calendar_days"):
            length = getattr(self, name)
            if length is not None and length < 1:
                yield f"{name} is {length}: it must be 1 or more, or none"
        for name in ("verbal_signature_days", "expiring_days"):
            if getattr(self, name) < 0:
                yield f"{name} is {getattr(self, name)}: it must not be negative"
