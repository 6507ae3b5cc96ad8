"""Foresee whether a plan's visits are authorized to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic.care.plans.short_day import short_day


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Say how many visits are still to book, and whether the authorization lasts.

    ``left`` are authorized visits that are not used, booked or not: negative where more were used than authorized, None
    where unlimited. ``runs_out_on`` is the last day that the authorization pays for although visits go on: the booked
    visit that uses the last one, or the authorization's end; None where it lasts, is spent already, or where nobody
    has booked that far. ``short_by`` is how many visits more must be authorized. ``sentence`` warns, or is empty.
    """

    to_book: int
    left: int | None
    runs_out_on: date | None
    short_by: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class _Outlook:
    """The visits ahead beside what is authorized, the booked ones in order."""

    booked: Sequence[date]
    to_book: int
    left: int | None
    authorized: int | None
    until: date | None
    plan_until: date

    @property
    def inside(self) -> Sequence[date]:
        """The booked visits on or before the authorization's end."""
        return [on for on in self.booked if self.until is None or on <= self.until]

    @property
    def ahead(self) -> int:
        return len(self.booked) + self.to_book

    @property
    def in_time(self) -> int:
        """How many of the visits ahead can be had before the end: those to book follow the booked ones."""
        return self.ahead if len(self.inside) == len(self.booked) else len(self.inside)

    @property
    def short_by(self) -> int:
        return self.ahead - (self.in_time if self.left is None else min(self.left, self.in_time))

    @property
    def is_spent(self) -> bool:
        """Whether no authorized visit is left, though one is needed."""
        return self.left is not None and self.left <= 0 and self.short_by > 0

    @property
    def is_too_few(self) -> bool:
        """Whether the last authorized visit can be had before the end, and more are planned."""
        return self.left is not None and self.left < self.ahead and self.left <= self.in_time

    @property
    def last_visit_on(self) -> date | None:
        """The booked visit that uses the last authorized one, with more to come."""
        if self.left is None or not 0 < self.left < self.ahead:
            return None
        return next(iter(self.inside[self.left - 1 : self.left]), None)

    @property
    def ends_early_on(self) -> date | None:
        """The authorization's end, where visits go on after it."""
        goes_on = len(self.inside) < len(self.booked) or (self.to_book and self.until and self.plan_until > self.until)
        return self.until if goes_on else None

    @property
    def runs_out_on(self) -> date | None:
        return None if self.is_spent else self.last_visit_on or self.ends_early_on


def forecast(
    *,
    planned: int,
    used: int,
    booked: Sequence[date],
    authorized: int | None,
    authorized_until: date | None,
    plan_until: date,
) -> Forecast:
    """Return how the visits ahead stand beside what the payer authorized.

    ``planned`` and ``used`` count the plan's visits, ``authorized`` those of the authorization that ``used`` were taken
    from, None without a limit. ``booked`` are the days of visits still to come, a day as often as it has visits.
    ``authorized_until`` and ``plan_until`` are last days. Visits to book are taken to follow the booked ones, and to
    fit before ``authorized_until`` as long as all booked ones do. Source: arithmetic (policy).
    """
    to_book = max(planned - used - len(booked), 0)
    outlook = _Outlook(
        booked=sorted(booked),
        to_book=to_book,
        left=None if authorized is None else authorized - used,
        authorized=authorized,
        until=authorized_until,
        plan_until=plan_until,
    )
    return Forecast(
        to_book=to_book,
        left=outlook.left,
        runs_out_on=outlook.runs_out_on,
        short_by=outlook.short_by,
        sentence=_sentence(outlook),
    )


def _sentence(outlook: _Outlook) -> str:
    if not outlook.short_by and not outlook.runs_out_on:
        return ""
    return f"{_what_ends(outlook)} {_what_goes_on(outlook)}: {_what_to_do(outlook)}."


def _what_ends(outlook: _Outlook) -> str:
    if outlook.is_spent:
        return f"All {outlook.authorized} authorized visits are used."
    if outlook.last_visit_on:
        return f"Authorization ends after visit {outlook.authorized}, {short_day(outlook.last_visit_on)}."
    ends = [f"after visit {outlook.authorized}"] if outlook.is_too_few else []
    ends += [f"on {short_day(outlook.ends_early_on)}"] if outlook.ends_early_on else []
    return f"Authorization ends {' or '.join(ends)}."


def _what_goes_on(outlook: _Outlook) -> str:
    if outlook.booked and outlook.booked[-1] > outlook.plan_until:
        return f"Visits are booked to {short_day(outlook.booked[-1])}"
    return f"The plan runs to {short_day(outlook.plan_until)}"


def _what_to_do(outlook: _Outlook) -> str:
    if outlook.short_by or outlook.until is None:
        return f"ask for {outlook.short_by} more"
    visits = "visit" if outlook.to_book == 1 else f"{outlook.to_book} visits"
    return f"book the other {visits} by {short_day(outlook.until)}, or ask for more time"
