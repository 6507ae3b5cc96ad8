"""What patients often do that works against them: candidates for the list of things to stop, for a therapist to pick.

From memory (clinical reference, D3): ``OURS`` holds for every row.
"""

from typing import NamedTuple

from clinic.care.homecare.library.exercise import OURS, Direction


class ToStop(NamedTuple):
    """Something to leave out: its ``name`` and ``why`` are for the patient.

    ``direction`` is the way it takes the spine; ``against_all`` where it is left out whatever the preference.
    """

    key: str
    name: str
    why: str
    direction: Direction
    loaded: bool = False
    against_all: bool = False
    source: str = OURS


TO_STOP = (
    ToStop(
        "sit-ups",
        "Full sit-ups",
        "They bend the low back under load, again and again.",
        Direction.FLEXION,
        loaded=True,
    ),
    ToStop(
        "double-leg-lowering",
        "Lowering both straight legs",
        "The weight of both legs pulls the low back into an arch.",
        Direction.EXTENSION,
        loaded=True,
        against_all=True,
    ),
    ToStop(
        "toe-touch-bouncing",
        "Bouncing toe touches",
        "They round the back with a jerk, and pull on the nerve.",
        Direction.FLEXION,
        against_all=True,
    ),
    ToStop(
        "loaded-twist",
        "Twisting to the end with a weight",
        "A turned and loaded back has the least room to spare.",
        Direction.ROTATION,
        loaded=True,
        against_all=True,
    ),
    ToStop(
        "hard-hamstring-stretch",
        "Hard stretching of a sore hamstring",
        "What pulls may be the nerve, and a nerve gets angrier when it is stretched.",
        Direction.FLEXION,
        against_all=True,
    ),
    ToStop(
        "early-hills-speed",
        "Hills and speed",
        "They raise the load before the easy minutes are steady.",
        Direction.NONE,
    ),
)
