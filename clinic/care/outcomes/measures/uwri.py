"""UWRI: nine items of 0 to 4 about running, summed to 0 to 36; higher is better. Topics only: the text is not ours."""

from decimal import Decimal

from clinic.care.outcomes.measures.answers import total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import POLICY, Cited, Thresholds

NELSON_2020 = "Nelson 2020, JOSPT 50:702"
NELSON_2019 = "Nelson 2019, JOSPT 49:751 (standard error 1.47; computed)"
TOPICS = (
    "Daily tasks",
    "Frustration",
    "Perceived recovery",
    "Pain during a run",
    "Pain after a run",
    "Weekly volume",
    "Distance of a run",
    "Pace",
    "Confidence",
)

UWRI = Instrument(
    key="uwri",
    label="UWRI",
    better="higher",
    unit="/36",
    versions=(
        Version(
            key="9-item",
            label="UWRI, 9 items",
            low=Decimal(0),
            high=Decimal(36),
            item_low=0,
            item_high=4,
            items=len(TOPICS),
            fewest=len(TOPICS),
            thresholds=Thresholds(
                mdc=Cited(value=Decimal("4.1"), source=f"{NELSON_2019}: MDC95"),
                mcid=Cited(value=Decimal(8), source=NELSON_2020),
                other_mdc=(Cited(value=Decimal("3.4"), source=f"{NELSON_2019}: MDC90"),),
                other_mcid=(Cited(value=Decimal(5), source=f"{NELSON_2020}: minimal important change"),),
            ),
        ),
    ),
    missing=MissingRule(most=0, words="Every item has to be answered. Nothing is filled in.", source=POLICY),
    formula=total,
    source="Nelson 2019, JOSPT 49:751; range of an item computed (36 / 9)",
    terms="No license was found: use the clinic's own form; only our topics are shown here.",
    topics=TOPICS,
    notes=(
        Note(
            words="Its change follows the patient's own rating (r = 0.67), not the ODI (r = 0.05): take both.",
            source=NELSON_2020,
        ),
    ),
)
