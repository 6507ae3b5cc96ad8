"""Tell whether a body can do what a pose asks of its joints.

Ranges are generous: those of supple adults, with room for straight bones and for a foot of one piece.
"""

from dataclasses import replace
from math import acos, asin, degrees

from clinic.care.homecare.library.figure.pose import Lying, Pose
from clinic.care.homecare.library.figure.skeleton import Joints, joints, parted
from clinic.care.homecare.library.figure.vectors import Vec, direction

KNEE = (-6, 155)
ELBOW = (-8, 155)
HIP = (-35, 140)
HIP_OUT = (-25, 60)
ANKLE = (-75, 38)
SPINE = (-45, 40)
NECK = (-60, 50)
"""Degrees: bending forward is positive, straightening beyond the line is negative; a foot drawn up is positive. The
spine and neck bend forward below zero.
"""


def beyond_limits(pose: Pose) -> list[str]:
    """Return what no joint can do, each as "near knee 170"; empty for a believable pose."""
    found = joints(replace(pose, lying=Lying.AS_IS))
    bends = dict(_of_the_spine(pose))
    for side in ("near", "far"):
        bends |= _of_the_limbs(found, pose, side)
    return [f"{name} {bend:.0f}" for name, (bend, (low, high)) in bends.items() if not low <= bend <= high]


def _of_the_spine(pose: Pose) -> dict[str, tuple[float, tuple[int, int]]]:
    pelvis, waist, chest = (parted(part)[0] for part in (pose.pelvis, pose.waist, pose.chest))
    return {
        "low back": (waist - pelvis, SPINE),
        "upper back": (chest - waist, SPINE),
        "neck": (pose.head - chest, NECK),
    }


def _of_the_limbs(found: Joints, pose: Pose, side: str) -> dict[str, tuple[float, tuple[int, int]]]:
    hip, knee, ankle, ball = (found[f"{side}_{joint}"] for joint in ("hip", "knee", "ankle", "ball"))
    heel, shoulder, elbow, wrist = (found[f"{side}_{joint}"] for joint in ("heel", "shoulder", "elbow", "wrist"))
    thigh, shank, foot = knee.minus(hip).unit, ankle.minus(knee).unit, ball.minus(heel).unit
    up = direction(parted(pose.pelvis)[0])
    hanging = Vec(-up.x, -up.y)
    return {
        f"{side} knee": (_bend(thigh, shank, -1), KNEE),
        f"{side} elbow": (_bend(elbow.minus(shoulder).unit, wrist.minus(elbow).unit, 1), ELBOW),
        f"{side} hip": (_bend(hanging, Vec(thigh.x, thigh.y).unit, 1), HIP),
        f"{side} hip out": (degrees(asin(thigh.z)) * (1 if side == "near" else -1), HIP_OUT),
        f"{side} ankle": (degrees(acos(_bounded(shank.dot(foot)))) - 90, ANKLE),
    }


def _bend(a: Vec, b: Vec, turns: int) -> float:
    """Return the angle in degrees; below zero where the joint bends the wrong way in the plane of the side view."""
    angle = degrees(acos(_bounded(a.dot(b))))
    in_plane = abs(a.z) < 0.35 and abs(b.z) < 0.35
    return -angle if in_plane and a.cross(b).z * turns < 0 else angle


def _bounded(cosine: float) -> float:
    return max(-1.0, min(1.0, cosine))
