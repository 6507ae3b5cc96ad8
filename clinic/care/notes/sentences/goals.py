"""Where a goal stands, for the progress report, the re-evaluation and the discharge."""

from decimal import Decimal

from clinic.care.notes.sentences.facts_of_goals import GoalFacts
from clinic.care.notes.sentences.numbers import amount, share, size
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, Word, clause, joined, sentence, tidy
from clinic.care.notes.sentences.thresholds import direction, reading

COMPARISONS = {"<=": "≤ ", ">=": "≥ ", "=": ""}
RECORDED = {"met": "met", "partly": "partly met", "not_met": "not met", "discontinued": "discontinued"}


def goal_sentence(goal: GoalFacts) -> Sentence:
    """Return where a goal stands.

    LT2, sit, lift and sleep as before: ODI 28 at the start, 24 last time, 22 today; target ≤ 16, 50 % of the way; 6
    better than at the start, within measurement error (10) and less than the important change (10).
    """
    named = joined((Part(tidy(goal.code), goal.field), _traced(tidy(goal.words), goal)), ", ")
    recorded = f"recorded as {RECORDED[goal.status]}" if goal.status in RECORDED else ""
    return sentence(named, ": ", joined((_measured(goal), _target(goal), _change(goal), recorded)))


def _traced(words: str, goal: GoalFacts) -> Part:
    """Return words of the goal, traced where they hold a digit."""
    return Part(words, goal.field if any(sign.isdigit() for sign in words) else "")


def _measured(goal: GoalFacts) -> Clause:
    """Return the values: ODI 28 at the start, 24 last time, 22 today."""
    known = ((goal.baseline, "at the start"), (goal.last, "last time"), (goal.today, "today"))
    told: list[Word] = [
        clause(Part(amount(value, goal.unit), goal.field), f" {when}") for value, when in known if value is not None
    ]
    missing = ["not measured today"] if goal.today is None else []
    return joined((_traced(tidy(goal.measure), goal), joined([*told, *missing], ", ")), " ")


def _target(goal: GoalFacts) -> Clause:
    """Return the target and how far the way to it is done: target ≤ 16, 50 % of the way."""
    if goal.target is None:
        return ()
    target = Part(f"{COMPARISONS[goal.comparison]}{amount(goal.target, goal.unit)}", goal.field)
    return joined((clause("target ", target), _way(goal, goal.target)), ", ")


def _way(goal: GoalFacts, target: Decimal) -> Part:
    """Return how far the way from the start to the target is done; nothing where it leads away, or is not begun."""
    if goal.today is None:
        return Part("")
    if _reached(goal.today, goal.comparison, target):
        return Part("reached today")
    if goal.baseline is None or _reached(goal.baseline, goal.comparison, target):
        return Part("not reached today")
    gone, whole = goal.today - goal.baseline, target - goal.baseline
    if not gone or (gone > 0) != (whole > 0):
        return Part("")
    done = share(gone, whole)
    return Part(f"{done} % of the way", goal.field) if done < 100 else Part("past it today")


def _reached(value: Decimal, comparison: str, target: Decimal) -> bool:
    return {"<=": value <= target, ">=": value >= target, "=": value == target}[comparison]


def _change(goal: GoalFacts) -> Clause:
    """Return the change since the start, with its direction and its measure's thresholds."""
    if goal.today is None or goal.baseline is None:
        return ()
    delta = goal.today - goal.baseline
    if not delta:
        return clause("unchanged since the start")
    large, better = size(delta, goal.unit), direction(delta, lower_is_better=goal.lower_is_better)
    words = f"{large} {better} than at the start" if better else f"a change of {large} since the start"
    how = reading(delta, unit=goal.unit, mdc=goal.mdc, mcid=goal.mcid)
    return joined((Part(words, goal.field), how), ", ")
