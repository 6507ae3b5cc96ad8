"""The exercise library: what each exercise is, how much of it, when not, and how it looks. Pure."""

from clinic.care.homecare.library.dose import Dose, DoseRefused, Load, LoadUnit, Side, Span, words
from clinic.care.homecare.library.exercise import Caution, Direction, Exercise, Flag, Level, Variation
from clinic.care.homecare.library.exercises import BY_CODE, EXERCISES
from clinic.care.homecare.library.guard import Conflict, Irritability, Preference, conflicts
from clinic.care.homecare.library.to_stop import TO_STOP, ToStop

__all__ = [
    "BY_CODE",
    "EXERCISES",
    "TO_STOP",
    "Caution",
    "Conflict",
    "Direction",
    "Dose",
    "DoseRefused",
    "Exercise",
    "Flag",
    "Irritability",
    "Level",
    "Load",
    "LoadUnit",
    "Preference",
    "Side",
    "Span",
    "ToStop",
    "Variation",
    "conflicts",
    "words",
]
