"""Scores from answers: worked examples of the sources, missing answers, ranges, and what is refused."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.care.outcomes.measures import (
    GROC,
    INSTRUMENTS,
    LEFS,
    NPRS,
    ODI,
    PSFS,
    RMDQ,
    UWRI,
    Instrument,
    NotAnAnswer,
    Scored,
    Version,
    instrument,
    ticks,
)
from clinic.refusals import NotFound, Unacceptable

unhurried = settings(deadline=None, database=None, max_examples=200)
RUNS = ("Run 30 minutes", "Sit through a meeting", "Lift the child")
EVERY_VERSION = [(one, of) for one in INSTRUMENTS.values() for of in one.versions]
every_version = pytest.mark.parametrize(("of", "version"), EVERY_VERSION, ids=[of.label for _, of in EVERY_VERSION])


def odi(*answers: int | None) -> Scored:
    return ODI.score(answers, version="2.1a")


def adding_up_to(total: int, *, sections: int) -> list[int | None]:
    """Return answers of 0 to 5 that add up to ``total`` in so many sections, the other sections missing."""
    answers: list[int | None] = [min(5, max(0, total - 5 * section)) for section in range(sections)]
    return answers + [None] * (10 - sections)


def activities(count: int) -> tuple[str, ...]:
    return tuple(f"Activity {number}" for number in range(1, count + 1))


def score(of: Instrument, version: Version, answers: Sequence[Decimal | int | None]) -> Scored:
    names = activities(len(answers)) if of.names_activities else ()
    return of.score(answers, version=version.key, activities=names)


@pytest.mark.parametrize(
    ("total", "sections", "value"),
    [(16, 10, "32.0"), (16, 9, "35.6"), (0, 10, "0.0"), (50, 10, "100.0"), (45, 9, "100.0"), (40, 8, "100.0")],
)
def test_the_odi_is_percent_of_the_sections_answered(total: int, sections: int, value: str) -> None:
    """The scoring text prints 35.5 for 16 of 45, cut; halves up it is 35.6."""
    scored = odi(*adding_up_to(total, sections=sections))

    assert (str(scored.value), scored.answered, scored.reason) == (value, sections, "")


def test_a_blank_section_is_not_a_zero() -> None:
    with_blank = odi(2, 2, 2, 2, 2, 2, 2, 2, 0, None)
    without = odi(2, 2, 2, 2, 2, 2, 2, 2, 0, 0)

    assert (str(with_blank.value), with_blank.missing) == ("35.6", (10,))
    assert (str(without.value), without.missing) == ("32.0", ())


def test_the_odi_is_scored_with_eight_sections_and_not_with_seven() -> None:
    eight = odi(3, None, 3, 3, 3, None, 3, 3, 3, 3)
    seven = odi(3, None, 3, 3, 3, None, 3, 3, 3, None)

    assert (str(eight.value), eight.complete, eight.missing) == ("60.0", True, (2, 6))
    assert (seven.value, seven.complete, seven.band) == (None, False, "")
    assert seven.reason == "incomplete, not scored: 3 of 10 sections missing"


@pytest.mark.parametrize(
    ("total", "sections", "value", "band"),
    [
        (0, 10, "0.0", "minimal"),
        (10, 10, "20.0", "minimal"),
        (9, 9, "20.0", "minimal"),
        (10, 9, "22.2", "moderate"),
        (9, 8, "22.5", "moderate"),
        (11, 10, "22.0", "moderate"),
        (20, 10, "40.0", "moderate"),
        (19, 9, "42.2", "severe"),
        (30, 10, "60.0", "severe"),
        (28, 9, "62.2", "very severe"),
        (40, 10, "80.0", "very severe"),
        (37, 9, "82.2", "extreme"),
        (50, 10, "100.0", "extreme"),
    ],
)
def test_the_bands_of_the_odi_have_neutral_names(total: int, sections: int, value: str, band: str) -> None:
    scored = odi(*adding_up_to(total, sections=sections))

    assert (str(scored.value), scored.band) == (value, band)


@pytest.mark.parametrize(
    ("value", "band"),
    [("20", "minimal"), ("20.1", "moderate"), ("40.1", "severe"), ("60.1", "very severe"), ("80.1", "extreme")],
)
def test_no_score_falls_between_two_bands(value: str, band: str) -> None:
    assert ODI.band(Decimal(value)) == band


def test_the_rmdq_counts_ticks_by_number() -> None:
    none, some = RMDQ.score(ticks([])), RMDQ.score(ticks([1, 5, 24]))

    assert (none.value, none.missing) == (Decimal(0), ())
    assert (some.value, some.answered) == (Decimal(3), 24)
    assert RMDQ.score(ticks(range(1, 25))).value == Decimal(24)


def test_a_statement_that_does_not_apply_counts_as_not_ticked() -> None:
    scored = RMDQ.score([1, None, *[0] * 20, 1, None])

    assert (scored.value, scored.missing, scored.complete) == (Decimal(2), (), True)


@pytest.mark.parametrize(
    ("numbers", "sentence", "field"),
    [
        ([0], "The RMDQ has statements 1 to 24; there is no 0.", "items"),
        ([25], "The RMDQ has statements 1 to 24; there is no 25.", "items"),
        ([3, 3], "Statement 3 is ticked twice.", "item.3"),
    ],
)
def test_a_tick_belongs_to_one_statement(numbers: list[int], sentence: str, field: str) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        ticks(numbers)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)


def test_the_lefs_and_the_uwri_are_sums() -> None:
    assert LEFS.score([4] * 20).value == Decimal(80)
    assert LEFS.score([3] * 19 + [0]).value == Decimal(57)
    assert UWRI.score([4] * 9).value == Decimal(36)
    assert UWRI.score([0, 1, 2, 3, 4, 0, 1, 2, 2]).value == Decimal(15)


@pytest.mark.parametrize(
    ("of", "answers", "reason"),
    [
        (LEFS, [4] * 19 + [None], "incomplete, not scored: 1 of 20 items missing"),
        (UWRI, [None] * 2 + [4] * 7, "incomplete, not scored: 2 of 9 items missing"),
        (UWRI, [None] * 9, "incomplete, not scored: 9 of 9 items missing"),
    ],
)
def test_nothing_is_filled_in(of: Instrument, answers: list[int | None], reason: str) -> None:
    scored = of.score(answers)

    assert (scored.value, scored.complete, scored.reason) == (None, False, reason)


@pytest.mark.parametrize(
    ("answers", "value"),
    [([3, 4, 4], "3.7"), ([3, 4, 3], "3.3"), ([1, 2, 3, 3], "2.3"), ([0, 1, 0, 0, 0], "0.2"), ([10] * 5, "10.0")],
)
def test_the_psfs_is_the_mean_to_one_decimal_place_halves_up(answers: list[int], value: str) -> None:
    scored = PSFS.score(answers, version="mean", activities=activities(len(answers)))

    assert (str(scored.value), scored.activities) == (value, activities(len(answers)))


def test_one_activity_alone_has_its_own_version() -> None:
    scored = PSFS.score([4], version="single", activities=["  Run   30 minutes "])

    assert (str(scored.value), scored.version, scored.activities) == ("4.0", "single", ("Run 30 minutes",))


def test_every_activity_that_was_named_has_to_be_scored() -> None:
    scored = PSFS.score([4, None, 6], version="mean", activities=RUNS)

    assert (scored.value, scored.missing) == (None, (2,))
    assert scored.reason == "incomplete, not scored: 1 of 3 activities missing"


@pytest.mark.parametrize(
    ("answers", "names", "sentence", "field"),
    [
        ([4, 5], RUNS[:2], "PSFS asks for 3 to 5 activities; there are 2 here.", "items"),
        ([4] * 6, activities(6), "PSFS asks for 3 to 5 activities; there are 6 here.", "items"),
        ([4] * 3, (), "There are 0 activities and 3 scores.", "activities"),
        ([4] * 3, ("Run", " ", "Sit"), "Activity 2: name it in the patient's own words.", "activity.2"),
        ([4] * 3, ("Run", "Sit", " run"), "Activity 3: “run” is named twice.", "activity.3"),
        ([4] * 3, ("Run", "Sit", "x" * 81), "Activity 3: at most 80 characters, please.", "activity.3"),
    ],
)
def test_the_activities_of_the_psfs_are_the_patients_own(
    answers: list[int], names: tuple[str, ...], sentence: str, field: str
) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        PSFS.score(answers, version="mean", activities=names)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)


def test_pain_and_global_change_are_the_number_itself() -> None:
    assert NPRS.score([7], version="worst").value == Decimal(7)
    assert GROC.score([-5], version="11-point").value == Decimal(-5)
    assert GROC.score([Decimal("7.0")], version="15-point").value == Decimal(7)


def test_an_unanswered_scale_has_no_score() -> None:
    assert NPRS.score([None], version="now").reason == "incomplete, not scored: 1 of 1 item missing"


@pytest.mark.parametrize(
    ("of", "version", "answers", "sentence", "field"),
    [
        (ODI, "2.1a", [2] * 9 + [6], "Section 10: choose a whole number from 0 to 5.", "item.10"),
        (ODI, "2.1a", [-1] + [2] * 9, "Section 1: choose a whole number from 0 to 5.", "item.1"),
        (ODI, "2.1a", [2] * 9, "ODI asks for 10 sections; there are 9 here.", "items"),
        (ODI, "2.1a", [2] * 11, "ODI asks for 10 sections; there are 11 here.", "items"),
        (UWRI, "", [Decimal("2.5")] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", [Decimal("NaN")] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", [Decimal("sNaN")] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", [Decimal("Infinity")] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", [True] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", [2.0] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (UWRI, "", ["2"] + [2] * 8, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (LEFS, "", [5] * 20, "Item 1: choose a whole number from 0 to 4.", "item.1"),
        (RMDQ, "", [2] + [0] * 23, "Statement 1: choose a whole number from 0 to 1.", "item.1"),
        (NPRS, "now", [11], "Item 1: choose a whole number from 0 to 10.", "item.1"),
        (NPRS, "now", [], "NPRS asks for 1 item; there are 0 here.", "items"),
        (GROC, "11-point", [6], "Item 1: choose a whole number from −5 to 5.", "item.1"),
        (GROC, "15-point", [-8], "Item 1: choose a whole number from −7 to 7.", "item.1"),
        (ODI, "", [2] * 10, "Choose which ODI it was: ODI 2.1a, ODI 2.0, ODI 1.0, Modified ODI.", "version"),
        (ODI, "3.0", [2] * 10, "Choose which ODI it was: ODI 2.1a, ODI 2.0, ODI 1.0, Modified ODI.", "version"),
        (GROC, "", [2], "Choose which Global change it was: −5 to +5, −7 to +7.", "version"),
    ],
)
def test_what_the_instrument_does_not_have_is_refused_kindly(
    of: Instrument, version: str, answers: list[Decimal | int | None], sentence: str, field: str
) -> None:
    with pytest.raises(NotAnAnswer) as refused:
        of.score(answers, version=version)

    assert (refused.value.sentence, refused.value.field, refused.value.status) == (sentence, field, 422)


def test_the_refusal_is_one_of_the_houses_and_a_value_error() -> None:
    assert issubclass(NotAnAnswer, Unacceptable)
    assert issubclass(NotAnAnswer, ValueError)


@unhurried
@given(of_version=st.sampled_from(EVERY_VERSION), data=st.data())
def test_a_score_is_in_its_range_or_says_why_there_is_none(
    of_version: tuple[Instrument, Version], data: st.DataObject
) -> None:
    of, version = of_version
    answer = st.none() | st.integers(version.item_low, version.item_high)
    answers = data.draw(st.lists(answer, min_size=version.fewest, max_size=version.items))

    scored = score(of, version, answers)

    blank = 0 if of.missing.counts_as_zero else answers.count(None)
    assert scored.complete == (blank <= of.missing.most and blank < len(answers))
    assert (scored.answered, len(scored.missing)) == (len(answers) - blank, blank)
    if scored.value is None:
        assert scored.reason == f"incomplete, not scored: {blank} of {scored.reason.split(' of ')[1]}"
    else:
        assert version.low <= scored.value <= version.high


@unhurried
@given(of_version=st.sampled_from(EVERY_VERSION), data=st.data())
def test_a_higher_answer_never_lowers_the_score(of_version: tuple[Instrument, Version], data: st.DataObject) -> None:
    of, version = of_version
    whole = st.integers(version.item_low, version.item_high)
    answers = data.draw(st.lists(whole, min_size=version.fewest, max_size=version.items))
    at = data.draw(st.integers(0, len(answers) - 1))
    higher = [*answers]
    higher[at] = data.draw(st.integers(answers[at], version.item_high))

    lower_score, higher_score = score(of, version, answers).value, score(of, version, higher).value

    assert lower_score is not None
    assert higher_score is not None
    assert lower_score <= higher_score


@every_version
def test_the_ends_of_the_range_are_reached(of: Instrument, version: Version) -> None:
    least = score(of, version, [version.item_low] * version.items)
    most = score(of, version, [version.item_high] * version.items)

    assert (least.value, most.value) == (version.low, version.high)


@unhurried
@given(st.lists(st.none() | st.integers(0, 5), min_size=10, max_size=10))
def test_the_odi_is_the_exact_fraction_rounded_halves_up(answers: list[int | None]) -> None:
    given_ = [one for one in answers if one is not None]
    scored = odi(*answers)

    if len(given_) < 8:
        assert scored.value is None
    else:
        exact = Fraction(100 * sum(given_), 5 * len(given_))
        assert scored.value == Decimal(int(exact * 10 + Fraction(1, 2))) / 10


@unhurried
@given(of_version=st.sampled_from(EVERY_VERSION), data=st.data())
def test_whatever_comes_it_is_scored_or_refused(of_version: tuple[Instrument, Version], data: st.DataObject) -> None:
    of, version = of_version
    anything = st.none() | st.integers(-100, 100) | st.decimals(allow_nan=True) | st.booleans()
    answers = data.draw(st.lists(anything, max_size=30))

    scored = None
    with suppress(NotAnAnswer):
        scored = score(of, version, answers)

    assert scored is None or scored.complete == (scored.reason == "")


def test_the_registry_has_each_instrument_once() -> None:
    assert list(INSTRUMENTS) == ["nprs", "odi", "rmdq", "uwri", "psfs", "lefs", "groc"]
    assert [instrument(key) for key in INSTRUMENTS] == list(INSTRUMENTS.values())


def test_an_unknown_instrument_is_not_found() -> None:
    with pytest.raises(NotFound):
        instrument("borg")
