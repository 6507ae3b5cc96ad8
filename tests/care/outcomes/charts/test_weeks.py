"""The chart of pain against weekly distance."""

from datetime import date, timedelta
from decimal import Decimal

from clinic.care.outcomes.charts import Marked, Week, WeekChart, week_chart

START = date(2026, 9, 28)


def weeks(*pairs: tuple[str | None, str | None]) -> list[Week]:
    return [
        Week(
            starts_on=START + timedelta(weeks=at),
            name=f"wk {at}",
            distance=None if distance is None else Decimal(distance),
            pain=None if pain is None else Decimal(pain),
        )
        for at, (distance, pain) in enumerate(pairs)
    ]


def chart(*pairs: tuple[str | None, str | None], marks: tuple[Marked, ...] = ()) -> WeekChart:
    found = week_chart(weeks=weeks(*pairs), marks=marks)
    assert found is not None
    return found


def test_distance_is_a_bar_and_pain_a_dot_in_the_middle_of_its_week() -> None:
    found = chart(("32", "6"), ("16", "3"))

    assert [(bar.value, bar.x, bar.width, bar.y, bar.height) for bar in found.bars] == [
        ("32", 132.0, 36.0, 62.4, 161.6),
        ("16", 352.0, 36.0, 143.2, 80.8),
    ]
    assert [(dot.value, dot.x, dot.y, dot.last) for dot in found.dots] == [
        ("6", 150.0, 102.8, False),
        ("3", 370.0, 163.4, True),
    ]
    assert found.lines == ("150.0,102.8 370.0,163.4",)


def test_there_are_two_scales() -> None:
    found = chart(("32", "6"), ("16.5", "3"))

    assert [tick.label.words for tick in found.ticks] == ["0", "10", "20", "30", "40"]
    assert [tick.label.words for tick in found.pain_ticks] == ["0", "2", "4", "6", "8", "10"]
    assert (found.ticks[0].at, found.pain_ticks[0].at) == (224.0, 224.0)
    assert (found.ticks[-1].at, found.pain_ticks[-1].at) == (22.0, 22.0)


def test_a_week_may_have_only_one_of_both() -> None:
    found = chart(("32", None), (None, "4"), (None, None), ("0", "2"))

    assert [bar.value for bar in found.bars] == ["32", "0"]
    assert [dot.value for dot in found.dots] == ["4", "2"]
    assert [name.words for name in found.names] == ["wk 0", "wk 1", "wk 3"]


def test_numbers_stand_in_bars_that_are_wide_enough() -> None:
    few, many = chart(*[("32", "8")] * 4), chart(*[("32.5", "8")] * 52)

    assert [bar.label and bar.label.words for bar in few.bars] == ["32"] * 4
    assert {bar.label for bar in many.bars} == {None}


def test_changes_of_shoes_and_volume_are_marked_at_their_day() -> None:
    on = [START + timedelta(days=days) for days in (-1, 0, 7, 40)]
    marks = tuple(Marked(on=one, words=f"change {at}") for at, one in enumerate(on))

    found = chart(("32", "6"), ("16", "3"), marks=marks)

    assert [(mark.words, mark.x) for mark in found.marks] == [("change 1", 40.0), ("change 2", 260.0)]


def test_without_a_week_there_is_no_chart() -> None:
    assert week_chart(weeks=[]) is None
    assert week_chart(weeks=weeks((None, None))) is None
