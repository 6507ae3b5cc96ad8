"""The sentences that the rules write for a note, from its values and those of the visits before."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, cast

from clinic.care import defaults
from clinic.care.notes import sentences
from clinic.care.notes.body import QUALITIES, REGION_BY_CODE
from clinic.care.notes.carry import earlier_notes
from clinic.care.notes.history import Reading, Readings, readings_before, unchanged_since
from clinic.care.notes.measures import Measure, measures
from clinic.care.notes.models import Treatment
from clinic.care.notes.sentences import Sentence
from clinic.care.notes.the_row import Content, content_of
from clinic.care.plans.queries import GoalRow, goals_of

PAIN = {"pain_now": "Pain now", "pain_best": "Best in 24 h", "pain_worst": "Worst in 24 h"}
NOT_ASKED = "pain_best"
"""A visit does not ask for the best pain, so it is not said to be unreported."""
REPORTS = ("progress report", "re-evaluation", "discharge")


class Written(NamedTuple):
    """The sentences of a note by its parts."""

    subjective: tuple[Sentence, ...]
    objective: tuple[Sentence, ...]
    interventions: tuple[Sentence, ...]
    assessment: tuple[Sentence, ...]
    goals: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All of them as plain text, a line for each part."""
        return "\n".join(" ".join(one.text for one in part) for part in self if part)


def write(content: Content) -> Written:
    """Return the sentences of a note as it stands now."""
    known, readings = measures(), readings_before(content.note)
    if content.note.kind == "evaluation":
        return Written((), (), (), sentences.evaluation_summary(_evaluation(content, known)), ())
    facts = visit_facts(content, known=known, readings=readings)
    return Written(
        sentences.subjective(facts),
        sentences.objective(facts),
        sentences.interventions(facts),
        sentences.assessment(facts),
        _goals(content, known) if content.note.kind in REPORTS else (),
    )


def visit_facts(content: Content, *, known: Mapping[str, Measure], readings: Readings) -> sentences.VisitFacts:
    """Return what the sentences of a visit are written from."""
    note = content.note
    last = next(iter(earlier_notes(note)), None)
    before = content_of(last) if last is not None else None
    return sentences.VisitFacts(
        visit=note.visit_number,
        since_last=cast("Any", note.since_last),
        pain=_pain(content, known, readings),
        home_done=note.home_done,
        home_planned=note.home_planned,
        new_event=note.event if note.new_event == "yes" else note.new_event,
        values=_values(content, known, readings),
        treated=_treated(content.treatments, before.treatments if before else ()),
        left_out=_left_out(content.treatments, before.treatments if before else ()),
        runs=tuple(
            sentences.Run(
                on=run.ran_on,
                minutes=run.minutes,
                spm=run.cadence,
                pain=run.pain,
                next_morning=run.next_morning,
                in_band_pct=run.in_band,
                km=run.km,
            )
            for run in content.runs
        ),
        minutes=minutes_of(content),
    )


def minutes_of(content: Content) -> int | None:
    """Return the treatment minutes of a visit: as typed, else the sum of its rows."""
    if content.note.total_minutes is not None:
        return content.note.total_minutes
    rows = [row.minutes for row in content.treatments if row.minutes is not None]
    return sum(rows) if rows else None


def _pain(content: Content, known: Mapping[str, Measure], readings: Readings) -> tuple[sentences.Value, ...]:
    pain = known["pain"]
    found = []
    for name, label in PAIN.items():
        now = getattr(content.note, name)
        before = readings.get((name, ""), ())
        if now is None and (not before or name == NOT_ASKED):
            continue
        found.append(_value(name, label, "", pain, None if now is None else Decimal(now), before))
    return tuple(found)


def _values(content: Content, known: Mapping[str, Measure], readings: Readings) -> tuple[sentences.Value, ...]:
    return tuple(
        _value(
            f"measure.{row.measure}.{row.side}",
            known[row.measure].label,
            row.side,
            known[row.measure],
            row.value,
            readings.get((row.measure, row.side), ()),
        )
        for row in content.measurements
        if row.measure in known and row.value is not None and row.carried_from is None
    )


def _value(
    field: str, label: str, side: str, measure: Measure, now: Decimal | None, before: Sequence[Reading]
) -> sentences.Value:
    past = list(before)
    last = past[-1] if past else None
    return sentences.Value(
        field=field,
        label=label,
        side=cast("Any", side),
        unit=measure.unit,
        now=now,
        before=last.value if last else None,
        before_visit=last.visit if last else None,
        unchanged_since=unchanged_since(past, now),
        lower_is_better=measure.lower_is_better,
        mdc=measure.mdc,
        mcid=measure.mcid,
    )


def _treated(rows: Sequence[Treatment], before: Sequence[Treatment]) -> tuple[sentences.Treated, ...]:
    earlier = {(row.name.casefold(), row.side): row for row in before}
    return tuple(
        sentences.Treated(
            name=row.name,
            field=f"treatment.{row.position}",
            side=row.side,
            dose_now=row.dose,
            dose_before=earlier[row.name.casefold(), row.side].dose
            if (row.name.casefold(), row.side) in earlier
            else None,
            minutes=row.minutes,
            response=row.response,
            is_new=bool(before) and (row.name.casefold(), row.side) not in earlier,
        )
        for row in rows
    )


def _left_out(rows: Sequence[Treatment], before: Sequence[Treatment]) -> tuple[str, ...]:
    today = {row.name.casefold() for row in rows}
    return tuple(dict.fromkeys(row.name for row in before if row.name.casefold() not in today))


def _goals(content: Content, known: Mapping[str, Measure]) -> tuple[Sentence, ...]:
    judged = {row.goal_id: row for row in content.goals}
    return tuple(
        sentences.goal_sentence(_goal(row, judged.get(row.goal.id), known))
        for row in goals_of(content.note.episode_id)
        if row.is_open or row.goal.id in judged
    )


def _goal(row: GoalRow, judged: object, known: Mapping[str, Measure]) -> sentences.GoalFacts:
    goal, measure = row.goal, known.get(row.goal.measure)
    status = {"partly met": "partly", "not met": "not_met"}.get(
        getattr(judged, "status", ""), getattr(judged, "status", "")
    )
    better = measure.lower_is_better if measure else {"<=": True, ">=": False}.get(goal.comparison)
    return sentences.GoalFacts(
        field=f"goal.{goal.id}.value",
        code=goal.code,
        words=goal.function,
        measure=goal.measured or (measure.label if measure else ""),
        unit=goal.unit,
        baseline=goal.baseline,
        last=row.now,
        today=getattr(judged, "value", None),
        target=goal.target,
        comparison=cast("Any", goal.comparison),
        lower_is_better=better,
        mdc=measure.mdc if measure else None,
        mcid=measure.mcid if measure else None,
        status=cast("Any", status),
    )


def _evaluation(content: Content, known: Mapping[str, Measure]) -> sentences.EvaluationFacts:
    evaluation, qualities = content.evaluation, {key: label for key, label, *_ in QUALITIES}
    answers = {row.question: row.answer == "yes" for row in content.flags}
    return sentences.EvaluationFacts(
        pain=_pain(content, known, {}),
        regions=tuple(
            sentences.Region(
                words=REGION_BY_CODE[row.region].name,
                field=f"region.{row.region}",
                pain=row.intensity,
                quality=qualities.get(row.quality, ""),
            )
            for row in content.regions
            if row.region in REGION_BY_CODE
        ),
        onset_on=evaluation.onset_on if evaluation else None,
        onset=evaluation.onset_kind if evaluation else "",
        weekly_now=evaluation.weekly_km if evaluation else None,
        weekly_before=evaluation.weekly_km_before if evaluation else None,
        outside=_outside(content, known),
        red_flags=tuple(
            sentences.Flag(
                label=one.label,
                field=f"flag.{one.key.removeprefix('flag.')}",
                answer=answers.get(one.key.removeprefix("flag.")),
            )
            for one in defaults.every("flag.")
        ),
    )


def _outside(content: Content, known: Mapping[str, Measure]) -> tuple[sentences.Outside, ...]:
    values = {one.field: one for one in _values(content, known, {})}
    found = []
    for row in content.measurements:
        measure = known.get(row.measure)
        value = values.get(f"measure.{row.measure}.{row.side}")
        if measure is None or value is None or measure.is_normal(row.value, row.grade) is not False:
            continue
        sign = "≤" if measure.lower_is_better else "≥"
        unit = measure.unit if measure.unit in ("°", "%") or measure.unit.startswith("/") else f" {measure.unit}"
        found.append(sentences.Outside(value=value, normal=f"{sign} {measure.normal}{unit.rstrip()}"))
    return tuple(found)
