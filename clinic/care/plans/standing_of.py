"""How an episode stands: visits used and booked, what is due, and when."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from clinic.care.episodes import Authorization, Episode, Visit
from clinic.care.episodes.queries import authorization_of, visits_of
from clinic.care.plans.certification import Certification, CertificationClock, certification
from clinic.care.plans.forecast import Forecast, forecast
from clinic.care.plans.models import CertificationStep, Plan
from clinic.care.plans.payer_rules import PayerRules
from clinic.care.plans.payers import rules_of
from clinic.care.plans.progress_report import ProgressClock, progress_due, progress_due_at_visit
from clinic.care.plans.queries import certification_steps_of, plans_of
from clinic.care.plans.reevaluation import reevaluation_due
from clinic.timetable.zones import to_wall

DAY = timedelta(days=1)


class Standing(NamedTuple):
    """How an episode's plan in force stands today.

    ``report_on`` is the day of the next progress report, if visits are booked that far.
    """

    episode: Episode
    plan: Plan
    rules: PayerRules
    visits: Sequence[Visit]
    used: int
    booked: Sequence[Visit]
    planned: int
    until_on: date
    authorization: Authorization | None
    forecast: Forecast
    certification: CertificationClock
    steps: Sequence[CertificationStep]
    progress: ProgressClock
    report_on: date | None
    reevaluate_on: date | None

    @property
    def certification_is_open(self) -> bool:
        """Whether somebody has to do something about the certification."""
        return self.certification.state not in (Certification.NOT_NEEDED, Certification.CERTIFIED) and (
            self.certification.alert or self.certification.state in (Certification.TO_SEND, Certification.OVERDUE)
        )


def standing_of(
    episode: Episode, *, reports_on: Sequence[date], reevaluated_on: Sequence[date], zone: ZoneInfo, today: date
) -> Standing | None:
    """Return how an episode stands; None while no plan is signed. Of a closed one nothing is left to book.

    ``reports_on`` are the days of its signed progress reports and re-evaluations, ``reevaluated_on`` those of its
    evaluation and re-evaluations, as the notes know them.
    """
    signed = [one for one in plans_of(episode.id) if one.is_signed]
    if not signed:
        return None
    plan, first = signed[0], signed[-1]
    rules, visits = rules_of(episode.payer), visits_of(episode.id)
    on = {visit.id: to_wall(visit.starts_at, zone).date() for visit in visits}
    past = [visit for visit in visits if visit.is_attended]
    ahead = [visit for visit in visits if not visit.is_attended and on[visit.id] >= today]
    booked = [visit for visit in ahead if visit.purpose != "evaluation"]
    from_on = plan.from_on or today
    until_on = from_on + timedelta(weeks=plan.weeks) - DAY
    counted = [visit for visit in past if visit.purpose != "evaluation"]
    authorization, steps = authorization_of(episode.id), certification_steps_of(plan.id)
    treatment_days, coming = [on[visit.id] for visit in past], [on[visit.id] for visit in booked]
    last_report_on = max(reports_on, default=None)
    since = max(reevaluated_on, default=None)
    return Standing(
        episode=episode,
        plan=plan,
        rules=rules,
        visits=visits,
        used=len(counted),
        booked=booked,
        planned=plan.visits,
        until_on=until_on,
        authorization=authorization,
        forecast=forecast(
            planned=plan.visits if episode.closed_at is None else len(counted) + len(coming),
            used=len(counted),
            booked=coming,
            authorized=authorization.visits if authorization else None,
            authorized_until=authorization.until_on if authorization else None,
            plan_until=until_on,
        ),
        certification=certification(
            rules=rules,
            first_treatment_on=min(treatment_days, default=from_on),
            plan_from=from_on,
            plan_until=until_on,
            sent_on=_first(steps, "sent"),
            signed_on=_first(steps, "signed"),
            verbal_on=_first(steps, "verbal order"),
            referral_on_file=episode.referral_on is not None,
            initial=plan.id == first.id,
            today=today,
        ),
        steps=steps,
        progress=progress_due(rules=rules, treatment_days=treatment_days, last_report_on=last_report_on, today=today),
        report_on=progress_due_at_visit(
            rules=rules, treatment_days=treatment_days, booked=coming, last_report_on=last_report_on, today=today
        ),
        reevaluate_on=reevaluation_due(
            every_visits=plan.reevaluate_every,
            by=None,
            visits_done=len([one for one in counted if since is None or on[one.id] > since]),
            booked=coming,
            today=today,
        ),
    )


def _first(steps: Sequence[CertificationStep], step: str) -> date | None:
    return min((one.on for one in steps if one.step == step), default=None)
