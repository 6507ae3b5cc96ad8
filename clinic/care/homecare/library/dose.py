"""How much of an exercise: sets, repetitions, holds, how often; checked, and said in a patient's words.

The bounds are those of the clinical reference, D1: sets 1 to 10, repetitions 1 to 50, holds 1 to 300 s.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic.refusals import Unacceptable

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PAIN_CEILING = 3
"""Pain of 10 up to which a patient goes on, unless the therapist says otherwise (clinical reference, D1)."""

_TEMPO = re.compile(r"\d{1,2}-\d{1,2}-\d{1,2}-\d{1,2}")


class DoseRefused(Unacceptable):
    """A dose cannot be: the sentence says which number, and how to mend it."""


class Side(StrEnum):
    """Which side an exercise is for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATING = "alternating"
    NONE = "none"


class LoadUnit(StrEnum):
    """What a load is measured in; RPE is effort of 10."""

    BODYWEIGHT = "bodyweight"
    KG = "kg"
    LB = "lb"
    BAND = "band"
    RPE = "RPE"


@dataclass(frozen=True)
class Span:
    """A whole number, or a range of them: ``Span(3)`` is 3, ``Span(3, 5)`` is 3 to 5."""

    least: int
    most: int = 0

    def __post_init__(self) -> None:
        if not self.most:
            object.__setattr__(self, "most", self.least)

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"


@dataclass(frozen=True)
class Load:
    """What is lifted or pulled: an amount in kg, lb or of effort, or the color of a band."""

    unit: LoadUnit
    amount: Decimal | None = None
    color: str = ""

    @property
    def is_external(self) -> bool:
        """Whether a weight is lifted."""
        return self.unit in (LoadUnit.KG, LoadUnit.LB)


@dataclass(frozen=True, kw_only=True)
class Dose:
    """How much, and how often; raises DoseRefused where a number cannot be.

    ``hold_s`` and ``rest_s`` are seconds, ``rest_s`` between sets. ``fewer_each_set`` counts down: three sets of
    ``Span(3, 5)`` are 5, 4, then 3. ``tempo`` is seconds down, pause, up, pause. ``when`` ties it to the patient's
    day ("after sitting"). ``weekdays`` are 0 for Monday to 6, and stand in for ``days_per_week``. ``in_steps`` says
    that a repetition is a step.
    """

    sets: Span = Span(1)
    reps: Span | None = None
    hold_s: Span | None = None
    side: Side = Side.NONE
    load: Load | None = None
    tempo: str = ""
    rest_s: int = 0
    per_day: Span = Span(1)
    days_per_week: Span = Span(7)
    weekdays: tuple[int, ...] = ()
    when: str = ""
    pain_ceiling: int = PAIN_CEILING
    fewer_each_set: bool = False
    in_steps: bool = False

    def __post_init__(self) -> None:
        if self.reps is None and self.hold_s is None:
            raise DoseRefused("Say how many times, or how long to hold.", field="reps")
        _within(self.sets, 1, 10, "Sets are a whole number from 1 to 10.", "sets")
        _within(self.reps, 1, 50, "Repetitions are a whole number from 1 to 50.", "reps")
        _within(self.hold_s, 1, 300, "A hold is 1 to 300 seconds.", "hold_s")
        _within(self.per_day, 1, 24, "Times a day are 1 to 24.", "per_day")
        _within(self.days_per_week, 1, 7, "Days a week are 1 to 7.", "days_per_week")
        _within(Span(self.rest_s or 1), 1, 600, "The rest between sets is at most 600 seconds.", "rest_s")
        if not 0 <= self.pain_ceiling <= 10:
            raise DoseRefused("The pain to stay under is 0 to 10.", field="pain_ceiling")
        if self.tempo and not _TEMPO.fullmatch(self.tempo):
            raise DoseRefused("Write the tempo as four counts of seconds, like 3-0-1-0.", field="tempo")
        if len(self.when) > 60 or not self.when.isprintable():
            raise DoseRefused("Keep the time of day to 60 characters.", field="when")
        _check_weekdays(self.weekdays)
        _check_load(self.load)
        if self.fewer_each_set and not _counts_down(self.sets, self.reps):
            raise DoseRefused("Counting down needs one number of repetitions for each set.", field="reps")


def words(dose: Dose) -> str:
    """Return the dose as a patient reads it: "2 × 30 s each side, every day"."""
    parts = [_amount(dose) + _load(dose.load)]
    if dose.reps is not None and dose.hold_s is not None:
        parts.append(f"hold {seconds(dose.hold_s)}")
    if dose.tempo:
        parts.append(f"slow {dose.tempo}")
    if dose.rest_s:
        parts.append(f"rest {seconds(Span(dose.rest_s))} between sets")
    return ", ".join([*parts, *_how_often(dose)])


def seconds(span: Span) -> str:
    """Return a stretch of time: "30 s", or minutes where it is whole ones and two or more: "3–5 min"."""
    if span.least >= 120 and not span.least % 60 and not span.most % 60:
        return f"{Span(span.least // 60, span.most // 60)} min"
    return f"{span} s"


def _amount(dose: Dose) -> str:
    side = {
        Side.LEFT: ", left side",
        Side.RIGHT: ", right side",
        Side.BOTH: " each side",
        Side.ALTERNATING: ", alternating sides",
        Side.NONE: "",
    }[dose.side]
    if dose.fewer_each_set and dose.reps is not None:
        counts = [str(n) for n in range(dose.reps.most, dose.reps.least - 1, -1)]
        return f"{', '.join(counts[:-1])}, then {counts[-1]} times{side}"
    many = dose.sets.most > 1
    if dose.reps is None:
        held = seconds(dose.hold_s) if dose.hold_s else ""
        return f"{dose.sets} × {held}{side}" if many else f"{held}{side}"
    noun = "steps" if dose.in_steps else "" if many else "time" if dose.reps.most == 1 else "times"
    counted = f"{dose.reps} {noun}".rstrip()
    return f"{dose.sets} × {counted}{side}" if many else f"{counted}{side}"


def _load(load: Load | None) -> str:
    if load is None or load.unit is LoadUnit.BODYWEIGHT:
        return ""
    if load.unit is LoadUnit.BAND:
        return f" with a {load.color} band"
    if load.unit is LoadUnit.RPE:
        return f" at effort {load.amount} of 10"
    return f" with {load.amount} {load.unit}"


def _how_often(dose: Dose) -> list[str]:
    a_day = {1: "", 2: "twice a day"}.get(dose.per_day.most, f"{dose.per_day} times a day")
    if dose.weekdays:
        days = ", ".join(WEEKDAYS[day] for day in sorted(dose.weekdays))
    elif dose.days_per_week != Span(7):
        days = f"{dose.days_per_week} day{'s' * (dose.days_per_week.most > 1)} a week"
    else:
        days = "" if a_day or dose.when else "every day"
    return [part for part in (dose.when, a_day, days) if part]


def _within(span: Span | None, low: int, high: int, sentence: str, field: str) -> None:
    if span is not None and not low <= span.least <= span.most <= high:
        raise DoseRefused(sentence, field=field)


def _check_weekdays(weekdays: tuple[int, ...]) -> None:
    if len(set(weekdays)) != len(weekdays) or any(not 0 <= day <= 6 for day in weekdays):
        raise DoseRefused("Name each day of the week once.", field="weekdays")


def _check_load(load: Load | None) -> None:
    if load is None or load.unit is LoadUnit.BODYWEIGHT:
        return
    if load.unit is LoadUnit.BAND:
        if not load.color.strip():
            raise DoseRefused("Say the color of the band.", field="load")
        if len(load.color) > 20:
            raise DoseRefused("Say the color of the band in at most 20 letters.", field="load")
        return
    most = 10 if load.unit is LoadUnit.RPE else 500
    if load.amount is None or not load.amount.is_finite() or not 0 < load.amount <= most:
        raise DoseRefused(f"The load in {load.unit} is more than 0 and at most {most}.", field="load")


def _counts_down(sets: Span, reps: Span | None) -> bool:
    return reps is not None and sets.least == sets.most > 1 and reps.most - reps.least + 1 == sets.most
