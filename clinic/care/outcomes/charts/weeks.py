"""A chart of pain against the distance run each week, with changes of shoes and of volume marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from clinic.care.outcomes.charts.labels import ROW, Room, beside
from clinic.care.outcomes.charts.scale import Days, Scale, scale
from clinic.care.outcomes.charts.scores import (
    BOTTOM,
    HEAD,
    HEIGHT,
    LEFT,
    ROWS,
    WIDTH,
    Chart,
    Marked,
    names_of,
    ticks_of,
    uprights,
)
from clinic.care.outcomes.charts.shapes import Bar, Box, Dot, Segment, Text, Tick
from clinic.care.outcomes.measures.answers import plain

RIGHT = 480.0
WEEK = timedelta(days=7)
GAP = 0.25
WIDEST = 36.0
MOST_PAIN = Decimal(10)


@dataclass(frozen=True, kw_only=True)
class Week:
    """What was run in the week that starts on a day, in the clinic's unit of distance, and the worst pain, 0 to 10."""

    starts_on: date
    name: str
    distance: Decimal | None
    pain: Decimal | None


@dataclass(frozen=True, kw_only=True)
class WeekChart(Chart):
    """A chart of weeks: bars of distance by the ticks on the left, pain from 0 to 10 by those on the right."""

    pain_ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


def week_chart(*, weeks: Sequence[Week], marks: Sequence[Marked] = ()) -> WeekChart | None:
    """Return the chart of some weeks, or None without distance and pain in any; a mark lies at its day.

    Marks outside of these weeks are left out.
    """
    known = sorted(
        (one for one in weeks if one.distance is not None or one.pain is not None), key=lambda one: one.starts_on
    )
    if not known:
        return None
    top = HEAD + (ROW * ROWS if marks else 0.0)
    distances = [one.distance for one in known if one.distance is not None]
    upward = scale(distances or [Decimal(0)], floor=Decimal(0), ceiling=None, start=BOTTOM, end=top)
    aching = Scale(
        low=Decimal(0), high=MOST_PAIN, start=BOTTOM, end=top, ticks=tuple(Decimal(one) for one in range(0, 11, 2))
    )
    days = Days(first=known[0].starts_on, last=known[-1].starts_on + WEEK, start=LEFT, end=RIGHT)
    wide = min((RIGHT - LEFT) * 7 / (days.last - days.first).days * (1 - GAP), WIDEST)
    pains = [(one, one.pain, (_middle(one, days), aching.at(one.pain))) for one in known if one.pain is not None]
    places = [place for _, _, place in pains]
    room = Room(
        within=Box(left=LEFT, top=top - HEAD, right=RIGHT, bottom=BOTTOM),
        dots=places,
        lines=[Segment(*one, *other) for one, other in pairwise(places)],
    )
    labels = {
        one.starts_on: room.place(beside(plain(pain), x=place[0], y=place[1])) for one, pain, place in reversed(pains)
    }
    return WeekChart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        top=top,
        bottom=BOTTOM,
        ticks=ticks_of(upward, x=LEFT - 6),
        pain_ticks=_on_the_right(aching),
        names=names_of([(_middle(one, days), one.name) for one in known]),
        bars=tuple(_bar(one, one.distance, days, upward, wide, room) for one in known if one.distance is not None),
        lines=(" ".join(f"{x},{y}" for x, y in places),) if len(places) > 1 else (),
        dots=tuple(
            Dot(
                x=place[0],
                y=place[1],
                on=one.starts_on,
                value=plain(pain),
                label=labels[one.starts_on],
                last=one is pains[-1][0],
            )
            for one, pain, place in pains
        ),
        marks=uprights([one for one in marks if days.first <= one.on <= days.last], days),
    )


def _middle(week: Week, days: Days) -> float:
    return round((days.at(week.starts_on) + days.at(week.starts_on + WEEK)) / 2, 1)


def _on_the_right(aching: Scale) -> tuple[Tick, ...]:
    places = [(aching.at(one), one) for one in aching.ticks]
    return tuple(
        Tick(at=y, label=Text(x=RIGHT + 6, y=round(y + 4, 1), words=plain(one), anchor="start")) for y, one in places
    )


def _bar(week: Week, distance: Decimal, days: Days, upward: Scale, wide: float, room: Room) -> Bar:
    """Return a bar with its number at the foot, where it is as wide as the number and nothing is in the way."""
    y, middle = upward.at(distance), _middle(week, days)
    label = Text(x=middle, y=BOTTOM - 5, words=plain(distance))
    fits = label.box.right - label.box.left <= wide / (1 - GAP)
    return Bar(
        x=round(middle - wide / 2, 1),
        y=y,
        width=round(wide, 1),
        height=round(BOTTOM - y, 1),
        value=plain(distance),
        label=room.place([label]) if fits else None,
    )
