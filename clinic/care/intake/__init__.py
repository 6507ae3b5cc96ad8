"""The first request's answers: the emergency sentence, and what hurts."""

from clinic.care.intake.models import Screening
from clinic.care.intake.screen import Emergency, link_screening, name_the_caller, screen
from clinic.care.intake.take_note import take_note

__all__ = ["Emergency", "Screening", "link_screening", "name_the_caller", "screen", "take_note"]
