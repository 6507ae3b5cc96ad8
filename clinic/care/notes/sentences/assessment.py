"""What changed, by how much, and what did not; never what it means."""

from collections.abc import Iterable
from itertools import groupby

from clinic.care.notes.sentences.facts import Value, VisitFacts
from clinic.care.notes.sentences.numbers import amount, bare, signed, size
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, clause, inside, joined, listed, sentence
from clinic.care.notes.sentences.thresholds import direction, reading
from clinic.care.notes.sentences.values import SIDES, Pair, grouped, name, pairs, since, told


def assessment(facts: VisitFacts) -> tuple[Sentence, ...]:
    """Return the changes of pain, one sentence each, those of the values by visit, and what is unchanged.

    What is measured for the first time, or not today, has no change and is not mentioned.
    """
    pain, values = pairs(facts.pain), pairs(facts.values)
    return (
        *(_pain(pair) for pair in pain if pair.delta),
        *_unchanged(pain),
        *_changed(pair for pair in values if pair.delta),
        *_unchanged(values),
    )


def _pain(pair: Pair) -> Sentence:
    """Return a change of pain, compared with both of its thresholds or with none.

    Pain now 5 → 3 since visit 4, 2 points better, equal to measurement error (2) and the important change (2).
    """
    value = pair.value
    moved = f"{bare(pair.before, value.unit)} → {bare(pair.now, value.unit)}"
    large, words = size(pair.delta, value.unit), direction(pair.delta, lower_is_better=value.lower_is_better)
    change = f"{large} {words}" if words else f"a change of {large}"
    how = "" if value.mdc is None or value.mcid is None else _reading(pair)
    told = joined((since(value.before_visit), Part(change, value.field), how), ", ")
    return sentence(name(value), " ", Part(moved, value.field), " ", told)


def _changed(moved: Iterable[Pair]) -> tuple[Sentence, ...]:
    """Return the changes by the visit that they are counted from."""
    groups = grouped(moved, by=lambda pair: pair.value.before_visit)
    return tuple(one for visit, some in groups.items() for one in told(some, lead=since(visit), each=_change))


def _change(pair: Pair) -> Clause:
    """Return a change: lumbar extension, standing +5° to 25°, better, within measurement error (6°)."""
    value = pair.value
    moved = Part(f"{signed(pair.delta, value.unit)} to {amount(pair.now, value.unit)}", value.field)
    words = direction(pair.delta, lower_is_better=value.lower_is_better)
    return clause(name(value), " ", joined((moved, words, _reading(pair)), ", "))


def _reading(pair: Pair) -> str:
    value = pair.value
    return reading(pair.delta, unit=value.unit, mdc=value.mdc, mcid=value.mcid)


def _unchanged(known: Iterable[Pair]) -> tuple[Sentence, ...]:
    """Return what did not change, by the visit since when: Straight leg raise, left unchanged since visit 3."""
    same = grouped((pair.value for pair in known if not pair.delta), by=_unchanged_since)
    return tuple(_same(visit, some) for visit, some in same.items())


def _unchanged_since(value: Value) -> int | None:
    return value.before_visit if value.unchanged_since is None else value.unchanged_since


def _same(visit: int | None, values: list[Value]) -> Sentence:
    words = f"unchanged {since(visit)}"
    if len(values) == 1:
        return sentence(name(values[0]), " ", Part(words, values[0].field))
    by_label = groupby(values, key=lambda value: value.label)
    return sentence(listed(_sides(label, list(some)) for label, some in by_label), f" {words}")


def _sides(label: str, values: list[Value]) -> Clause:
    """Return a label with the sides that share it, each traced: straight leg raise, left and right."""
    first, *others = values
    sides = (Part(SIDES.get(value.side, inside(label)), value.field) for value in others)
    head = ", ".join(filter(None, (inside(label), SIDES.get(first.side))))
    return joined((Part(head, first.field), *sides), " and ")
