"""Running again goes up a ladder, by lights, and not too fast."""

from datetime import date
from decimal import Decimal

import pytest

from clinic.care.homecare.rules.ladder import BEYOND_WORDS, LADDER, may_begin, next_run_on, stage, stage_words
from clinic.care.homecare.rules.pain import Decision, Light, RunReport, decide, light
from clinic.care.homecare.rules.volume import changed_at_once, growth_warning, lighter_week_is_due
from clinic.refusals import NotFound

G, A, R, E = Light.GREEN, Light.AMBER, Light.RED, Light.EMERGENCY
EASY = RunReport(during=2, baseline=1, next_morning=1)


def test_the_ladder_is_that_of_the_reference() -> None:
    rungs = [(rung.number, rung.walk_min, rung.run_each_min, rung.times, rung.run_min) for rung in LADDER]

    assert rungs == [
        (0, 30, 0, 1, 0),
        (1, 4, 1, 6, 6),
        (2, 3, 2, 6, 12),
        (3, 3, 3, 5, 15),
        (4, 2, 4, 5, 20),
        (5, 1, 5, 5, 25),
        (6, 1, 9, 3, 27),
        (7, 0, 30, 1, 30),
    ]


def test_a_stage_is_said_in_a_sentence() -> None:
    assert stage_words(0) == "Walk briskly for 30 min."
    assert stage_words(4) == "Walk 2 min, run 4 min, 5 times."
    assert stage_words(7) == "Run easily for 30 min without a break."
    assert stage_words(8) == BEYOND_WORDS


@pytest.mark.parametrize("number", [-1, 8])
def test_there_is_no_rung_beyond_the_ladder(number: int) -> None:
    with pytest.raises(NotFound) as refused:
        stage(number)

    assert refused.value.sentence == "The ladder has stages 0 to 7; from 8 on, plan by weekly distance."


def test_running_begins_after_half_an_hour_of_calm_walking() -> None:
    assert may_begin(walks_min=30, symptoms_rose=False)
    assert not may_begin(walks_min=29, symptoms_rose=False)
    assert not may_begin(walks_min=45, symptoms_rose=True)


def test_a_day_of_rest_lies_between_runs_until_stage_seven() -> None:
    monday = date(2026, 11, 30)

    assert next_run_on(last_run_on=monday, stage_number=6) == date(2026, 12, 2)
    assert next_run_on(last_run_on=monday, stage_number=7) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (EASY, G),
        (EASY._replace(during=3), G),
        (EASY._replace(next_morning=None), G),
        (EASY._replace(next_morning=0), G),
        (EASY._replace(stiff_min=60), G),
        (EASY._replace(during=4), A),
        (EASY._replace(during=5), A),
        (EASY._replace(rising=True), A),
        (EASY._replace(next_morning=2), A),
        (EASY._replace(stiff_min=61), A),
        (EASY._replace(during=6), R),
        (EASY._replace(limp=True), R),
        (EASY._replace(below_the_knee=True), R),
        (EASY._replace(next_morning=3), R),
        (EASY._replace(during=9, emergency=True), E),
    ],
)
def test_a_run_gets_the_light_that_its_worst_answer_asks_for(report: RunReport, expected: Light) -> None:
    assert light(report) == expected


@pytest.mark.parametrize(
    ("stage_now", "lights", "stage_next", "words"),
    [
        (3, [G], 3, "That went well. Once more on this stage."),
        (3, [G, G], 4, "Go on to the next stage."),
        (3, [A, G], 3, "That went well. Once more on this stage."),
        (3, [A, G, G], 4, "Go on to the next stage."),
        (7, [G, G], 8, "Go on to the next stage."),
        (8, [G, G], 8, "Go on to the next stage."),
        (3, [G, A], 3, "Stay on this stage."),
        (3, [A, G, A], 3, "Stay on this stage."),
        (3, [A, A], 2, "Go one stage back."),
        (0, [A, A], 0, "Go one stage back."),
    ],
)
def test_lights_move_a_runner_along_the_ladder(
    stage_now: int, lights: list[Light], stage_next: int, words: str
) -> None:
    assert decide(stage_now, lights) == Decision(lights[-1], stage_next, words)


def test_red_goes_back_rests_and_tells_the_therapist() -> None:
    assert decide(3, [G, R]) == Decision(
        R,
        2,
        "Stop running, and only walk for 48 hours. Your therapist will look at it.",
        walk_only_hours=48,
        tell_the_therapist=True,
    )


def test_an_emergency_says_only_what_to_do_now() -> None:
    assert decide(3, [E]) == Decision(E, 3, "Stop. Call 911 or go to an emergency room now.", tell_the_therapist=True)


def test_more_than_a_tenth_in_a_week_is_warned_of() -> None:
    assert growth_warning(last_km=Decimal(20), next_km=Decimal(22)) is None
    assert growth_warning(last_km=Decimal(0), next_km=Decimal(5)) is None
    assert growth_warning(last_km=Decimal(20), next_km=Decimal(25)) == (
        "25 km is 25 % more than last week's 20 km; at most 10 % is the convention."
    )


def test_after_three_growing_weeks_a_lighter_one_is_due() -> None:
    weeks = [Decimal(n) for n in (20, 22, 24)]

    assert lighter_week_is_due(weeks)
    assert not lighter_week_is_due(weeks[1:])
    assert not lighter_week_is_due([*weeks, Decimal(18)])


def test_two_new_things_in_a_week_are_warned_of() -> None:
    assert changed_at_once(["hills"]) is None
    assert changed_at_once(["speed", "hills"]) == "hills and speed change in one week: change one thing at a time."
