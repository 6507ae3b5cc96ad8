"""What was measured."""

from clinic.care.notes.sentences.facts import VisitFacts
from clinic.care.notes.sentences.parts import Sentence
from clinic.care.notes.sentences.values import compared


def objective(facts: VisitFacts) -> tuple[Sentence, ...]:
    """Return today's measurements beside those before, what is measured for the first time, and what is missing."""
    return compared(facts.values, visit=facts.visit, measured="measured")
