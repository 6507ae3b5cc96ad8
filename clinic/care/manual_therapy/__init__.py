"""Manual therapy as it was given at a visit: tender points, other techniques, and the checklist before."""

from clinic.care.manual_therapy.facts import ManualFacts, PointFacts, TechniqueFacts
from clinic.care.manual_therapy.models import CheckAnswer, ManualTherapy, Technique, TenderPoint
from clinic.care.manual_therapy.queries import Dated, Given, checklist_at, given_at, history_of, newest_note
from clinic.care.manual_therapy.write import changes_a_thrust, write

__all__ = [
    "CheckAnswer",
    "Dated",
    "Given",
    "ManualFacts",
    "ManualTherapy",
    "PointFacts",
    "Technique",
    "TechniqueFacts",
    "TenderPoint",
    "changes_a_thrust",
    "checklist_at",
    "given_at",
    "history_of",
    "newest_note",
    "write",
]
