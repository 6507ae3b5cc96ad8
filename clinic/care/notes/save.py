"""Save a draft: all that stands in the form, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, inspect

from clinic import audit
from clinic.care import defaults
from clinic.care.notes.check import Offered, check
from clinic.care.notes.facts import Done, NoteFacts
from clinic.care.notes.measures import measures
from clinic.care.notes.missing import REPORTS
from clinic.care.notes.models import (
    Evaluation,
    FlagAnswer,
    GoalReading,
    Measurement,
    Note,
    PainRegion,
    Run,
    Treatment,
)
from clinic.care.notes.the_row import Content, content_of, note_to_change
from clinic.care.plans.queries import goals_of
from clinic.care.signatures import Clinician
from clinic.database import database, set_columns

COLUMNS = (
    "since_last",
    "pain_now",
    "pain_best",
    "pain_worst",
    "home_done",
    "home_planned",
    "new_event",
    "event",
    "report",
    "own_words",
    "skilled_need",
    "next_focus",
    "run_until_next",
    "home_change",
    "total_minutes",
)
EVALUATION_COLUMNS = [
    name.key for name in inspect(Evaluation).column_attrs if name.key not in ("note_id", "flags_version")
]


def save_note(
    *, note_id: int, facts: NoteFacts, seen: int, by: Clinician, now: datetime, today: date, flags_version: int = 0
) -> Note:
    """Write down what the form holds; the caller commits.

    Raises ``NotFound``, ``AlreadySigned``, ``SavedElsewhere`` unless the draft is as ``seen``, and ``Unacceptable``
    beside the first field that cannot be: then nothing is saved.
    """
    note = note_to_change(note_id, seen=seen)
    check(facts, known=measures(), offered=_offered(note), today=today, widths=widths())
    content = content_of(note)
    changed = _write(note, facts.values, COLUMNS)
    if content.evaluation is not None:
        changed += _write(content.evaluation, facts.evaluation, EVALUATION_COLUMNS)
        if facts.flags is not None:
            changed += _write_flags(content, facts.flags)
            content.evaluation.flags_version = flags_version
    changed += _write_rows(content, facts)
    if changed:
        note.version += 1
        note.saved_at, note.saved_by = now, by.name
        audit.record(
            "note saved",
            about=note.key,
            by=by.actor,
            now=now,
            patient_id=note.patient_id,
            after={"fields": sorted(set(changed))},
        )
    return note


def _offered(note: Note) -> Offered:
    """Return what the note's page offers; how a goal stands is for a report to say, of its own episode only."""
    return Offered(
        categories={one.key.removeprefix("category.") for one in defaults.every("category.")},
        questions={one.key.removeprefix("flag.") for one in defaults.every("flag.")},
        goals={row.goal.id for row in goals_of(note.episode_id)} if note.kind in REPORTS else (),
    )


def widths() -> dict[str, int]:
    """Return how many letters each column takes."""
    columns = [*inspect(Note).columns, *inspect(Evaluation).columns]
    return {one.name: one.type.length for one in columns if isinstance(one.type, String) and one.type.length}


def _write(row: Any, values: Any, allowed: Sequence[str]) -> list[str]:
    return set_columns(row, {name: values[name] for name in allowed if name in values})


def _write_flags(content: Content, answers: Any) -> list[str]:
    before = {row.question: row for row in content.flags}
    changed = []
    for question, answer in answers.items():
        row = before.get(question)
        if row is None and answer:
            database.session.add(FlagAnswer(note_id=content.note.id, question=question, answer=answer))
        elif row is not None and answer and row.answer != answer:
            row.answer = answer
        elif row is not None and not answer:
            database.session.delete(row)
        else:
            continue
        changed.append("red flags")
    return changed


def _write_rows(content: Content, facts: NoteFacts) -> list[str]:
    changed = []
    if facts.measured is not None and _write_measured(content, facts):
        changed.append("measures")
    if facts.done is not None and _write_done(content, facts.done):
        changed.append("treatments")
    if facts.runs is not None and _replace(content, Run, content.runs, [run._asdict() for run in facts.runs]):
        changed.append("runs")
    if facts.hurts is not None:
        hurts = [{"number": n, **one._asdict()} for n, one in enumerate(facts.hurts, 1)]
        if _replace(content, PainRegion, content.regions, hurts):
            changed.append("regions")
    if facts.goals is not None and _replace(
        content, GoalReading, content.goals, [goal._asdict() for goal in facts.goals]
    ):
        changed.append("goals")
    return changed


def _write_measured(content: Content, facts: NoteFacts) -> bool:
    """Set the values; one that differs from what was carried, or was looked at, is today's."""
    before = {(row.measure, row.side): row for row in content.measurements}
    changed = False
    for one in facts.measured or ():
        row = before.pop((one.measure, one.side), None)
        empty = one.value is None and not one.grade and not one.words
        if row is None:
            if not empty:
                database.session.add(
                    Measurement(note_id=content.note.id, **{k: v for k, v in one._asdict().items() if k != "kept"})
                )
                changed = True
            continue
        same = (row.value, row.grade) == (one.value, one.grade)
        carried = row.carried_from if same and not one.kept and not one.words else None
        if same and row.words == one.words and row.carried_from == carried:
            continue
        row.value, row.grade, row.words, row.carried_from = one.value, one.grade, one.words, carried
        changed = True
    return changed


def _write_done(content: Content, done: Sequence[Done]) -> bool:
    before = {row.id: row for row in content.treatments}
    changed = False
    for place, one in enumerate(done):
        row = before.pop(one.row_id or 0, None)
        values = {"position": place, **{k: v for k, v in one._asdict().items() if k not in ("row_id", "kept")}}
        if row is None:
            database.session.add(Treatment(note_id=content.note.id, carried_from=None, **values))
            changed = True
            continue
        touched = any(getattr(row, name) != values[name] for name in ("name", "side", "dose", "minutes", "category"))
        values["carried_from"] = None if touched or one.kept else row.carried_from
        changed |= bool(set_columns(row, values))
    for row in before.values():
        database.session.delete(row)
        changed = True
    return changed


def _replace(content: Content, model: Any, before: Sequence[Any], after: Sequence[dict[str, Any]]) -> bool:
    names = list(after[0]) if after else []
    old = [{name: getattr(row, name) for name in names} for row in before]
    if old == after or (not before and not after):
        return False
    for row in before:
        database.session.delete(row)
    database.session.flush()
    database.session.add_all(model(note_id=content.note.id, **values) for values in after)
    return True
