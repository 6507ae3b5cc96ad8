"""Sentences written by rule from what changed between visits, each number traceable to the field that it came from.

Nothing here copies prose from an earlier note or draws a conclusion: a sentence says what was measured, by how much it
changed, in which direction better lies, and how the change compares with the measure's own thresholds. What that means
is for the clinician to write.

**What is traced.** A run of digits always lies in a part that names a field, save three kinds, which are no findings:

1. the number of a visit, straight after the word "visit": "unchanged since visit 3";
2. thresholds and normal values, in parentheses: "within measurement error (10)", "15° (normal ≥ 25°)";
3. the names in ``left_out``: they belong to the last visit's note and have no field in today's.

Names given by the caller (labels, treatments, goals) are traced where they hold a digit: "worst pain in 24 h". Today's
own free words (a response, a new event, a dose) are always traced. Shares are rounded toward zero.
"""

from clinic.care.notes.sentences.assessment import assessment
from clinic.care.notes.sentences.evaluation import evaluation_summary
from clinic.care.notes.sentences.facts import Run, Treated, Value, VisitFacts
from clinic.care.notes.sentences.facts_of_evaluation import EvaluationFacts, Flag, Outside, Region
from clinic.care.notes.sentences.facts_of_goals import GoalFacts
from clinic.care.notes.sentences.goals import goal_sentence
from clinic.care.notes.sentences.interventions import interventions
from clinic.care.notes.sentences.objective import objective
from clinic.care.notes.sentences.parts import Part, Sentence
from clinic.care.notes.sentences.subjective import subjective

__all__ = [
    "EvaluationFacts",
    "Flag",
    "GoalFacts",
    "Outside",
    "Part",
    "Region",
    "Run",
    "Sentence",
    "Treated",
    "Value",
    "VisitFacts",
    "assessment",
    "evaluation_summary",
    "goal_sentence",
    "interventions",
    "objective",
    "subjective",
]
