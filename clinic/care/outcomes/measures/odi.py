"""ODI: ten sections of 0 to 5 as percent of what was answered, 0 to 100; lower is better.

Only section numbers are held: the text needs a license.
"""

from collections.abc import Sequence
from decimal import Decimal

from clinic.care.outcomes.measures.answers import half_up
from clinic.care.outcomes.measures.instrument import Band, Instrument, MissingRule, Version
from clinic.care.outcomes.measures.thresholds import POLICY, Cited, Thresholds

SECTIONS = 10
WORST = 5
OSTELO = "Ostelo 2008, Spine (consensus: 10, or 30 % of the baseline)"
SCORING = "Modified-ODI scoring text (idcafe.net)"
FRITZ = "Fritz and Irrgang 2001, by evidenceinphysicaltherapy.wikidot (modified ODI)"
OTHERS = "ODI on Wikipedia; ASIR table, doi 1750-1164-7-12"
SHARE = Cited(value=Decimal(30), source=OSTELO)

PUBLISHED = Thresholds(
    mdc=Cited(value=Decimal(10), source=f"{SCORING}: MDC90"),
    mcid=Cited(value=Decimal(10), source=OSTELO),
    share=SHARE,
    other_mdc=(Cited(value=Decimal("12.8"), source=OTHERS),),
)
MODIFIED = Thresholds(
    mdc=Cited(value=Decimal("12.68"), source=FRITZ), mcid=Cited(value=Decimal(6), source=FRITZ), share=SHARE
)


def percent(answers: Sequence[int]) -> Decimal:
    """Return the score of the sections answered, in percent to one decimal place, halves up.

    A section left out lowers the most that could be reached by 5. A change is that of the scores as they are told:
    where a section is missing it may be off by 0.1, which can matter beside 12.68 and never beside 6 or 10.
    Source: modified-ODI scoring text; RehabMeasures.
    """
    return half_up(Decimal(100 * sum(answers)) / (WORST * len(answers)), places=1)


def _version(key: str, label: str, thresholds: Thresholds) -> Version:
    return Version(
        key=key,
        label=label,
        low=Decimal(0),
        high=Decimal(100),
        item_low=0,
        item_high=WORST,
        items=SECTIONS,
        fewest=SECTIONS,
        thresholds=thresholds,
    )


def _band(up_to: int, label: str) -> Band:
    return Band(up_to=Decimal(up_to), label=label, source=f"{OTHERS}; neutral words: policy")


ODI = Instrument(
    key="odi",
    label="ODI",
    better="lower",
    unit="%",
    versions=(
        _version("2.1a", "ODI 2.1a", PUBLISHED),
        _version("2.0", "ODI 2.0", PUBLISHED),
        _version("1.0", "ODI 1.0", PUBLISHED),
        _version("modified", "Modified ODI", MODIFIED),
    ),
    missing=MissingRule(
        most=2,
        words="Up to 2 sections may be missing: each is left out of the percentage. Nothing is filled in.",
        source=f"{SCORING}; RehabMeasures ODI text. At least 8 of 10: {POLICY}",
    ),
    formula=percent,
    source=f"{SCORING}; RehabMeasures ODI text",
    terms="Licensed through Mapi ePROVIDE: use the clinic's own form; only section numbers are shown here.",
    item="section",
    bands=(
        _band(20, "minimal"),
        _band(40, "moderate"),
        _band(60, "severe"),
        _band(80, "very severe"),
        _band(100, "extreme"),
    ),
)
