"""The target cadence: from what was measured, halves rounded up, with its band."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.care.gait.cadence import Target, pace, step_length, target

BAND = Decimal("2.5")


@pytest.mark.parametrize(
    ("baseline", "percent", "expected"),
    [
        (166, "5", Target(174, 170, 178)),
        (170, "5", Target(179, 175, 183)),  # 178.5: half up, where Python's round() says 178
        (164, "8", Target(177, 173, 181)),
        (160, "10", Target(176, 172, 180)),
    ],
)
def test_a_target_is_the_baseline_and_some_percent(baseline: int, percent: str, expected: Target) -> None:
    assert target(baseline=baseline, percent=Decimal(percent), band_percent=BAND) == expected


@given(st.integers(120, 220), st.integers(3, 10))
def test_a_higher_percentage_never_lowers_the_target(baseline: int, percent: int) -> None:
    one = target(baseline=baseline, percent=Decimal(percent), band_percent=BAND)
    more = target(baseline=baseline, percent=Decimal(percent + 1), band_percent=BAND)

    assert baseline < one.spm <= more.spm
    assert one.low < one.spm < one.high


def test_a_step_is_what_the_speed_and_the_cadence_leave() -> None:
    assert step_length(speed_ms=Decimal("2.78"), spm=Decimal(166)) == Decimal("1.00")
    assert pace(Decimal("2.78")) == "6:00"
    assert pace(Decimal("3.33")) == "5:00"
