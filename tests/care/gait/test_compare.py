"""Two analyses side by side: what counts as better, and when they may be compared at all."""

from decimal import Decimal

import pytest

from clinic.care.gait.compare import Change, Findings, Seen, change_of, count_verdicts, why_not_comparable
from clinic.care.gait.item import Item

SAME = Decimal(3)


def item(**changes: object) -> Item:
    """Return a plain item in degrees, typical 3 to 7, lower better; a change below 1 is none."""
    fields: dict[str, object] = {
        "key": "drop",
        "label": "Drop",
        "unit": "°",
        "hint": "",
        "low": Decimal(-5),
        "high": Decimal(25),
        "typical_low": Decimal(3),
        "typical_high": Decimal(7),
        "least": Decimal(1),
        "better": "lower",
        "sided": False,
        "graded": True,
        "choices": (),
        "source": "",
    }
    return Item(**fields | changes)  # type: ignore[arg-type]


def at(value: str) -> Findings:
    """Return one value of the item."""
    return {("drop", ""): Seen(Decimal(value))}


def graded(left: str, right: str) -> Findings:
    """Return grades of both sides."""
    return {("drop", "L"): Seen(grade=left), ("drop", "R"): Seen(grade=right)}


@pytest.mark.parametrize(
    ("speeds", "surfaces", "expected"),
    [
        (("2.78", "2.78"), ("treadmill", "treadmill"), ""),
        (("2.78", "2.85"), ("treadmill", ""), ""),
        (("2.78", "2.87"), ("treadmill", "treadmill"), "not comparable: other speed"),
        (("3", "3"), ("treadmill", "road"), "not comparable: other surface"),
        ((None, "3"), ("road", "road"), "not comparable: a speed is missing"),
        (("3", None), ("road", "road"), "not comparable: a speed is missing"),
    ],
)
def test_two_analyses_are_compared_at_the_same_speed_only(
    speeds: tuple[str | None, str | None], surfaces: tuple[str, str], expected: str
) -> None:
    before, today = (None if one is None else Decimal(one) for one in speeds)

    assert why_not_comparable(speeds=(before, today), surfaces=surfaces, same_speed_percent=SAME) == expected


@pytest.mark.parametrize(
    ("before", "today", "expected"),
    [
        ("8", "6", Change("down", "2°", "better")),
        ("6", "8", Change("up", "2°", "worse")),
        ("6", "5.5", Change("down", "0.5°", "same")),
        ("6", "6", Change("level", "", "same")),
        ("0", "4", Change("up", "4°", "better")),  # from outside of what is typical into it
        ("6", "4", Change("down", "2°", "better")),
    ],
)
def test_a_value_is_read_by_what_is_typical_then_by_its_direction(before: str, today: str, expected: Change) -> None:
    assert change_of(item(), at(before), at(today)) == expected


def test_where_neither_way_is_better_the_number_alone_is_said() -> None:
    neutral = item(better="", typical_low=None, typical_high=None)

    assert change_of(neutral, at("2"), at("9")) == Change("up", "7°", "")


def test_of_two_sides_the_one_that_changed_more_speaks() -> None:
    sided = item(sided=True)
    before = {("drop", "L"): Seen(Decimal(9)), ("drop", "R"): Seen(Decimal(5))}
    today = {("drop", "L"): Seen(Decimal(6)), ("drop", "R"): Seen(Decimal(6))}

    assert change_of(sided, before, today) == Change("down", "3° left", "better")


@pytest.mark.parametrize(
    ("before", "today", "expected"),
    [
        (("marked", "marked"), ("mild", "mild"), Change("down", "2 → 1", "better")),
        (("normal", "normal"), ("normal", "mild"), Change("up", "right 0 → 1", "worse")),
        (("marked", "normal"), ("normal", "mild"), Change("up", "right 0 → 1", "worse")),
        (("mild", "mild"), ("mild", "mild"), Change("level", "", "same")),
        (("mild", ""), ("", "mild"), None),
    ],
)
def test_grades_are_read_where_there_is_no_value(
    before: tuple[str, str], today: tuple[str, str], expected: Change | None
) -> None:
    assert change_of(item(), graded(*before), graded(*today)) == expected


def test_a_choice_is_the_same_or_another_and_never_better() -> None:
    strike = item(choices=("rear", "mid"), low=None, high=None)

    assert change_of(strike, graded("rear", "rear"), graded("rear", "rear")) == Change("level", "", "same")
    assert change_of(strike, graded("rear", "rear"), graded("mid", "rear")) == Change("level", "rear → mid", "")


def test_verdicts_are_counted() -> None:
    changes = [Change("up", "1°", "worse"), None, Change("down", "2°", "better"), Change("level", "", "same")]

    assert count_verdicts(changes) == {"better": 1, "same": 1, "worse": 1}
