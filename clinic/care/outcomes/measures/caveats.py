"""What has to be said beside a change: where thresholds cross, are missing or disputed, or the scale ends."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from clinic.care.outcomes.measures.answers import plain
from clinic.care.outcomes.measures.instrument import Instrument
from clinic.care.outcomes.measures.thresholds import Cited, Thresholds

ERROR = "the measurement error"
IMPORTANT = "the important change"


class Caveat(NamedTuple):
    """A sentence without a full stop, and the source of its numbers, if they have one of their own."""

    words: str
    source: str = ""


def unreadable(*, known: Thresholds, baseline: Decimal, improve: Decimal) -> bool:
    """Say whether the scale cannot show such a change from this baseline."""
    too_good = known.improves_from is not None and baseline < known.improves_from.value and improve > 0
    too_bad = known.worsens_up_to is not None and baseline > known.worsens_up_to.value and improve < 0
    return too_good or too_bad


def caveats_of(
    *, of: Instrument, version: str, known: Thresholds, baseline: Decimal, improve: Decimal
) -> tuple[Caveat, ...]:
    """Return everything that has to be said beside a change of ``improve``, positive where better, from a baseline."""
    size = abs(improve)
    return (
        *_of_thresholds(known, of.label),
        *_of_others(ERROR, known.mdc, known.other_mdc, size=size, baseline=baseline),
        *_of_others(IMPORTANT, known.mcid, known.other_mcid, size=size, baseline=baseline),
        *_of_the_scale(of, version, known, baseline=baseline, improve=improve),
        *(Caveat(one.words, one.source) for one in of.caveats),
    )


def _of_thresholds(known: Thresholds, label: str) -> Iterator[Caveat]:
    if known.mdc is None:
        yield Caveat(f"{ERROR} of the {label} is not known: a change may be chance")
    if known.mcid is None:
        yield Caveat(f"{IMPORTANT} of the {label} is not known")
    if known.mdc is not None and known.mcid is not None and known.mcid.value < known.mdc.value:
        important, error = plain(known.mcid.value), plain(known.mdc.value)
        yield Caveat(f"{IMPORTANT} ({important}) is below {ERROR} ({error})", _both(known.mcid, known.mdc))


def _both(one: Cited, other: Cited) -> str:
    return one.source if one.source == other.source else f"{one.source}; {other.source}"


def _of_others(
    what: str, used: Cited | None, others: tuple[Cited, ...], *, size: Decimal, baseline: Decimal
) -> Iterator[Caveat]:
    """Yield what another source says wherever it reads a change of this size otherwise."""
    for other in others if size else ():
        reached = None if used is None else size >= used.value
        top = other.value if other.most is None else other.most
        if other.holds_for(baseline) and {size >= top, size >= other.value} != {reached}:
            yield Caveat(f"another source puts {what}{_from(other)} at {_span(other)}", other.source)


def _from(cited: Cited) -> str:
    if cited.baseline is None:
        return ""
    return f" from a baseline of {plain(cited.baseline[0])} to {plain(cited.baseline[1])}"


def _span(cited: Cited) -> str:
    return plain(cited.value) if cited.most is None else f"{plain(cited.value)} to {plain(cited.most)}"


def _of_the_scale(
    of: Instrument, version: str, known: Thresholds, *, baseline: Decimal, improve: Decimal
) -> Iterator[Caveat]:
    ends = of.version(version)
    room = baseline - ends.low if of.lower_is_better else ends.high - baseline
    if known.mcid is not None and 0 <= room < known.mcid.value:
        yield Caveat(f"from {plain(baseline)} an important improvement ({plain(known.mcid.value)}) is not possible")
    if known.improves_from is not None and baseline < known.improves_from.value:
        low = plain(known.improves_from.value)
        yield Caveat(f"from a baseline below {low} a change cannot be read", known.improves_from.source)
    if known.worsens_up_to is not None and baseline > known.worsens_up_to.value and improve < 0:
        high = plain(known.worsens_up_to.value)
        yield Caveat(f"from a baseline above {high} a worsening cannot be read", known.worsens_up_to.source)
