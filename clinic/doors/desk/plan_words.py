"""Plans of care in the desk's words: dates and numbers, nothing clinical."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from clinic.care.notes.queries import standings_of
from clinic.care.plans.standing_of import Standing
from clinic.doors import wording

SOON = timedelta(days=14)


class Due(NamedTuple):
    """Something that somebody has to ask for or write: by when, and what."""

    on: date | None
    words: str
    is_late: bool


def plan_facts(patient_id: int) -> list[dict[str, Any]]:
    """Return what the desk may see of a patient's plans."""
    today = wording.today()
    found = standings_of(patient_id, zone=wording.zone(), today=today)
    return [facts_of(standing) | {"dues": dues_of(standing, today=today)} for standing in found]


def facts_of(standing: Standing) -> dict[str, Any]:
    """Return the dates and numbers of a plan that the desk may see."""
    authorization = standing.authorization
    return {
        "episode_id": standing.episode.id,
        "from_on": standing.plan.from_on,
        "until_on": standing.until_on,
        "version": standing.plan.number,
        "planned": standing.planned,
        "used": standing.used,
        "booked": len(standing.booked),
        "to_book": standing.forecast.to_book,
        "authorized": authorization.visits if authorization else None,
        "authorized_until": authorization.until_on if authorization else None,
        "number": authorization.number if authorization else "",
        "warning": standing.forecast.sentence,
    }


def dues_of(standing: Standing, *, today: date) -> list[Due]:
    """Return what is due of a plan within two weeks, or late, the earliest first."""
    found = []
    if standing.certification_is_open:
        on = standing.certification.due_on
        found.append(Due(on, f"Certification: {standing.certification.sentence}", on is not None and on < today))
    if standing.progress.due_now:
        found.append(Due(standing.progress.due_on, "Progress report is due", True))
    elif standing.report_on is not None and standing.report_on <= today + SOON:
        found.append(Due(standing.report_on, "Progress report", False))
    if standing.forecast.sentence:
        found.append(Due(standing.forecast.runs_out_on, standing.forecast.sentence, False))
    return sorted(found, key=lambda due: due.on or today)
