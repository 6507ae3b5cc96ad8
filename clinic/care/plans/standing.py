"""Weigh what is known of a plan's certification: which state that is, and by when a signature is owed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Certification(StrEnum):
    """How a plan stands. Without a signature or its like it is never EXPIRING or EXPIRED: the signature comes first."""

    NOT_NEEDED = "not needed"
    TO_SEND = "to send"
    SENT = "sent"
    CERTIFIED = "certified"
    BY_EXCEPTION = "by exception"
    OVERDUE = "overdue"
    EXPIRING = "expiring"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Hold what is known on ``today`` of a plan that has to be certified.

    ``limit_on`` is the last day for the signature without a verbal order, ``ends_on`` the last certified day, and
    ``notice`` how long before it a plan is EXPIRING. ``referral_is_enough``: no signature is owed once it is sent in
    time.
    """

    sent_on: date | None
    signed_on: date | None
    verbal_on: date | None
    verbal_lasts: timedelta
    referral_is_enough: bool
    limit_on: date
    ends_on: date
    notice: timedelta
    today: date

    @property
    def state(self) -> Certification:
        """How the plan stands."""
        if not (self.is_settled or self.is_verbal):
            return self._uncertified
        if self.today > self.ends_on:
            return Certification.EXPIRED
        if self.today >= self.ends_on - self.notice:
            return Certification.EXPIRING
        return Certification.BY_EXCEPTION if self.is_excepted and not self.signed_on else Certification.CERTIFIED

    @property
    def due_on(self) -> date | None:
        """The last day for the signature that is owed; None where none is."""
        if self.is_settled:
            return None
        return self._verbal_until if self.is_verbal else self._last_day_in_time

    @property
    def is_settled(self) -> bool:
        """Whether no signature is owed."""
        return self.signed_on is not None or self.is_excepted

    @property
    def is_excepted(self) -> bool:
        """Whether the referral stands in for the signature: the plan was sent in time."""
        return self.referral_is_enough and self.sent_on is not None and self.sent_on <= self.limit_on

    @property
    def is_verbal(self) -> bool:
        """Whether a verbal order certifies it, and a signature is owed."""
        return not self.is_settled and self._verbal_until is not None and self.today <= self._verbal_until

    @property
    def is_late(self) -> bool:
        """Whether it was signed after the last day for it: a delayed certification."""
        return self.signed_on is not None and self.signed_on > self._last_day_in_time

    @property
    def _uncertified(self) -> Certification:
        if self.today > self._last_day_in_time:
            return Certification.OVERDUE
        return Certification.SENT if self.sent_on else Certification.TO_SEND

    @property
    def _verbal_until(self) -> date | None:
        return self.verbal_on + self.verbal_lasts if self.verbal_on else None

    @property
    def _last_day_in_time(self) -> date:
        if self.verbal_on and self.verbal_on <= self.limit_on:
            return max(self.limit_on, self.verbal_on + self.verbal_lasts)
        return self.limit_on
