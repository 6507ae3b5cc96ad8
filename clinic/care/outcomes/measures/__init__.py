"""The instruments, each in its own file: pure scoring, versions, rules for missing answers, cited thresholds."""

from clinic.care.outcomes.measures.answers import NotAnAnswer
from clinic.care.outcomes.measures.caveats import Caveat
from clinic.care.outcomes.measures.change import Change, NotComparable, read_change, read_rating
from clinic.care.outcomes.measures.groc import GROC
from clinic.care.outcomes.measures.instrument import Band, Instrument, MissingRule, Note, Scored, Version
from clinic.care.outcomes.measures.lefs import LEFS
from clinic.care.outcomes.measures.nprs import NPRS
from clinic.care.outcomes.measures.odi import ODI
from clinic.care.outcomes.measures.psfs import PSFS
from clinic.care.outcomes.measures.registry import INSTRUMENTS, instrument
from clinic.care.outcomes.measures.rmdq import RMDQ, ticks
from clinic.care.outcomes.measures.thresholds import Cited, Thresholds
from clinic.care.outcomes.measures.uwri import UWRI

__all__ = [
    "GROC",
    "INSTRUMENTS",
    "LEFS",
    "NPRS",
    "ODI",
    "PSFS",
    "RMDQ",
    "UWRI",
    "Band",
    "Caveat",
    "Change",
    "Cited",
    "Instrument",
    "MissingRule",
    "NotAnAnswer",
    "NotComparable",
    "Note",
    "Scored",
    "Thresholds",
    "Version",
    "instrument",
    "read_change",
    "read_rating",
    "ticks",
]
