"""What an instrument is: its versions, ranges, rule for missing answers, formula, and words for a score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from clinic.care.outcomes.measures.answers import NotAnAnswer, checked, named_activities, spelled
from clinic.care.outcomes.measures.thresholds import Thresholds


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version, variant or scale; scores of two versions are never compared.

    ``key`` is what is stored with a score. ``low`` and ``high`` are the ends of the score, ``item_low`` and
    ``item_high`` those of one answer. ``items`` is how many answers there are, ``fewest`` how few there may be.
    """

    key: str
    label: str
    low: Decimal
    high: Decimal
    item_low: int
    item_high: int
    items: int
    fewest: int
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True)
class MissingRule:
    """Say what a missing answer does: it counts as nothing ticked, or up to ``most`` of them are left out."""

    most: int
    words: str
    source: str
    counts_as_zero: bool = False


@dataclass(frozen=True, kw_only=True)
class Band:
    """A word for scores up to and including ``up_to``, above the band before."""

    up_to: Decimal
    label: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """A sentence about an instrument, with its source."""

    words: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Scored:
    """What an instrument came to: ``value`` in its unit, or None and the ``reason``.

    ``key`` and ``version`` are those of the instrument; ``answered`` counts answers, ``missing`` are the numbers of the
    items without one, from 1. ``activities`` are the patient's own, where the instrument asks for them.
    """

    key: str
    version: str
    value: Decimal | None
    answered: int = 0
    missing: tuple[int, ...] = ()
    reason: str = ""
    band: str = ""
    activities: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether enough was answered for a score."""
        return self.value is not None


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One outcome instrument. It holds no text that needs a license: ``topics`` are our own short labels, or none.

    ``formula`` turns the answers that were given into the score; ``item`` is what one question is called. ``terms``
    says what may be shown of it. ``caveats`` go with every change, ``notes`` with the instrument.
    ``names_activities``: each answer belongs to an activity in the patient's own words. ``is_change``: the score is
    itself a change, so that two of them are not compared.
    """

    key: str
    label: str
    better: Literal["lower", "higher"]
    unit: str
    versions: tuple[Version, ...]
    missing: MissingRule
    formula: Callable[[Sequence[int]], Decimal]
    source: str
    terms: str
    item: str = "item"
    topics: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    caveats: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    names_activities: bool = False
    is_change: bool = False

    @property
    def lower_is_better(self) -> bool:
        """Which way is better."""
        return self.better == "lower"

    def version(self, key: str = "") -> Version:
        """Return a version by its key, or the only one; raises ``NotAnAnswer`` where that is open."""
        found = [one for one in self.versions if one.key == key or (not key and len(self.versions) == 1)]
        if not found:
            known = ", ".join(one.label for one in self.versions)
            raise NotAnAnswer(f"Choose which {self.label} it was: {known}.", field="version")
        return found[0]

    def item_label(self, number: int) -> str:
        """Return the label of an item, from 1: our own topic, or its number."""
        return self.topics[number - 1] if self.topics else f"{self.item.capitalize()} {number}"

    def score(
        self, answers: Sequence[Decimal | int | None], *, version: str = "", activities: Sequence[str] = ()
    ) -> Scored:
        """Return the score of the answers, in the order of the items; None is no answer.

        Raises ``NotAnAnswer`` for a wrong number of answers or activities, for an answer that is not whole or out of
        range, and where ``version`` has to be said.
        """
        of = self.version(version)
        given = checked(
            answers,
            label=self.label,
            item=self.item,
            low=of.item_low,
            high=of.item_high,
            fewest=of.fewest,
            most=of.items,
        )
        names = named_activities(activities, of=len(given)) if self.names_activities else ()
        if self.missing.counts_as_zero:
            given = [0 if one is None else one for one in given]
        missing = tuple(number for number, one in enumerate(given, 1) if one is None)
        valid = [one for one in given if one is not None]
        value = self.formula(valid) if valid and len(missing) <= self.missing.most else None
        return Scored(
            key=self.key,
            version=of.key,
            value=value,
            answered=len(valid),
            missing=missing,
            reason="" if value is not None else self._not_scored(len(missing), len(given)),
            band="" if value is None else self.band(value),
            activities=names,
        )

    def band(self, value: Decimal) -> str:
        """Return the word for a score, or nothing where the instrument has none."""
        return next((one.label for one in self.bands if value <= one.up_to), "")

    def _not_scored(self, missing: int, of: int) -> str:
        return f"incomplete, not scored: {missing} of {spelled(of, self.item)} missing"
