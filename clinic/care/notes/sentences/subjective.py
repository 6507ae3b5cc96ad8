"""What the patient says and logged."""

from clinic.care.notes.sentences.facts import HOME_DONE, NEW_EVENT, RUNS, SINCE_LAST, Run, VisitFacts
from clinic.care.notes.sentences.parts import Clause, Part, Sentence, clause, joined, sentence, tidy
from clinic.care.notes.sentences.values import compared
from clinic.timetable.words import day_words

SINCE_LAST_WORDS = {"better": "feeling better", "same": "no change", "worse": "feeling worse"}
NO_EVENT = "none"


def subjective(facts: VisitFacts) -> tuple[Sentence, ...]:
    """Return what the patient reports, the pain against the visit before, runs, home program and events."""
    return (
        *_since_last(facts.since_last),
        *compared(facts.pain, visit=facts.visit, measured="reported"),
        *_runs(facts.runs),
        *_home(facts.home_done, facts.home_planned),
        *_event(tidy(facts.new_event)),
    )


def _since_last(answer: str) -> tuple[Sentence, ...]:
    if not answer:
        return ()
    said = Part(SINCE_LAST_WORDS[answer], SINCE_LAST)
    return (sentence("The patient reports ", said, " since the last visit"),)


def _runs(runs: tuple[Run, ...]) -> tuple[Sentence, ...]:
    if not runs:
        return ()
    count = Part(f"{len(runs)} run{'' if len(runs) == 1 else 's'}", RUNS)
    return (sentence(count, " since the last visit: ", joined(map(_run, runs))),)


def _run(run: Run) -> Clause:
    """Return a run: Sat Nov 21, 20 min at 172 spm, 64 % in the cadence band, pain 2/10 during, 1/10 next morning."""
    steps = "" if run.spm is None else f" at {run.spm} spm"
    band = "" if run.in_band_pct is None else f"{run.in_band_pct} % in the cadence band"
    far = "" if run.km is None else f", {run.km.normalize():f} km"
    told = (day_words(run.on, today=run.on), f"{run.minutes} min{far}{steps}", band, _run_pain(run))
    return clause(Part(", ".join(filter(None, told)), run.field))


def _run_pain(run: Run) -> str:
    during = "" if run.pain is None else f"{run.pain}/10 during"
    after = "" if run.next_morning is None else f"{run.next_morning}/10 the next morning"
    return f"pain {', '.join(filter(None, (during, after)))}" if during or after else ""


def _home(done: int | None, planned: int | None) -> tuple[Sentence, ...]:
    if done is None or (done == 0 and planned == 0):
        return ()
    count = f"{done} of {planned}" if planned else f"{done}"
    times = "time" if (planned or done) == 1 else "times"
    return (sentence("Home program done ", Part(count, HOME_DONE), f" {times} since the last visit"),)


def _event(words: str) -> tuple[Sentence, ...]:
    if not words:
        return ()
    if words == NO_EVENT:
        return (sentence(Part("No new event, fall, or medicine", NEW_EVENT)),)
    return (sentence("New event, fall, or medicine: ", Part(words, NEW_EVENT)),)
