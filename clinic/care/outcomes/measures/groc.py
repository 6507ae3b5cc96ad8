"""GROC: how much better or worse the patient says it is since the start, on one of two scales; higher is better."""

from decimal import Decimal

from clinic.care.outcomes.measures.answers import total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import UNSOURCED, Cited, Thresholds

BOBOS = "Bobos 2020, PMC7025089 (low back pain, 11-point scale)"


def _scale(key: str, label: str, most: int, thresholds: Thresholds) -> Version:
    return Version(
        key=key,
        label=label,
        low=Decimal(-most),
        high=Decimal(most),
        item_low=-most,
        item_high=most,
        items=1,
        fewest=1,
        thresholds=thresholds,
    )


GROC = Instrument(
    key="groc",
    label="Global change",
    better="higher",
    unit="",
    versions=(
        _scale("11-point", "−5 to +5", 5, Thresholds(mcid=Cited(value=Decimal("2.5"), source=BOBOS))),
        _scale("15-point", "−7 to +7", 7, Thresholds()),
    ),
    missing=MissingRule(most=0, words="Without the number there is no score.", source="One question"),
    formula=total,
    source=BOBOS,
    terms="A generic scale: the wording is our own.",
    notes=(
        Note(
            words="On −7 to +7: 1 to 3 is small, 4 to 5 moderate, 6 to 7 large, either way.",
            source=f"{UNSOURCED}: Jaeschke and Juniper, from memory",
        ),
        Note(
            words="In the study of the UWRI, +2 to +3 was slightly and +4 to +5 significantly better, on its scale.",
            source="Nelson 2019, JOSPT 49:751",
        ),
    ),
    is_change=True,
)
