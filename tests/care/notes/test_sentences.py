"""Generated sentences, word by word; ``CLINIC_GOLDEN=write`` writes the files anew, to be read by a person.

In a golden file ⟦5 → 3|pain_now⟧ is a part and the field that it came from.
"""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.notes.sentences import (
    EvaluationFacts,
    Flag,
    GoalFacts,
    Outside,
    Part,
    Region,
    Run,
    Sentence,
    Treated,
    Value,
    VisitFacts,
    assessment,
    evaluation_summary,
    goal_sentence,
    interventions,
    objective,
    subjective,
)

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "sentences"
D = Decimal
OF_VISIT = (subjective, objective, interventions, assessment)


def now(was: str | None, today: str | None, **facts: Any) -> Value:
    """Pain now, with the thresholds of the numeric rating scale."""
    return pain("pain_now", "Pain now", was, today, **facts)


def worst(was: str | None, today: str | None, **facts: Any) -> Value:
    return pain("pain_worst", "Worst pain in 24 h", was, today, **facts)


def pain(field: str, label: str, was: str | None, today: str | None, **facts: Any) -> Value:
    scale = {"unit": "/10", "lower_is_better": True, "mdc": D(2), "mcid": D(2)}
    return value(field, label, was, today, **{**scale, **facts})


def value(field: str, label: str, was: str | None, today: str | None, **facts: Any) -> Value:
    """A value of today and of visit 4."""
    known = {"now": today and D(today), "before": was and D(was), "before_visit": 4 if was else None}
    return Value(field=field, label=label, **{"lower_is_better": False, **known, **facts})


def extension(was: str | None, today: str | None, **facts: Any) -> Value:
    return value("measure.lumbar_extension.", "Lumbar extension, standing", was, today, **{"unit": "°", **facts})


def raised(was: str | None, today: str | None, side: str = "L", **facts: Any) -> Value:
    return value(f"measure.slr.{side}", "Straight leg raise", was, today, side=side, **{"unit": "°", **facts})


def plank(was: str | None, today: str | None, side: str = "L", **facts: Any) -> Value:
    return value(f"measure.side_plank.{side}", "Side plank", was, today, side=side, **{"unit": "s", **facts})


def tender(was: str | None, today: str | None, **facts: Any) -> Value:
    scale = {"unit": "/10", "lower_is_better": True}
    return value("tender.UPL5.L", "Tender point UPL5", was, today, side="L", **{**scale, **facts})


def squat(was: str | None, today: str | None, **facts: Any) -> Value:
    return value("measure.squat.", "Single-leg squat", was, today, **facts)


def cadence(was: str | None, today: str | None) -> Value:
    return value("gait.cadence", "Cadence", was, today, unit="spm", lower_is_better=None)


def visit(number: int = 5, **facts: Any) -> VisitFacts:
    return VisitFacts(visit=number, **facts)


RUNS = (
    Run(on=date(2026, 11, 21), minutes=20, spm=172, pain=2, next_morning=1, in_band_pct=64),
    Run(on=date(2026, 11, 23), minutes=20, spm=173, pain=3, next_morning=2, in_band_pct=78),
)
SUBJECTIVE = {
    "visit 5 in full": visit(
        since_last="better",
        pain=(now("5", "3"), worst("6", "4")),
        home_done=4,
        home_planned=6,
        new_event="none",
        runs=RUNS,
    ),
    "the same, nothing changed": visit(since_last="same", pain=(now("5", "5"), worst("6", "6"))),
    "worse, with an event": visit(
        since_last="worse", pain=(now("3", "6"),), new_event="Slipped on the stairs\nNov 21."
    ),
    "an event that ends in a question": visit(new_event="new blood pressure medicine?"),
    "the first visit": visit(1, pain=(now(None, "4"), worst(None, "6"))),
    "worst is asked for the first time": visit(pain=(now("5", "3"), worst(None, "6"))),
    "worst is not asked today": visit(pain=(now("5", "3"), worst("6", None))),
    "compared with different visits": visit(pain=(now("5", "3"), worst("6", "4", before_visit=2))),
    "compared with no known visit": visit(pain=(now("5", "3", before_visit=None),)),
    "halves": visit(pain=(now("4.50", "3.0"),)),
    "one run, little known": visit(runs=(Run(on=date(2026, 11, 21), minutes=20),)),
    "a run with its distance": visit(runs=(Run(on=date(2026, 11, 21), minutes=20, spm=172, km=Decimal("3.40")),)),
    "a run with the next morning only": visit(runs=(Run(on=date(2026, 11, 21), minutes=20, spm=172, next_morning=0),)),
    "home program, one time planned": visit(home_done=1, home_planned=1),
    "home program, nothing done": visit(home_done=0, home_planned=6),
    "home program, done once without a plan": visit(home_done=1),
    "home program, nothing planned": visit(home_done=0, home_planned=0),
    "nothing is known": visit(),
}
OBJECTIVE = {
    "visit 5 in full": visit(values=(extension("20", "25"), raised("60", "60"), plank("26", "30"), tender("4", "4"))),
    "the first visit": visit(1, values=(extension(None, "15"), raised(None, "55"), plank(None, "18"))),
    "some for the first time": visit(values=(extension("20", "25"), plank(None, "30"), plank(None, "34", "R"))),
    "some not today": visit(values=(extension("20", "25"), raised("60", None), squat("3", None, before_visit=2))),
    "never measured": visit(values=(extension(None, None),)),
    "compared with different visits": visit(values=(extension("15", "25", before_visit=1), plank("26", "30"))),
    "through zero": visit(values=(extension("-5", "2.50"), raised("0", "-0.5"))),
    "a person's name": visit(values=(value("measure.thomas.L", "Thomas test", "5", "10", side="L", unit="°"),)),
    "nothing is known": visit(),
}
INTERVENTIONS = {
    "visit 5 in full": visit(
        treated=(
            Treated(
                name="Strain-counterstrain, 5 points",
                field="treated.1",
                dose_now="90 s each, 70 % less as goal",
                dose_before="90 s each, 70 % less as goal",
                minutes=8,
                response="UPL5 4 → 1, none after",
            ),
            Treated(
                name="Treadmill 2.78 m/s, metronome 174",
                field="treated.3",
                dose_now="on 4, off 2",
                dose_before="on all the time",
                minutes=16,
                response="171 spm, 78 % in band, pain 2",
            ),
            Treated(
                name="Side plank, each side",
                field="treated.4",
                dose_now="3 × 20 s",
                dose_before="3 × 15 s",
                minutes=4,
                response="effort 6, form held.",
            ),
            Treated(name="Bridge", field="treated.5", dose_now="3 × 12", minutes=4, is_new=True),
        ),
        left_out=("Central mobilization L4, grade III", "Split squat, each side"),
        minutes=38,
    ),
    "the first visit": visit(1, treated=(Treated(name="Prone press-up", field="treated.1", dose_now="10", minutes=1),)),
    "one side": visit(treated=(Treated(name="Hip hike", field="treated.1", side="L", dose_now="3 × 10"),)),
    "no dose": visit(treated=(Treated(name="Moist heat", field="treated.1", minutes=10),)),
    "no dose today, one before": visit(treated=(Treated(name="Moist heat", field="treated.1", dose_before="15 min"),)),
    "nothing but the name": visit(treated=(Treated(name="Education", field="treated.1"),)),
    "only a response": visit(treated=(Treated(name="Education", field="treated.1", response="teach-back correct"),)),
    "a response that asks": visit(treated=(Treated(name="Bridge", field="treated.1", response="cramp?"),)),
    "nothing is known": visit(),
}
ASSESSMENT = {
    "visit 5 in full": visit(
        pain=(now("5", "3"), worst("6", "3")),
        values=(
            extension("20", "25"),
            raised("60", "60", unchanged_since=3),
            plank("26", "30"),
            tender("4", "4", unchanged_since=4),
            cadence("168", "172"),
        ),
    ),
    "pain within error": visit(pain=(now("5", "4"),)),
    "pain worse": visit(pain=(now("3", "6"),)),
    "pain, a smaller important change": visit(pain=(now("4", "2.5", mdc=D("1.77"), mcid=D(1)),)),
    "pain, a larger important change": visit(pain=(now("9", "6", mcid=D(4)),)),
    "pain, equal to the important change only": visit(pain=(now("9", "6", mcid=D(3)),)),
    "pain, only one threshold known": visit(pain=(now("5", "3", mcid=None),)),
    "pain, no direction known": visit(pain=(now("5", "3", lower_is_better=None),)),
    "pain unchanged": visit(pain=(now("5", "5", unchanged_since=3), worst("6", "6", unchanged_since=3))),
    "worse, within error": visit(values=(raised("60", "55", mdc=D(8)), plank("30", "26.5"))),
    "thresholds of both kinds": visit(
        values=(
            value("odi", "ODI", "28", "20", lower_is_better=True, mdc=D("12.68"), mcid=D(6), before_visit=1),
            value("uwri", "UWRI", "15", "21", mdc=D("4.1"), mcid=D(8), before_visit=1),
            value("lefs", "LEFS", "60", "69", mdc=D(9), mcid=D(9), before_visit=1),
        )
    ),
    "through zero": visit(values=(extension("-5", "2.50"), raised("0", "-0.5"))),
    "compared with different visits": visit(values=(extension("15", "25", before_visit=1), plank("26", "30"))),
    "compared with no known visit": visit(values=(plank("26", "30", before_visit=None),)),
    "one unchanged": visit(values=(raised("60", "60", unchanged_since=3),)),
    "one unchanged, its name has a digit": visit(values=(tender("4", "4", unchanged_since=4),)),
    "two unchanged": visit(
        values=(raised("60", "60.0", unchanged_since=3), squat("3", "3", unchanged_since=3)),
    ),
    "both sides and others unchanged": visit(
        values=(
            raised("60", "60", unchanged_since=3),
            raised("65", "65", "R", unchanged_since=3),
            squat("3", "3", unchanged_since=3),
            tender("4", "4", unchanged_since=3),
        ),
    ),
    "unchanged since different visits": visit(values=(raised("60", "60", unchanged_since=3), squat("3", "3"))),
    "unchanged since no known visit": visit(values=(squat("3", "3", before_visit=None),)),
    "the first visit": visit(1, pain=(now(None, "4"),), values=(extension(None, "15"),)),
    "nothing measured today": visit(pain=(now("5", None),), values=(extension("20", None),)),
    "percent is counted in points": visit(values=(value("gait.in_band", "Cadence in band", "64", "78", unit="%"),)),
    "nothing is known": visit(),
}


def goal(**facts: Any) -> GoalFacts:
    """The goal that is read from the ODI."""
    odi = {
        "field": "goal.LT2",
        "code": "LT2",
        "words": "sit, lift and sleep as before",
        "measure": "ODI",
        "baseline": D(28),
        "last": D(24),
        "today": D(22),
        "target": D(16),
        "comparison": "<=",
        "lower_is_better": True,
        "mdc": D(10),
        "mcid": D(10),
    }
    return GoalFacts(**{**odi, **facts})


def run_goal(**facts: Any) -> GoalFacts:
    """The goal of a run, whose words hold numbers."""
    of_run = {
        "field": "goal.LT1",
        "code": "LT1",
        "words": "run 30 min without a break, pain ≤ 2 next morning",
        "measure": "run",
        "unit": "min",
        "baseline": D(6),
        "last": D(15),
        "today": D(20),
        "target": D(30),
        "comparison": ">=",
        "lower_is_better": False,
    }
    return GoalFacts(**{**of_run, **facts})


GOALS = {
    "ODI, within error": goal(),
    "UWRI, real but small": goal(
        code="LT3",
        field="goal.LT3",
        words="train without holding back",
        measure="UWRI",
        baseline=D(15),
        last=D(19),
        today=D(21),
        target=D(23),
        comparison=">=",
        lower_is_better=False,
        mdc=D("4.1"),
        mcid=D(8),
    ),
    "reached": goal(today=D(16), status="met"),
    "worse": goal(today=D(32), mdc=D("12.68"), mcid=D(6)),
    "unchanged": goal(last=None, today=D(28)),
    "just short": goal(today=D("16.05"), status="partly"),
    "not measured today": goal(today=None),
    "never measured": goal(baseline=None, last=None, today=None),
    "no start known": goal(baseline=None, last=None),
    "the start already lay at the target": goal(baseline=D(14), last=None, today=D(18), status="not_met"),
    "minutes of a run": run_goal(),
    "minutes of a run, past a target that is exact": run_goal(comparison="=", today=D(33)),
    "no direction known": run_goal(lower_is_better=None),
    "no target yet": run_goal(target=None, last=None, status="active"),
    "percent": run_goal(unit="%", measure="cadence in band", baseline=D(0), last=D(64), today=D(78), target=D(70)),
    "stopped": goal(today=None, status="discontinued"),
}
QUESTIONS = (
    "Numbness around saddle or genitals",
    "Bladder or bowel changed",
    "Stress fracture before, missed periods, low intake",
    "Pain at night for 2 weeks or more",
)


def screen(*answers: bool | None) -> tuple[Flag, ...]:
    asked = zip(QUESTIONS, answers, strict=True)
    return tuple(Flag(label=label, field=f"flag.{at}", answer=answer) for at, (label, answer) in enumerate(asked, 1))


EVALUATION = {
    "in full": EvaluationFacts(
        pain=(
            now(None, "4"),
            pain("pain_best", "Best pain in 24 h", None, "1"),
            worst(None, "6"),
        ),
        regions=(
            Region(words="Low back, left", field="region.1", pain=5, quality="ache, deep"),
            Region(words="Back of thigh, left", field="region.2", pain=3, quality="pulling when sitting"),
        ),
        onset_on=date(2026, 10, 12),
        onset="gradual",
        weekly_now=D(12),
        weekly_before=D(38),
        outside=(
            Outside(value=extension(None, "15"), normal="≥ 25°"),
            Outside(value=raised(None, "55"), normal="≥ 70°"),
        ),
        red_flags=screen(False, False, False, False),
    ),
    "pain partly asked": EvaluationFacts(pain=(now(None, "4"), worst(None, None))),
    "a region alone": EvaluationFacts(regions=(Region(words="Low back", field="region.1"),)),
    "a region at L4": EvaluationFacts(regions=(Region(words="Beside L4, left", field="region.1", pain=0),)),
    "onset by day": EvaluationFacts(onset_on=date(2026, 10, 12)),
    "onset by kind": EvaluationFacts(onset="after a fall from 2 steps."),
    "distance now only": EvaluationFacts(weekly_now=D("12.5")),
    "distance more than before": EvaluationFacts(weekly_now=D(38), weekly_before=D(29), distance_unit="mi"),
    "distance the same": EvaluationFacts(weekly_now=D(20), weekly_before=D(20)),
    "distance from nothing": EvaluationFacts(weekly_now=D(5), weekly_before=D(0)),
    "distance to nothing": EvaluationFacts(weekly_now=D(0), weekly_before=D(38)),
    "distance hardly changed": EvaluationFacts(weekly_now=D("38.2"), weekly_before=D(38)),
    "not measured, so not outside": EvaluationFacts(outside=(Outside(value=plank(None, None), normal="≥ 60 s"),)),
    "red flags, one yes": EvaluationFacts(red_flags=screen(False, False, True, False)),
    "red flags, yes and open": EvaluationFacts(red_flags=screen(True, False, True, None)),
    "red flags, no and open": EvaluationFacts(red_flags=screen(False, False, None, None)),
    "red flags, all yes": EvaluationFacts(red_flags=screen(True, True, True, True)),
    "red flags, none answered": EvaluationFacts(red_flags=screen(None, None, None, None)),
    "nothing is known": EvaluationFacts(),
}


def written(say: Callable[[Any], tuple[Sentence, ...]], cases: dict[str, Any]) -> str:
    """Return what is said of each case, with its traced parts marked."""
    return "\n".join(f"# {name}\n{marked(say(facts)) or '(no sentence)'}\n" for name, facts in cases.items())


def marked(sentences: tuple[Sentence, ...]) -> str:
    return "\n".join("".join(map(mark, one.parts)) for one in sentences)


def mark(part: Part) -> str:
    return f"⟦{part.text}|{part.field}⟧" if part.field else part.text


def of_goal(facts: GoalFacts) -> tuple[Sentence, ...]:
    return (goal_sentence(facts),)


KINDS: dict[str, tuple[Callable[[Any], tuple[Sentence, ...]], dict[str, Any]]] = {
    "subjective": (subjective, SUBJECTIVE),
    "objective": (objective, OBJECTIVE),
    "interventions": (interventions, INTERVENTIONS),
    "assessment": (assessment, ASSESSMENT),
    "goals": (of_goal, GOALS),
    "evaluation": (evaluation_summary, EVALUATION),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_sentence_reads_as_it_was_approved(kind: str) -> None:
    path, text = GOLDEN / f"{kind}.txt", written(*KINDS[kind])
    if os.environ.get("CLINIC_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


FIELDS = ("pain_now", "measure.a.L", "measure.a.R", "treated.1", "flag.1", "region.1", "goal.LT1")
OWN_FIELDS = {"since_last", "new_event", "home_done", "runs", "minutes", "onset", "weekly_now", "weekly_before"}
OWN_FIELDS |= {"red_flags", "run.2026-11-21"}

unhurried = settings(deadline=None, database=None, max_examples=60)
words = st.text("aBé 12²٣-→°.,;:?!…()\n", max_size=12).map(lambda text: f"W{text}")
texts = st.just("") | words
fields = st.sampled_from(FIELDS)
visits = st.none() | st.integers(1, 40)
counts = st.none() | st.integers(0, 12)
numbers = st.decimals(-200, 200, places=2)
known = st.none() | numbers
thresholds = st.none() | st.decimals(0, 20, places=2)
values = st.builds(
    Value,
    field=fields,
    label=words,
    side=st.sampled_from(("", "L", "R")),
    unit=st.sampled_from(("°", "s", "/10", "%", "spm", "min", "")),
    now=known,
    before=st.none() | st.integers(-3, 3).map(D) | numbers,
    before_visit=visits,
    unchanged_since=visits,
    lower_is_better=st.none() | st.booleans(),
    mdc=thresholds,
    mcid=thresholds,
) | st.builds(Value, field=fields, label=words, now=st.just(D(3)), before=st.just(D(3)), before_visit=visits)
few_values = st.lists(values, max_size=4).map(tuple)
treated = st.builds(
    Treated,
    name=words,
    field=fields,
    side=st.sampled_from(("", "L", "R", "each side")),
    dose_now=texts,
    dose_before=st.none() | texts,
    minutes=counts,
    response=texts,
    is_new=st.booleans(),
)
runs = st.builds(
    Run,
    on=st.just(date(2026, 11, 21)),
    minutes=st.integers(1, 90),
    spm=counts,
    pain=counts,
    next_morning=counts,
    in_band_pct=counts,
)
facts_of_visits = st.builds(
    VisitFacts,
    visit=st.integers(1, 40),
    since_last=st.sampled_from(("", "better", "same", "worse")),
    pain=few_values,
    home_done=counts,
    home_planned=counts,
    new_event=st.just("none") | texts,
    values=few_values,
    treated=st.lists(treated, max_size=3).map(tuple),
    left_out=st.lists(texts, max_size=3).map(tuple),
    runs=st.lists(runs, max_size=3).map(tuple),
    minutes=counts,
)
facts_of_evaluations = st.builds(
    EvaluationFacts,
    pain=few_values,
    regions=st.lists(st.builds(Region, words=words, field=fields, pain=counts, quality=texts), max_size=3).map(tuple),
    onset_on=st.none() | st.just(date(2026, 10, 12)),
    onset=texts,
    weekly_now=st.none() | st.decimals(0, 200, places=1),
    weekly_before=st.none() | st.decimals(0, 200, places=1),
    outside=st.lists(st.builds(Outside, value=values, normal=st.just("≥ 25°")), max_size=3).map(tuple),
    red_flags=st.lists(st.builds(Flag, label=words, field=fields, answer=st.none() | st.booleans()), max_size=4).map(
        tuple
    ),
)
facts_of_goals = st.builds(
    GoalFacts,
    field=fields,
    code=words,
    words=words,
    measure=texts,
    unit=st.sampled_from(("", "min", "%", "/10")),
    baseline=known,
    last=known,
    today=known,
    target=known,
    comparison=st.sampled_from(("<=", ">=", "=")),
    lower_is_better=st.none() | st.booleans(),
    mdc=thresholds,
    mcid=thresholds,
    status=st.sampled_from(("", "active", "met", "partly", "not_met", "discontinued")),
)
said = (
    facts_of_visits.map(lambda facts: [one for say in OF_VISIT for one in say(facts)])
    | facts_of_evaluations.map(lambda facts: list(evaluation_summary(facts)))
    | facts_of_goals.map(lambda facts: [goal_sentence(facts)])
)


def findings(part: Part) -> str:
    """Return an untraced part without what may stand untraced: the numbers of visits, and parentheses."""
    return re.sub(r"\([^()]*\)", "", re.sub(r"\bvisit \d+", "", part.text))


@unhurried
@given(said)
def test_every_number_is_traced_to_a_field(sentences: list[Sentence]) -> None:
    own = [one for one in sentences if "Done at the last visit, not today:" not in one.text]
    untraced = [findings(part) for one in own for part in one.parts if not part.field]

    assert [text for text in untraced if re.search(r"\d", text)] == []


@unhurried
@given(said)
def test_every_field_named_is_one_that_was_given(sentences: list[Sentence]) -> None:
    assert {part.field for one in sentences for part in one.parts} <= {"", *FIELDS, *OWN_FIELDS}


@unhurried
@given(said)
def test_every_sentence_is_well_set(sentences: list[Sentence]) -> None:
    for text in (one.text for one in sentences):
        assert text == " ".join(text.split())
        assert text[:1].isupper() or not text[:1].isalpha()
        assert re.search(r"[^ .,;:?!…]\.$", text), text


@unhurried
@given(
    st.lists(st.builds(Value, field=fields, label=words, before_visit=visits, mdc=thresholds), max_size=3).map(tuple)
)
def test_of_what_is_not_known_nothing_is_said(unknown: tuple[Value, ...]) -> None:
    facts = VisitFacts(visit=5, pain=unknown, values=unknown)

    assert [one for say in OF_VISIT for one in say(facts)] == []
    assert evaluation_summary(EvaluationFacts(pain=unknown)) == ()


@unhurried
@given(few_values)
def test_better_and_worse_change_places_with_the_direction(some: tuple[Value, ...]) -> None:
    turned = tuple(
        replace(one, label="Reach", lower_is_better=None if one.lower_is_better is None else not one.lower_is_better)
        for one in some
    )
    straight = tuple(replace(one, label="Reach") for one in some)

    one, other = (
        [each.text for each in assessment(visit(pain=values, values=values))] for values in (straight, turned)
    )
    swapped = {"better": "worse", "worse": "better"}
    assert other == [re.sub("better|worse", lambda found: swapped[found[0]], text) for text in one]


@unhurried
@given(numbers, numbers, st.booleans())
def test_the_numbers_said_of_a_value_are_its_own(was: Decimal, today: Decimal, lower: bool) -> None:
    one = Value(field="measure.a.", label="Reach", unit="°", now=today, before=was, lower_is_better=lower)

    sentences = (*objective(visit(values=(one,))), *assessment(visit(values=(one,))))
    traced = "".join(f"{part.text} " for each in sentences for part in each.parts if part.field)
    own = {abs(was), abs(today), abs(today - was)}
    assert {D(found) for found in re.findall(r"\d+(?:\.\d+)?", traced)} <= own


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_concludes_or_praises(kind: str) -> None:
    text = (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8").lower()

    for word in ("improv", "progress", "thanks", "because", "due to", "respond", "good", "great", "significant"):
        assert word not in text
