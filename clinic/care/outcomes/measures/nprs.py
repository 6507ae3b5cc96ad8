"""NPRS: pain as one whole number, 0 to 10, at one of five moments; lower is better."""

from decimal import Decimal

from clinic.care.outcomes.measures.answers import total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import UNSOURCED, Cited, Thresholds

CHILDS = "Childs 2005, Spine 30:1331"
OSTELO = "Ostelo 2008, Spine (consensus: 2, or 30 % of the baseline)"
BY_BASELINE = "Thieme a-1304-3677"

THRESHOLDS = Thresholds(
    mdc=Cited(value=Decimal(2), source=CHILDS),
    mcid=Cited(value=Decimal(2), source=OSTELO),
    share=Cited(value=Decimal(30), source=OSTELO),
    other_mdc=(Cited(value=Decimal("1.77"), source=BY_BASELINE),),
    other_mcid=(
        Cited(value=Decimal(1), source=BY_BASELINE, baseline=(Decimal(1), Decimal(4))),
        Cited(value=Decimal(2), source=BY_BASELINE, baseline=(Decimal(5), Decimal(7))),
        Cited(value=Decimal(3), most=Decimal(4), source=BY_BASELINE, baseline=(Decimal(8), Decimal(10))),
        Cited(value=Decimal("2.2"), source=CHILDS, when="at 1 week"),
        Cited(value=Decimal("1.5"), source=CHILDS, when="at 4 weeks"),
    ),
)


def _moment(key: str, label: str) -> Version:
    return Version(
        key=key,
        label=label,
        low=Decimal(0),
        high=Decimal(10),
        item_low=0,
        item_high=10,
        items=1,
        fewest=1,
        thresholds=THRESHOLDS,
    )


NPRS = Instrument(
    key="nprs",
    label="NPRS",
    better="lower",
    unit="/10",
    versions=(
        _moment("now", "Pain now"),
        _moment("best", "Best pain in 24 h"),
        _moment("worst", "Worst pain in 24 h"),
        _moment("running", "Pain during the run"),
        _moment("after", "Pain 24 h after the run"),
    ),
    missing=MissingRule(most=0, words="Without the number there is no score.", source="One question"),
    formula=total,
    source=f"{CHILDS}; the five moments: {UNSOURCED}",
    terms="A generic scale: the wording is our own.",
    notes=(Note(words="Standard error of measurement 1.02.", source=CHILDS),),
)
