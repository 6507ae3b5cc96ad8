"""What an episode's notes tell of running: weeks, growth, shoes, and when the plan was changed."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic.care import gait
from clinic.care.homecare.rules.volume import MOST_PERCENT
from clinic.care.notes.models import Evaluation, Note, Run
from clinic.care.outcomes.charts import Marked
from clinic.care.plans.queries import plans_of
from clinic.database import database
from clinic.timetable.zones import to_wall

WEEK = timedelta(days=7)
WORN = re.compile(r"[\s,;(]*\b\d+\s*(km|mi|miles|kilometers)\b\)?", re.IGNORECASE)
"""How far a shoe has run, which is no change of shoe."""


class Week(NamedTuple):
    """What a patient told of a week that starts on a Monday: minutes run, and the worst pain while running.

    ``km`` is None unless the distance of every run of the week was told.
    """

    starts_on: date
    minutes: int
    pain: int | None
    runs: int
    km: Decimal | None = None


class Told(NamedTuple):
    """One run, as a note tells of it, by which it is known again in the next note."""

    ran_on: date
    minutes: int
    pain: int | None


def weeks_of(episode_id: int) -> list[Week]:
    """Return the weeks in which the patient ran, oldest first; a run that two notes tell of counts once.

    Of runs that look alike, the note that tells of the most has them all.
    """
    query = select(Run).join(Note, Note.id == Run.note_id).where(Note.episode_id == episode_id)
    told: dict[Told, dict[int, list[Decimal | None]]] = {}
    for run in database.session.scalars(query.order_by(Note.service_at, Run.id)):
        by_note = told.setdefault(Told(run.ran_on, run.minutes, run.pain), {})
        by_note.setdefault(run.note_id, []).append(run.km)
    weeks: dict[date, list[tuple[Told, Decimal | None]]] = {}
    for one, by_note in told.items():
        distances = max(by_note.values(), key=lambda each: (len(each), len(each) - each.count(None)))
        week = weeks.setdefault(one.ran_on - timedelta(days=one.ran_on.weekday()), [])
        week += [(one, km) for km in distances]
    return [_week(monday, weeks[monday]) for monday in sorted(weeks)]


def are_far(weeks: Sequence[Week]) -> bool:
    """Say whether weeks are told apart by distance: every one has it. Else by minutes."""
    return bool(weeks) and all(one.km is not None for one in weeks)


def volume_marks(weeks: Sequence[Week]) -> list[Marked]:
    """Return where a week's running grew by more than 10 % over the week before (a convention: homecare's rules)."""
    by_day = {one.starts_on: one for one in weeks}
    by_distance = are_far(weeks)
    pairs = ((by_day.get(one.starts_on - WEEK), one) for one in weeks)
    grown = [(week, _growth(before, week, by_distance)) for before, week in pairs if before is not None]
    return [Marked(on=week.starts_on, words=f"+{more:.0f} %") for week, more in grown if more > MOST_PERCENT]


def shoe_marks(episode_id: int, *, zone: ZoneInfo) -> list[Marked]:
    """Return when another shoe was noted, in an evaluation or a gait analysis, than the time before."""
    query = (
        select(Note.service_at, Evaluation.shoes)
        .join(Evaluation, Evaluation.note_id == Note.id)
        .where(Note.episode_id == episode_id)
    )
    noted: list[tuple[datetime, str]] = [(row.service_at, row.shoes) for row in database.session.execute(query)]
    noted += [(one.at, one.analysis.row.shoe) for one in gait.analyses_of(episode_id) if one.analysis.row is not None]
    named = [(at, WORN.sub("", words).strip(" ,;.")) for at, words in sorted(noted) if words.strip()]
    return [
        Marked(on=to_wall(at, zone).date(), words=f"shoe: {shoe[:24]}")
        for (_, before), (at, shoe) in pairwise(named)
        if shoe and shoe.casefold() != before.casefold()
    ]


def plan_marks(episode_id: int, *, zone: ZoneInfo) -> list[Marked]:
    """Return when each version of the plan was signed."""
    signed = sorted((one.signed_at, one.number) for one in plans_of(episode_id) if one.signed_at is not None)
    return [Marked(on=to_wall(at, zone).date(), words=f"plan {number}") for at, number in signed]


def _growth(before: Week, week: Week, by_distance: bool) -> Decimal:
    """Return by how many percent a week grew."""
    if by_distance and before.km is not None and week.km is not None:
        return (week.km - before.km) * 100 / before.km
    return Decimal(week.minutes - before.minutes) * 100 / before.minutes


def _week(monday: date, runs: Sequence[tuple[Told, Decimal | None]]) -> Week:
    distances = [km for _, km in runs if km is not None]
    km = sum(distances, Decimal(0)) if len(distances) == len(runs) else None
    pains = [one.pain for one, _ in runs if one.pain is not None]
    return Week(monday, sum(one.minutes for one, _ in runs), max(pains, default=None), len(runs), km)
