"""What is left to book of a plan of care, as the address of the desk's course screen says it."""

from datetime import date, timedelta
from typing import Any

from clinic.care.plans.book import mark_of_plan
from clinic.care.plans.standing_of import Standing
from clinic.doors import wording
from clinic.people.patients.models import Patient
from clinic.timetable.zones import to_wall

MIDNIGHT = 1440


def left_to_book(patient: Patient, standing: Standing) -> dict[str, Any] | None:
    """Return what the desk's course screen is asked for; None where the plan asks for no more visits.

    They come after those that are booked, and no more and no later than authorized.
    """
    plan, left = standing.plan, standing.forecast.to_book
    if not left:
        return None
    first_on = _first_day(standing)
    facts: dict[str, Any] = {
        "type_id": plan.type_id,
        "least_apart": plan.least_apart,
        "therapist_id": standing.episode.therapist_id,
        "first_on": first_on.isoformat(),
        "first_within": 7,
        "wished_days": patient.wished_days or [],
        **_wished_time(patient),
        "device.treadmill": _ahead(plan.treadmill_at, done=plan.visits - left),
        "plan": mark_of_plan(standing),
    }
    if plan.therapist_only:
        facts["therapist_only"] = "y"
    for number, (per_week, weeks) in enumerate(_what_is_left(plan.phases, left), 1):
        facts |= {f"per_week_{number}": per_week, f"weeks_{number}": weeks}
    return facts | _authorized(standing, first_on)


def _first_day(standing: Standing) -> date:
    days = [wording.today() + timedelta(days=1), *filter(None, [standing.plan.from_on])]
    for visit in standing.booked:
        booked_on = to_wall(visit.starts_at, wording.zone()).date()
        days.append(booked_on + timedelta(days=standing.plan.least_apart))
    return max(days)


def _authorized(standing: Standing, first_on: date) -> dict[str, Any]:
    authorization = standing.authorization
    if authorization is None:
        return {}
    until, facts = authorization.until_on, {}
    if authorization.visits is not None:
        facts["authorized"] = max(authorization.visits - standing.used - len(standing.booked), 0)
    if until is not None and until >= first_on:
        return facts | {"end_on": until.isoformat()}
    return facts if until is None else facts | {"authorized": 0}


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
