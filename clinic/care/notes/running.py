"""What an episode's notes tell of running: weeks, growth, shoes, and when the plan was changed."""

import re
from collections import Counter
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
    """What a patient told of a week that starts on a Monday: minutes run, and the worst pain while running."""

    starts_on: date
    minutes: int
    pain: int | None
    runs: int


def weeks_of(episode_id: int) -> list[Week]:
    """Return the weeks in which the patient ran, oldest first; a run that two notes tell of counts once."""
    query = select(Run).join(Note, Note.id == Run.note_id).where(Note.episode_id == episode_id)
    told: dict[int, Counter[tuple[date, int, int | None]]] = {}
    for run in database.session.scalars(query):
        told.setdefault(run.note_id, Counter())[run.ran_on, run.minutes, run.pain] += 1
    runs: Counter[tuple[date, int, int | None]] = Counter()
    for one in told.values():
        runs |= one
    weeks: dict[date, list[tuple[int, int | None]]] = {}
    for ran_on, minutes, pain in runs.elements():
        weeks.setdefault(ran_on - timedelta(days=ran_on.weekday()), []).append((minutes, pain))
    return [_week(monday, weeks[monday]) for monday in sorted(weeks)]


def volume_marks(weeks: Sequence[Week]) -> list[Marked]:
    """Return where a week's running grew by more than 10 % over the week before (a convention: homecare's rules)."""
    by_day = {one.starts_on: one for one in weeks}
    pairs = ((by_day.get(one.starts_on - WEEK), one) for one in weeks)
    return [
        Marked(on=week.starts_on, words=f"+{_growth(before, week):.0f} %")
        for before, week in pairs
        if before is not None and _growth(before, week) > MOST_PERCENT
    ]


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


def _growth(before: Week, week: Week) -> Decimal:
    return Decimal(week.minutes - before.minutes) * 100 / before.minutes


def _week(monday: date, runs: Sequence[tuple[int, int | None]]) -> Week:
    pains = [pain for _, pain in runs if pain is not None]
    return Week(monday, sum(minutes for minutes, _ in runs), max(pains, default=None), len(runs))
