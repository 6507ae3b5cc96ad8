"""The words for measured values, which every part of a note shares."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from clinic.care.notes.sentences.facts import Value
from clinic.care.notes.sentences.numbers import amount
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, clause, inside, joined, named, sentence

SIDES = {"L": "left", "R": "right"}
T = TypeVar("T")


class Pair(NamedTuple):
    """Hold a value that is known both today and before, in its unit."""

    value: Value
    before: Decimal
    now: Decimal

    @property
    def delta(self) -> Decimal:
        """Return today's value less the one before."""
        return self.now - self.before


def pairs(values: Iterable[Value]) -> list[Pair]:
    """Return the values that are known both today and before."""
    known = ((value, value.before, value.now) for value in values)
    return [Pair(value, before, now) for value, before, now in known if before is not None and now is not None]


def grouped(some: Iterable[T], *, by: Callable[[T], int | None]) -> dict[int | None, list[T]]:
    """Return things by the number of a visit, in the order in which they were given."""
    groups: dict[int | None, list[T]] = {}
    for one in some:
        groups.setdefault(by(one), []).append(one)
    return groups


def sided(label: str, *, side: str) -> str:
    """Return a label inside a sentence with its side in words: side plank, left."""
    return ", ".join(filter(None, (inside(label), inside(SIDES.get(side, side)))))


def name(value: Value) -> Part:
    """Return the value's name with its side, traced where it holds a digit: side plank, left."""
    return named(sided(value.label, side=value.side), value.field)


def since(visit: int | None) -> str:
    """Return from when a change is counted."""
    return f"since {_visit(visit)}"


def told(some: Sequence[T], *, lead: str, each: Callable[[T], Clause]) -> tuple[Sentence, ...]:
    """Return one sentence on several things, none where there are none: "Measured today: side plank, left 30 s."."""
    return (sentence(f"{lead}: ", joined(map(each, some))),) if some else ()


def plain(value: Value) -> Clause:
    """Return what a value is today: side plank, left 30 s."""
    return _with(value, value.now)


def compared(values: Sequence[Value], *, visit: int, measured: str) -> tuple[Sentence, ...]:
    """Return what values were and are, by the visit compared with, then what is new and what is missing today.

    ``measured`` is the verb: "measured", or "reported" for what the patient says.
    """
    both = grouped(pairs(values), by=lambda pair: pair.value.before_visit)
    new = [value for value in values if value.now is not None and value.before is None]
    missing = [value for value in values if value.now is None and value.before is not None]
    first = "today" if visit <= 1 else "for the first time"
    return (
        *(one for at, some in both.items() for one in told(some, lead=f"from {_visit(at)} to today", each=_was_and_is)),
        *told(new, lead=f"{measured} {first}", each=plain),
        *told(missing, lead=f"not {measured} today", each=_last),
    )


def _visit(visit: int | None) -> str:
    if visit is None:
        return "the last measurement"
    return f"visit {visit}" if visit else "the evaluation"


def _with(value: Value, measured: Decimal | None, *, between: str = " ") -> Clause:
    told = "" if measured is None else amount(measured, value.unit)
    return clause(name(value), between, Part(told, value.field))


def _was_and_is(pair: Pair) -> Clause:
    """Return what a value was and is: side plank, left 26 s → 30 s."""
    value, unit = pair.value, pair.value.unit
    if not pair.delta:
        return clause(plain(value), ", unchanged")
    return clause(name(value), " ", Part(f"{amount(pair.before, unit)} → {amount(pair.now, unit)}", value.field))


def _last(value: Value) -> Clause:
    """Return what a value was when it was last taken: side plank, left, 26 s at visit 4."""
    return clause(_with(value, value.before, between=", "), f" at {_visit(value.before_visit)}")
