"""Clothe the joints of a pose: round parts of proper thickness, each a run of balls."""

from itertools import pairwise
from typing import NamedTuple

from clinic.care.homecare.library.figure.pose import Lying, Pose
from clinic.care.homecare.library.figure.skeleton import SOLE, Joints, joints, parted
from clinic.care.homecare.library.figure.vectors import Vec, direction, lateral


class Ball(NamedTuple):
    """A ball at a place, with its radius in cm."""

    at: Vec
    radius: float


class Piece(NamedTuple):
    """The hull of some balls: a forearm, a stretch of the trunk."""

    name: str
    balls: tuple[Ball, ...]


class Part(NamedTuple):
    """What is drawn in one go: an arm, a leg, the trunk, the head."""

    name: str
    pieces: tuple[Piece, ...]


LIMBS = {
    "arm": (("upper", (("shoulder", 5.2), ("elbow", 4.1))), ("fore", (("elbow", 4.1), ("wrist", 2.9)))),
    "leg": (("thigh", (("hip", 8.6), ("knee", 5.8))), ("shank", (("knee", 5.8), ("ankle", 3.9)))),
}
HANDS = (("wrist", 2.9), ("hand", 2.6))
FEET = (("ankle", 3.9), *SOLE)
HEAD = (("head", 9.4), ("chin", 4.2))

STATIONS = (
    ("hip", "pelvis", -1.6, 6.0, 9.6),
    ("waist", "waist", 0.4, 5.0, 8.4),
    ("chest", "chest", 0.6, 6.5, 9.8),
    ("top", "chest", -0.8, 8.0, 6.0),
)
"""Joint, the part of the trunk that turns it, how far ahead of the spine, half the width, and radius, in cm."""


def parts(pose: Pose) -> tuple[Part, ...]:
    """Return the body of a pose, let down onto the floor where the pose gives no height."""
    found = joints(pose)
    body = _parts(pose, found)
    if pose.hip[1] is not None:
        return body
    return tuple(_moved(part, -lowest(body)) for part in body)


def drop(pose: Pose) -> float:
    """Return by how much, in cm, the joints of a pose are lifted to lie on the floor."""
    return 0.0 if pose.hip[1] is not None else -lowest(_parts(pose, joints(pose)))


def lowest(body: tuple[Part, ...]) -> float:
    """Return the height of the lowest point of a body above the floor, in cm."""
    return min(ball.at.y - ball.radius for part in body for piece in part.pieces for ball in piece.balls)


def _parts(pose: Pose, found: Joints) -> tuple[Part, ...]:
    return (
        _limb("far_arm", found, HANDS),
        _limb("far_leg", found, FEET),
        Part("neck", (Piece("neck", (Ball(found["top"], 5.2), Ball(found["skull"], 4.6))),)),
        Part("trunk", _trunk(pose, found)),
        Part("head", _head(found)),
        _limb("near_leg", found, FEET),
        _limb("near_arm", found, HANDS),
    )


def _limb(name: str, found: Joints, end: tuple[tuple[str, float], ...]) -> Part:
    side, kind = name.split("_")
    pieces = [
        Piece(f"{side}_{bone}", tuple(Ball(found[f"{side}_{joint}"], radius) for joint, radius in balls))
        for bone, balls in LIMBS[kind]
    ]
    last = tuple(Ball(found[f"{side}_{joint}"], radius) for joint, radius in end)
    if kind == "arm":
        return Part(name, (*pieces, Piece(f"{side}_hand", last)))
    ankle, heel, ball, toe = last
    return Part(name, (*pieces, Piece(f"{side}_foot", (ankle, heel, ball)), Piece(f"{side}_toes", (ball, toe))))


def _head(found: Joints) -> tuple[Piece, ...]:
    return (
        Piece("head", tuple(Ball(found[joint], radius) for joint, radius in HEAD)),
        Piece("nose", (Ball(found["nose"], 1.3), Ball(found["head"], 6.0))),
    )


def _trunk(pose: Pose, found: Joints) -> tuple[Piece, ...]:
    stations = []
    for joint, turned_by, ahead, half, radius in STATIONS:
        angle, out = parted(getattr(pose, turned_by))
        forward, across = direction(angle - 90), lateral(angle, out)
        if pose.lying is Lying.ON_THE_SIDE:
            forward, across = (Vec(way.y, way.z, way.x) for way in (forward, across))
        stations.append((found[joint].plus(forward, ahead), across, half, radius))
    smooth = _smooth(stations)
    return tuple(Piece("trunk", (*low, *high)) for low, high in pairwise(smooth))


Station = tuple[Vec, Vec, float, float]


def _smooth(stations: list[Station]) -> list[tuple[Ball, Ball]]:
    """Return pairs of balls along a curve through the stations, so that a bent back is round."""
    ends = [stations[0], *stations, stations[-1]]
    pairs = []
    for before, low, high, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for share in (0.0, 0.34, 0.67):
            pairs.append(_between(before, low, high, after, share))
    pairs.append(_pair(*stations[-1]))
    return pairs


def _between(before: Station, low: Station, high: Station, after: Station, t: float) -> tuple[Ball, Ball]:
    """Return the pair of balls at share ``t`` of a Catmull-Rom curve from low to high."""
    weights = (
        (-t + 2 * t * t - t**3) / 2,
        (2 - 5 * t * t + 3 * t**3) / 2,
        (t + 4 * t * t - 3 * t**3) / 2,
        (-t * t + t**3) / 2,
    )
    at = Vec(0, 0, 0)
    for weight, station in zip(weights, (before, low, high, after), strict=True):
        at = at.plus(station[0], weight)
    across = Vec(0, 0, 0).plus(low[1], 1 - t).plus(high[1], t).unit
    return _pair(at, across, low[2] + (high[2] - low[2]) * t, low[3] + (high[3] - low[3]) * t)


def _pair(at: Vec, across: Vec, half: float, radius: float) -> tuple[Ball, Ball]:
    return Ball(at.plus(across, half), radius), Ball(at.plus(across, -half), radius)


def _moved(part: Part, up: float) -> Part:
    pieces = tuple(
        Piece(piece.name, tuple(Ball(ball.at.plus(Vec(0, up)), ball.radius) for ball in piece.balls))
        for piece in part.pieces
    )
    return Part(part.name, pieces)
