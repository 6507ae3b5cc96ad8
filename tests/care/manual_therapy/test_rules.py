"""The pure rules of manual therapy: percent less, the goal, the map, the rows of the note, the dictionary."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from clinic.care.defaults.entry import OURS
from clinic.care.defaults.manual import CHECKLIST, COUNTERSTRAIN_RULE, POINTS
from clinic.care.manual_therapy.check import check, hold_is_unusual
from clinic.care.manual_therapy.checklist import Answer, Question, Standing
from clinic.care.manual_therapy.facts import ManualFacts, PointFacts, TechniqueFacts
from clinic.care.manual_therapy.map import Treated, summary, verdict
from clinic.care.manual_therapy.note_rows import dose_of, rows_of
from clinic.care.manual_therapy.reduction import goal_missed, percent_less
from clinic.care.manual_therapy.rule import CounterstrainRule
from clinic.refusals import Unacceptable

RULE = CounterstrainRule(**COUNTERSTRAIN_RULE.value)
UPL5 = PointFacts("upl5", "L", 7, 2, 2, hold_s=90)
L4 = TechniqueFacts("mobilization", "L4", grade="III", bouts=3, seconds=30)
THRUST = TechniqueFacts("thrust", "L5", "R", consent=True)
THEN = datetime(2026, 11, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "then", "expected"),
    [
        (4, 1, 75),
        (7, 2, 71),
        (8, 7, 13),
        (3, 1, 67),
        (5, 5, 0),
        (4, 6, -50),
        (0, 0, None),
        (None, 1, None),
        (4, None, None),
    ],
)
def test_percent_less_is_rounded_half_up_and_none_without_tenderness(
    before: int | None, then: int | None, expected: int | None
) -> None:
    assert percent_less(before, then) == expected


@pytest.mark.parametrize(
    ("before", "in_position", "missed"),
    [(10, 3, False), (10, 4, True), (7, 2, False), (6, 2, True), (0, 0, False), (5, None, False)],
)
def test_the_goal_is_missed_where_more_than_thirty_percent_is_left(
    before: int, in_position: int | None, missed: bool
) -> None:
    assert goal_missed(before=before, in_position=in_position, goal_percent=RULE.goal_percent) is missed


def treated(*before: int, recheck: bool = False, today: bool = True) -> list[Treated]:
    """Return a point over visits, the last one today."""
    days = [f"Nov {10 + place}" for place in range(len(before))]
    last = len(before) - 1
    return [Treated(days[n], value, recheck and n == last, today and n == last) for n, value in enumerate(before)]


@pytest.mark.parametrize(
    ("points", "words", "span"),
    [
        (treated(7, 6, 6, 4, 4, recheck=True), "Responds. Recheck", "7 → 4"),
        (treated(5, 5, 5, 5), "No change in 4. Drop it?", "5 → 5"),
        (treated(5, 4), "No change in 2", "5 → 4"),
        (treated(4, 3, 2, 1), "Nearly gone", "4 → 1"),
        (treated(4, 1, 0), "Closed Nov 12", "4 → 0"),
        (treated(3, 5, recheck=True), "Worse than at first. Recheck", "3 → 5"),
        (treated(5), "New today", "5"),
        (treated(5, today=False), "Once, Nov 10", "5"),
        (treated(1, 1, 1), "No change in 3. Drop it?", "1 → 1"),
    ],
)
def test_what_became_of_a_point_is_said_in_words(points: list[Treated], words: str, span: str) -> None:
    found = verdict(points, RULE)

    assert found is not None
    assert (found.words, found.span) == (words, span)


def test_the_map_is_summed_up() -> None:
    found = [verdict(one, RULE) for one in (treated(7, 4), treated(4, 1), treated(5, 5), treated(4, 0), treated(5))]

    assert summary(found) == "5 points, 2 respond, 1 does not, 1 closed, 1 new"
    assert summary([None]) == "1 point"


@pytest.mark.parametrize(
    ("seconds", "unusual"), [(59, True), (60, False), (90, False), (240, False), (241, True), (None, False)]
)
def test_a_hold_outside_of_the_usual_range_is_flagged(seconds: int | None, unusual: bool) -> None:
    assert hold_is_unusual(seconds, RULE) is unusual


def test_the_note_gets_a_row_for_the_points_and_one_for_each_technique() -> None:
    points = [
        PointFacts("upl5", "L", 7, 2, 2, hold_s=90),
        PointFacts("al5", "L", 5, 1, None, hold_s=120, adverse="soreness", adverse_words="an hour"),
    ]

    [row] = rows_of(points=points, techniques=[], minutes=8, labels={"al5": "AL5"})

    assert (row.name, row.side, row.dose, row.minutes) == ("Strain-counterstrain", "L", "2 points, 90–120 s", 8)
    assert row.response == "tenderness 7→2; sore after AL5: an hour"


@pytest.mark.parametrize(
    ("technique", "dose"),
    [
        (
            TechniqueFacts(
                "mobilization", direction="PA central", grade="III", manner="oscillation", bouts=3, seconds=30
            ),
            "PA central, 3 × 30 s, oscillation",
        ),
        (TechniqueFacts("muscle energy", seconds=5, bouts=4, effort_pct=25), "4 × 5 s at 25 %"),
        (TechniqueFacts("soft tissue", manner="instrument", direction="deep", tool="edge"), "deep, instrument, edge"),
        (TechniqueFacts("thrust", direction="side-lying", manner="heard"), "side-lying, cavitation heard"),
    ],
)
def test_a_dose_is_said_in_words(technique: TechniqueFacts, dose: str) -> None:
    assert dose_of(technique) == dose


@pytest.mark.parametrize(
    ("what", "field", "sentence"),
    [
        (ManualFacts(points=(UPL5._replace(before=11),)), "point.upl5.L.before", "Tenderness is 0 to 10."),
        (ManualFacts(points=(UPL5._replace(hold_s=9),)), "point.upl5.L.hold_s", "A hold is 10 to 600 seconds."),
        (
            ManualFacts(points=(UPL5._replace(point="x"),)),
            "add_point",
            "Choose a point of the clinic's list, and a side.",
        ),
        (ManualFacts(values={"minutes": 481}), "minutes", "Minutes are 0 to 480."),
        (ManualFacts(techniques=(L4._replace(grade="V"),)), "add_grade", "Choose one of these."),
        (ManualFacts(techniques=(L4._replace(region=""),)), "add_region", "Say where."),
        (ManualFacts(techniques=(L4._replace(seconds=601),)), "add_seconds", "That is 1 to 600 seconds."),
        (
            ManualFacts(techniques=(THRUST._replace(consent=False),)),
            "add_consent",
            "A thrust needs the patient's consent. Record it, or take the thrust out.",
        ),
        (ManualFacts(answers={"fracture": "maybe"}), "check.fracture", "Answer with yes or no."),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(what: ManualFacts, field: str, sentence: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        check(what, points={"upl5"}, questions={"fracture"})

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_an_unknown_kind_or_use_of_a_question_counts_as_the_stricter() -> None:
    odd = Question("x", "X", "relativ", "thrusts", "")
    standing = Standing([odd], {"x": Answer("yes", THEN, 1)}, "")

    assert (odd.is_absolute, odd.asks_before(())) == (True, True)
    assert (standing.stops, standing.since, standing.is_clear) == ([odd], THEN, False)


def test_the_dictionary_is_whole_and_marks_what_is_to_be_confirmed() -> None:
    keys = [one.key for one in (*POINTS, *CHECKLIST)]
    unsourced = {one.label for one in POINTS if one.source == OURS}

    assert len(set(keys)) == len(keys)
    assert max(len(one.rpartition("manual.")[2].removeprefix("point.")) for one in keys) <= 40
    assert len(POINTS) == 38
    assert unsourced == {"ABL2", "Psoas", "Low ilium", "Inguinal", "Midpole SI", "PS1", "PS2", "PS3", "PS4", "PS5"}
    assert {one.value["kind"] for one in CHECKLIST} == {"absolute", "relative"}
    assert {one.value["for"] for one in CHECKLIST} == {"all", "counterstrain", "thrust"}
    assert all(first.label != second.label for first, second in pairwise(POINTS))
