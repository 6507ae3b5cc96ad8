"""Clinical defaults: a change is a version, what was before stays readable, and what cannot be is refused."""

from typing import Any

import pytest
from sqlalchemy import select

from clinic.audit.models import Entry
from clinic.care import defaults
from clinic.care.defaults.check import CHOICES
from clinic.care.notes.units import BillingRule
from clinic.care.plans.payers import rules_of
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, NotFound, Unacceptable
from tests.care.acts import clinician, within
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("app")


def change(key: str = "measure.slr", **changes: Any) -> defaults.DefaultVersion:
    """Give a default a version, by Dana, who does not answer for it."""
    facts: dict[str, Any] = {"value": {"normal": 75}, "source": "Own practice", "reason": "Runners are limber"}
    facts |= {"confirmed": False, "seen": 0, "by": clinician("Dana").actor, "now": NOW} | changes
    return within(lambda: defaults.change(key=key, **facts))


def test_a_change_is_a_version_and_the_earlier_ones_stay_readable_each_with_its_source() -> None:
    change()
    change(value={"normal": "80.5", "unit": "inches"}, source="Study", reason="Read it", confirmed=True, seen=1)

    now = defaults.current("measure.slr")
    then = next(one for one in defaults.every("measure.", as_of=1) if one.key == "measure.slr")
    shipped = next(one for one in defaults.every("measure.", as_of=0) if one.key == "measure.slr")
    assert [(one.number, one.value["normal"], one.source, one.confirmed_by) for one in (shipped, then, now)] == [
        (0, 70, "To be confirmed by a licensed therapist", ""),
        (1, 75, "Own practice", ""),
        (2, 80.5, "Study", "Dana Ruiz"),
    ]
    assert [one.is_confirmed for one in (shipped, then, now)] == [False, True, True]
    assert now.value == {**shipped.value, "normal": 80.5}
    assert [(row.number, row.reason, row.by) for row in defaults.versions("measure.slr")] == [
        (2, "Read it", "Dana Ruiz"),
        (1, "Runners are limber", "Dana Ruiz"),
    ]
    entry = database.session.scalars(select(Entry).where(Entry.what == "clinical default changed")).all()[-1]
    assert (entry.about, entry.before, entry.after) == (
        "default:measure.slr",
        {"label": "Straight leg raise", "normal": 75, "unit": "°"},
        {"label": "Straight leg raise", "normal": 80.5, "unit": "°"},
    )


def test_a_payer_goes_by_the_clinics_own_numbers() -> None:
    change("payer.commercial", value={"certify_within_days": "60", "interval_days": "", "billing": "cms8"})

    rules = rules_of("payer.commercial")

    assert (rules.certify_within_days, rules.interval_days, rules.billing_rule) == (60, None, "cms8")
    assert rules.source == "Own practice"


def test_the_words_that_a_default_may_choose_are_those_that_the_program_reads() -> None:
    assert CHOICES["billing"] == tuple(BillingRule)


REFUSED = [
    ("measure.slr", {"value": {"normal": "seventy"}}, "normal", "Type a number."),
    ("measure.slr", {"value": {"normal": "NaN"}}, "normal", "That number cannot be."),
    ("measure.slr", {"value": {"high": 1_000_000}}, "high", "That number cannot be."),
    ("measure.slr", {"value": {"low": 120}}, "high", "The highest must be above the lowest."),
    ("measure.slr", {"value": {"better": "more"}}, "better", "Choose one of these: lower, higher."),
    ("measure.odi", {"value": {"mcid": -1}}, "mcid", "That number cannot be."),
    ("measure.slump", {"value": {"normal": "fine"}}, "normal", "Choose one of these: negative, positive."),
    ("measure.slr", {"source": " "}, "source", "Say where this comes from."),
    ("measure.slr", {"reason": ""}, "reason", "Say why it is changed."),
    ("measure.slr", {"label": "\t"}, "label", "Give it a name."),
    ("measure.slr", {"source": "x" * 301}, "source", "At most 300 letters."),
    ("measure.slr", {"source": "a\x00b"}, "source", "There is a letter in this that cannot be kept. Type it anew."),
    ("payer.medicare-b", {"value": {"certify_within_days": 0}}, "certify_within_days", "That number cannot be."),
    ("payer.medicare-b", {"value": {"interval_days": "7.5"}}, "interval_days", "Type a whole number."),
    ("payer.medicare-b", {"value": {"expiring_days": -1}}, "expiring_days", "That number cannot be."),
    ("payer.medicare-b", {"value": {"billing": "by feel"}}, "billing", "Choose one of these: cms8, ama_midpoint."),
    ("rule.unsigned", {"value": {"late_hours": ""}}, "late_hours", "Type a number."),
    ("rule.cadence", {"value": {"percent": ""}}, "percent", "Type a number."),
    ("rule.cadence", {"value": {"band_percent": -1}}, "band_percent", "That number cannot be."),
    ("flag.saddle", {"value": {"advice": "x" * 1001}}, "advice", "At most 1,000 letters."),
]


def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept() -> None:
    by = clinician("Dana").actor
    said = []

    for key, changes, _, _ in REFUSED:
        facts: dict[str, Any] = {"value": {}, "source": "Own", "reason": "Tried", **changes}
        with pytest.raises(Unacceptable) as refused:
            within(lambda k=key, f=facts: defaults.change(key=k, **f, confirmed=False, seen=0, by=by, now=NOW))
        said.append((key, changes, refused.value.field, refused.value.sentence))

    assert said == REFUSED
    assert defaults.latest_number("") == 0


def test_what_somebody_else_changed_meanwhile_is_not_changed_over() -> None:
    change()

    with pytest.raises(ChangedMeanwhile):
        change(value={"normal": 90})
    assert defaults.current("measure.slr").value["normal"] == 75


def test_no_default_is_made_by_a_wrong_name() -> None:
    with pytest.raises(NotFound):
        change("measure.guess")
