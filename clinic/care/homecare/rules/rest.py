"""Rest is relative: keep walking, keep the day going; no bed rest (clinical reference, E2; ``OURS``: from memory)."""

from clinic.care.homecare.rules import OURS

SOURCE = f"Clinical reference E2: consistent across guidelines, from memory. {OURS}"
REST_WORDS = (
    "Keep walking and keep doing your day, within what your back allows.",
    "Leave out only what is on your stop list.",
    "Do not stay in bed: it makes a back stiffer and weaker.",
    "Sleep is recovery: give it the time you need.",
)
