"""The script of the story is a plausible clinic, and always the same one."""

from collections import Counter
from datetime import timedelta

import pytest

from clinic.demo.story.cast import KINDS, TEAM
from clinic.demo.story.charts import runners
from clinic.demo.story.script import Script
from tests.cast import at

WHOLE = Script(now=at(10, 42))


def how_full(script: Script) -> list[float]:
    """Return how full each whole week to come is, as a share of the hours that are open."""
    monday = at(0, day=6).date()
    shares = []
    for week in range(5):
        days = [monday + timedelta(days=7 * week + day) for day in range(7)]
        spans = [span for on in days for member in range(len(TEAM)) for span in script.open_minutes(member, on)]
        taken = sum(KINDS[visit.kind].length for visit in script.visits if visit.starts_at.date() in days)
        shares.append(taken / sum(until - since for since, until in spans))
    return shares


def test_the_weeks_to_come_are_seventy_to_eighty_five_percent_full() -> None:
    shares = how_full(WHOLE)

    assert all(0.70 <= share <= 0.85 for share in shares), shares


def test_some_two_hundred_people_come() -> None:
    people = {visit.person for visit in WHOLE.visits}

    assert 190 <= len(people) <= 210


def test_about_nine_percent_stay_away() -> None:
    told = Counter(moment.what for _, moments in WHOLE.days for moment in moments)

    assert 0.075 <= told["no show"] / (told["no show"] + told["complete"]) <= 0.105


def test_nobody_comes_on_a_weekend_or_on_the_closed_day() -> None:
    days = {visit.starts_at.date() for visit in WHOLE.visits}

    assert {on for on in days if on.weekday() > 4 or on in WHOLE.closed} == set()


def test_nothing_is_told_that_has_not_happened() -> None:
    assert [moment for _, moments in WHOLE.days for moment in moments if moment.at > WHOLE.now] == []


def test_one_person_will_not_come_again() -> None:
    assert WHOLE.gone() is not None


def test_the_same_seed_tells_the_same_story() -> None:
    def told(script: Script) -> list[tuple[object, ...]]:
        return [
            (moment.at, moment.what, moment.visit.person, moment.by, moment.words)
            for _, moments in script.days
            for moment in moments
        ]

    assert told(Script(now=at(10, 42))) == told(WHOLE)


@pytest.mark.parametrize("day", range(-1, 6))
@pytest.mark.parametrize("hour", [3, 8, 13, 23])
def test_it_can_be_told_at_any_hour_of_any_day(day: int, hour: int) -> None:
    script = Script(now=at(hour, day=day), weeks_past=1, weeks_ahead=1, count=60)

    assert script.days[-1][0] == script.now.astimezone(script.zone).date()


@pytest.mark.parametrize("day", range(-3, 25, 4))
def test_three_who_came_to_dana_have_a_chart_whatever_the_day(day: int) -> None:
    script = Script(now=at(10, day=day))

    chosen = runners(script.visits, came=script.came)

    assert [one.end for one in chosen] == ["discharged", "unsigned", "signed"]
    assert len({one.person for one in chosen}) == 3
