"""How each exercise looks: two poses, the start and the far end of the movement, as data."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from clinic.care.homecare.library.figure import Pose, draw, frame_of
from clinic.care.homecare.library.poses import face_down, on_the_back, on_the_side, standing, stretches

POSES: Mapping[str, tuple[Pose, Pose]] = MappingProxyType(
    stretches.POSES | standing.POSES | on_the_back.POSES | face_down.POSES | on_the_side.POSES
)


@cache
def drawings(code: str) -> tuple[str, str]:
    """Return the two drawings of an exercise as SVG, start and end, in one frame and to one scale.

    The text is made of the library's own data only, and needs no escaping.
    """
    start, end = POSES[code]
    frame = frame_of((start, end))
    return draw(start, frame), draw(end, frame)


__all__ = ["POSES", "drawings"]
