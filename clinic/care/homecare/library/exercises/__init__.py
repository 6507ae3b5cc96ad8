"""The starter library: the 36 exercises of the clinical reference, D3, in own words, in its order."""

from collections.abc import Mapping
from types import MappingProxyType

from clinic.care.homecare.library.exercise import Exercise
from clinic.care.homecare.library.exercises.directional import DIRECTIONAL
from clinic.care.homecare.library.exercises.hips import HIPS
from clinic.care.homecare.library.exercises.legs import LEGS
from clinic.care.homecare.library.exercises.stretches import STRETCHES
from clinic.care.homecare.library.exercises.trunk import TRUNK

EXERCISES = tuple(
    sorted((*STRETCHES, *TRUNK, *HIPS, *LEGS, *DIRECTIONAL), key=lambda exercise: exercise.number),
)
BY_CODE: Mapping[str, Exercise] = MappingProxyType({exercise.code: exercise for exercise in EXERCISES})

__all__ = ["BY_CODE", "EXERCISES"]
