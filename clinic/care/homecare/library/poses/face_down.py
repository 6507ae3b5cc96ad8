"""Two poses of each exercise face down or on hands and knees: how it starts, and the far end of the movement."""

from dataclasses import replace

from clinic.care.homecare.library.figure import Arm, ArmTo, Arrow, Leg, Pose
from clinic.care.homecare.library.poses.ground import KNEELING, KNEELING_LEG, ON_FRONT, PRONE_LEG, foot_on

HAND_DOWN = ArmTo(wrist=(47, 3.2), elbow=185, hand=-2)

ALL_FOURS = Pose(
    caption="On hands and knees, the back flat",
    hip=(0, KNEELING),
    pelvis=9,
    waist=9,
    chest=9,
    neck=4,
    head=2,
    far_leg=KNEELING_LEG,
    near_leg=KNEELING_LEG,
    near_arm=HAND_DOWN,
    far_arm=HAND_DOWN,
)
FACE_DOWN = Pose(
    caption="Face down, the arms at the sides",
    hip=(0, ON_FRONT),
    pelvis=1,
    waist=3,
    chest=4,
    neck=12,
    head=4,
    far_leg=PRONE_LEG,
    near_leg=PRONE_LEG,
    near_arm=Arm(upper=187, fore=182),
    far_arm=Arm(upper=187, fore=182),
)
ON_ELBOWS = replace(
    FACE_DOWN,
    caption="On the elbows, the hips on the floor",
    pelvis=12,
    waist=34,
    chest=52,
    neck=62,
    head=72,
    near_arm=Arm(upper=-77, fore=-2),
    far_arm=Arm(upper=-77, fore=-2),
)

CAT_CAMEL = (
    replace(
        ALL_FOURS,
        caption="On hands and knees, the belly sunk, the head up",
        pelvis=-16,
        waist=8,
        chest=32,
        neck=38,
        head=44,
        working=("trunk",),
        arrows=(Arrow((18, 76), (18, 70), (18, 60)),),
    ),
    replace(
        ALL_FOURS,
        caption="The back rounded up, the head hanging",
        pelvis=44,
        waist=12,
        chest=-30,
        neck=-48,
        head=-58,
        working=("trunk",),
        arrows=(Arrow((20, 76), (20, 84), (20, 94)),),
    ),
)

BIRD_DOG = (
    ALL_FOURS,
    replace(
        ALL_FOURS,
        caption="One arm reaches forward and the opposite leg back, the back flat",
        near_arm=Arm(upper=6, fore=8),
        far_leg=Leg(thigh=184, shank=182, foot=268),
        working=("near_arm", "far_leg"),
        arrows=(Arrow((74, 78), (90, 80), (106, 78)), Arrow((-48, 64), (-62, 66), (-78, 64))),
    ),
)

FRONT_PLANK = (
    replace(ON_ELBOWS, caption="Face down on the forearms, elbows under the shoulders"),
    Pose(
        caption="Hips and knees lifted: one line from head to heels",
        hip=(0, 26),
        pelvis=10,
        waist=10,
        chest=10,
        neck=8,
        head=6,
        near_leg=foot_on(-82, foot=-94, toes=-6, knee=-80),
        far_leg=foot_on(-82, foot=-94, toes=-6, knee=-80),
        near_arm=Arm(upper=-90, fore=-1),
        far_arm=Arm(upper=-90, fore=-1),
        working=("trunk",),
        arrows=(Arrow((8, 46), (8, 54), (8, 66)),),
    ),
)

PRONE_LIE = (
    FACE_DOWN,
    replace(ON_ELBOWS, working=("trunk",), arrows=(Arrow((86, 28), (88, 46), (76, 62)),)),
)

PRESS_UP = (
    replace(
        FACE_DOWN,
        caption="Face down, hands under the shoulders",
        near_arm=ArmTo(wrist=(50, 3.2, 26), elbow=(140, 10), hand=-2),
        far_arm=ArmTo(wrist=(50, 3.2, 26), elbow=(140, 10), hand=-2),
    ),
    replace(
        FACE_DOWN,
        caption="The arms straightened, the hips stay on the floor",
        pelvis=28,
        waist=57,
        chest=73,
        neck=78,
        head=88,
        near_arm=ArmTo(wrist=(56, 3.2), elbow=190, hand=-2),
        far_arm=ArmTo(wrist=(56, 3.2), elbow=190, hand=-2),
        near_leg=Leg(thigh=181.5, shank=181.5, foot=200),
        far_leg=Leg(thigh=181.5, shank=181.5, foot=200),
        working=("trunk",),
        arrows=(Arrow((76, 26), (78, 54), (60, 76)),),
    ),
)

LUM_EXT_ROM = (
    FACE_DOWN,
    replace(
        FACE_DOWN,
        caption="Head and chest lifted a little, looking at the floor",
        pelvis=6,
        waist=16,
        chest=26,
        neck=26,
        head=20,
        near_arm=Arm(upper=196, fore=190),
        far_arm=Arm(upper=196, fore=190),
        working=("trunk",),
        arrows=(Arrow((84, 20), (88, 32), (82, 46)),),
    ),
)

CHILD = (
    ALL_FOURS,
    replace(
        ALL_FOURS,
        caption="Rocked back toward the heels, the arms long in front",
        hip=(-36, 25.5),
        pelvis=16,
        waist=-2,
        chest=-22,
        neck=-16,
        head=-10,
        near_leg=Leg(thigh=-28, shank=181, foot=203),
        far_leg=Leg(thigh=-28, shank=181, foot=203),
        near_arm=ArmTo(wrist=(58, 3.2), elbow=-60, hand=-2),
        far_arm=ArmTo(wrist=(58, 3.2), elbow=-60, hand=-2),
        working=("trunk",),
        arrows=(Arrow((16, 58), (0, 62), (-18, 58)),),
    ),
)

POSES = {
    "CAT_CAMEL": CAT_CAMEL,
    "BIRD_DOG": BIRD_DOG,
    "FRONT_PLANK": FRONT_PLANK,
    "PRONE_LIE": PRONE_LIE,
    "PRESS_UP": PRESS_UP,
    "LUM_EXT_ROM": LUM_EXT_ROM,
    "CHILD": CHILD,
}
