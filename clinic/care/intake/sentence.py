"""The emergency sentence: what a caller with a new problem is asked before times are shown; pure data, versioned.

It covers the signs of a squeezed nerve bundle in the low back, for which minutes and hours count, and a major accident
of today (clinical reference G1: sources 101, 102, 103). The wording is to be confirmed by a licensed therapist.
"""

from collections.abc import Sequence
from typing import NamedTuple

VERSION = "2026-11-25"

SENTENCE = (
    "Before I look for a time: do you have new trouble with your bladder or bowels, numbness between your legs or new "
    "sexual numbness, pain, numbness or weakness in both legs, a leg that is rapidly getting weaker, or did you have a "
    "major fall or accident today?"
)
NONE_OF_THESE, YES_OR_UNSURE = "none", "yes"
ANSWERS = {NONE_OF_THESE: "None of these", YES_OR_UNSURE: "Yes, or unsure"}

SCRIPT = (
    "This needs to be looked at right now, not here. Please call 911, or let somebody take you to the emergency "
    "department. Do not drive yourself, and do not wait for us to call back."
)
SCRIPT_AFTER = "Take the name and the number, so that a therapist can ask how it went. Book no visit today."


class Complaint(NamedTuple):
    """A chip of what hurts, and the words of a therapist's focus that fit it."""

    key: str
    label: str
    focus: tuple[str, ...]


COMPLAINTS = (
    Complaint("low-back", "Low back", ("low back", "spine", "back")),
    Complaint("neck", "Neck", ("neck", "spine")),
    Complaint("hip", "Hip", ("hip",)),
    Complaint("knee", "Knee", ("knee",)),
    Complaint("foot", "Foot or ankle", ("foot", "ankle")),
    Complaint("shoulder", "Shoulder", ("shoulder",)),
    Complaint("running", "Running", ("running", "gait")),
)
KEYS = frozenset(complaint.key for complaint in COMPLAINTS)


def focuses_of(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each thing that hurts the words of a therapist's focus that fit it."""
    return [one.focus for one in COMPLAINTS if one.key in keys]


def focus_of(keys: list[str]) -> tuple[str, ...]:
    """Return the words of a therapist's focus that fit what hurts."""
    return tuple(dict.fromkeys(word for one in COMPLAINTS if one.key in keys for word in one.focus))
