"""Which measures are due at a visit, and why. Source: clinical reference A1 (policy)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic.care.outcomes.measures import INSTRUMENTS
from clinic.care.outcomes.measures.thresholds import POLICY


class Occasion(StrEnum):
    """What kind of visit it is; every one is a visit as well."""

    EVALUATION = "initial evaluation"
    VISIT = "visit"
    REPORT = "progress report"
    DISCHARGE = "discharge"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One measure of a battery: on which occasions it is taken."""

    key: str
    occasions: frozenset[Occasion]
    source: str = POLICY


EVERY_VISIT = frozenset(Occasion)
MILESTONES = frozenset({Occasion.EVALUATION, Occasion.REPORT, Occasion.DISCHARGE})
DEFAULT_BATTERY = (
    Listed(key="nprs", occasions=EVERY_VISIT),
    Listed(key="odi", occasions=MILESTONES),
    Listed(key="uwri", occasions=MILESTONES),
    Listed(key="psfs", occasions=MILESTONES),
    Listed(key="groc", occasions=EVERY_VISIT - {Occasion.EVALUATION}),
)
"""A back measure and a running measure: change in one does not follow the other (Nelson 2020, JOSPT 50:702)."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """When a measure was last scored, and in which version."""

    key: str
    visit_no: int
    on: date
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """The last evaluation or progress report before the visit in question."""

    occasion: Occasion
    on: date


@dataclass(frozen=True, kw_only=True)
class Due:
    """A measure that is due: why, and what to keep to. ``version`` is that of the last score, else to be chosen."""

    key: str
    label: str
    why: str
    version: str
    last: Taken | None


def due(
    *,
    occasion: Occasion,
    visit_no: int,
    on: date,
    taken: Iterable[Taken],
    since: Milestone | None = None,
    battery: Sequence[Listed] = DEFAULT_BATTERY,
) -> list[Due]:
    """Return the measures that are due at a visit, in the order of the battery.

    One that was scored at this very visit is not due; nor is a score of a later day counted. At any visit, one is also
    due that was left out at the milestone before, ``since``, until it is made up for.
    """
    last = _last(taken, until=on)
    found = []
    for listed in battery:
        score = last.get(listed.key)
        why = _why(listed, score, occasion=occasion, visit_no=visit_no, on=on, since=since)
        if why:
            version = score.version if score else ""
            label = INSTRUMENTS[listed.key].label
            found.append(Due(key=listed.key, label=label, why=why, version=version, last=score))
    return found


def _last(taken: Iterable[Taken], *, until: date) -> dict[str, Taken]:
    ordered = sorted((one for one in taken if one.on <= until), key=lambda one: (one.on, one.visit_no))
    return {one.key: one for one in ordered}


def _why(
    listed: Listed, score: Taken | None, *, occasion: Occasion, visit_no: int, on: date, since: Milestone | None
) -> str:
    if score is not None and (score.on, score.visit_no) == (on, visit_no):
        return ""
    if occasion in listed.occasions:
        return _at(occasion, listed, score)
    if since is None or since.occasion not in listed.occasions or (score is not None and score.on >= since.on):
        return ""
    return f"left out at the {since.occasion}, and not made up for since"


def _at(occasion: Occasion, listed: Listed, score: Taken | None) -> str:
    if listed.occasions >= EVERY_VISIT - {Occasion.EVALUATION}:
        return "at every visit"
    told = {
        Occasion.EVALUATION: "at the initial evaluation: the baseline",
        Occasion.REPORT: "at every progress report",
        Occasion.DISCHARGE: "at discharge",
        Occasion.VISIT: "at every visit",
    }[occasion]
    return told if score is not None or occasion is Occasion.EVALUATION else f"{told}; there is no score before"
