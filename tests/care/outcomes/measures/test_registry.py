"""What the registry says: directions, ranges, labels of our own, and a source for every number."""

from decimal import Decimal

import pytest

from clinic.care.outcomes.measures import INSTRUMENTS, ODI, RMDQ, UWRI, Instrument

every_instrument = pytest.mark.parametrize("of", INSTRUMENTS.values(), ids=list(INSTRUMENTS))


def test_the_registry_is_that_of_the_clinical_reference() -> None:
    table = {
        of.key: (of.better, of.unit, *[(one.key, one.low, one.high, one.fewest, one.items) for one in of.versions])
        for of in INSTRUMENTS.values()
    }

    assert table == {
        "nprs": ("lower", "/10", *[(key, 0, 10, 1, 1) for key in ("now", "best", "worst", "running", "after")]),
        "odi": ("lower", "%", *[(key, 0, 100, 10, 10) for key in ("2.1a", "2.0", "1.0", "modified")]),
        "rmdq": ("lower", "/24", ("24-item", 0, 24, 24, 24)),
        "uwri": ("higher", "/36", ("9-item", 0, 36, 9, 9)),
        "psfs": ("higher", "/10", ("mean", 0, 10, 3, 5), ("single", 0, 10, 1, 1)),
        "lefs": ("higher", "/80", ("20-item", 0, 80, 20, 20)),
        "groc": ("higher", "", ("11-point", -5, 5, 1, 1), ("15-point", -7, 7, 1, 1)),
    }


def test_the_thresholds_are_those_of_the_clinical_reference() -> None:
    table = {
        (of.key, one.key): (
            one.thresholds.mdc and one.thresholds.mdc.value,
            one.thresholds.mcid and one.thresholds.mcid.value,
        )
        for of in INSTRUMENTS.values()
        for one in of.versions
    }

    assert table == {
        **{("nprs", key): (2, 2) for key in ("now", "best", "worst", "running", "after")},
        **{("odi", key): (10, 10) for key in ("2.1a", "2.0", "1.0")},
        ("odi", "modified"): (Decimal("12.68"), 6),
        ("rmdq", "24-item"): (None, 5),
        ("uwri", "9-item"): (Decimal("4.1"), 8),
        ("psfs", "mean"): (2, None),
        ("psfs", "single"): (3, None),
        ("lefs", "20-item"): (9, 9),
        ("groc", "11-point"): (None, Decimal("2.5")),
        ("groc", "15-point"): (None, None),
    }


@every_instrument
def test_every_number_has_a_source(of: Instrument) -> None:
    sources = [
        of.source,
        of.missing.source,
        *[one.source for one in (*of.bands, *of.caveats, *of.notes)],
        *[cited.source for version in of.versions for cited in version.thresholds.every],
    ]

    assert [source for source in sources if len(source.split()) < 2] == []


@every_instrument
def test_versions_have_keys_and_names_of_their_own(of: Instrument) -> None:
    assert len({one.key for one in of.versions}) == len({one.label for one in of.versions}) == len(of.versions)
    assert [of.version(one.key) for one in of.versions] == list(of.versions)


@every_instrument
def test_no_text_of_an_instrument_is_shipped(of: Instrument) -> None:
    """Only the topics of the UWRI are named, in at most four words of our own; all else is a number."""
    labels = [of.item_label(number) for number in range(1, of.versions[0].items + 1)]

    if of is UWRI:
        assert max(len(label.split()) for label in labels) <= 4
    else:
        assert labels == [f"{of.item.capitalize()} {number}" for number in range(1, len(labels) + 1)]


def test_items_are_called_by_number_or_by_our_topic() -> None:
    assert ODI.item_label(1) == "Section 1"
    assert RMDQ.item_label(24) == "Statement 24"
    assert [UWRI.item_label(number) for number in (1, 4, 9)] == ["Daily tasks", "Pain during a run", "Confidence"]


@every_instrument
def test_bands_rise_to_the_end_of_the_scale(of: Instrument) -> None:
    ends = [one.up_to for one in of.bands]

    assert ends == sorted(set(ends))
    assert not ends or ends[-1] == of.versions[0].high


@every_instrument
def test_lower_is_better_where_it_says_so(of: Instrument) -> None:
    assert of.lower_is_better == (of.key in {"nprs", "odi", "rmdq"})
