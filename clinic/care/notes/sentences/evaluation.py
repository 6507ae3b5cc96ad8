"""What the evaluation found, in a few sentences."""

from datetime import date
from decimal import Decimal

from clinic.care.notes.sentences.facts_of_evaluation import (
    ONSET,
    RED_FLAGS,
    WEEKLY_BEFORE,
    WEEKLY_NOW,
    EvaluationFacts,
    Flag,
    Outside,
    Region,
)
from clinic.care.notes.sentences.numbers import amount, number, share
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, clause, inside, joined, sentence, tidy
from clinic.care.notes.sentences.values import plain
from clinic.timetable.words import date_words


def evaluation_summary(facts: EvaluationFacts) -> tuple[Sentence, ...]:
    """Return pain, regions, onset, running distance, what is outside normal, and the red-flag screen."""
    pain = [value for value in facts.pain if value.now is not None]
    outside = [one for one in facts.outside if one.value.now is not None]
    return (
        *((sentence(joined(map(plain, pain), ", ")),) if pain else ()),
        *((sentence("Body chart: ", joined(map(_region, facts.regions))),) if facts.regions else ()),
        *_onset(facts.onset_on, tidy(facts.onset)),
        *_weekly(facts),
        *((sentence("Outside normal: ", joined(map(_outside, outside))),) if outside else ()),
        *_red_flags(facts.red_flags),
    )


def _region(region: Region) -> Clause:
    """Return a region: low back, left 5/10, ache, deep."""
    pain = "" if region.pain is None else f"{region.pain}/10"
    where = joined((Part(inside(region.words), region.field), Part(pain, region.field)), " ")
    return joined((where, Part(inside(region.quality), region.field)), ", ")


def _onset(on: date | None, kind: str) -> tuple[Sentence, ...]:
    told = joined((Part(date_words(on) if on else "", ONSET), Part(kind, ONSET)), ", ")
    return (sentence("Onset ", told),) if told else ()


def _weekly(facts: EvaluationFacts) -> tuple[Sentence, ...]:
    """Return the distance run in a week: Weekly running distance 38 → 12 km, 68 % less than before."""
    now, before, unit = facts.weekly_now, facts.weekly_before, facts.distance_unit
    if now is None:
        return ()
    told = Part(amount(now, unit), WEEKLY_NOW)
    if before is None:
        return (sentence("Weekly running distance ", told),)
    if now == before:
        return (sentence("Weekly running distance ", told, ", unchanged"),)
    moved = clause(Part(number(before), WEEKLY_BEFORE), " → ", told)
    return (sentence("Weekly running distance ", joined((moved, _percent(now, before)), ", ")),)


def _percent(now: Decimal, before: Decimal) -> Clause:
    """Return how much less or more a distance is, nothing where that is under 1 % or the start was zero."""
    change = share(now - before, before) if before else 0
    words = f"{abs(change)} % {'less' if change < 0 else 'more'}" if change else ""
    return clause(Part(words, WEEKLY_NOW), " than before") if words else ()


def _outside(one: Outside) -> Clause:
    """Return a value beside what is normal: straight leg raise, left 55° (normal ≥ 70°)."""
    return clause(plain(one.value), f" (normal {tidy(one.normal)})")


def _red_flags(flags: tuple[Flag, ...]) -> tuple[Sentence, ...]:
    """Return what the screen found: every yes and every question left open by name, the noes by number."""
    yes = [flag for flag in flags if flag.answer]
    no = [flag for flag in flags if flag.answer is False]
    open_ = [flag for flag in flags if flag.answer is None]
    if not yes and not no:
        return ()
    count = f"all {len(no)}" if len(no) == len(flags) > 1 else f"{len(no)} of {len(flags)}"
    return (
        *((sentence("Red-flag screen, answered yes: ", _names(yes)),) if yes else ()),
        *((sentence("Red-flag screen: ", Part(count, RED_FLAGS), " answered no"),) if no else ()),
        *((sentence("Red-flag screen, not answered: ", _names(open_)),) if open_ else ()),
    )


def _names(flags: list[Flag]) -> Clause:
    """Return the questions, each traced to its answer."""
    return joined(Part(inside(flag.label), flag.field) for flag in flags)
