"""What the page of a note shows beside its fields: what was before, what the rules write, what is missing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from flask import render_template
from markupsafe import Markup

from clinic.care import defaults, episodes, notes, signatures
from clinic.care.notes import Content
from clinic.care.notes.complexity import level
from clinic.care.notes.gait_session import gait_session
from clinic.care.notes.history import Reading, Readings, readings_before
from clinic.care.notes.measures import Measure
from clinic.care.notes.queries import how_it_stands, notes_of
from clinic.care.notes.units import BillingRule, timed_units
from clinic.care.notes.written import minutes_of, write
from clinic.care.plans.payers import rules_of
from clinic.care.plans.progress import met, progress, read_change
from clinic.care.plans.queries import GoalRow, goals_of
from clinic.doors import wording
from clinic.doors.treatment.charts import Chart
from clinic.doors.treatment.evaluation_view import evaluation_parts
from clinic.doors.treatment.outcomes_view import measures_of
from clinic.people.accounts.roles import may_open
from clinic.scheduling.booking.queries import appointment as appointment_row
from clinic.timetable.zones import to_wall

REPORTS = ("progress report", "re-evaluation", "discharge")


class MeasureLine(NamedTuple):
    """One row of the objective part: what it was at first and last, what it is today, and the change."""

    field: str
    label: str
    measure: Measure
    first: str
    last: str
    today: str
    words: str
    carried_from: int | None
    change: str
    tone: str
    normal: bool | None

    @property
    def said(self) -> str:
        """What it is today with its unit: 45°, 4/5, 30 s."""
        unit = self.measure.unit if self.today and not self.measure.grades else ""
        return f"{self.today}{unit}" if unit == "°" or unit.startswith("/") else f"{self.today} {unit}".rstrip()


class GoalLine(NamedTuple):
    """A goal with where it started, where it stands and how far that is; ``percent`` 0 to 100, None where unknown."""

    row: GoalRow
    percent: int | None
    twentieths: int
    reading: str
    is_met: bool
    mark: int | None


class Minutes(NamedTuple):
    """Minutes and units of a visit: in all, timed ones, and by category."""

    total: int
    timed: int
    units: int
    by_category: list[tuple[str, int, int]]


def note_facts(content: Content, known: Mapping[str, Measure], chart: Chart) -> dict[str, Any]:
    """Return everything that the page of a note shows."""
    note = content.note
    readings, episode = readings_before(note), episodes.episode(note.episode_id)
    visits = episodes.visits_of(episode.id)
    siblings = list(reversed(notes_of(episode.id)))
    place = next((n for n, one in enumerate(siblings) if one.id == note.id), 0)
    coming = [visit for visit in visits if visit.starts_at > note.service_at and not visit.is_attended]
    return {
        "appointment": appointment_row(note.appointment_id),
        "pain_before": {name: _last(readings.get((name, ""), ())) for name in ("pain_now", "pain_best", "pain_worst")},
        "before": siblings[place - 1] if place else None,
        "unsigned_before": [one for one in siblings[:place] if not one.is_signed],
        "after": siblings[place + 1] if place + 1 < len(siblings) else None,
        "categories": defaults.every("category."),
        "flags": defaults.every("flag.", as_of=_flags_asked(content)),
        "flags_version": defaults.latest_number("flag."),
        "signed_by": signatures.signatures_of(note.key),
        "addenda": signatures.addenda_of(note.key),
        "standing": how_it_stands(episode, zone=wording.zone(), today=wording.today()),
        "next_visit": coming[0] if coming else None,
        "gait_session": gait_session(note),
        "still_booked": [one for one in coming if one.starts_at > chart.now],
        "may_open_desk": may_open("desk", chart.by.roles),
        "visits": visits,
        "doses_before": _doses_before(content),
        "late_days": defaults.current("rule.late-entry").value["days"],
        "late_after": note.service_at + timedelta(days=int(defaults.current("rule.late-entry").value["days"] or 0)),
        **_live(content, known, readings),
        **evaluation_parts(content),
    }


def _flags_asked(content: Content) -> int | None:
    """Return which version of the red-flag questions a signed evaluation answered; None for the questions of today."""
    return content.evaluation.flags_version if content.evaluation is not None and content.note.is_signed else None


def _live(content: Content, known: Mapping[str, Measure], readings: Readings) -> dict[str, Any]:
    """Return what changes with every save."""
    note = content.note
    evaluation = content.evaluation
    return {
        "content": content,
        "note": note,
        "written": write(content),
        "missing": [] if note.is_signed else notes.what_is_missing(content),
        "minutes": minutes_and_units(content),
        "goals": goal_lines(note.episode_id, known, as_of=note.signed_at),
        "is_report": note.kind in REPORTS,
        "level": level(
            history_factors=evaluation.history_factors,
            examined=evaluation.examined_elements,
            presentation=evaluation.presentation,
            decision=evaluation.decision,
        )
        if evaluation is not None
        else "",
        "lines": measure_lines(content, known, readings),
        "known": known,
        **measures_of(note),
    }


def live_parts(content: Content, known: Mapping[str, Measure], chart: Chart) -> dict[str, Markup]:
    """Return the parts of the page that change with a save, by the id of what they replace."""
    facts = _live(content, known, readings_before(content.note))
    facts |= {"patient": chart.patient, "patient_id": chart.patient.id}
    pages = {name: f"treatment/_note_{name}.html" for name in ("written", "missing", "minutes", "measures")}
    if content.evaluation is not None:
        facts |= evaluation_parts(content)
        pages |= {name: f"treatment/_evaluation_{name}.html" for name in ("sections", "flags", "advice")}
    return {name: Markup(render_template(page, **facts)) for name, page in pages.items()}  # noqa: S704


def measure_lines(content: Content, known: Mapping[str, Measure], readings: Readings) -> list[MeasureLine]:
    """Return the rows of the objective part, in the order of the clinic's list."""
    order = {key: place for place, key in enumerate(known)}
    rows = [row for row in content.measurements if row.measure in known]
    return [
        _line(row, known[row.measure], readings.get((row.measure, row.side), ()))
        for row in sorted(rows, key=lambda row: (order[row.measure], row.side))
    ]


def _line(row: Any, measure: Measure, before: Sequence[Reading]) -> MeasureLine:
    last = before[-1] if before else None
    change, tone = _change(row.value, last.value if last else None, measure)
    if row.grade and last is not None and last.grade:
        change = "same" if last.grade == row.grade else f"was {last.grade}"
    return MeasureLine(
        field=f"measure.{row.measure}.{row.side}",
        label=measure.named(row.side),
        measure=measure,
        first=_said(before[0], measure) if before else "",
        last=_said(last, measure) if last else "",
        today=row.grade or ("" if row.value is None else plain(row.value)),
        words=row.words,
        carried_from=row.carried_from,
        change="" if row.carried_from is not None else change,
        tone=tone,
        normal=measure.is_normal(row.value, row.grade),
    )


def _change(now: Decimal | None, before: Decimal | None, measure: Measure) -> tuple[str, str]:
    if now is None or before is None:
        return "", ""
    difference = now - before
    if not difference:
        return "same", ""
    amount = f"{'+' if difference > 0 else '−'}{plain(abs(difference))}{_unit(measure)}"
    lower = measure.lower_is_better
    if lower is None:
        return amount, ""
    return amount, "better" if (difference < 0) == lower else "worse"


def _said(reading: Reading | None, measure: Measure) -> str:
    if reading is None:
        return ""
    return reading.grade or ("" if reading.value is None else f"{plain(reading.value)}{_unit(measure)}")


def _unit(measure: Measure) -> str:
    tight = measure.unit == "°"
    return "" if not measure.unit or measure.unit.startswith("/") else measure.unit if tight else f" {measure.unit}"


def plain(number: Decimal) -> str:
    """Return a number without trailing zeros."""
    return f"{number.normalize():f}"


def _last(readings: Sequence[Reading]) -> str:
    return plain(readings[-1].value) if readings and readings[-1].value is not None else ""


def _doses_before(content: Content) -> dict[str, str]:
    """Return the dose of each treatment at the visit before, by its name and side."""
    siblings = [one for one in notes_of(content.note.episode_id) if one.service_at < content.note.service_at]
    if not siblings:
        return {}
    return {f"{row.name.casefold()}/{row.side}": row.dose for row in notes.content_of(siblings[0]).treatments}


def minutes_and_units(content: Content) -> Minutes:
    """Return the minutes of a visit, and the units that its payer's rule makes of the timed ones."""
    rule = BillingRule(rules_of(episodes.episode(content.note.episode_id).payer).billing_rule)
    categories = {one.key.removeprefix("category."): one for one in defaults.every("category.")}
    timed: dict[str, int] = {}
    for row in content.treatments:
        known = categories.get(row.category)
        if known is not None and known.value["timed"] and row.minutes:
            timed[row.category] = timed.get(row.category, 0) + row.minutes
    units = timed_units(timed, rule=rule)
    return Minutes(
        total=minutes_of(content) or 0,
        timed=sum(timed.values()),
        units=sum(units.values()),
        by_category=[(categories[key].label, spent, units.get(key, 0)) for key, spent in timed.items()],
    )


def goal_lines(
    episode_id: int, known: Mapping[str, Measure], *, up_to: int | None = None, as_of: datetime | None = None
) -> list[GoalLine]:
    """Return an episode's goals with how far they are, or were at a moment."""
    return [_goal_line(row, known.get(row.goal.measure)) for row in goals_of(episode_id, up_to=up_to, as_of=as_of)]


def _goal_line(row: GoalRow, measure: Measure | None) -> GoalLine:
    goal = row.goal
    if goal.baseline is None or goal.target is None:
        return GoalLine(row, None, 0, "", False, None)
    lower = measure.lower_is_better if measure else None
    lower = goal.target < goal.baseline if lower is None else lower
    percent = progress(baseline=goal.baseline, target=goal.target, now=row.now)
    reading = (
        read_change(
            baseline=goal.baseline,
            now=row.now,
            lower_is_better=lower,
            mdc=measure.mdc if measure else None,
            mcid=measure.mcid if measure else None,
        ).value
        if row.now is not None
        else "not measured since"
    )
    way = abs(goal.target - goal.baseline)
    important = measure.mcid if measure else None
    mark = int(important * 20 / way) if important and way and important < way else None
    is_met = row.now is not None and met(now=row.now, target=goal.target, comparison=goal.comparison)  # type: ignore[arg-type]
    return GoalLine(row, percent, (percent or 0) // 5, reading, is_met, mark)


def service_day(content: Content) -> date:
    """Return the day of the visit on the clinic's wall."""
    return to_wall(content.note.service_at, wording.zone()).date()
