"""What a note still lacks before it can be signed, each with the field where it is mended."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clinic.care.manual_therapy import Given
from clinic.care.manual_therapy.checklist import Standing
from clinic.care.notes.models import Treatment
from clinic.care.notes.the_row import Content

REPORTS = ("progress report", "re-evaluation", "discharge")
EMERGENCY = "emergency"
BONE_TESTS = ("hop", "sacral-squeeze")


class Missing(NamedTuple):
    """A part that is missing: the form's field, and what to do there; ``page`` where that is not the note's own."""

    field: str
    sentence: str
    page: str = ""


def missing(content: Content, *, flags: Mapping[str, str], open_goals: Sequence[tuple[int, str]]) -> list[Missing]:
    """Return what the note lacks, in the order of the screen.

    ``flags`` has for each red-flag question what a yes leads to; ``open_goals`` are ids and codes of goals that a
    report has to judge.
    """
    note = content.note
    found: list[Missing] = []
    if note.kind == "evaluation":
        found += _of_evaluation(content, flags)
    else:
        found += _of_visit(content)
    if note.kind in REPORTS:
        found += _of_report(content, open_goals)
    return found


def missing_of_manual(given: Given, checklist: Standing) -> list[Missing]:
    """Return what the manual therapy of a note lacks: answers before its first use, and words on what went wrong."""
    if not given.points and not given.techniques:
        return []
    found = []
    if checklist.left:
        count = len(checklist.left)
        first = f"check.{checklist.left[0].key}"
        found.append(Missing(first, f"Checklist before manual therapy: {count} to answer", "manual"))
    here = [one for one in checklist.yes if checklist.answers[one.key].note_id == given.note_id]
    if here and not checklist.decided:
        found.append(Missing("decided", "What you decided about the checklist", "manual"))
    if any(point.adverse == "other" and not point.adverse_words for point in given.points):
        found.append(Missing("manual", "What the response after a point was", "manual"))
    return found


def _of_visit(content: Content) -> Iterator[Missing]:
    note = content.note
    if not note.since_last:
        yield Missing("since_last", "Better, same or worse since last visit")
    if note.pain_now is None:
        yield Missing("pain_now", "Pain now")
    if not note.new_event:
        yield Missing("new_event", "New event, fall or medicine: none, or which")
    if note.new_event == "yes" and not note.event:
        yield Missing("event", "What the new event was")
    if note.kind == "visit" and not content.treatments:
        yield Missing("add_treatment", "What was done today")
    yield from _of_treatments(content.treatments)
    spent = sum(one.minutes or 0 for one in content.treatments)
    if note.total_minutes is not None and note.total_minutes < spent:
        yield Missing("total_minutes", f"Total minutes: at least the {spent} of the rows")
    if not note.skilled_need and note.kind != "discharge":
        yield Missing("skilled_need", "Skilled need, one line")
    if not note.next_focus and note.kind != "discharge":
        yield Missing("next_focus", "What the next visit is for")


def _of_treatments(treatments: Sequence[Treatment]) -> Iterator[Missing]:
    silent = [one for one in treatments if not one.response]
    for one in treatments:
        if one.minutes is None:
            yield Missing(f"treatment.{one.position}.minutes", f"Minutes of {one.name}")
    if silent:
        names = " and ".join(one.name for one in silent[:2]) + (f", and {len(silent) - 2} more" if silent[2:] else "")
        yield Missing(f"treatment.{silent[0].position}.response", f"Response to {names}")


def _of_report(content: Content, open_goals: Sequence[tuple[int, str]]) -> Iterator[Missing]:
    judged = {row.goal_id: row for row in content.goals}
    for goal_id, code in open_goals:
        row = judged.get(goal_id)
        if row is None or not row.status:
            yield Missing(f"goal.{goal_id}.status", f"How goal {code} stands")
    if not content.note.own_words:
        what = "summary of the episode" if content.note.kind == "discharge" else "judgment of the progress"
        yield Missing("own_words", f"Your {what}, in your own words")


def _of_evaluation(content: Content, flags: Mapping[str, str]) -> Iterator[Missing]:
    evaluation, note = content.evaluation, content.note
    if evaluation is None:
        return
    for name, sentence in (("complaint", "The complaint, in the patient's words"), ("onset_kind", "How it began")):
        if not getattr(evaluation, name):
            yield Missing(name, sentence)
    if note.pain_now is None or note.pain_worst is None:
        yield Missing("pain_now", "Pain now and at its worst")
    if not content.regions:
        yield Missing("regions", "Where it hurts, on the body chart")
    yield from _of_flags(content, flags)
    for name, sentence in (
        ("direction", "Directional preference, or untested"),
        ("irritability", "Irritability"),
        ("diagnosis", "Your diagnosis in words"),
        ("impairments", "Impairments and what they hinder"),
        ("prognosis", "Prognosis"),
        ("necessity", "Why skilled care is needed, one line"),
        ("presentation", "Presentation, for the complexity"),
        ("decision", "Decision-making, for the complexity"),
    ):
        if not getattr(evaluation, name):
            yield Missing(name, sentence)
    for name, sentence in (
        ("history_factors", "History factors, for the complexity"),
        ("examined_elements", "Examined elements, for the complexity"),
    ):
        if getattr(evaluation, name) is None:
            yield Missing(name, sentence)


def _of_flags(content: Content, flags: Mapping[str, str]) -> Iterator[Missing]:
    answers = {row.question: row.answer for row in content.flags}
    left = [question for question in flags if question not in answers]
    if left:
        yield Missing(f"flag.{left[0]}", f"Red flags: {len(left)} to answer")
    yes = {flags[question] for question, answer in answers.items() if answer == "yes" and question in flags}
    if yes and content.evaluation is not None and not content.evaluation.flags_words:
        yield Missing("flags_words", "What you decided about the red flags")
    measured = {row.measure for row in content.measurements if row.grade}
    if "bone" in yes and not measured.issuperset(BONE_TESTS):
        yield Missing(f"measure.{BONE_TESTS[0]}.L", "Hop test and sacral squeeze, since bone stress is possible")
