"""What a patient does at home: exercise, heat and cold, drinking, rest, running."""

from clinic.care import defaults
from clinic.care.homecare.exercises import PREFIX, check_value, exercise, exercises, found_by, shipped
from clinic.care.homecare.models import HomeEvent, HomeItem
from clinic.care.homecare.prescribe import (
    AlreadyThere,
    ChangedBefore,
    GoesAgainst,
    Prescription,
    Weighed,
    change_item,
    prescribe,
    to_weigh_again,
    warnings_for,
)
from clinic.care.homecare.queries import Entry, all_of, program_of, todays
from clinic.care.homecare.stop import REASONS, pause_item, resume_item, stop_item

defaults.bring(shipped(), prefix=PREFIX, check=check_value)

__all__ = [
    "REASONS",
    "AlreadyThere",
    "ChangedBefore",
    "Entry",
    "GoesAgainst",
    "HomeEvent",
    "HomeItem",
    "Prescription",
    "Weighed",
    "all_of",
    "change_item",
    "exercise",
    "exercises",
    "found_by",
    "pause_item",
    "prescribe",
    "program_of",
    "resume_item",
    "shipped",
    "stop_item",
    "to_weigh_again",
    "todays",
    "warnings_for",
]
