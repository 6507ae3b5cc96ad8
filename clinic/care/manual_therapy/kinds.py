"""The kinds of technique, the fields of each, and the words of the grades. Pure."""

from typing import NamedTuple

COUNTERSTRAIN = "counterstrain"
THRUST = "thrust"
GRADES = {
    "I": "small, early in the range",
    "II": "large, mid-range, no resistance",
    "III": "large, into resistance",
    "IV": "small, at the end of the range",
}
"""Maitland's grades of mobilization (wikisum, joint mobilization, for the five; wording: ours). V is the thrust."""


class Field(NamedTuple):
    """A field of a technique: its column, label, width in letters, hint, choices, and whether it is a number."""

    name: str
    label: str
    width: int = 0
    hint: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False

    @property
    def options(self) -> list[tuple[str, str]]:
        """Return the choices with their words, none of them first."""
        return [("", "–"), *((one, f"{one}: {GRADES[one]}" if one in GRADES else one) for one in self.choices)]


class Kind(NamedTuple):
    """A kind of technique with its fields; ``noun`` begins the row of the note."""

    key: str
    label: str
    noun: str
    fields: tuple[Field, ...]


MINUTES = Field("minutes", "Minutes", 3, number=True)
RESPONSE = Field("response", "Patient's response")
RETEST = Field("retest", "Comparable sign, before and after")
KINDS = {
    one.key: one
    for one in (
        Kind(
            "mobilization",
            "Mobilization",
            "Mobilization",
            (
                Field("region", "Segment or joint", 16),
                Field("direction", "Direction", 16, "such as PA central, PA on one side, rotation"),
                Field("grade", "Grade", choices=tuple(GRADES)),
                Field("manner", "Manner", choices=("oscillation", "sustained")),
                Field("bouts", "Bouts", 3, number=True),
                Field("seconds", "Seconds each", 3, number=True),
                MINUTES,
                RESPONSE,
                RETEST,
            ),
        ),
        Kind(
            "muscle energy",
            "Muscle energy",
            "Muscle energy",
            (
                Field("region", "Muscle or segment", 16),
                Field("direction", "Barrier", 16),
                Field("seconds", "Contraction, s", 3, "3 to 7 usual", number=True),
                Field("effort_pct", "Effort, %", 3, "20 to 30 usual", number=True),
                Field("bouts", "Repetitions", 3, "3 to 5 usual", number=True),
                MINUTES,
                RESPONSE,
                RETEST,
            ),
        ),
        Kind(
            "soft tissue",
            "Soft tissue",
            "Soft tissue",
            (
                Field("region", "Region", 16),
                Field("manner", "Technique", choices=("myofascial", "massage", "instrument")),
                Field("direction", "Pressure, depth", 16),
                Field("tool", "Tool", 16),
                MINUTES,
                RESPONSE,
                RETEST,
            ),
        ),
        Kind(
            THRUST,
            "Thrust",
            "Thrust",
            (
                Field("region", "Segment", 16),
                Field("direction", "Technique", 16),
                Field("manner", "Cavitation", hint="has no weight", choices=("heard", "not heard")),
                MINUTES,
                RESPONSE,
                RETEST,
            ),
        ),
    )
}
SIDES = {"": "–", "L": "left", "R": "right", "both": "both"}
ADVERSE = {"none": "none", "soreness": "sore", "dizzy": "dizzy", "other": "other"}
