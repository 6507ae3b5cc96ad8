"""RMDQ: how many of 24 statements are ticked; lower is better. Ticks are held by number, no text."""

from collections.abc import Iterable
from decimal import Decimal

from clinic.care.outcomes.measures.answers import NotAnAnswer, total
from clinic.care.outcomes.measures.instrument import Instrument, MissingRule, Note, Version
from clinic.care.outcomes.measures.thresholds import Cited, Thresholds

STATEMENTS = 24
OSTELO = "Ostelo 2008, Spine (consensus: 5, or 30 % of the baseline)"
READABLE = "RMDQ page of scientificspine.com"

THRESHOLDS = Thresholds(
    mcid=Cited(value=Decimal(5), source=OSTELO),
    share=Cited(value=Decimal(30), source=OSTELO),
    improves_from=Cited(value=Decimal(4), source=READABLE),
    worsens_up_to=Cited(value=Decimal(20), source=READABLE),
)

RMDQ = Instrument(
    key="rmdq",
    label="RMDQ",
    better="lower",
    unit="/24",
    versions=(
        Version(
            key="24-item",
            label="RMDQ, 24 statements",
            low=Decimal(0),
            high=Decimal(STATEMENTS),
            item_low=0,
            item_high=1,
            items=STATEMENTS,
            fewest=STATEMENTS,
            thresholds=THRESHOLDS,
        ),
    ),
    missing=MissingRule(
        most=0,
        words="A statement that is not ticked, or does not apply, counts as 0.",
        source=READABLE,
        counts_as_zero=True,
    ),
    formula=total,
    source=READABLE,
    terms="The published form needs no permission, its authors state (Roland and Fairbank); only numbers are shown.",
    item="statement",
    notes=(
        Note(
            words="People who say that they have recovered score about 2 or less, with pain of 0.",
            source="Kamper 2010, PMC2989296",
        ),
    ),
)


def ticks(numbers: Iterable[int]) -> list[int]:
    """Return the 24 answers in which these statements are ticked.

    Raises ``NotAnAnswer`` for a number that is no statement's, or comes twice.
    """
    answers = [0] * STATEMENTS
    for number in numbers:
        if not 1 <= number <= STATEMENTS:
            raise NotAnAnswer(f"The RMDQ has statements 1 to {STATEMENTS}; there is no {number}.", field="items")
        if answers[number - 1]:
            raise NotAnAnswer(f"Statement {number} is ticked twice.", field=f"item.{number}")
        answers[number - 1] = 1
    return answers
