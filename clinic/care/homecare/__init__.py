"""What a patient does at home: exercise, heat and cold, drinking, rest, running."""

from clinic.care.homecare.models import HomeEvent, HomeItem
from clinic.care.homecare.queries import Entry, program_of

__all__ = ["Entry", "HomeEvent", "HomeItem", "program_of"]
