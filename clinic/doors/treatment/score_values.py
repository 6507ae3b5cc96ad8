"""The answers of a measure as the fields of a form, and back to values."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from clinic.care.outcomes.measures import Instrument
from clinic.care.outcomes.models import Score
from clinic.doors.treatment.note_values import NUMBER, read

FIELDS = {"version": "edition", "items": "item.1", "activities": "activity.1"}
"""What the rules call a field, where the form calls it otherwise."""


class Answers(NamedTuple):
    """What was typed: which edition, the answers in order, and the patient's own activities."""

    edition: str
    answers: list[int | None]
    activities: list[str]


def score_values(row: Score | None, *, edition: str, activities: tuple[str, ...]) -> dict[str, str]:
    """Return the fields of a measure: what is answered, else the edition and the activities of the last time."""
    if row is None:
        return {"edition": edition} | {f"activity.{n}": one for n, one in enumerate(activities, 1)}
    values = {"edition": row.edition}
    values |= {f"item.{number}": str(one) for number, one in row.answers.get("items", {}).items()}
    return values | {f"activity.{n}": one for n, one in enumerate(row.answers.get("activities", ()), 1)}


def answers_of(form: Mapping[str, str], of: Instrument) -> Answers:
    """Return what was typed. Raises ``Unacceptable`` beside the field that is no number, or the edition."""
    version = of.version(form.get("edition", ""))
    numbers = range(1, version.items + 1)
    answers: list[Any] = [read(form, f"item.{number}", NUMBER) for number in numbers]
    if not of.names_activities:
        return Answers(version.key, answers, [])
    names = [read(form, f"activity.{number}") for number in numbers]
    used = max((n for n in numbers if names[n - 1] or answers[n - 1] is not None), default=0)
    return Answers(version.key, answers[:used], names[:used])
