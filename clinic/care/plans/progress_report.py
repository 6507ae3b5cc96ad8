"""Count treatment days to the next progress report.

Sources: clinical reference F1; Medicare Benefit Policy Manual ch. 15 §220.3: at least once every 10 treatment days,
from the first day of the episode, whatever the service on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic.care.plans.payer_rules import PayerRules


@dataclass(frozen=True, kw_only=True)
class ProgressClock:
    """Say how far the period of the next progress report has run.

    ``count`` is the number of its treatment days, ``of`` how many it may have and ``left`` how many more, 0 once it is
    due; both None where the payer does not count treatment days. ``due_on`` is the day on which it became due, None
    before.
    """

    count: int
    of: int | None
    due_now: bool
    due_on: date | None
    left: int | None


def progress_due(
    *, rules: PayerRules, treatment_days: Iterable[date], last_report_on: date | None, today: date
) -> ProgressClock:
    """Return the clock of the next progress report; days after ``today`` do not count.

    A day counts once, however many visits it has, and the evaluation's day counts. The last report's own day ends the
    period before: the next treatment day is day 1. The report is due on the tenth day itself (or whatever number the
    payer has), or on the last of ``progress_calendar_days`` from day 1, which counts, if that is earlier.
    """
    days = _period(treatment_days, last_report_on, until=today)
    due_on = _due_on(days, rules=rules)
    due_now = due_on is not None and due_on <= today
    of = rules.progress_treatment_days
    return ProgressClock(
        count=len(days),
        of=of,
        due_now=due_now,
        due_on=due_on if due_now else None,
        left=None if of is None else max(of - len(days), 0),
    )


def progress_due_at_visit(
    *,
    rules: PayerRules,
    treatment_days: Iterable[date],
    booked: Iterable[date],
    last_report_on: date | None,
    today: date,
) -> date | None:
    """Return the day on which the report will be due, or became due; None if it is not booked that far.

    ``booked`` are days of visits still to come; those before ``today`` are not counted. Otherwise as ``progress_due``.
    """
    coming = [on for on in booked if on >= today]
    treated = [on for on in treatment_days if on <= today]
    return _due_on(_period([*treated, *coming], last_report_on, until=date.max), rules=rules)


def _period(days: Iterable[date], last_report_on: date | None, *, until: date) -> list[date]:
    after = last_report_on or date.min
    return sorted({on for on in days if after < on <= until})


def _due_on(days: Sequence[date], *, rules: PayerRules) -> date | None:
    most, longest = rules.progress_treatment_days, rules.progress_calendar_days
    ends = []
    if most is not None and len(days) >= most:
        ends.append(days[most - 1])
    if longest is not None and days:
        ends.append(days[0] + timedelta(days=longest - 1))
    return min(ends, default=None)
