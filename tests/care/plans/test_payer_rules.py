"""The payers' rule sets that the program brings, and the lengths that are none."""

from dataclasses import replace

import pytest

from clinic.care.plans.payer_rules import PayerRules
from tests.care.plans.rules import COMMERCIAL, MEDICARE_B, SELF_PAY, SHIPPED


def clocks(rules: PayerRules) -> tuple[int | None, int | None, int | None, int | None, bool]:
    return (
        rules.certify_within_days,
        rules.interval_days,
        rules.progress_treatment_days,
        rules.progress_calendar_days,
        rules.exception_by_referral,
    )


def test_three_payers_are_shipped_under_keys_of_the_clinical_defaults() -> None:
    assert [rules.key for rules in SHIPPED] == ["payer.medicare-b", "payer.commercial", "payer.self-pay"]


def test_medicare_has_every_clock_but_calendar_days() -> None:
    assert clocks(MEDICARE_B) == (30, 90, 10, None, True)
    assert (MEDICARE_B.verbal_signature_days, MEDICARE_B.expiring_days) == (14, 14)


def test_a_commercial_payer_only_counts_treatment_days() -> None:
    assert clocks(COMMERCIAL) == (None, None, 10, None, False)


def test_self_pay_has_no_clock() -> None:
    assert clocks(SELF_PAY) == (None, None, None, None, False)


def test_every_number_has_a_source() -> None:
    assert [rules.key for rules in SHIPPED if not rules.source] == []


@pytest.mark.parametrize(
    "name", ["certify_within_days", "interval_days", "progress_treatment_days", "progress_calendar_days"]
)
def test_a_clock_of_no_days_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is 0"):
        replace(MEDICARE_B, **{name: 0})


@pytest.mark.parametrize("name", ["verbal_signature_days", "expiring_days"])
def test_a_length_below_nothing_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is -1"):
        replace(MEDICARE_B, **{name: -1})
