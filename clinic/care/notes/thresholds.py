"""By which numbers a change is read: the clinic's own, except where a version has numbers of its own."""

from collections.abc import Mapping
from decimal import Decimal

from clinic.care.notes.measures import Measure
from clinic.care.outcomes.measures import Instrument, Thresholds
from clinic.care.outcomes.measures.thresholds import Cited

OWN = frozenset({("odi", "modified"), ("psfs", "single"), ("groc", "15-point")})
"""Versions for which the clinic's measure is not meant. Source: clinical reference A1."""
SAME_FORM = frozenset({"odi"})
"""Instruments of which every version is scored on the range of the clinic's measure."""
NAMED = {"nprs": "pain"}


def measure_key(instrument: str) -> str:
    """Return the key of the clinic's measure of an instrument."""
    return NAMED.get(instrument, instrument)


def is_the_clinics(instrument: str, version: str) -> bool:
    """Say whether a score of a version is a value of the clinic's measure."""
    return instrument in SAME_FORM or (instrument, version) not in OWN


def thresholds_of(of: Instrument, version: str, *, known: Mapping[str, Measure]) -> Thresholds:
    """Return the thresholds of a version, error and important change as the clinic has set them.

    ``version`` may be empty, where it was not recorded: then only the clinic's numbers are known.
    """
    found = [one for one in of.versions if one.key == version]
    cited = found[0].thresholds if found else Thresholds()
    measure = known.get(measure_key(of.key))
    if measure is None or (of.key, version) in OWN:
        return cited
    if (measure.mdc, measure.mcid) == (_value(cited.mdc), _value(cited.mcid)):
        return cited
    return cited.of_clinic(mdc=measure.mdc, mcid=measure.mcid, source=measure.source)


def _value(cited: Cited | None) -> Decimal | None:
    return None if cited is None else cited.value
