"""What a note cannot hold: numbers out of range, unknown measures, words without end."""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clinic.care.notes.body import QUALITIES, REGION_BY_CODE
from clinic.care.notes.facts import Done, Hurts, Measured, NoteFacts, Ran, Stands
from clinic.care.notes.measures import Measure
from clinic.care.signatures import check_words, is_exact
from clinic.refusals import Unacceptable

PAIN = range(11)
FASTEST = Decimal("0.5")
"""Kilometers a minute; the fastest mile is run at 0.43."""
MOST_MINUTES = 480
KINDS = ("gait retraining", "manual therapy", "exercise", "home care")
SIDES = ("", "L", "R", "both")
ANSWERS = ("no", "yes")
STATUSES = ("", "active", "met", "partly met", "not met", "discontinued")
CHOICES: dict[str, tuple[str, ...]] = {
    "since_last": ("", "better", "same", "worse"),
    "new_event": ("", "none", "yes"),
    "onset_kind": ("", "injury", "gradual", "change of status"),
    "radiation": ("", "none", "buttock", "thigh", "below the knee"),
    "direction": ("", "extension", "flexion", "lateral left", "lateral right", "none", "untested"),
    "irritability": ("", "low", "moderate", "high"),
    "prognosis": ("", "excellent", "good", "fair", "guarded"),
    "presentation": ("", "stable", "evolving", "unstable"),
    "decision": ("", "low", "moderate", "high"),
}
RANGES: dict[str, tuple[float, float, str]] = {
    "pain_now": (0, 10, "0 to 10"),
    "pain_best": (0, 10, "0 to 10"),
    "pain_worst": (0, 10, "0 to 10"),
    "home_done": (0, 99, "0 to 99 days"),
    "home_planned": (0, 99, "0 to 99 days"),
    "total_minutes": (0, MOST_MINUTES, "0 to 480 minutes"),
    "running_since": (1930, 2100, "a year, such as 2016"),
    "weekly_km": (0, 400, "0 to 400 kilometers"),
    "weekly_km_before": (0, 400, "0 to 400 kilometers"),
    "longest_km": (0, 300, "0 to 300 kilometers"),
    "runs_a_week": (0, 21, "0 to 21 runs"),
    "runs_a_week_before": (0, 21, "0 to 21 runs"),
    "shoe_km": (0, 5000, "0 to 5000 kilometers"),
    "cadence": (120, 240, "120 to 240 steps a minute, both feet counted"),
    "recovery_days": (0, 7, "0 to 7 days"),
    "pain_starts": (0, 600, "0 to 600 minutes"),
    "pain_stays": (0, 10080, "0 to 10080 minutes"),
    "history_factors": (0, 20, "0 to 20"),
    "examined_elements": (0, 40, "0 to 40"),
}
"""Hard ranges by field: what is outside is a slip of the hand. Cadence: clinical reference B1."""


class Offered(NamedTuple):
    """What the page offers: categories of time, questions about red flags, and the ids of the episode's goals."""

    categories: Container[str]
    questions: Container[str]
    goals: Container[int]


def check(
    facts: NoteFacts, *, known: Mapping[str, Measure], offered: Offered, today: date, widths: Mapping[str, int]
) -> None:
    """Raise ``Unacceptable`` beside the first field that cannot be; ``widths`` are the columns' lengths."""
    for name, value in {**facts.values, **facts.evaluation}.items():
        _check_column(name, value, widths.get(name), today)
    best, now, worst = (facts.values.get(f"pain_{which}") for which in ("best", "now", "worst"))
    if best is not None and worst is not None and best > worst:
        raise Unacceptable("The best pain cannot be more than the worst.", field="pain_best")
    if worst is not None and now is not None and now > worst:
        raise Unacceptable("Pain now cannot be more than the worst.", field="pain_now")
    for one in facts.measured or ():
        check_measured(one, known)
    for question, answer in (facts.flags or {}).items():
        if question not in offered.questions or answer not in ANSWERS:
            raise Unacceptable("Answer each question by no or yes.", field=f"flag.{question}")
    _check_rows(facts, today, offered)


def check_measured(one: Measured, known: Mapping[str, Measure]) -> None:
    """Raise ``Unacceptable`` for a value that the measure cannot have."""
    field = f"measure.{one.measure}.{one.side}"
    measure = known.get(one.measure)
    if measure is None or one.side not in measure.sides:
        raise Unacceptable("There is no such measure.", field=field)
    if one.grade and one.grade not in measure.grades:
        raise Unacceptable(f"{measure.label}: choose one of {', '.join(measure.grades)}.", field=field)
    if one.value is not None and (measure.grades or not _within(one.value, measure)):
        unit = f" {measure.unit}" if measure.unit else ""
        raise Unacceptable(f"{measure.named(one.side)} must be {measure.low} to {measure.high}{unit}.", field=field)
    check_words(one.words, 200, field)


def _within(value: Decimal, measure: Measure) -> bool:
    low, high = measure.low, measure.high
    return is_exact(value, 2) and (low is None or value >= low) and (high is None or value <= high)


def _check_column(name: str, value: Any, width: int | None, today: date) -> None:
    if name in CHOICES and value not in CHOICES[name]:
        raise Unacceptable("Choose one of these.", field=name)
    if name in RANGES and value is not None:
        low, high, words = RANGES[name]
        if not low <= value <= high:
            raise Unacceptable(f"This must be {words}.", field=name)
        if isinstance(value, Decimal) and not is_exact(value, 1):
            raise Unacceptable("At most one decimal place fits here.", field=name)
    if name == "onset_on" and value is not None and value > today:
        raise Unacceptable("The onset cannot be in the future.", field=name)
    if isinstance(value, str):
        check_words(value, width, name)


def _check_rows(facts: NoteFacts, today: date, offered: Offered) -> None:
    _each(facts.done, "treatment", lambda row, field: _check_done(row, field, offered.categories))
    _each(facts.runs, "run", lambda run, field: _check_run(run, field, today))
    for hurts in facts.hurts or ():
        _check_hurts(hurts, f"region.{hurts.region}")
    for goal in facts.goals or ():
        _check_goal(goal, f"goal.{goal.goal_id}", offered.goals)


def _each(rows: Iterable[Any] | None, kind: str, check_one: Any) -> None:
    for number, row in enumerate(rows or ()):
        check_one(row, f"{kind}.{number}")


def _check_done(row: Done, field: str, categories: Container[str]) -> None:
    if not row.name.strip():
        raise Unacceptable("Name the treatment.", field=f"{field}.name")
    if row.kind not in KINDS:
        raise Unacceptable("Choose the kind of treatment.", field=f"{field}.kind")
    if row.side not in SIDES:
        raise Unacceptable("Choose a side.", field=f"{field}.side")
    if row.category and row.category not in categories:
        raise Unacceptable("Choose what its time counts as.", field=f"{field}.category")
    if row.minutes is not None and not 0 <= row.minutes <= MOST_MINUTES:
        raise Unacceptable("Minutes must be 0 to 480.", field=f"{field}.minutes")
    for name, most in (("name", 120), ("dose", 120), ("response", 300)):
        check_words(getattr(row, name), most, f"{field}.{name}")


def _check_run(run: Ran, field: str, today: date) -> None:
    if run.ran_on > today or (today - run.ran_on).days > 366:
        raise Unacceptable("The day of a run must lie within the last year.", field=f"{field}.ran_on")
    for name, low, high in (
        ("minutes", 1, 600),
        ("km", Decimal("0.1"), 200),
        ("cadence", 120, 240),
        ("in_band", 0, 100),
        ("pain", 0, 10),
        ("next_morning", 0, 10),
    ):
        value = getattr(run, name)
        if value is not None and not low <= value <= high:
            raise Unacceptable(f"This must be {low} to {high}.", field=f"{field}.{name}")
    if run.km is not None and not is_exact(run.km, 1):
        raise Unacceptable("At most one digit behind the point.", field=f"{field}.km")
    if run.km is not None and run.km > run.minutes * FASTEST:
        raise Unacceptable(f"Nobody runs {run.km} km in {run.minutes} minutes.", field=f"{field}.km")


def _check_hurts(row: Hurts, field: str) -> None:
    if row.region not in REGION_BY_CODE:
        raise Unacceptable("There is no such place on the body chart.", field=field)
    if row.quality and row.quality not in {key for key, *_ in QUALITIES}:
        raise Unacceptable("Choose what it feels like.", field=f"{field}.quality")
    if row.intensity is not None and row.intensity not in PAIN:
        raise Unacceptable("This must be 0 to 10.", field=f"{field}.intensity")
    check_words(row.words, 200, f"{field}.words")


def _check_goal(row: Stands, field: str, goals: Container[int]) -> None:
    if row.goal_id not in goals:
        raise Unacceptable("There is no such goal in this episode.", field=f"{field}.status")
    if row.status not in STATUSES:
        raise Unacceptable("Choose how the goal stands.", field=f"{field}.status")
    if row.value is not None and not (is_exact(row.value, 2) and -10_000 < row.value < 100_000):
        raise Unacceptable("That value cannot be.", field=f"{field}.value")
    check_words(row.words, 300, f"{field}.words")
