"""Find the joints of a pose: forward from the angles, backward where a hand or foot has its place."""

from collections.abc import Mapping

from clinic.care.homecare.library.figure.pose import Angle, Arm, ArmTo, Leg, LegTo, Lying, Point, Pose
from clinic.care.homecare.library.figure.vectors import Vec, bend_between, direction, lateral, reached

PELVIS, WAIST, CHEST, NECK, SKULL = 16.0, 18.0, 18.0, 7.0, 8.5
UPPER_ARM, FOREARM, HAND = 30.0, 25.0, 8.0
THIGH, SHANK = 42.0, 41.0
HIP_OUT, SHOULDER_OUT, SHOULDER_DOWN = 8.5, 16.0, 4.0
ANKLE_HIGH = 8.0
"""The ankle above the sole, in cm."""

SOLE = (("heel", 3.2), ("ball", 2.6), ("toe", 2.0))
"""What of the foot may touch the ground, with its radius in cm."""

HEEL_BACK, BALL_AHEAD, TOES = 4.5, 11.0, 5.5

Joints = Mapping[str, Vec]


def joints(pose: Pose) -> dict[str, Vec]:
    """Return every joint by its name, in cm, turned and let down as the pose says."""
    found = _trunk(pose)
    for side, sign in (("near", 1), ("far", -1)):
        arm: Arm | ArmTo = getattr(pose, f"{side}_arm")
        leg: Leg | LegTo = getattr(pose, f"{side}_leg")
        found |= {f"{side}_{name}": at for name, at in _arm(arm, found[f"{side}_shoulder"], sign).items()}
        found |= {f"{side}_{name}": at for name, at in _leg(leg, found[f"{side}_hip"], sign).items()}
    if pose.lying is Lying.ON_THE_SIDE:
        found = {name: Vec(at.y, at.z, at.x) for name, at in found.items()}
    return found


def parted(angle: Angle, sign: int = 1) -> tuple[float, float]:
    """Return the angle and how far it goes out, toward the right side."""
    return (angle[0], angle[1] * sign) if isinstance(angle, tuple) else (angle, 0.0)


def ankle_height(foot: float, toes: float | None = None) -> float:
    """Return how high, in cm, the ankle is over the ground under a foot at that angle."""
    sole = _foot(Vec(0, 0), (foot, 0.0), toes, 1)
    return max(radius - sole[name].y for name, radius in SOLE)


def _trunk(pose: Pose) -> dict[str, Vec]:
    hip = Vec(pose.hip[0], pose.hip[1] or 0.0, pose.hip[2] if len(pose.hip) == 3 else 0.0)
    waist = hip.plus(direction(*parted(pose.pelvis)), PELVIS)
    chest = waist.plus(direction(*parted(pose.waist)), WAIST)
    top = chest.plus(direction(*parted(pose.chest)), CHEST)
    skull = top.plus(direction(pose.neck, parted(pose.chest)[1] / 2), NECK)
    crown = direction(pose.head)
    face = direction(pose.head - 90)
    hips, across = lateral(*parted(pose.pelvis)), lateral(*parted(pose.chest))
    girdle = top.plus(direction(*parted(pose.chest)), -SHOULDER_DOWN)
    return {
        "hip": hip,
        "waist": waist,
        "chest": chest,
        "top": top,
        "skull": skull,
        "head": skull.plus(crown, SKULL).plus(face, 1.5),
        "chin": skull.plus(crown, 1.0).plus(face, 7.0),
        "nose": skull.plus(crown, 6.5).plus(face, 10.8),
        "near_hip": hip.plus(hips, HIP_OUT),
        "far_hip": hip.plus(hips, -HIP_OUT),
        "near_shoulder": girdle.plus(across, SHOULDER_OUT),
        "far_shoulder": girdle.plus(across, -SHOULDER_OUT),
    }


def _arm(arm: Arm | ArmTo, shoulder: Vec, sign: int) -> dict[str, Vec]:
    if isinstance(arm, ArmTo):
        target = _place(arm.wrist, shoulder, sign)
        elbow = bend_between(shoulder, target, UPPER_ARM, FOREARM, direction(*parted(arm.elbow, sign)))
        wrist = reached(elbow, target, FOREARM)
    else:
        elbow = shoulder.plus(direction(*parted(arm.upper, sign)), UPPER_ARM)
        wrist = elbow.plus(direction(*parted(arm.fore, sign)), FOREARM)
    along = wrist.minus(elbow).unit if arm.hand is None else direction(*parted(arm.hand, sign))
    return {"elbow": elbow, "wrist": wrist, "hand": wrist.plus(along, HAND)}


def _leg(leg: Leg | LegTo, hip: Vec, sign: int) -> dict[str, Vec]:
    if isinstance(leg, LegTo):
        target = _place(leg.ankle, hip, sign)
        knee = bend_between(hip, target, THIGH, SHANK, direction(*parted(leg.knee, sign)))
        ankle = reached(knee, target, SHANK)
        foot: Angle = leg.foot
    else:
        knee = hip.plus(direction(*parted(leg.thigh, sign)), THIGH)
        shank, out = parted(leg.shank)
        ankle = knee.plus(direction(shank, out * sign), SHANK)
        foot = (shank + 90, 0) if leg.foot is None else leg.foot
    return {"knee": knee, "ankle": ankle, **_foot(ankle, foot, leg.toes, sign)}


def _foot(ankle: Vec, foot: Angle, toes: float | None, sign: int) -> dict[str, Vec]:
    angle, out = parted(foot, sign)
    along, down = direction(angle, out), direction(angle - 90)
    heel = ankle.plus(down, ANKLE_HIGH - 3.2).plus(along, -HEEL_BACK)
    ball = ankle.plus(down, ANKLE_HIGH - 2.6).plus(along, BALL_AHEAD)
    tip = ball.plus(direction(angle if toes is None else toes, out), TOES)
    return {"heel": heel, "ball": ball, "toe": tip.plus(down, 0.6)}


def _place(point: Point, beside: Vec, sign: int) -> Vec:
    """Return the point in space; without a depth it is straight below or ahead of the joint it hangs on."""
    return Vec(point[0], point[1], beside.z if len(point) == 2 else point[2] * sign)
