"""Which measures are due at a visit, and why."""

from datetime import date

import pytest

from clinic.care.outcomes.battery import DEFAULT_BATTERY, Due, Listed, Milestone, Occasion, Taken, due
from clinic.care.outcomes.measures import INSTRUMENTS

FIRST, SECOND, TENTH = date(2026, 10, 6), date(2026, 10, 8), date(2026, 11, 5)
EVALUATED = Milestone(occasion=Occasion.EVALUATION, on=FIRST)


def taken(visit_no: int, on: date, *keys: str, version: str = "") -> list[Taken]:
    return [Taken(key=key, visit_no=visit_no, on=on, version=version) for key in keys]


def reasons(found: list[Due]) -> dict[str, str]:
    return {one.key: one.why for one in found}


AT_THE_EVALUATION = taken(1, FIRST, "nprs", "odi", "uwri", "psfs")


def test_the_evaluation_takes_pain_back_running_and_the_patients_own() -> None:
    found = due(occasion=Occasion.EVALUATION, visit_no=1, on=FIRST, taken=[])

    assert reasons(found) == {
        "nprs": "at every visit",
        "odi": "at the initial evaluation: the baseline",
        "uwri": "at the initial evaluation: the baseline",
        "psfs": "at the initial evaluation: the baseline",
    }


def test_a_visit_takes_pain_and_global_change() -> None:
    found = due(occasion=Occasion.VISIT, visit_no=2, on=SECOND, taken=AT_THE_EVALUATION, since=EVALUATED)

    assert reasons(found) == {"nprs": "at every visit", "groc": "at every visit"}


@pytest.mark.parametrize(
    ("occasion", "why"),
    [(Occasion.REPORT, "at every progress report"), (Occasion.DISCHARGE, "at discharge")],
)
def test_a_report_and_the_discharge_take_all(occasion: Occasion, why: str) -> None:
    found = due(occasion=occasion, visit_no=10, on=TENTH, taken=AT_THE_EVALUATION, since=EVALUATED)

    assert reasons(found) == {"nprs": "at every visit", "odi": why, "uwri": why, "psfs": why, "groc": "at every visit"}


def test_what_was_taken_at_this_visit_is_not_due_again() -> None:
    now = [*AT_THE_EVALUATION, *taken(10, TENTH, "odi", "nprs")]

    found = due(occasion=Occasion.REPORT, visit_no=10, on=TENTH, taken=now, since=EVALUATED)

    assert list(reasons(found)) == ["uwri", "psfs", "groc"]


def test_another_visit_of_the_same_day_is_another_visit() -> None:
    found = due(occasion=Occasion.VISIT, visit_no=3, on=SECOND, taken=taken(2, SECOND, "nprs", "groc"))

    assert list(reasons(found)) == ["nprs", "groc"]


def test_what_was_left_out_at_the_evaluation_is_due_until_it_is_made_up_for() -> None:
    without = [one for one in AT_THE_EVALUATION if one.key != "uwri"]
    made_up_for = [*without, *taken(2, SECOND, "uwri")]
    at_visit = {"occasion": Occasion.VISIT, "since": EVALUATED}

    second = due(visit_no=2, on=SECOND, taken=without, **at_visit)
    third = due(visit_no=3, on=date(2026, 10, 13), taken=made_up_for, **at_visit)

    assert reasons(second)["uwri"] == "left out at the initial evaluation, and not made up for since"
    assert list(reasons(third)) == ["nprs", "groc"]


def test_what_was_left_out_at_a_report_is_due_although_it_was_taken_before() -> None:
    report = Milestone(occasion=Occasion.REPORT, on=TENTH)
    now = [*AT_THE_EVALUATION, *taken(10, TENTH, "odi", "uwri", "nprs")]

    found = due(occasion=Occasion.VISIT, visit_no=11, on=date(2026, 11, 10), taken=now, since=report)

    assert reasons(found) == {
        "nprs": "at every visit",
        "psfs": "left out at the progress report, and not made up for since",
        "groc": "at every visit",
    }


def test_a_report_without_a_baseline_says_so() -> None:
    found = due(occasion=Occasion.REPORT, visit_no=10, on=TENTH, taken=[])

    assert reasons(found)["odi"] == "at every progress report; there is no score before"


def test_the_version_of_the_last_score_is_kept_to_and_later_scores_do_not_count() -> None:
    known = [
        *taken(10, TENTH, "odi", version="modified"),
        *taken(1, FIRST, "odi", version="2.1a"),
    ]

    early = due(occasion=Occasion.DISCHARGE, visit_no=9, on=date(2026, 11, 3), taken=known)
    late = due(occasion=Occasion.DISCHARGE, visit_no=12, on=date(2026, 11, 12), taken=known)

    assert [(one.version, one.last and one.last.visit_no) for one in (early[1], late[1])] == [
        ("2.1a", 1),
        ("modified", 10),
    ]


def test_the_clinic_may_have_a_battery_of_its_own() -> None:
    own = (Listed(key="rmdq", occasions=frozenset({Occasion.EVALUATION}), source="Our clinic"),)

    found = due(occasion=Occasion.EVALUATION, visit_no=1, on=FIRST, taken=[], battery=own)

    assert [(one.key, one.label) for one in found] == [("rmdq", "RMDQ")]


def test_the_battery_has_a_back_measure_and_a_running_measure_each_with_its_source() -> None:
    assert [one.key for one in DEFAULT_BATTERY] == ["nprs", "odi", "uwri", "psfs", "groc"]
    assert {one.key for one in DEFAULT_BATTERY} <= set(INSTRUMENTS)
    assert [one.key for one in DEFAULT_BATTERY if len(one.source.split()) < 2] == []
