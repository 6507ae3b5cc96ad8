"""A chart of one measure over the visits: the goal a band, the important change a line, changes of the plan marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from clinic.care.outcomes.charts.labels import ROW, Room, along, beside, in_rows, thinned
from clinic.care.outcomes.charts.scale import Days, Scale, scale
from clinic.care.outcomes.charts.shapes import Box, Dot, Level, Segment, Text, Tick, Upright
from clinic.care.outcomes.measures.answers import plain

WIDTH, HEIGHT = 520, 250
LEFT, RIGHT, BOTTOM = 40.0, 506.0, 224.0
HEAD = 22.0
ROWS = 2
INSET = 18.0
GOAL_WITHIN, GOAL_BEYOND = 15.0, -5.0


@dataclass(frozen=True, kw_only=True)
class Value:
    """A score on a day, called ``name`` on the axis ("wk 2", "visit 5"); None was not scored.

    Values of two versions are not joined by a line.
    """

    on: date
    name: str
    value: Decimal | None
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What was changed on a day, in a few words."""

    on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart of ``width`` by ``height``; its plot lies between ``left``, ``right``, ``top`` and ``bottom``.

    ``lines`` are values for ``points`` of a polyline.
    """

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[Tick, ...]
    names: tuple[Text, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    marks: tuple[Upright, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreChart(Chart):
    """A chart of one measure: ``goal`` is a band; ``important``, ``error`` and ``target`` are lines."""

    goal: Level | None
    important: Level | None
    error: Level | None
    target: Level | None


def score_chart(
    *,
    values: Sequence[Value],
    lower_is_better: bool,
    low: Decimal | None,
    high: Decimal | None,
    goal: Decimal | None = None,
    mcid: Decimal | None = None,
    mdc: Decimal | None = None,
    target: Decimal | None = None,
    marks: Sequence[Marked] = (),
) -> ScoreChart | None:
    """Return the chart of some values, or None without any.

    ``low`` and ``high`` are the ends of the measure; without ``low`` the scale starts near the values. ``goal`` is the
    end of the band that is wanted, ``target`` a value to come near to. The line of the important change lies ``mcid``
    on the better side of the first value of the last version; that of measurement error likewise by ``mdc``, and only
    where it lies beyond: before it, nothing is important yet.
    """
    scored = sorted((one for one in values if one.value is not None), key=lambda one: one.on)
    if not scored:
        return None
    numbers = [one.value for one in scored if one.value is not None]
    crossed = mdc if mdc is not None and mcid is not None and mdc > mcid else None
    important, error = (
        _reached(scored, by, lower_is_better=lower_is_better, low=low, high=high) for by in (mcid, crossed)
    )
    shown = [*numbers, *(one for one in (goal, important, error, target) if one is not None)]
    top = HEAD + (ROW * ROWS if marks else 0.0)
    upward = scale(shown, floor=low, ceiling=high, start=BOTTOM, end=top)
    days = _days(scored, marks)
    places = [(days.at(one.on), upward.at(value)) for one, value in zip(scored, numbers, strict=True)]
    runs = _runs(scored, places)
    room = Room(
        within=Box(left=LEFT - 4, top=top - HEAD, right=RIGHT + 14, bottom=BOTTOM),
        dots=places,
        lines=[
            *(Segment(*one, *other) for run in runs for one, other in pairwise(run)),
            *(Segment(days.at(one.on), top, days.at(one.on), BOTTOM) for one in marks),
        ],
    )
    newest = _label(numbers[-1], places[-1], room)
    return ScoreChart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        top=top,
        bottom=BOTTOM,
        ticks=ticks_of(upward, x=LEFT - 6),
        goal=_goal(goal, upward, room, top=top, lower_is_better=lower_is_better),
        important=_line(important, "important change", upward, room, lower_is_better=lower_is_better),
        error=_line(error, "beyond error", upward, room, lower_is_better=lower_is_better),
        target=_at_target(target, upward, room),
        dots=_dots(scored, numbers, places, room, newest),
        names=names_of([(days.at(one.on), one.name) for one in scored]),
        lines=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        marks=uprights(marks, days),
    )


def ticks_of(upward: Scale, *, x: float) -> tuple[Tick, ...]:
    """Return the grid of a scale, its labels ending at ``x``."""
    places = [(upward.at(one), one) for one in upward.ticks]
    return tuple(Tick(at=y, label=Text(x=x, y=round(y + 4, 1), words=plain(one), anchor="end")) for y, one in places)


def names_of(wanted: Sequence[tuple[float, str]]) -> tuple[Text, ...]:
    """Return the names along the foot for which there is room."""
    labels = [Text(x=x, y=BOTTOM + 18, words=words) for x, words in wanted]
    return tuple(one for one in thinned(labels) if one is not None)


def uprights(marks: Sequence[Marked], days: Days) -> tuple[Upright, ...]:
    """Return the marks of what was changed, in order, with labels in rows above the plot."""
    ordered = sorted(marks, key=lambda one: one.on)
    wanted = [(days.at(one.on), one.words) for one in ordered]
    labels = in_rows(wanted, left=0.0, right=float(WIDTH), rows=ROWS)
    return tuple(
        Upright(x=x, on=one.on, words=one.words, label=label)
        for one, (x, _), label in zip(ordered, wanted, labels, strict=True)
    )


def _reached(
    scored: Sequence[Value], by: Decimal | None, *, lower_is_better: bool, low: Decimal | None, high: Decimal | None
) -> Decimal | None:
    """Return where an improvement by so much is reached; None where the scale ends before."""
    first = next(one.value for one in scored if one.version == scored[-1].version)
    if by is None or first is None:
        return None
    reached = first - by if lower_is_better else first + by
    beyond = (low is not None and reached < low) or (high is not None and reached > high)
    return None if beyond else reached


def _days(scored: Sequence[Value], marks: Sequence[Marked]) -> Days:
    every = [*(one.on for one in scored), *(one.on for one in marks)]
    return Days(first=min(every), last=max(every), start=LEFT + INSET, end=RIGHT - INSET)


def _runs(scored: Sequence[Value], places: Sequence[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = []
    version = None
    for one, place in zip(scored, places, strict=True):
        if one.version != version or not runs:
            runs.append([])
        runs[-1].append(place)
        version = one.version
    return runs


def _goal(target: Decimal | None, upward: Scale, room: Room, *, top: float, lower_is_better: bool) -> Level | None:
    if target is None:
        return None
    y = upward.at(target)
    ends = (y, BOTTOM) if lower_is_better else (top, y)
    words = f"goal {'≤' if lower_is_better else '≥'} {plain(target)}"
    first, then = (GOAL_WITHIN, GOAL_BEYOND) if lower_is_better else (GOAL_BEYOND, GOAL_WITHIN)
    label = room.place(along(words, y=y, left=LEFT, right=RIGHT, first=first, then=then))
    return Level(y=y, top=ends[0], height=round(ends[1] - ends[0], 1), label=label)


def _line(value: Decimal | None, name: str, upward: Scale, room: Room, *, lower_is_better: bool) -> Level | None:
    if value is None:
        return None
    y = upward.at(value)
    room.lines.append(Segment(LEFT, y, RIGHT, y))
    words = f"{name} {'≤' if lower_is_better else '≥'} {plain(value)}"
    places = along(words, y=y, left=LEFT, right=RIGHT, first=GOAL_BEYOND, then=GOAL_WITHIN)
    return Level(y=y, top=y, height=0.0, label=room.place(places))


def _at_target(value: Decimal | None, upward: Scale, room: Room) -> Level | None:
    if value is None:
        return None
    y = upward.at(value)
    room.lines.append(Segment(LEFT, y, RIGHT, y))
    places = along(f"target {plain(value)}", y=y, left=LEFT, right=RIGHT, first=GOAL_BEYOND, then=GOAL_WITHIN)
    return Level(y=y, top=y, height=0.0, label=room.place(places))


def _label(value: Decimal, place: tuple[float, float], room: Room) -> Text | None:
    return room.place(beside(plain(value), x=place[0], y=place[1]))


def _dots(
    scored: Sequence[Value],
    numbers: Sequence[Decimal],
    places: Sequence[tuple[float, float]],
    room: Room,
    newest: Text | None,
) -> tuple[Dot, ...]:
    """Return the dots; the last has its label, and the first, the least and the most are labeled before others."""
    last = len(numbers) - 1
    order = [0, numbers.index(min(numbers)), numbers.index(max(numbers)), *range(last)]
    labels = {at: _label(numbers[at], places[at], room) for at in dict.fromkeys(order) if at != last}
    labels[last] = newest
    return tuple(
        Dot(x=x, y=y, on=one.on, value=plain(numbers[at]), label=labels[at], last=at == last)
        for at, (one, (x, y)) in enumerate(zip(scored, places, strict=True))
    )
