"""The chart of a measure over the visits: where everything lies, and that no label covers another."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clinic.care.outcomes.charts import Marked, ScoreChart, Value, score_chart
from clinic.care.outcomes.charts.shapes import Level, Text

unhurried = settings(deadline=None, database=None, max_examples=150)
START = date(2026, 9, 29)
D = Decimal


def weekly(*scores: tuple[int, str | None], version: str = "2.1a") -> list[Value]:
    return [
        Value(on=START + timedelta(weeks=week), name=f"wk {week}", value=score and D(score), version=version)
        for week, score in scores
    ]


ODI = weekly((0, "42"), (1, "40"), (2, "36"), (3, "31"), (4, "26"), (6, "18"), (8, "12"))


def of_odi(values: Sequence[Value] = ODI, *, goal: str | None = "20", marks: Sequence[Marked] = ()) -> ScoreChart:
    found = score_chart(
        values=values,
        lower_is_better=True,
        low=D(0),
        high=D(100),
        goal=goal and D(goal),
        mcid=D(10),
        marks=marks,
    )
    assert found is not None
    return found


def of_uwri(values: Sequence[Value], *, goal: str = "23", mcid: str | None = "8") -> ScoreChart:
    found = score_chart(
        values=values,
        lower_is_better=False,
        low=D(0),
        high=D(36),
        goal=D(goal),
        mcid=mcid and D(mcid),
    )
    assert found is not None
    return found


def labels(chart: ScoreChart) -> list[Text]:
    """Return every text of a chart."""
    levels = [level.label for level in (chart.goal, chart.important, chart.error) if level is not None]
    of_dots = [dot.label for dot in chart.dots]
    of_marks = [mark.label for mark in chart.marks]
    drawn = [one for one in (*levels, *of_dots, *of_marks) if one is not None]
    return [*drawn, *(tick.label for tick in chart.ticks), *chart.names]


def test_the_chart_of_the_odi() -> None:
    chart = of_odi()

    assert [(tick.label.words, tick.at) for tick in chart.ticks] == [
        ("0", 224.0),
        ("10", 183.6),
        ("20", 143.2),
        ("30", 102.8),
        ("40", 62.4),
        ("50", 22.0),
    ]
    assert [(dot.value, dot.x, dot.y) for dot in chart.dots] == [
        ("42", 58.0, 54.3),
        ("40", 111.8, 62.4),
        ("36", 165.5, 78.6),
        ("31", 219.2, 98.8),
        ("26", 273.0, 119.0),
        ("18", 380.5, 151.3),
        ("12", 488.0, 175.5),
    ]
    assert chart.lines == ("58.0,54.3 111.8,62.4 165.5,78.6 219.2,98.8 273.0,119.0 380.5,151.3 488.0,175.5",)
    assert [name.words for name in chart.names] == ["wk 0", "wk 1", "wk 2", "wk 3", "wk 4", "wk 6", "wk 8"]


def test_every_value_that_has_room_is_printed_at_its_dot() -> None:
    assert [dot.label and dot.label.words for dot in of_odi().dots] == ["42", "40", "36", "31", "26", "18", "12"]


def test_only_the_last_dot_is_today() -> None:
    assert [dot.last for dot in of_odi().dots] == [False] * 6 + [True]


def test_the_goal_is_a_band_to_the_better_end() -> None:
    back, running = of_odi().goal, of_uwri(weekly((0, "15"), (5, "31"))).goal

    assert back == Level(
        y=143.2, top=143.2, height=80.8, label=Text(x=45.0, y=158.2, words="goal ≤ 20", anchor="start")
    )
    assert running is not None
    assert (running.top, running.y, running.label and running.label.words) == (22.0, 94.9, "goal ≥ 23")
    assert round(running.top + running.height, 1) == running.y
    assert of_odi(goal=None).goal is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (weekly((0, "42"), (4, "30")), "important change ≤ 32"),
        (weekly((0, "42"), (4, "30")) + weekly((5, "50"), (6, "44"), version="modified"), "important change ≤ 40"),
        (weekly((0, "10"), (4, "4")), "important change ≤ 0"),
        (weekly((0, "9"), (4, "4")), None),
    ],
)
def test_the_important_change_is_counted_from_the_first_score_of_the_version(
    values: list[Value], words: str | None
) -> None:
    level = of_odi(values).important

    assert (level and level.label and level.label.words) == words


def test_where_higher_is_better_the_important_change_lies_above() -> None:
    chart, at_the_ceiling = of_uwri(weekly((0, "15"), (5, "20"))), of_uwri(weekly((0, "30"), (5, "34")))

    assert chart.important is not None
    assert chart.important.label is not None
    assert chart.important.label.words == "important change ≥ 23"
    assert at_the_ceiling.important is None
    assert of_uwri(weekly((0, "15"), (5, "20")), mcid=None).important is None


@pytest.mark.parametrize(("mdc", "words"), [("12.68", "beyond error ≤ 37.32"), ("6", None), (None, None)])
def test_measurement_error_has_a_line_where_it_lies_beyond_the_important_change(
    mdc: str | None, words: str | None
) -> None:
    chart = score_chart(
        values=weekly((0, "50"), (4, "30")), lower_is_better=True, low=D(0), high=D(100), mcid=D(6), mdc=mdc and D(mdc)
    )

    assert chart is not None
    assert chart.important is not None
    assert chart.important.label is not None
    assert chart.important.label.words == "important change ≤ 44"
    assert (chart.error and chart.error.label and chart.error.label.words) == words


def test_the_scale_ends_where_the_measure_ends() -> None:
    chart = of_uwri(weekly((0, "15"), (5, "35")))

    assert [tick.label.words for tick in chart.ticks] == ["0", "10", "20", "30"]
    assert chart.dots[-1].y == 27.6


def test_a_measure_without_a_floor_starts_near_its_values() -> None:
    chart = score_chart(
        values=weekly((0, "158"), (2, "161"), (8, "172")), lower_is_better=False, low=None, high=None, goal=D(170)
    )

    assert chart is not None
    assert [tick.label.words for tick in chart.ticks] == ["155", "160", "165", "170", "175"]


def test_a_scale_through_zero_has_true_minus_signs() -> None:
    chart = score_chart(values=weekly((0, "-3"), (2, "4")), lower_is_better=False, low=D(-5), high=D(5))

    assert chart is not None
    assert [tick.label.words for tick in chart.ticks] == ["−4", "−2", "0", "2", "4"]
    assert [dot.value for dot in chart.dots] == ["−3", "4"]


def test_scores_of_two_versions_are_not_joined() -> None:
    values = weekly((0, "36"), (2, "32")) + weekly((4, "30"), (6, "22"), version="modified")

    assert [len(line.split()) for line in of_odi(values).lines] == [2, 2]


def test_a_single_score_stands_in_the_middle_without_a_line() -> None:
    chart = of_odi(weekly((0, "28")))

    assert ([(dot.x, dot.last) for dot in chart.dots], chart.lines) == ([(273.0, True)], ())


def test_what_was_not_scored_is_no_dot() -> None:
    assert [dot.value for dot in of_odi(weekly((0, "28"), (2, None), (4, "22.5"))).dots] == ["28", "22.5"]


def test_without_a_score_there_is_no_chart() -> None:
    assert score_chart(values=[], lower_is_better=True, low=D(0), high=D(100)) is None
    assert score_chart(values=weekly((0, None)), lower_is_better=True, low=D(0), high=D(100)) is None


def test_scores_are_drawn_in_the_order_of_their_days() -> None:
    assert of_odi(list(reversed(ODI))) == of_odi()


def test_changes_of_the_plan_are_marked_above_the_plot_in_two_rows() -> None:
    marks = [
        Marked(on=START + timedelta(days=18), words="recertified to December"),
        Marked(on=START + timedelta(days=14), words="heel lift, cadence +5 %"),
        Marked(on=START + timedelta(days=15), words="a third one that has no room"),
    ]

    chart = of_odi(marks=marks)

    assert [(mark.words, mark.label and (mark.label.y, mark.label.anchor)) for mark in chart.marks] == [
        ("heel lift, cadence +5 %", (11, "start")),
        ("a third one that has no room", (26, "start")),
        ("recertified to December", None),
    ]
    assert chart.top == 52.0


def test_a_mark_after_the_last_score_widens_the_chart() -> None:
    chart = of_odi(marks=[Marked(on=START + timedelta(weeks=16), words="discharged")])

    assert [mark.x for mark in chart.marks] == [488.0]
    assert chart.dots[-1].x == 273.0


marked = st.builds(
    Marked, on=st.dates(date(2026, 9, 1), date(2026, 12, 24)), words=st.text("abcde ", min_size=1, max_size=40)
)
scored = st.lists(
    st.tuples(st.integers(0, 80), st.decimals(0, 100, places=1), st.sampled_from(["2.1a", "modified"])),
    min_size=1,
    max_size=40,
)


@unhurried
@example([(0, D("0.0"), "2.1a")], False, D(1), D(10), [Marked(on=date(2026, 9, 1), words="a")])
@given(
    scored,
    st.booleans(),
    st.none() | st.decimals(0, 100, places=0),
    st.none() | st.just(D(10)),
    st.lists(marked, max_size=5),
)
def test_no_label_covers_another_and_all_lies_in_the_picture(
    scores: list[tuple[int, Decimal, str]],
    lower_is_better: bool,
    goal: Decimal | None,
    mcid: Decimal | None,
    marks: list[Marked],
) -> None:
    values = [
        Value(on=START + timedelta(days=day), name=f"visit {day}", value=value, version=version)
        for day, value, version in scores
    ]

    chart = score_chart(
        values=values,
        lower_is_better=lower_is_better,
        low=D(0),
        high=D(100),
        goal=goal,
        mcid=mcid,
        mdc=D(13),
        marks=marks,
    )

    assert chart is not None
    boxes = [text.box for text in labels(chart)]
    assert [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])] == []
    assert [box for box in boxes if box.left < 0 or box.top < 0 or box.right > 524 or box.bottom > chart.height] == []
    assert [
        dot for dot in chart.dots if not (chart.left < dot.x < chart.right and chart.top <= dot.y <= chart.bottom)
    ] == []
    assert len(chart.dots) == len(scores)
    assert chart.dots[-1].label is not None or len(scores) > 1
