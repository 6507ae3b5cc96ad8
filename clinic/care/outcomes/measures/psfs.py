"""PSFS: three to five activities of the patient's own, each 0 to 10, and their mean; higher is better."""

from collections.abc import Sequence
from decimal import Decimal

from clinic.care.outcomes.measures.answers import half_up, total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import POLICY, UNSOURCED, Cited, Thresholds

FEWEST, MOST = 3, 5
STRATFORD = f"{UNSOURCED}: Stratford 1995, from memory"


def mean(answers: Sequence[int]) -> Decimal:
    """Return the mean of the activities to one decimal place, halves up."""
    return half_up(total(answers) / len(answers), places=1)


def _version(key: str, label: str, *, fewest: int, most: int, mdc: int) -> Version:
    return Version(
        key=key,
        label=label,
        low=Decimal(0),
        high=Decimal(10),
        item_low=0,
        item_high=10,
        items=most,
        fewest=fewest,
        thresholds=Thresholds(mdc=Cited(value=Decimal(mdc), source=STRATFORD)),
    )


PSFS = Instrument(
    key="psfs",
    label="PSFS",
    better="higher",
    unit="/10",
    versions=(
        _version("mean", "PSFS, mean", fewest=FEWEST, most=MOST, mdc=2),
        _version("single", "PSFS, one activity", fewest=1, most=1, mdc=3),
    ),
    missing=MissingRule(
        most=0,
        words="Every activity that was named has to be scored: a mean of others would not be comparable.",
        source=POLICY,
    ),
    formula=mean,
    source=STRATFORD,
    terms="The activities are the patient's own words; the wording of the question is ours.",
    item="activity",
    notes=(
        Note(
            words="More responsive than the RMDQ where activity is little limited: fits runners.",
            source="Hall 2010, PMC3036014",
        ),
    ),
    names_activities=True,
)
