"""The clinic's lists: tender points, the checklist, and the rule of strain-counterstrain."""

from collections.abc import Iterable
from typing import NamedTuple

from clinic.care import defaults
from clinic.care.manual_therapy.checklist import Question
from clinic.care.manual_therapy.rule import CounterstrainRule

POINT, CHECK, RULE = "point.", "check.manual.", "rule.counterstrain"


class Point(NamedTuple):
    """A tender point of the dictionary: its code, its name, where it lies, and the position of ease in words."""

    key: str
    label: str
    name: str
    location: str
    position: str
    source: str
    is_confirmed: bool


def points() -> dict[str, Point]:
    """Return the points by their key without its prefix."""
    return {
        key: Point(
            key,
            one.label,
            one.value.get("name", ""),
            one.value.get("location", ""),
            one.value.get("position", ""),
            one.source,
            one.is_confirmed,
        )
        for one in defaults.every(POINT)
        for key in [one.key.removeprefix(POINT)]
    }


def questions(*, uses: Iterable[str] | None = None) -> list[Question]:
    """Return the questions that have to be answered before these uses; all of them for None."""
    known = set(uses) if uses is not None else None
    found = [
        Question(one.key.removeprefix(CHECK), one.label, one.value["kind"], one.value["for"], one.source)
        for one in defaults.every(CHECK)
    ]
    return [one for one in found if known is None or one.asks_before(known)]


def questions_version() -> int:
    """Return a number that rises with every change of the checklist."""
    return defaults.latest_number(CHECK)


def counterstrain_rule() -> CounterstrainRule:
    """Return how the clinic gives strain-counterstrain; a number that was emptied is 0."""
    value = defaults.current(RULE).value
    return CounterstrainRule(**{name: int(value.get(name) or 0) for name in CounterstrainRule._fields})
