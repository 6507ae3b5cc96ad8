"""Running gait: what was seen, at which speed; the cadence to aim at; how feedback fades."""

from clinic.care.gait.facts import Found, GaitFacts, Tried
from clinic.care.gait.models import GaitAnalysis, GaitStill
from clinic.care.gait.queries import Analysis, analyses_of, analysis_of, baseline_of, newest_target
from clinic.care.gait.write import add_still, take_out_still, write

__all__ = [
    "Analysis",
    "Found",
    "GaitAnalysis",
    "GaitFacts",
    "GaitStill",
    "Tried",
    "add_still",
    "analyses_of",
    "analysis_of",
    "baseline_of",
    "newest_target",
    "take_out_still",
    "write",
]
