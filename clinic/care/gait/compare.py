"""Two gait analyses side by side: what changed, which way, and whether they may be compared at all. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from clinic.care.gait.item import GRADES, Item

SIDES = {"": "", "L": "left", "R": "right"}


class Seen(NamedTuple):
    """What was found of one item on one side."""

    value: Decimal | None = None
    grade: str = ""


class Change(NamedTuple):
    """What became of one item: the direction of the number, by how much, and better, same or worse.

    ``arrow`` is up, down or level; ``verdict`` is empty where neither way is better.
    """

    arrow: str
    amount: str
    verdict: str


Findings = Mapping[tuple[str, str], Seen]
"""What was found by item and side."""


def why_not_comparable(
    *,
    speeds: tuple[Decimal | None, Decimal | None],
    surfaces: tuple[str, str],
    same_speed_percent: Decimal,
) -> str:
    """Return why two analyses cannot be compared, in words; an empty text when they can (clinical reference B1).

    ``speeds`` are meters a second, the earlier first.
    """
    before, today = speeds
    if before is None or today is None:
        return "not comparable: a speed is missing"
    if abs(today - before) * 100 > same_speed_percent * before:
        return "not comparable: other speed"
    if surfaces[0] and surfaces[1] and surfaces[0] != surfaces[1]:
        return "not comparable: other surface"
    return ""


def change_of(item: Item, before: Findings, today: Findings) -> Change | None:
    """Return what became of an item; None where there is nothing to compare.

    A value counts before a grade; of two sides the one that changed more.
    """
    values = [found for side in item.value_sides if (found := _value_change(item, side, before, today)) is not None]
    if values:
        return max(values, key=lambda found: found[0])[1]
    return _grade_change(item, before, today)


def count_verdicts(changes: Sequence[Change | None]) -> dict[str, int]:
    """Return how many items are better, same and worse."""
    return {verdict: sum(one is not None and one.verdict == verdict for one in changes) for verdict in VERDICTS}


VERDICTS = ("better", "same", "worse")


def _value_change(item: Item, side: str, before: Findings, today: Findings) -> tuple[Decimal, Change] | None:
    was, now = before.get((item.key, side), Seen()).value, today.get((item.key, side), Seen()).value
    if was is None or now is None:
        return None
    delta = now - was
    arrow = "up" if delta > 0 else "down" if delta < 0 else "level"
    amount = f"{abs(delta).normalize():f}{after_number(item.unit)}" + (f" {SIDES[side]}" if side else "")
    if delta == 0 or (item.least is not None and abs(delta) < item.least):
        return abs(delta), Change(arrow, amount if delta else "", "same")
    return abs(delta), Change(arrow, amount, _verdict(item, was, now))


def _verdict(item: Item, was: Decimal, now: Decimal) -> str:
    outside = (_outside(item, was), _outside(item, now))
    if outside[0] != outside[1]:
        return "better" if outside[1] < outside[0] else "worse"
    if item.better:
        return "better" if (now < was) == (item.better == "lower") else "worse"
    return ""


def _outside(item: Item, value: Decimal) -> Decimal:
    """Return how far a value lies outside of what is typical."""
    if item.typical_low is None or item.typical_high is None:
        return Decimal(0)
    return max(item.typical_low - value, value - item.typical_high, Decimal(0))


def _grade_change(item: Item, before: Findings, today: Findings) -> Change | None:
    moved = []
    for side in ("L", "R"):
        was, now = before.get((item.key, side), Seen()).grade, today.get((item.key, side), Seen()).grade
        if was in GRADES and now in GRADES:
            moved.append((side, GRADES.index(was), GRADES.index(now)))
        elif item.choices and was and now:
            return Change("level", "", "same") if was == now else Change("level", f"{was} → {now}", "")
    if not moved:
        return None
    worse = [one for one in moved if one[2] > one[1]]
    side, was_at, now_at = max(worse or moved, key=lambda one: abs(one[2] - one[1]))
    if was_at == now_at:
        return Change("level", "", "same")
    both = {one[1:] for one in moved} == {(was_at, now_at)} and len(moved) > 1
    words = ("" if both else f"{SIDES[side]} ") + f"{was_at} → {now_at}"
    return Change("up" if now_at > was_at else "down", words, "worse" if now_at > was_at else "better")


def after_number(unit: str) -> str:
    """Return a unit as it stands behind a number."""
    return unit if unit == "°" else f" {unit}"
