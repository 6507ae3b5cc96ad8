"""The map of points over visits: which respond, which do not, which are gone. Pure.

The rules, in order, on tenderness before each treatment of a point: 0 at the last one, closed; treated once, new;
``nearly_gone`` or less, nearly gone; ``responds_by`` less than at first, responds; as much more, worse; else no change,
and from the visit ``drop_after`` on the question whether to drop it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clinic.care.manual_therapy.rule import CounterstrainRule

RESPONDS, NEARLY, CLOSED, UNCHANGED, WORSE, NEW = "responds", "nearly gone", "closed", "no change", "worse", "new"
TONES = {RESPONDS: "ok", NEARLY: "ok", CLOSED: "", UNCHANGED: "warn", WORSE: "warn", NEW: "info"}


class Treated(NamedTuple):
    """A point at one visit: the day in words, tenderness 0 to 10 before, and whether to look again next time."""

    day: str
    before: int
    recheck: bool = False
    is_today: bool = False


class Verdict(NamedTuple):
    """What became of a point: its state, in words, and tenderness before, first to last."""

    state: str
    words: str
    span: str

    @property
    def tone(self) -> str:
        """The color of the words."""
        return TONES.get(self.state, "")


def verdict(treated: Sequence[Treated], rule: CounterstrainRule) -> Verdict | None:
    """Return what became of a point over its visits, the earliest first; None where it was never rated."""
    if not treated:
        return None
    first, last, count = treated[0].before, treated[-1].before, len(treated)
    span = f"{first} → {last}" if count > 1 else str(first)
    again = ". Recheck" if treated[-1].recheck else ""
    if count == 1:
        when = "New today" if treated[-1].is_today else f"Once, {treated[-1].day}"
        return Verdict(NEW, f"Closed {treated[-1].day}" if last == 0 else f"{when}{again}", span)
    if last == 0:
        return Verdict(CLOSED, f"Closed {treated[-1].day}", span)
    if last <= rule.nearly_gone and last < first:
        return Verdict(NEARLY, f"Nearly gone{again}", span)
    if first - last >= rule.responds_by:
        return Verdict(RESPONDS, f"Responds{again}", span)
    if last - first >= rule.responds_by:
        return Verdict(WORSE, f"Worse than at first{again}", span)
    drop = ". Drop it?" if count >= rule.drop_after else again
    return Verdict(UNCHANGED, f"No change in {count}{drop}", span)


def summary(found: Iterable[Verdict | None]) -> str:
    """Return how many points there are and how they answer: 7 points, 4 respond, 1 does not, 1 closed, 1 new."""
    states = Counter(one.state if one is not None else "" for one in found)
    total = sum(states.values())
    respond, unchanged = states[RESPONDS] + states[NEARLY], states[UNCHANGED] + states[WORSE]
    parts = [f"{total} point{'' if total == 1 else 's'}"]
    if respond:
        parts.append(f"{respond} respond{'s' if respond == 1 else ''}")
    if unchanged:
        parts.append(f"{unchanged} do{'es' if unchanged == 1 else ''} not")
    parts += [f"{states[state]} {state}" for state in (CLOSED, NEW) if states[state]]
    return ", ".join(parts)
