"""Units from minutes: the worked examples, every boundary of the table, and counting by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.notes.units import BillingRule, timed_units, units_in_all
from tests.care.plans.rules import SHIPPED

CMS, AMA = BillingRule.CMS8, BillingRule.AMA_MIDPOINT

unhurried = settings(deadline=None, database=None, max_examples=300)
visits = st.dictionaries(st.sampled_from(["activity", "exercise", "gait", "manual", "neuro"]), st.integers(0, 130))

TABLE = [(1, 8, 22), (2, 23, 37), (3, 38, 52), (4, 53, 67), (5, 68, 82), (6, 83, 97), (7, 98, 112), (8, 113, 127)]


def by_name(*minutes: int) -> dict[str, int]:
    """Give minutes to categories a, b, c and so on."""
    return dict(zip("abcdef", minutes, strict=False))


@pytest.mark.parametrize("rule", [CMS, AMA])
@pytest.mark.parametrize(("units", "first", "last"), TABLE)
def test_the_eight_minute_table_holds_at_both_ends_of_every_row(
    rule: BillingRule, units: int, first: int, last: int
) -> None:
    around = [units_in_all({"manual": spent}, rule=rule) for spent in (first - 1, first, last, last + 1)]

    assert around == [units - 1, units, units, units + 1]


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (by_name(24, 23), by_name(2, 1)),
        (by_name(20, 20), by_name(2, 1)),
        (by_name(33, 7), by_name(2, 1)),
        (by_name(18, 13, 10, 8), by_name(1, 1, 1)),
        (by_name(7, 7, 7), by_name(1)),
        (by_name(30, 6, 4), by_name(2, 1)),
        (by_name(20, 15, 10), by_name(1, 1, 1)),
    ],
)
def test_cms_shares_the_total_as_in_the_worked_examples(minutes: dict[str, int], units: dict[str, int]) -> None:
    assert timed_units(minutes, rule=CMS) == units


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (by_name(24, 23), by_name(2, 2)),
        (by_name(7, 7, 7), {}),
        (by_name(33, 7), by_name(2)),
        (by_name(18, 13, 10, 8), by_name(1, 1, 1, 1)),
    ],
)
def test_the_midpoint_rule_takes_each_category_alone(minutes: dict[str, int], units: dict[str, int]) -> None:
    assert timed_units(minutes, rule=AMA) == units


def test_equal_remainders_go_by_name_whatever_the_order() -> None:
    assert timed_units({"manual": 20, "gait": 20}, rule=CMS) == {"manual": 1, "gait": 2}


@pytest.mark.parametrize("rule", [CMS, AMA])
@pytest.mark.parametrize("minutes", [{}, by_name(0), by_name(0, 0), by_name(7)])
def test_no_unit_is_not_listed(rule: BillingRule, minutes: dict[str, int]) -> None:
    assert (timed_units(minutes, rule=rule), units_in_all(minutes, rule=rule)) == ({}, 0)


@pytest.mark.parametrize("rule", [CMS, AMA])
def test_negative_minutes_are_refused(rule: BillingRule) -> None:
    with pytest.raises(ValueError, match="-1 minutes of manual is less than none"):
        timed_units({"gait": 30, "manual": -1}, rule=rule)


@unhurried
@given(visits)
def test_the_full_quarter_hours_never_exceed_the_cms_total(minutes: dict[str, int]) -> None:
    quarters = sum(spent // 15 for spent in minutes.values())

    assert quarters <= units_in_all(minutes, rule=CMS)


@unhurried
@given(visits)
def test_the_cms_units_sum_to_the_total_of_the_table(minutes: dict[str, int]) -> None:
    total = sum(minutes.values())

    assert units_in_all(minutes, rule=CMS) == sum(1 for start in range(8, total + 1, 15))


@unhurried
@given(visits)
def test_cms_gives_a_category_its_full_quarter_hours_and_at_most_one_more(minutes: dict[str, int]) -> None:
    units = timed_units(minutes, rule=CMS)

    extra = {category: units.get(category, 0) - spent // 15 for category, spent in minutes.items()}
    assert [category for category, more in extra.items() if more not in (0, 1)] == []
    assert [category for category, more in extra.items() if more and minutes[category] % 15 == 0] == []


@unhurried
@given(visits)
def test_no_remainder_is_passed_over_for_a_smaller_one(minutes: dict[str, int]) -> None:
    units = timed_units(minutes, rule=CMS)

    rank = {category: (-(spent % 15), category) for category, spent in minutes.items()}
    given_one = [rank[category] for category, spent in minutes.items() if units.get(category, 0) > spent // 15]
    passed_over = [rank[category] for category, spent in minutes.items() if units.get(category, 0) == spent // 15]
    assert all(one < other for one in given_one for other in passed_over)


@unhurried
@given(visits)
def test_the_midpoint_units_are_counted_minute_by_minute(minutes: dict[str, int]) -> None:
    counted = {
        category: sum(1 for minute in range(1, spent + 1) if minute % 15 == 8) for category, spent in minutes.items()
    }

    assert timed_units(minutes, rule=AMA) == {category: units for category, units in counted.items() if units}


@unhurried
@given(visits, st.sampled_from([CMS, AMA]))
def test_the_order_of_the_categories_does_not_matter(minutes: dict[str, int], rule: BillingRule) -> None:
    backwards = dict(reversed(minutes.items()))

    assert timed_units(backwards, rule=rule) == timed_units(minutes, rule=rule)


def test_every_shipped_payer_names_a_billing_rule() -> None:
    assert [BillingRule(rules.billing_rule) for rules in SHIPPED] == [CMS, AMA, AMA]
