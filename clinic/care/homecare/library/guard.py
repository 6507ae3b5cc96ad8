"""Weigh an exercise against the patient: the preferred direction, irritability, and what else is known.

The rules are those of the clinical reference, D2. The program proposes and a therapist decides: to go on against a
conflict needs a reason, and the list is weighed anew whenever the preferred direction changes.
"""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import NamedTuple

from clinic.care.homecare.library.dose import Dose, Side
from clinic.care.homecare.library.exercise import OURS, Direction, Exercise, Flag, Level
from clinic.care.homecare.library.exercises import EXERCISES
from clinic.care.homecare.library.to_stop import TO_STOP, ToStop

LONG = (
    "Long 2004, Spine 29:2593: of 312 patients 74 % had a preferred direction; a third of those given the opposite or "
    "neutral exercise quit within two weeks for no gain or worse, and of those given the matching one nobody did"
)
POLICY = f"Clinical reference D2. {OURS}"
LINGERS_MIN = 30
"""Minutes for which pain may stay worse after an exercise (clinical reference, D2; ``OURS``)."""


class Preference(StrEnum):
    """The direction that eases the patient's pain, as tested by repeated movements."""

    EXTENSION = "extension"
    FLEXION = "flexion"
    LATERAL_LEFT = "lateral, left"
    LATERAL_RIGHT = "lateral, right"
    NONE = "none"
    UNTESTED = "untested"


class Irritability(StrEnum):
    """How easily the pain is stirred up, and how long it stays."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Conflict(NamedTuple):
    """What speaks against an exercise, in a sentence for the therapist, with its source."""

    level: Level
    reason: str
    source: str


LATERAL = {Preference.LATERAL_LEFT: Side.LEFT, Preference.LATERAL_RIGHT: Side.RIGHT}
OPPOSITE = {Preference.EXTENSION: Direction.FLEXION, Preference.FLEXION: Direction.EXTENSION}


class _Asked(NamedTuple):
    preference: Preference
    irritability: Irritability
    exercise: Exercise
    flags: Collection[Flag]
    dose: Dose


def conflicts(
    direction_preference: Preference,
    irritability: Irritability,
    exercise: Exercise,
    flags: Collection[Flag] = (),
    *,
    dose: Dose | None = None,
) -> list[Conflict]:
    """Return all that speaks against an exercise at a dose (its own by default), what must stop first."""
    asked = _Asked(direction_preference, irritability, exercise, flags, dose or exercise.dose)
    found = [conflict for rule in RULES for conflict in rule(asked)]
    return sorted(found, key=lambda conflict: conflict.level is not Level.STOP)


def symptom_conflict(*, spreads_down_the_leg: bool, worse_for_min: int) -> Conflict | None:
    """Return the red rule over all others: stop what spreads pain down the leg, or leaves it worse for over 30 min."""
    if spreads_down_the_leg:
        return Conflict(Level.STOP, "It spreads pain down the leg: stop it, and look again.", POLICY)
    if worse_for_min > LINGERS_MIN:
        sentence = f"It left the pain worse for {worse_for_min} min, more than {LINGERS_MIN}: stop it, and look again."
        return Conflict(Level.STOP, sentence, POLICY)
    return None


def exercises_to_stop(direction_preference: Preference) -> list[Exercise]:
    """Return the exercises of the library that go against the preferred direction: the patient's avoid list."""
    opposite = OPPOSITE.get(direction_preference)
    return [exercise for exercise in EXERCISES if exercise.direction is opposite and not exercise.slight]


def things_to_stop(direction_preference: Preference, irritability: Irritability) -> list[ToStop]:
    """Return what patients often do that this one should leave out, to be picked from by the therapist."""
    opposite = OPPOSITE.get(direction_preference)
    return [
        thing
        for thing in TO_STOP
        if thing.against_all
        or thing.direction is opposite
        or (irritability is Irritability.HIGH and thing.loaded)
        or (irritability is not Irritability.LOW and thing.direction is Direction.NONE)
    ]


def _against_the_direction(asked: _Asked) -> list[Conflict]:
    exercise, wanted = asked.exercise, asked.preference
    if exercise.direction is not OPPOSITE.get(wanted):
        return []
    if exercise.slight:
        sentence = f"{wanted.capitalize()} eases this patient, and this one goes a little into {exercise.direction}."
        return [Conflict(Level.CAUTION, sentence, LONG)]
    eases = f"{wanted.capitalize()} eases this patient"
    sentence = f"{eases}, and this is {exercise.direction}: it belongs on the stop list."
    return [Conflict(Level.STOP, sentence, LONG)]


def _before_the_shift_is_cleared(asked: _Asked) -> list[Conflict]:
    if asked.preference not in LATERAL or asked.exercise.direction not in (Direction.FLEXION, Direction.ROTATION):
        return []
    sentence = f"Clear the lateral shift first: {asked.exercise.direction} may wait until then."
    return [Conflict(Level.CAUTION, sentence, POLICY)]


def _untested_side(asked: _Asked) -> list[Conflict]:
    if asked.exercise.direction is not Direction.LATERAL:
        return []
    wanted = LATERAL.get(asked.preference)
    if wanted is None:
        return [Conflict(Level.CAUTION, "Only in a direction that was tested: no lateral preference is noted.", POLICY)]
    if asked.dose.side in (Side.LEFT, Side.RIGHT) and asked.dose.side is not wanted:
        sentence = f"The tested direction is to the {wanted}, and this is to the {asked.dose.side}."
        return [Conflict(Level.STOP, sentence, POLICY)]
    if asked.dose.side is not wanted:
        return [Conflict(Level.CAUTION, f"Say the side: the tested direction is to the {wanted}.", POLICY)]
    return []


def _too_much_for_the_irritable(asked: _Asked) -> list[Conflict]:
    if asked.irritability is not Irritability.HIGH:
        return []
    if asked.exercise.loaded or (asked.dose.load is not None and asked.dose.load.is_external):
        return [Conflict(Level.CAUTION, "Irritability is high, and this loads the back.", POLICY)]
    if asked.exercise.end_range_rotation:
        return [Conflict(Level.CAUTION, "Irritability is high, and this turns the back to its end.", POLICY)]
    return []


def _cautions_that_apply(asked: _Asked) -> list[Conflict]:
    return [
        Conflict(caution.level, caution.words, f"Clinical reference D3. {OURS}")
        for caution in asked.exercise.cautions
        if caution.flag in asked.flags
    ]


RULES: tuple[Callable[[_Asked], list[Conflict]], ...] = (
    _against_the_direction,
    _before_the_shift_is_cleared,
    _untested_side,
    _too_much_for_the_irritable,
    _cautions_that_apply,
)
