"""Tell how a plan of care stands with the physician who has to certify it.

Sources: clinical reference F2; Noridian plan-of-care page, updated 2025-09-08; 42 CFR 424.24; Medicare Benefit Policy
Manual ch. 15 §220.1.3. By when a recertification is signed in time is a recollection of that section, to be confirmed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from clinic.care.plans.payer_rules import EXCEPTION_SINCE, PayerRules
from clinic.care.plans.short_day import short_day
from clinic.care.plans.standing import Certification, Standing

__all__ = ["Certification", "CertificationClock", "certification"]

DAY = timedelta(days=1)
_TO_THE_END = (Certification.EXPIRING, Certification.EXPIRED)


@dataclass(frozen=True, kw_only=True)
class CertificationClock:
    """Say how a plan's certification stands on one day.

    ``due_on`` is the last day for the signature, None once none is owed. ``ends_on`` is the last day that the
    certification covers, or will cover. ``days_left`` counts from today to ``due_on`` while a signature is owed, but to
    ``ends_on`` in EXPIRING and EXPIRED and once none is owed: 0 on the last good day, negative after. ``alert`` is true
    from ``expiring_days`` before either date on. ``sentence`` tells people what to do, or until when all is well.
    """

    state: Certification
    due_on: date | None
    ends_on: date | None
    days_left: int | None
    alert: bool
    sentence: str


def certification(
    *,
    rules: PayerRules,
    first_treatment_on: date,
    plan_from: date,
    plan_until: date,
    sent_on: date | None,
    signed_on: date | None,
    verbal_on: date | None,
    referral_on_file: bool,
    initial: bool,
    today: date,
    previous_ends_on: date | None = None,
) -> CertificationClock:
    """Return how a plan's certification stands on ``today``; whatever is dated later has not happened yet.

    ``first_treatment_on`` is the episode's first treatment day, the evaluation included; ``plan_until`` the plan's last
    day; ``sent_on`` the first time it was sent; ``referral_on_file`` a signed and dated referral or order.

    Initial: the signature is due ``certify_within_days`` after the first treatment day, which is day 0 (Nov 3 and 30
    days: Dec 3). The certified interval counts that day as day 1 (Nov 3 and 90 days: Jan 31), and ends with the plan if
    that is earlier. A recertification's interval counts ``plan_from`` as day 1; its signature is due by the last day of
    the interval before, ``previous_ends_on``, or by the day before ``plan_from`` where that is later or all we know.

    A verbal order certifies until its signature is due, ``verbal_signature_days`` after it, which is day 0. Lapsed, it
    counts no more, and the first limit holds again if it is still ahead. A late signature certifies all the same:
    delayed certification. The exception by referral needs an initial plan, a first treatment day in 2025 or later, and
    sending by the day on which the signature would be due. Sources: see the module.
    """
    if rules.certify_within_days is None:
        return _NOT_NEEDED
    if initial:
        begins_on, limit_on = first_treatment_on, first_treatment_on + timedelta(days=rules.certify_within_days)
    else:
        begins_on, limit_on = plan_from, max(plan_from - DAY, previous_ends_on or plan_from - DAY)
    return _clock(
        Standing(
            sent_on=_known(sent_on, today),
            signed_on=_known(signed_on, today),
            verbal_on=_known(verbal_on, today),
            verbal_lasts=timedelta(days=rules.verbal_signature_days),
            referral_is_enough=(
                rules.exception_by_referral and referral_on_file and initial and first_treatment_on >= EXCEPTION_SINCE
            ),
            limit_on=limit_on,
            ends_on=_end(begins_on, rules=rules, plan_until=plan_until),
            notice=timedelta(days=rules.expiring_days),
            today=today,
        )
    )


_NOT_NEEDED = CertificationClock(
    state=Certification.NOT_NEEDED,
    due_on=None,
    ends_on=None,
    days_left=None,
    alert=False,
    sentence="No certification needed.",
)


def _known(on: date | None, today: date) -> date | None:
    return on if on is not None and on <= today else None


def _end(begins_on: date, *, rules: PayerRules, plan_until: date) -> date:
    if rules.interval_days is None:
        return plan_until
    return min(plan_until, begins_on + timedelta(days=rules.interval_days) - DAY)


def _clock(standing: Standing) -> CertificationClock:
    state, due_on, ends_on, today = standing.state, standing.due_on, standing.ends_on, standing.today
    counts_to = ends_on if due_on is None or state in _TO_THE_END else due_on
    return CertificationClock(
        state=state,
        due_on=due_on,
        ends_on=ends_on,
        days_left=(counts_to - today).days,
        alert=today >= min(due_on or ends_on, ends_on) - standing.notice,
        sentence=_sentence(standing),
    )


def _sentence(standing: Standing) -> str:
    ends = short_day(standing.ends_on, today=standing.today)
    match standing.state:
        case Certification.EXPIRING:
            return f"Recertify or discharge by {ends}.{_verbal(standing)}"
        case Certification.EXPIRED:
            return f"Certification ended {ends}.{_verbal(standing)}"
        case Certification.BY_EXCEPTION:
            return f"Certified by the referral through {ends}."
        case Certification.CERTIFIED if standing.is_verbal:
            return _verbal(standing).strip()
        case Certification.CERTIFIED:
            return f"Certified through {ends}{_late(standing)}."
    ended = f" Its interval ended {ends}." if standing.today > standing.ends_on else ""
    return _to_do(standing) + ended


def _to_do(standing: Standing) -> str:
    due = short_day(standing.due_on, today=standing.today) if standing.due_on else ""
    match standing.state:
        case Certification.TO_SEND:
            return f"Send it by {due}." if standing.referral_is_enough else f"Send it: the signature is due {due}."
        case Certification.SENT:
            return f"The signature is due {due}."
    return f"The signature was due {due}." if standing.sent_on else f"Not sent. The signature was due {due}."


def _verbal(standing: Standing) -> str:
    if not standing.is_verbal or standing.due_on is None:
        return ""
    return f" Verbal order: the signature is due {short_day(standing.due_on, today=standing.today)}."


def _late(standing: Standing) -> str:
    if not standing.is_late or standing.signed_on is None:
        return ""
    return f", signed late on {short_day(standing.signed_on, today=standing.today)}"
