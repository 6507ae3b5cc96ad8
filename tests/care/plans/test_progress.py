"""How a goal's measure has moved: percent, what the change means, and whether the goal is met."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.plans.progress import Reading, hint_on_target, met, progress, read_change

unhurried = settings(deadline=None, database=None, max_examples=300)
values = st.decimals(-999, 999, places=2)
thresholds = st.none() | st.decimals(0, 50, places=2)


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("baseline", "target", "now", "percent"),
    [
        ("28", "16", "28", 0),
        ("28", "16", "22", 50),
        ("28", "16", "16", 100),
        ("28", "16", "10", 100),
        ("28", "16", "34", 0),
        ("15", "23", "17", 25),
        ("0", "3", "2", 66),
        ("0", "1000", "999.9", 99),
        ("166", "170", "178", 100),
        ("-5", "5", "0", 50),
    ],
)
def test_percent_of_the_way_from_baseline_to_target(baseline: str, target: str, now: str, percent: int) -> None:
    assert progress(baseline=Decimal(baseline), target=Decimal(target), now=Decimal(now)) == percent


def test_no_percent_without_a_value_or_a_way_to_go() -> None:
    assert progress(baseline=Decimal(28), target=Decimal(16), now=None) is None
    assert progress(baseline=Decimal("16.0"), target=Decimal(16), now=Decimal(16)) is None


@unhurried
@given(values, values, values)
def test_the_percent_is_the_exact_fraction_clipped_and_rounded_down(
    baseline: Decimal, target: Decimal, now: Decimal
) -> None:
    told = progress(baseline=baseline, target=target, now=now)

    if baseline == target:
        assert told is None
    else:
        exact = (Fraction(now) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline)) * 100
        assert told == int(min(max(exact, Fraction(0)), Fraction(100)))


@pytest.mark.parametrize(
    ("now", "mdc", "mcid", "reading"),
    [
        ("40", "5", "10", "within measurement error"),
        ("35.01", "5", "10", "within measurement error"),
        ("44.99", "5", "10", "within measurement error"),
        ("35", "5", "10", "real but small improvement"),
        ("30.01", "5", "10", "real but small improvement"),
        ("30", "5", "10", "clinically important improvement"),
        ("45", "5", "10", "real but small worsening"),
        ("49.99", "5", "10", "real but small worsening"),
        ("50", "5", "10", "clinically important worsening"),
        ("32", "12.68", "6", "within measurement error"),
        ("27.32", "12.68", "6", "clinically important improvement"),
        ("40", "0", "10", "same"),
        ("40", None, None, "same"),
        ("39", None, None, "better"),
        ("41", None, None, "worse"),
        ("40", None, "10", "same"),
        ("39", None, "10", "better"),
        ("30", None, "10", "clinically important improvement"),
        ("41", None, "10", "worse"),
        ("50", None, "10", "clinically important worsening"),
        ("36", "5", None, "within measurement error"),
        ("35", "5", None, "better"),
        ("45", "5", None, "worse"),
    ],
)
def test_a_change_from_40_is_read_where_lower_is_better(
    now: str, mdc: str | None, mcid: str | None, reading: str
) -> None:
    told = read_change(baseline=Decimal(40), now=Decimal(now), lower_is_better=True, mdc=number(mdc), mcid=number(mcid))

    assert told == reading


@unhurried
@given(values, values, thresholds, thresholds)
def test_where_higher_is_better_the_same_change_reads_the_other_way_round(
    baseline: Decimal, now: Decimal, mdc: Decimal | None, mcid: Decimal | None
) -> None:
    lower = read_change(baseline=baseline, now=now, lower_is_better=True, mdc=mdc, mcid=mcid)
    higher = read_change(baseline=-baseline, now=-now, lower_is_better=False, mdc=mdc, mcid=mcid)

    assert lower == higher


@unhurried
@given(values, values, st.decimals(0, 50, places=2), st.decimals(0, 50, places=2), st.booleans())
def test_with_both_thresholds_the_reading_is_that_of_the_reference(
    baseline: Decimal, now: Decimal, mdc: Decimal, mcid: Decimal, lower_is_better: bool
) -> None:
    told = read_change(baseline=baseline, now=now, lower_is_better=lower_is_better, mdc=mdc, mcid=mcid)

    delta = now - baseline
    improve = -delta if lower_is_better else delta
    if abs(delta) < mdc:
        expected = "within measurement error"
    elif delta == 0:
        expected = "same"
    elif improve >= mcid:
        expected = "clinically important improvement"
    elif improve > 0:
        expected = "real but small improvement"
    elif -improve >= mcid:
        expected = "clinically important worsening"
    else:
        expected = "real but small worsening"
    assert told == expected


def test_a_reading_is_its_words() -> None:
    assert f"{Reading.WITHIN_ERROR}" == "within measurement error"


@pytest.mark.parametrize(
    ("comparison", "below", "at", "above"),
    [("<=", True, True, False), (">=", False, True, True), ("=", False, True, False)],
)
def test_a_goal_is_met_on_its_side_of_the_target_and_on_it(
    comparison: Literal["<=", ">=", "="], below: bool, at: bool, above: bool
) -> None:
    told = [met(now=Decimal(now), target=Decimal(16), comparison=comparison) for now in ("15.99", "16.00", "16.01")]

    assert told == [below, at, above]


@pytest.mark.parametrize(
    ("target", "mcid", "hint"),
    [
        ("24", "10", "The target is 4 from the baseline; the smallest important change is 10."),
        ("31.50", "10.0", "The target is 3.5 from the baseline; the smallest important change is 10."),
        ("28", "10", "The target is 0 from the baseline; the smallest important change is 10."),
        ("18.01", "10", "The target is 9.99 from the baseline; the smallest important change is 10."),
        ("18", "10", ""),
        ("38", "10", ""),
        ("24", None, ""),
    ],
)
def test_a_target_nearer_than_an_important_change_gives_a_hint(target: str, mcid: str | None, hint: str) -> None:
    assert hint_on_target(baseline=Decimal(28), target=Decimal(target), mcid=number(mcid)) == hint
