"""What was done."""

from clinic.care.notes.sentences.facts import MINUTES, Treated, VisitFacts
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, clause, inside, joined, named, sentence, tidy
from clinic.care.notes.sentences.values import sided


def interventions(facts: VisitFacts) -> tuple[Sentence, ...]:
    """Return one sentence for each intervention, then what was left out, and the total minutes."""
    left_out = joined(map(inside, facts.left_out))
    return (
        *map(_treated, facts.treated),
        *((sentence("Done at the last visit, not today: ", left_out),) if left_out else ()),
        *_total(facts.minutes),
    )


def _treated(one: Treated) -> Sentence:
    """Return an intervention: Side plank, each side: 3 × 15 s → 3 × 20 s, 4 min; effort 6, form held."""
    minutes = "" if one.minutes is None else f"{one.minutes} min"
    doing = joined(("new today" if one.is_new else "", _dose(one), Part(minutes, one.field)), ", ")
    told = joined((doing, Part(tidy(one.response), one.field))) or clause("done")
    return sentence(named(sided(one.name, side=one.side), one.field), ": ", told)


def _dose(one: Treated) -> Clause:
    """Return the dose: 3 × 15 s → 3 × 20 s where it changed."""
    now, before = tidy(one.dose_now), tidy(one.dose_before or "")
    if one.is_new or not now or not before:
        return clause(Part(now, one.field))
    if now == before:
        return clause(Part(now, one.field), ", dose unchanged")
    return clause(Part(f"{before} → {now}", one.field))


def _total(minutes: int | None) -> tuple[Sentence, ...]:
    return () if minutes is None else (sentence("Total treatment time ", Part(f"{minutes} min", MINUTES)),)
