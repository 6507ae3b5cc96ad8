"""What a change means: at both thresholds, where they cross or are missing, and where nothing may be compared."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from itertools import product

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
    Change,
    Instrument,
    NotComparable,
    Scored,
    Thresholds,
    read_change,
    read_rating,
)

unhurried = settings(deadline=None, database=None, max_examples=300)
D = Decimal


def scored(of: Instrument, value: str | int, version: str = "", activities: tuple[str, ...] = ()) -> Scored:
    """Return a score as it would be read from a record; without a version it is the first."""
    return Scored(key=of.key, version=version or of.versions[0].key, value=D(value), activities=activities)


def change(
    of: Instrument, before: str | int, after: str | int, version: str = "", thresholds: Thresholds | None = None
) -> Change:
    found = read_change(
        of=of, before=scored(of, before, version), after=scored(of, after, version), thresholds=thresholds
    )
    assert isinstance(found, Change)
    return found


def caveats(found: Change) -> list[str]:
    return [one.words for one in found.caveats]


def reason(of: Instrument, before: Scored, after: Scored) -> str:
    found = read_change(of=of, before=before, after=after)
    assert isinstance(found, NotComparable)
    return found.reason


@pytest.mark.parametrize(
    ("of", "version", "before", "after", "words", "beyond", "important"),
    [
        (ODI, "2.1a", "28", "18.1", "within measurement error", False, False),
        (ODI, "2.1a", "28", "18", "clinically important improvement", True, True),
        (ODI, "2.1a", "28", "37.9", "within measurement error", False, False),
        (ODI, "2.1a", "28", "38", "clinically important worsening", True, True),
        (ODI, "2.1a", "28", "28", "within measurement error", False, False),
        (ODI, "modified", "50", "44.1", "within measurement error", False, False),
        (ODI, "modified", "50", "44", "within measurement error", False, True),
        (ODI, "modified", "50", "37.33", "within measurement error", False, True),
        (ODI, "modified", "50", "37.32", "clinically important improvement", True, True),
        (ODI, "modified", "50", "62.68", "clinically important worsening", True, True),
        (UWRI, "", "15", "19", "within measurement error", False, False),
        (UWRI, "", "15", "19.1", "real but small improvement", True, False),
        (UWRI, "", "15", "20", "real but small improvement", True, False),
        (UWRI, "", "15", "22", "real but small improvement", True, False),
        (UWRI, "", "15", "23", "clinically important improvement", True, True),
        (UWRI, "", "15", "10", "real but small worsening", True, False),
        (UWRI, "", "15", "7", "clinically important worsening", True, True),
        (LEFS, "", "50", "58", "within measurement error", False, False),
        (LEFS, "", "50", "59", "clinically important improvement", True, True),
        (NPRS, "worst", "6", "5", "within measurement error", False, False),
        (NPRS, "worst", "6", "4", "clinically important improvement", True, True),
        (NPRS, "worst", "6", "8", "clinically important worsening", True, True),
        (RMDQ, "", "12", "8", "better", None, False),
        (RMDQ, "", "12", "7", "clinically important improvement", None, True),
        (RMDQ, "", "12", "16", "worse", None, False),
        (RMDQ, "", "12", "17", "clinically important worsening", None, True),
        (RMDQ, "", "12", "12", "same", None, False),
        (PSFS, "mean", "3.7", "5.6", "within measurement error", False, None),
        (PSFS, "mean", "3.7", "5.7", "better", True, None),
        (PSFS, "single", "3", "5", "within measurement error", False, None),
        (PSFS, "single", "6", "3", "worse", True, None),
    ],
)
def test_a_change_is_read_by_both_thresholds(
    of: Instrument, version: str, before: str, after: str, words: str, beyond: bool | None, important: bool | None
) -> None:
    found = change(of, before, after, version)

    assert (found.words, found.beyond_error, found.important) == (words, beyond, important)


def test_the_direction_of_the_number_and_what_is_better_are_two_things() -> None:
    back, running = change(ODI, "35.6", "32.0", "2.1a"), change(UWRI, 15, 12)

    assert (back.delta, back.improve) == (D("-3.6"), D("3.6"))
    assert (running.delta, running.improve) == (D(-3), D(-3))


@pytest.mark.parametrize(
    ("of", "before", "after", "percent", "thirty"),
    [
        (ODI, "40", "28", "30.0", True),
        (ODI, "40", "28.1", "29.7", False),
        (ODI, "35.6", "24.95", "29.9", False),
        (ODI, "28", "38", "-35.7", False),
        (NPRS, "6", "4", "33.3", True),
        (NPRS, "7", "5", "28.5", False),
        (NPRS, "0", "2", None, None),
        (RMDQ, "10", "7", "30.0", True),
        (UWRI, "15", "23", "53.3", None),
        (UWRI, "0", "8", None, None),
    ],
)
def test_thirty_percent_is_counted_from_the_baseline_where_the_rule_holds(
    of: Instrument, before: str, after: str, percent: str | None, thirty: bool | None
) -> None:
    found = change(of, before, after)

    assert (found.percent and str(found.percent), found.thirty_percent) == (percent, thirty)


def test_an_important_change_below_measurement_error_is_said() -> None:
    found = change(ODI, 50, 42, "modified")

    assert [tuple(one) for one in found.caveats] == [
        (
            "the important change (6) is below the measurement error (12.68)",
            "Fritz and Irrgang 2001, by evidenceinphysicaltherapy.wikidot (modified ODI)",
        )
    ]


@pytest.mark.parametrize(
    ("of", "before", "after", "said"),
    [
        (ODI, "50", "41", []),
        (ODI, "50", "40", ["another source puts the measurement error at 12.8"]),
        (ODI, "50", "37.3", ["another source puts the measurement error at 12.8"]),
        (ODI, "50", "37.2", []),
        (UWRI, "15", "18", []),
        (UWRI, "15", "19", ["another source puts the measurement error at 3.4"]),
        (UWRI, "15", "20", ["another source puts the important change at 5"]),
        (UWRI, "15", "23", []),
        (NPRS, "4", "4", []),
        (NPRS, "4", "3", ["another source puts the important change from a baseline of 1 to 4 at 1"]),
        (NPRS, "6", "5", []),
        (NPRS, "8", "7", []),
        (NPRS, "8", "6", ["another source puts the important change from a baseline of 8 to 10 at 3 to 4"]),
        (NPRS, "8", "5", ["another source puts the important change from a baseline of 8 to 10 at 3 to 4"]),
        (NPRS, "8", "4", []),
    ],
)
def test_another_source_is_heard_where_it_reads_the_change_otherwise(
    of: Instrument, before: str, after: str, said: list[str]
) -> None:
    assert caveats(change(of, before, after)) == said


def test_what_is_not_known_is_said() -> None:
    assert caveats(change(RMDQ, 12, 7)) == ["the measurement error of the RMDQ is not known: a change may be chance"]
    assert caveats(change(PSFS, 3, 6)) == [
        "the important change of the PSFS is not known",
        "comparable only if the activities are the same",
    ]


@pytest.mark.parametrize(
    ("before", "after", "words", "important", "last"),
    [
        (4, 0, "better", False, "from 4 an important improvement (5) is not possible"),
        (3, 0, "not readable from this baseline", None, "from a baseline below 4 a change cannot be read"),
        (3, 3, "same", False, "from a baseline below 4 a change cannot be read"),
        (3, 8, "clinically important worsening", True, "from a baseline below 4 a change cannot be read"),
        (20, 24, "worse", False, "the measurement error of the RMDQ is not known: a change may be chance"),
        (21, 24, "not readable from this baseline", None, "from a baseline above 20 a worsening cannot be read"),
        (
            21,
            16,
            "clinically important improvement",
            True,
            "the measurement error of the RMDQ is not known: a change may be chance",
        ),
    ],
)
def test_the_ends_of_the_rmdq_cannot_be_read(
    before: int, after: int, words: str, important: bool | None, last: str
) -> None:
    found = change(RMDQ, before, after)

    assert (found.words, found.important, caveats(found)[-1]) == (words, important, last)


def test_the_ceiling_of_the_lefs_is_said_with_every_change() -> None:
    ceiling = "the LEFS reaches its ceiling in 12 to 25 % of injured runners: add the UWRI or the PSFS"

    assert caveats(change(LEFS, 50, 59)) == [ceiling]
    assert caveats(change(LEFS, 71, 80)) == [ceiling]
    assert caveats(change(LEFS, 72, 80)) == ["from 72 an important improvement (9) is not possible", ceiling]


@pytest.mark.parametrize(
    ("of", "before", "after", "review"),
    [
        (ODI, 28, 38, True),
        (ODI, 28, 37, False),
        (ODI, 38, 28, False),
        (UWRI, 15, 7, True),
        (UWRI, 15, 8, False),
        (RMDQ, 2, 7, True),
        (PSFS, 8, 1, False),
    ],
)
def test_an_important_worsening_has_to_be_looked_at(of: Instrument, before: int, after: int, review: bool) -> None:
    assert change(of, before, after).review == review


def test_the_clinics_own_thresholds_are_used_and_cited() -> None:
    own = UWRI.versions[0].thresholds.of_clinic(mdc=D(3), mcid=D(6), source="Our clinic, 2026")

    found = change(UWRI, 15, 21, thresholds=own)

    assert found.words == "clinically important improvement"
    assert [one and (one.value, one.source) for one in (found.mdc, found.mcid)] == [
        (3, "Our clinic, 2026"),
        (6, "Our clinic, 2026"),
    ]
    assert change(UWRI, 15, 21).words == "real but small improvement"


def test_a_threshold_that_the_clinic_took_out_is_not_replaced_by_ours() -> None:
    own = UWRI.versions[0].thresholds.of_clinic(mdc=None, mcid=None, source="Our clinic, 2026")

    found = change(UWRI, 15, 24, thresholds=own)

    assert (found.words, found.beyond_error, found.important) == ("better", None, None)


@pytest.mark.parametrize(
    ("of", "before", "after", "why"),
    [
        (ODI, scored(ODI, 28, "2.1a"), scored(ODI, 28, "modified"), "ODI 2.1a and Modified ODI are not comparable"),
        (ODI, scored(ODI, 28, "1.0"), scored(ODI, 18, "2.0"), "ODI 1.0 and ODI 2.0 are not comparable"),
        (NPRS, scored(NPRS, 6, "now"), scored(NPRS, 6, "worst"), "Pain now and Worst pain in 24 h are not comparable"),
        (ODI, scored(ODI, 28), scored(RMDQ, 8), "these are not two scores of the ODI"),
        (ODI, scored(ODI, 28, "4.0"), scored(ODI, 8, "4.0"), "which ODI it was is not recorded"),
        (
            GROC,
            scored(GROC, 1),
            scored(GROC, 3),
            "the Global change is itself a change since the start: read each rating for itself",
        ),
        (
            ODI,
            scored(ODI, 28),
            ODI.score([3] * 7 + [None] * 3, version="2.1a"),
            "the second was incomplete, not scored: 3 of 10 sections missing",
        ),
        (ODI, Scored(key="odi", version="2.1a", value=None), scored(ODI, 28), "the first was not scored"),
        (
            PSFS,
            scored(PSFS, 4, activities=("Run", "Sit", "Lift")),
            scored(PSFS, 6, activities=("Run", "Sit", "Climb")),
            "the activities are not the same",
        ),
    ],
)
def test_what_must_not_be_compared_says_why(of: Instrument, before: Scored, after: Scored, why: str) -> None:
    assert reason(of, before, after) == why


def test_the_same_activities_in_another_order_are_compared() -> None:
    found = read_change(
        of=PSFS,
        before=scored(PSFS, 4, activities=("Run", "Sit", "Lift")),
        after=scored(PSFS, 6, activities=("lift", "run", "sit")),
    )

    assert isinstance(found, Change)
    assert (found.words, caveats(found)) == ("better", ["the important change of the PSFS is not known"])


@pytest.mark.parametrize(
    ("scale", "value", "words", "important"),
    [
        ("11-point", "3", "clinically important improvement", True),
        ("11-point", "2.5", "clinically important improvement", True),
        ("11-point", "2", "better", False),
        ("11-point", "0", "same", False),
        ("11-point", "-3", "clinically important worsening", True),
        ("15-point", "7", "better", None),
        ("15-point", "-1", "worse", None),
    ],
)
def test_a_global_rating_is_itself_a_change(scale: str, value: str, words: str, important: bool | None) -> None:
    found = read_rating(of=GROC, rating=scored(GROC, value, scale))

    assert isinstance(found, Change)
    assert (found.words, found.important, found.percent, found.before) == (words, important, None, None)


@pytest.mark.parametrize(
    ("of", "rating", "why"),
    [
        (ODI, scored(ODI, 28), "the ODI is no rating of change: it needs a score before"),
        (GROC, scored(ODI, 3), "this is no score of the Global change"),
        (GROC, scored(GROC, 3, "7-point"), "the scale of the Global change is not recorded"),
        (GROC, GROC.score([None], version="11-point"), "incomplete, not scored: 1 of 1 item missing"),
    ],
)
def test_what_is_no_rating_of_change_says_so(of: Instrument, rating: Scored, why: str) -> None:
    assert read_rating(of=of, rating=rating) == NotComparable(reason=why)


def test_a_change_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        change(ODI, 28, 18).words = "recovered"  # type: ignore[misc]


def scores_of_the_odi() -> set[tuple[Decimal, Decimal]]:
    """Return every score that there can be: exact to 20 places, and as it is told."""
    pairs = set()
    for sections in (8, 9, 10):
        for total in range(5 * sections + 1):
            answers = [min(5, max(0, total - 5 * section)) for section in range(sections)]
            told = ODI.score([*answers, *[None] * (10 - sections)], version="2.1a").value
            assert told is not None
            pairs.add((D(100 * total) / (5 * sections), told))
    return pairs


@pytest.mark.parametrize(("threshold", "nearest"), [("6", None), ("10", None), ("12.68", "12.67"), ("12.8", "12.78")])
def test_rounding_carries_a_change_of_the_odi_over_no_whole_threshold(threshold: str, nearest: str | None) -> None:
    """What is told is what is compared: 46.7 to 34.0 is 12.7, beyond 12.68, although it was 12.67 before rounding."""
    found = scores_of_the_odi()
    limit, nothing = D(threshold), D("1e-15")

    carried = {
        round(abs(one[0] - other[0]), 2)
        for one, other in product(found, found)
        if (abs(one[0] - other[0]) >= limit - nothing) != (abs(one[1] - other[1]) >= limit)
    }

    assert carried == ({D(nearest)} if nearest else set())


@unhurried
@given(of=st.sampled_from([one for one in INSTRUMENTS.values() if not one.is_change]), data=st.data())
def test_there_and_back_are_mirror_images(of: Instrument, data: st.DataObject) -> None:
    version = data.draw(st.sampled_from(of.versions))
    values = st.decimals(version.low, version.high, places=1)
    one, other = data.draw(values), data.draw(values)

    there, back = change(of, str(one), str(other), version.key), change(of, str(other), str(one), version.key)

    assert there.delta == other - one == -back.delta
    assert there.improve == -back.improve == (one - other if of.lower_is_better else other - one)
    if "not readable from this baseline" not in (there.words, back.words):
        assert (there.beyond_error, there.important) == (back.beyond_error, back.important)
    assert not (there.review and back.review)


@unhurried
@given(of=st.sampled_from([one for one in INSTRUMENTS.values() if not one.is_change]), data=st.data())
def test_a_larger_improvement_is_never_read_as_less(of: Instrument, data: st.DataObject) -> None:
    version = data.draw(st.sampled_from(of.versions))
    values = st.decimals(version.low, version.high, places=1)
    before, one, other = (data.draw(values) for _ in range(3))
    less, more = sorted([one, other], reverse=of.lower_is_better)
    ranks = [
        {"clinically important worsening"},
        {"real but small worsening", "worse"},
        {"within measurement error", "same", "not readable from this baseline"},
        {"real but small improvement", "better"},
        {"clinically important improvement"},
    ]

    found = [change(of, str(before), str(after), version.key).words for after in (less, more)]

    worse, better = ([words in rank for rank in ranks].index(True) for words in found)
    assert worse <= better
