"""The way from a plan to the desk's course screen, with everything filled in that is left to book."""

from datetime import timedelta
from typing import Any

from flask import url_for

from clinic.care.episodes import Episode
from clinic.care.plans import Plan
from clinic.care.plans.book import mark_of_plan
from clinic.doors import wording
from clinic.doors.treatment.charts import Chart
from clinic.people.patients.models import Patient

MIDNIGHT = 1440


def book_href(chart: Chart, episode: Episode, plan: Plan, standing: Any) -> str | None:
    """Return the way to the desk's course screen with everything filled in; None for who may not open the desk."""
    if not chart.by.is_therapist or standing is None or not standing.forecast.to_book:
        return None
    first_on = max(plan.from_on or wording.today(), wording.today() + timedelta(days=1))
    facts: dict[str, Any] = {
        "type_id": plan.type_id,
        "least_apart": plan.least_apart,
        "therapist_id": episode.therapist_id,
        "first_on": first_on.isoformat(),
        "first_within": 7,
        "wished_days": chart.patient.wished_days or [],
        **_wished_time(chart.patient),
        "device.treadmill": _ahead(plan.treadmill_at, done=plan.visits - standing.forecast.to_book),
        "plan": mark_of_plan(standing),
    }
    if plan.therapist_only:
        facts["therapist_only"] = "y"
    left = standing.forecast.to_book
    for number, (per_week, weeks) in enumerate(_what_is_left(plan.phases, left), 1):
        facts |= {f"per_week_{number}": per_week, f"weeks_{number}": weeks}
    if standing.authorization is not None and standing.authorization.visits is not None:
        facts["authorized"] = max(standing.authorization.visits - standing.used - len(standing.booked), 0) or ""
    return url_for("desk.new_course", patient_id=chart.patient.id, **facts)


def _wished_time(patient: Patient) -> dict[str, int]:
    """Return the time of day that a patient wishes, a little narrower where it is not on the half hour."""
    since, until = -(-(patient.wished_from or 0) // 30) * 30, (patient.wished_until or 0) // 30 * 30
    found = {"wished_from": since, "wished_until": until if until < MIDNIGHT else 0}
    return {name: minute for name, minute in found.items() if minute}


def _ahead(numbers: list[int], *, done: int) -> list[int]:
    """Return the numbers that the visits of a plan have among those that are still to book."""
    return [number - done for number in numbers if number > done]


def _what_is_left(phases: list[list[int]], visits: int) -> list[tuple[int, int]]:
    """Return the end of the prescription that has so many visits left, whole weeks first."""
    weeks = [per_week for per_week, count in phases for _ in range(count)]
    kept: list[int] = []
    for per_week in reversed(weeks):
        if visits <= 0:
            break
        kept.append(min(per_week, visits))
        visits -= kept[-1]
    kept.reverse()
    found: list[tuple[int, int]] = []
    for per_week in kept:
        if found and found[-1][0] == per_week:
            found[-1] = (per_week, found[-1][1] + 1)
        else:
            found.append((per_week, 1))
    return found[:4]
