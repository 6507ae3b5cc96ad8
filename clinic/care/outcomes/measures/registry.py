"""The instruments by their keys, in the order in which they are shown."""

from types import MappingProxyType

from clinic.care.outcomes.measures.groc import GROC
from clinic.care.outcomes.measures.instrument import Instrument
from clinic.care.outcomes.measures.lefs import LEFS
from clinic.care.outcomes.measures.nprs import NPRS
from clinic.care.outcomes.measures.odi import ODI
from clinic.care.outcomes.measures.psfs import PSFS
from clinic.care.outcomes.measures.rmdq import RMDQ
from clinic.care.outcomes.measures.uwri import UWRI
from clinic.refusals import NotFound

INSTRUMENTS = MappingProxyType({one.key: one for one in (NPRS, ODI, RMDQ, UWRI, PSFS, LEFS, GROC)})


def instrument(key: str) -> Instrument:
    """Return an instrument by its key; raises ``NotFound``."""
    if key not in INSTRUMENTS:
        raise NotFound("There is no such measure.")
    return INSTRUMENTS[key]
