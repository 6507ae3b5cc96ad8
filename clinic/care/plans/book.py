"""Book what a plan of care asks, unless the plan was changed or booked since somebody began to."""

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.care.episodes import adopt_course
from clinic.care.episodes.the_row import episode_to_change
from clinic.care.plans.models import Plan
from clinic.care.plans.standing_of import Standing, standing_of
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, NotFound
from clinic.scheduling import booking
from clinic.scheduling.booking import Course

MARK = re.compile(r"([0-9]{1,9})-[0-9]{1,3}", re.ASCII)


class PlanMoved(ChangedMeanwhile):
    """The plan asks for something else than when the page was opened; ``mark`` is what it asks now."""

    def __init__(self, standing: Standing) -> None:
        self.mark = mark_of_plan(standing)
        count = standing.forecast.to_book
        visits = f"{count or 'no'} more visit{'' if count == 1 else 's'}"
        super().__init__(
            f"The plan of care was changed, or booked, since you opened this page: it asks for {visits} now. "
            "Nothing was booked. Look, and press Enter again to book these all the same."
        )


def mark_of_plan(standing: Standing) -> str:
    """Return a short mark that changes with the version in force and with the visits that it still asks for."""
    return f"{standing.plan.id}-{standing.forecast.to_book}"


def book_for_plan(
    *, seen: str, patient_id: int, request_id: str | None, zone: ZoneInfo, today: date, **course: Any
) -> Course:
    """Book a course as ``booking.book_course`` does, whose visits belong to the patient's open episode.

    ``seen`` is the mark of the plan that was to be booked, or empty. The caller commits. Raises ``NotFound`` for
    another patient's plan, ``PlanMoved`` where the plan is no longer as ``seen``, and as ``book_course`` does.
    """
    if seen and not _is_booked(request_id):
        _refuse_if_moved(seen, patient_id, zone=zone, today=today)
    found = booking.book_course(patient_id=patient_id, request_id=request_id, **course)
    adopt_course(found.id)
    return found


def _refuse_if_moved(seen: str, patient_id: int, *, zone: ZoneInfo, today: date) -> None:
    well_formed = MARK.fullmatch(seen)
    plan = database.session.get(Plan, int(well_formed[1])) if well_formed else None
    if plan is None or plan.patient_id != patient_id:
        raise NotFound("There is no such plan of this patient.")
    episode = episode_to_change(plan.episode_id)  # locked: of two who book one plan, the second sees what the first did
    standing = standing_of(episode, reports_on=(), reevaluated_on=(), zone=zone, today=today)
    if standing is not None and mark_of_plan(standing) != seen:
        raise PlanMoved(standing)


def _is_booked(request_id: str | None) -> bool:
    """Say whether this form has booked already: then it is given back what it booked."""
    if request_id is None:
        return False
    return database.session.scalars(select(Course.id).where(Course.request_id == request_id)).first() is not None
