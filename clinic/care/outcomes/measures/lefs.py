"""LEFS: twenty items of 0 to 4, summed to 0 to 80; higher is better. Item numbers only: the text is not ours."""

from decimal import Decimal

from clinic.care.outcomes.measures.answers import total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import POLICY, Cited, Thresholds

ITEMS = 20
BINKLEY = "Binkley 1999, Phys Ther 79:371 (90 %)"

LEFS = Instrument(
    key="lefs",
    label="LEFS",
    better="higher",
    unit="/80",
    versions=(
        Version(
            key="20-item",
            label="LEFS, 20 items",
            low=Decimal(0),
            high=Decimal(80),
            item_low=0,
            item_high=4,
            items=ITEMS,
            fewest=ITEMS,
            thresholds=Thresholds(
                mdc=Cited(value=Decimal(9), source=BINKLEY), mcid=Cited(value=Decimal(9), source=BINKLEY)
            ),
        ),
    ),
    missing=MissingRule(most=0, words="Every item has to be answered. Nothing is filled in.", source=POLICY),
    formula=total,
    source=BINKLEY,
    terms="Under copyright of its author: use the clinic's own form; only item numbers are shown here.",
    caveats=(
        Note(
            words="the LEFS reaches its ceiling in 12 to 25 % of injured runners: add the UWRI or the PSFS",
            source="Nelson 2019, PMC7060789, table 5",
        ),
    ),
    notes=(
        Note(words="One score is exact to ±5.3 points.", source=BINKLEY),
        Note(words="Healthy people have a median of 77 of 80.", source="LEFS norms, Acta Orthop 2017"),
    ),
)
