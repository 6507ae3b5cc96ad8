"""Advice on drinking is general health, has its gates, and warns of too much."""

from decimal import Decimal

import pytest

from clinic.care.homecare.rules.drinking import ASK, DrinkingRefused, Gate, Sweat, Weighed, drinking_words, sweat

RUN = Weighed(before_kg=Decimal("70.0"), after_kg=Decimal("69.2"), drunk_l=Decimal("0.5"), minutes=90)


def test_amounts_are_shown_where_nothing_speaks_against_them() -> None:
    assert drinking_words(()) == (
        "Two to three hours before a run, drink 500 to 600 mL (17 to 20 fl oz).",
        "In the last 10 to 20 minutes before it, 200 to 300 mL (7 to 10 fl oz).",
        "During the run, drink by thirst.",
        "Do not drink more than you lose: too much water can be dangerous.",
    )


@pytest.mark.parametrize("gate", list(Gate))
def test_behind_any_gate_only_the_doctor_is_named(gate: Gate) -> None:
    assert drinking_words({gate}) == (ASK,)
    assert sweat(RUN, {gate}).words == ASK


def test_sweat_is_weight_lost_plus_drunk_less_urine() -> None:
    found = sweat(RUN._replace(urine_l=Decimal("0.1")))

    assert found == Sweat(Decimal("1.20"), Decimal("0.80"), Decimal("1.1"), "Drink 1.0 to 1.2 L in the hours after.")


@pytest.mark.parametrize(
    ("after_kg", "words"),
    [
        (
            Decimal("68.0"),
            "You lost more than 2 % of your weight: drink more on the way. Drink 2.5 to 3.0 L in the hours after.",
        ),
        (Decimal("70.0"), "You lost no weight: you drank what you needed."),
        (
            Decimal("70.3"),
            "You gained weight: you drank more than you lost. Drink less next time; too much can be dangerous.",
        ),
    ],
)
def test_loss_and_gain_are_said_plainly(after_kg: Decimal, words: str) -> None:
    assert sweat(RUN._replace(after_kg=after_kg)).words == words


@pytest.mark.parametrize(
    ("weighed", "field"),
    [
        (RUN._replace(before_kg=Decimal(0)), "before_kg"),
        (RUN._replace(after_kg=Decimal(301)), "after_kg"),
        (RUN._replace(drunk_l=Decimal(-1)), "drunk_l"),
        (RUN._replace(urine_l=Decimal("NaN")), "urine_l"),
        (RUN._replace(minutes=0), "minutes"),
        (RUN._replace(after_kg=Decimal(75)), "after_kg"),
    ],
)
def test_what_cannot_be_is_refused(weighed: Weighed, field: str) -> None:
    with pytest.raises(DrinkingRefused) as refused:
        sweat(weighed)

    assert refused.value.field == field
