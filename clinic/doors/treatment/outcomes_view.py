"""What the page of outcomes shows: what is due, a chart and a reading for each measure, running and cadence."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from clinic.care import gait
from clinic.care.episodes import Episode
from clinic.care.gait.compare import why_not_comparable
from clinic.care.gait.items import cadence_rule
from clinic.care.gait.queries import Dated
from clinic.care.notes import Note
from clinic.care.notes.due_measures import due_at, due_next
from clinic.care.notes.measures import Measure, measures
from clinic.care.notes.queries import draft_note, how_it_stands
from clinic.care.notes.running import Week, are_far, plan_marks, shoe_marks, volume_marks, weeks_of
from clinic.care.notes.thresholds import measure_key, thresholds_of
from clinic.care.notes.trends import Point, of_version, points_of
from clinic.care.outcomes import charts
from clinic.care.outcomes.charts import Marked, ScoreChart, Value, score_chart, week_chart
from clinic.care.outcomes.measures import INSTRUMENTS, Change, Instrument, NotComparable, Thresholds
from clinic.care.plans.queries import GoalRow, goals_of
from clinic.doors import wording
from clinic.doors.treatment.readings import Reading, caveats_of, readings_of
from clinic.timetable.words import date_words
from clinic.timetable.zones import to_wall

PAIN_SHOWN = ("now", "worst")
CADENCE = ("cadence", "")


class Card(NamedTuple):
    """A measure over the visits; ``version`` is that of the last score, empty where it is not recorded."""

    id: str
    title: str
    of: Instrument
    version: str
    chart: ScoreChart | None
    points: Sequence[Point]
    readings: Sequence[Reading]
    known: Thresholds
    goal: GoalRow | None

    @property
    def changes(self) -> list[Change | NotComparable]:
        """What was read, for its caveats."""
        return [one.change for one in self.readings]

    @property
    def caveats(self) -> list[Any]:
        """What has to be said beside the readings, once each."""
        return caveats_of(self.readings)


def outcomes_page(episode: Episode) -> dict[str, Any]:
    """Return everything that the page shows of an episode."""
    points, goals, known = points_of(episode.id), goals_of(episode.id), measures()
    marks = plan_marks(episode.id, zone=wording.zone())
    draft = draft_note(episode.id)
    due = _due(episode, draft, points)
    cards = [
        card
        for of in INSTRUMENTS.values()
        for card in _cards(of, points[of.key], goals=goals, marks=marks, known=known)
    ]
    return {
        "draft": draft,
        "due": due,
        "cards": sorted(cards, key=lambda one: one.chart is None),
        "not_taken": [
            of for of in INSTRUMENTS.values() if not points[of.key] and of.key not in {one.key for one in due}
        ],
        **_running(episode.id),
        **_cadence(episode.id),
    }


def measures_of(note: Note) -> dict[str, Any]:
    """Return which measures are due at a note, and which were taken with it."""
    points = points_of(note.episode_id)
    here = [
        (INSTRUMENTS[key], one)
        for key, some in points.items()
        for one in some
        if one.note_id == note.id and key != "nprs"
    ]
    due = [] if note.is_signed else due_at(note, points, zone=wording.zone())
    shown = {one.key for one in due} | {of.key for of, _ in here} | {"nprs"}
    return {
        "measures_due": due,
        "measures_here": here,
        "measures_more": [of for of in INSTRUMENTS.values() if of.key not in shown],
    }


def day_of_wall(instant: datetime) -> date:
    """Return the day of an instant on the clinic's wall."""
    return to_wall(instant, wording.zone()).date()


def _due(episode: Episode, draft: Note | None, points: Mapping[str, Sequence[Point]]) -> list[Any]:
    zone, today = wording.zone(), wording.today()
    if draft is not None:
        return due_at(draft, points, zone=zone)
    if episode.closed_at is not None:
        return []
    standing = how_it_stands(episode, zone=zone, today=today)
    report = standing is not None and bool(standing.progress.due_now)
    return due_next(episode.id, points, report=report, zone=zone, today=today)


def _cards(
    of: Instrument,
    points: Sequence[Point],
    *,
    goals: Sequence[GoalRow],
    marks: Sequence[Marked],
    known: Mapping[str, Measure],
) -> list[Card]:
    if of.key != "nprs":
        return [_card(of, of.label, points, goals=goals, marks=marks, known=known)] if points else []
    series = [(of.version(moment).label, of_version(points, moment)) for moment in PAIN_SHOWN]
    return [
        _card(of, title, some, goals=goals if moment == "now" else (), marks=marks, known=known)
        for moment, (title, some) in zip(PAIN_SHOWN, series, strict=True)
        if some
    ]


def _card(
    of: Instrument,
    title: str,
    points: Sequence[Point],
    *,
    goals: Sequence[GoalRow],
    marks: Sequence[Marked],
    known: Mapping[str, Measure],
) -> Card:
    version = next((one.scored.version for one in reversed(points) if one.value is not None), points[-1].scored.version)
    scale = next((one for one in of.versions if one.key == version), of.versions[0])
    read_by = thresholds_of(of, version, known=known)
    goal = _goal(of, goals)
    target = goal.goal.target if goal is not None else None
    inside = target is not None and scale.low <= target <= scale.high
    chart = score_chart(
        values=[
            Value(on=day_of_wall(one.at), name=_short(one.at), value=one.value, version=one.scored.version)
            for one in points
        ],
        lower_is_better=of.lower_is_better,
        low=scale.low,
        high=scale.high,
        goal=target if inside else None,
        mcid=read_by.mcid.value if read_by.mcid and not of.is_change else None,
        mdc=read_by.mdc.value if read_by.mdc and not of.is_change else None,
        marks=marks,
    )
    id_ = f"{of.key}-{version}" if of.key == "nprs" else of.key
    return Card(id_, title, of, version, chart, points, readings_of(of, points, known=known), read_by, goal)


def _value(one: Point) -> Value:
    return Value(on=day_of_wall(one.at), name=_short(one.at), value=one.value, version=one.scored.version)


def _goal(of: Instrument, goals: Sequence[GoalRow]) -> GoalRow | None:
    """Return the goal to show as a band: an open one before others, long-term before short-term."""
    way = "<=" if of.lower_is_better else ">="
    mine = [
        one
        for one in goals
        if one.goal.measure == measure_key(of.key) and one.goal.target is not None and one.goal.comparison == way
    ]
    return next((one for one in mine if one.is_open), mine[0] if mine else None)


def _running(episode_id: int) -> dict[str, Any]:
    weeks = weeks_of(episode_id)
    shoes, volumes = shoe_marks(episode_id, zone=wording.zone()), volume_marks(weeks)
    by_distance = are_far(weeks)
    shown = [
        charts.Week(
            starts_on=one.starts_on,
            name=_short(one.starts_on),
            distance=one.km if by_distance else Decimal(one.minutes),
            pain=None if one.pain is None else Decimal(one.pain),
        )
        for one in weeks
    ]
    return {
        "weeks": weeks,
        "by_distance": by_distance,
        "week_chart": week_chart(weeks=shown, marks=[*shoes, *volumes]),
        "week_marks": {one.starts_on: _in_week(one, [*shoes, *volumes]) for one in weeks},
    }


def _in_week(week: Week, marks: Sequence[Marked]) -> list[str]:
    return [one.words for one in marks if 0 <= (one.on - week.starts_on).days < 7]


def _cadence(episode_id: int) -> dict[str, Any]:
    """Return the cadence of the analyses; those at another speed than the one before are not joined by a line."""
    analyses = [one for one in reversed(gait.analyses_of(episode_id)) if _spm(one) is not None]
    group, groups = 0, [0] if analyses else []
    for before, after in pairwise(analyses):
        group += bool(_why_apart(before, after))
        groups.append(group)
    target = next((row.target_spm for one in reversed(analyses) if (row := one.analysis.row) and row.target_spm), None)
    return {
        "analyses": analyses,
        "target": target,
        "cadence_chart": score_chart(
            values=[
                Value(on=day_of_wall(one.at), name=_short(one.at), value=_spm(one), version=str(group))
                for one, group in zip(analyses, groups, strict=True)
            ],
            lower_is_better=False,
            low=None,
            high=None,
            target=None if target is None else Decimal(target),
        ),
        "spm_of": {one.note_id: _spm(one) for one in analyses},
        "apart": {after.note_id: _why_apart(before, after) for before, after in pairwise(analyses)},
    }


def _spm(one: Dated) -> Decimal | None:
    seen = one.analysis.seen.get(CADENCE)
    return seen.value if seen is not None else None


def _why_apart(before: Dated, after: Dated) -> str:
    rows = before.analysis.row, after.analysis.row
    speeds = [row.speed_ms if row is not None else None for row in rows]
    surfaces = [row.surface if row is not None else "" for row in rows]
    return why_not_comparable(
        speeds=(speeds[0], speeds[1]),
        surfaces=(surfaces[0], surfaces[1]),
        same_speed_percent=cadence_rule().same_speed_percent,
    )


def _short(when: datetime | date) -> str:
    on = day_of_wall(when) if isinstance(when, datetime) else when
    return date_words(on).partition(",")[0]
