"""What manual therapy says in the rows of the note: name, side, dose, minutes, response. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from clinic.care.manual_therapy.kinds import ADVERSE, KINDS, THRUST

COUNTERSTRAIN_NAME = "Strain-counterstrain"
COUNTERSTRAIN_ROW = "counterstrain"


class NoteRow(NamedTuple):
    """A row of the note; ``key`` tells whose it is through changes of its name: counterstrain, or a technique's id."""

    key: str
    name: str
    side: str
    dose: str
    minutes: int | None
    response: str


def rows_of(
    *, points: Sequence[Any], techniques: Sequence[Any], minutes: int | None, labels: dict[str, str]
) -> list[NoteRow]:
    """Return the rows that a visit's manual therapy makes; ``labels`` are the names of points by their key."""
    found = [_counterstrain(points, minutes, labels)] if points else []
    return found + [_technique(one) for one in techniques]


def _counterstrain(points: Sequence[Any], minutes: int | None, labels: dict[str, str]) -> NoteRow:
    sides = {one.side for one in points if one.side}
    holds = sorted({one.hold_s for one in points if one.hold_s is not None})
    count = f"{len(points)} point{'' if len(points) == 1 else 's'}"
    hold = "" if not holds else f"{holds[0]} s" if len(holds) == 1 else f"{holds[0]}–{holds[-1]} s"
    rated = [f"{one.before}→{one.after}" for one in points if one.before is not None and one.after is not None]
    adverse = [
        f"{ADVERSE[one.adverse]} after {labels.get(one.point, one.point)}"
        + (f": {one.adverse_words}" if one.adverse_words else "")
        for one in points
        if one.adverse not in ("", "none")
    ]
    response = ([f"tenderness {', '.join(rated)}"] if rated else []) + adverse
    side = "" if not sides else "both" if len(sides) > 1 else next(iter(sides))
    return NoteRow(
        COUNTERSTRAIN_ROW, COUNTERSTRAIN_NAME, side, _joined(count, hold), minutes, cut("; ".join(response), 300)
    )


def _technique(one: Any) -> NoteRow:
    grade = f"grade {one.grade}" if one.grade and one.kind != THRUST else ""
    name = _joined(KINDS[one.kind].noun, one.region, grade)
    response = "; ".join(part for part in (one.response, one.retest) if part)
    return NoteRow(str(one.id), cut(name, 120), one.side, cut(dose_of(one), 120), one.minutes, cut(response, 300))


def dose_of(one: Any) -> str:
    """Return the dose of a technique in words: PA central, 3 × 30 s, oscillation."""
    seconds = f"{one.seconds} s" if one.seconds is not None else ""
    times = f"{one.bouts} × {seconds}" if one.bouts is not None and seconds else seconds
    if one.bouts is not None and not seconds:
        times = f"{one.bouts} times"
    effort = f"at {one.effort_pct} %" if one.effort_pct is not None else ""
    manner = f"cavitation {one.manner}" if one.kind == THRUST and one.manner else one.manner
    return _joined(one.direction, " ".join(part for part in (times, effort) if part), manner, one.tool)


def cut(words: str, most: int) -> str:
    """Return words that fit, the end cut with an ellipsis."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _joined(*parts: str) -> str:
    return ", ".join(_kept(parts))


def _kept(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
