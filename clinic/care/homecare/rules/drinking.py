"""Drinking around a run: general health, and not a treatment of back pain, for which no evidence was found.

Amounts before and during: NATA 2000 (clinical reference, E1 with source 55, slides: secondary). Lose less than 2 % of
body weight, and never gain (ACSM 2007; NATA 2017, J Athl Train 52:877). No amount is shown to patients for whom one
may be dangerous.
"""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from clinic.care.homecare.rules import OURS
from clinic.refusals import Unacceptable

SOURCE = "NATA 2000; NATA 2017, J Athl Train 52:877; ACSM 2007 position stand"
AFTER_SOURCE = f"1.25 to 1.5 L for each kg lost: from memory. {OURS}"
HEADING = "Drinking, for your general health"
ASK = "Ask your doctor how much you should drink."
NOT_TOO_MUCH = "Do not drink more than you lose: too much water can be dangerous."
AFTER_L_PER_KG = (Decimal("1.25"), Decimal("1.5"))
MOST_LOSS_PERCENT = Decimal(2)


class Gate(StrEnum):
    """What makes advice on amounts unsafe (``OURS``: from memory)."""

    HEART_FAILURE = "heart failure"
    KIDNEY_DISEASE = "kidney disease"
    FLUID_RESTRICTION = "a fluid restriction"
    LOW_SODIUM = "low sodium in the past"
    DIURETICS = "diuretics"


class DrinkingRefused(Unacceptable):
    """A weight, an amount or a time cannot be."""


class Weighed(NamedTuple):
    """What was weighed and measured around a run: kg, liters, minutes."""

    before_kg: Decimal
    after_kg: Decimal
    drunk_l: Decimal
    minutes: int
    urine_l: Decimal = Decimal(0)


class Sweat(NamedTuple):
    """What a run cost: liters of sweat in all and in an hour, and the loss of weight in percent (below 0: a gain)."""

    liters: Decimal
    liters_per_hour: Decimal
    loss_percent: Decimal
    words: str


def drinking_words(gates: Collection[Gate]) -> tuple[str, ...]:
    """Return the advice for a patient: amounts, or only to ask the doctor where a gate is closed."""
    if gates:
        return (ASK,)
    return (
        "Two to three hours before a run, drink 500 to 600 mL (17 to 20 fl oz).",
        "In the last 10 to 20 minutes before it, 200 to 300 mL (7 to 10 fl oz).",
        "During the run, drink by thirst.",
        NOT_TOO_MUCH,
    )


def sweat(weighed: Weighed, gates: Collection[Gate] = ()) -> Sweat:
    """Return how much was sweated; raises DrinkingRefused for what cannot be.

    Sweat is weight lost, plus drunk, less urine (clinical reference, E1 with source 59). No amount is advised where a
    gate is closed.
    """
    _check(weighed)
    lost_kg = weighed.before_kg - weighed.after_kg
    liters = lost_kg + weighed.drunk_l - weighed.urine_l
    if liters < 0:
        raise DrinkingRefused("That adds up to less than no sweat: check the two weights.", field="after_kg")
    percent = lost_kg / weighed.before_kg * 100
    return Sweat(
        _to_hundredths(liters),
        _to_hundredths(liters * 60 / weighed.minutes),
        percent.quantize(Decimal("0.1")),
        _sweat_words(lost_kg, percent, gates),
    )


def _sweat_words(lost_kg: Decimal, percent: Decimal, gates: Collection[Gate]) -> str:
    if gates:
        return ASK
    if lost_kg < 0:
        return "You gained weight: you drank more than you lost. Drink less next time; too much can be dangerous."
    least, most = (_to_tenths(lost_kg * liters) for liters in AFTER_L_PER_KG)
    after = f"Drink {least} to {most} L in the hours after."
    if percent > MOST_LOSS_PERCENT:
        return f"You lost more than 2 % of your weight: drink more on the way. {after}"
    return after if lost_kg else "You lost no weight: you drank what you needed."


def _check(weighed: Weighed) -> None:
    for field, value in (("before_kg", weighed.before_kg), ("after_kg", weighed.after_kg)):
        if not (value.is_finite() and 30 <= value <= 300):
            raise DrinkingRefused("A weight is 30 to 300 kg.", field=field)
    for field, value in (("drunk_l", weighed.drunk_l), ("urine_l", weighed.urine_l)):
        if not (value.is_finite() and 0 <= value <= 10):
            raise DrinkingRefused("An amount is 0 to 10 liters.", field=field)
    if not 10 <= weighed.minutes <= 1440:
        raise DrinkingRefused("A run is 10 to 1440 minutes.", field="minutes")


def _to_hundredths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _to_tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
