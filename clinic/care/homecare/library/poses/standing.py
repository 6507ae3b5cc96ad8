"""Two poses of each exercise on the feet: how it starts, and the far end of the movement."""

from math import cos, radians, sin

from clinic.care.homecare.library.figure import Arm, ArmTo, Arrow, Kind, Leg, LegTo, Pose, Thing, View
from clinic.care.homecare.library.poses.ground import STANDING, block, chair, foot_on, wall

FRONT = View(90)


def _along_the_back(hip_x: float, hip_y: float, angle: float) -> Thing:
    """Return a stick that touches tailbone, upper back and head of a straight back."""
    u, v = (cos(radians(angle)), sin(radians(angle))), (cos(radians(angle + 90)), sin(radians(angle + 90)))
    low, high = ((hip_x + s * u[0] + 12 * v[0], hip_y + s * u[1] + 12 * v[1]) for s in (-8, 82))
    return Thing(kind=Kind.STICK, points=(low, high), behind=True)


def _weights() -> tuple[Thing, ...]:
    return (
        Thing(kind=Kind.WEIGHT, points=("far_hand",), behind=True),
        Thing(kind=Kind.WEIGHT, points=("near_hand",)),
    )


CALF_RAISE = (
    Pose(
        caption="Standing tall near a wall, one hand on it",
        hip=(0, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=ArmTo(wrist=(40, 122), elbow=-110, hand=80),
        far_arm=Arm(upper=-92, fore=-86),
        things=(wall(46),),
        working=("near_shank", "far_shank"),
    ),
    Pose(
        caption="High on the balls of both feet",
        hip=(2, 97.4),
        far_leg=foot_on(2, foot=-48, toes=0),
        near_leg=foot_on(2, foot=-48, toes=0),
        near_arm=ArmTo(wrist=(40, 126), elbow=-110, hand=80),
        far_arm=Arm(upper=-92, fore=-86),
        things=(wall(46),),
        working=("near_shank", "far_shank"),
        arrows=(Arrow((-26, 20), (-26, 34), (-26, 48)),),
    ),
)

PALLOF_POST = Thing(kind=Kind.BAR, points=((10, 2, 95), (10, 165, 95)), behind=True)
PALLOF_BAND = Thing(kind=Kind.BAND, points=("near_hand", (10, 126, 95)))
PALLOF = (
    Pose(
        caption="Sideways to a band at chest height, both hands at the breastbone",
        hip=(0, STANDING),
        far_leg=LegTo(ankle=(2, 8, 13), foot=0),
        near_leg=LegTo(ankle=(2, 8, 13), foot=0),
        near_arm=ArmTo(wrist=(19, 122, 6), elbow=(-100, 40), hand=(70, -50)),
        far_arm=ArmTo(wrist=(19, 122, 6), elbow=(-100, 40), hand=(70, -50)),
        view=View(38),
        things=(PALLOF_POST, PALLOF_BAND),
    ),
    Pose(
        caption="Both hands pressed straight out, the trunk does not turn",
        hip=(0, STANDING),
        far_leg=LegTo(ankle=(2, 8, 13), foot=0),
        near_leg=LegTo(ankle=(2, 8, 13), foot=0),
        near_arm=ArmTo(wrist=(50, 126, 4), elbow=(-100, 30), hand=(20, -20)),
        far_arm=ArmTo(wrist=(50, 126, 4), elbow=(-100, 30), hand=(20, -20)),
        view=View(38),
        things=(PALLOF_POST, PALLOF_BAND),
        working=("trunk",),
        arrows=(Arrow((34, 144, -20), (50, 145, -20), (70, 144, -20)),),
    ),
)

BAND_LOOP = (Thing(kind=Kind.BAND, points=("near_ankle", "far_ankle")),)
MONSTER = (
    Pose(
        caption="A band around both legs, hips and knees a little bent",
        hip=(0, None),
        pelvis=72,
        waist=78,
        chest=82,
        near_leg=Leg(thigh=(-66, 4), shank=(-108, 4), foot=(0, 4)),
        far_leg=Leg(thigh=(-66, 4), shank=(-108, 4), foot=(0, 4)),
        near_arm=ArmTo(wrist=(10, 10, 19), elbow=(200, 60)),
        far_arm=ArmTo(wrist=(10, 10, 19), elbow=(200, 60)),
        view=FRONT,
        things=BAND_LOOP,
    ),
    Pose(
        caption="One foot stepped to the side against the band",
        hip=(0, None),
        pelvis=72,
        waist=78,
        chest=82,
        near_leg=Leg(thigh=(-64, 19), shank=(-110, 15), foot=(0, 4)),
        far_leg=Leg(thigh=(-64, 19), shank=(-110, 15), foot=(0, 4)),
        near_arm=ArmTo(wrist=(10, 10, 19), elbow=(200, 60)),
        far_arm=ArmTo(wrist=(10, 10, 19), elbow=(200, 60)),
        view=FRONT,
        things=BAND_LOOP,
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((0, 30, 36), (0, 32, 44), (0, 30, 56)),),
    ),
)

HIP_HINGE = (
    Pose(
        caption="Standing, a stick along the back from the tailbone to the head",
        hip=(0, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=ArmTo(wrist=(-14, 103), elbow=185, hand=100),
        far_arm=ArmTo(wrist=(-12, 150), elbow=60, hand=110),
        things=(_along_the_back(0, STANDING, 90),),
    ),
    Pose(
        caption="Hips pushed back, the trunk tipped forward, the stick still touches",
        hip=(-20, 86),
        pelvis=34,
        waist=34,
        chest=34,
        neck=34,
        head=34,
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=ArmTo(wrist=(-20, 107), elbow=120, hand=40),
        far_arm=ArmTo(wrist=(24, 134), elbow=0, hand=60),
        things=(_along_the_back(-20, 86, 34),),
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-18, 70), (-30, 72), (-42, 76)),),
    ),
)

RDL = (
    Pose(
        caption="Standing tall, a light weight in each hand",
        hip=(0, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-84, fore=-78),
        far_arm=Arm(upper=-82, fore=-76),
        things=_weights(),
    ),
    Pose(
        caption="Hips pushed back, the back flat, the weights close to the shins",
        hip=(-24, 84),
        pelvis=24,
        waist=24,
        chest=24,
        neck=28,
        head=34,
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-93, fore=-92),
        far_arm=Arm(upper=-91, fore=-90),
        things=_weights(),
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-34, 62), (-46, 66), (-56, 74)),),
    ),
)

SQUAT_BOX = (
    Pose(
        caption="Standing in front of a chair, arms forward",
        hip=(0, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-8, fore=-2),
        far_arm=Arm(upper=-6, fore=0),
        things=chair(-16, 43, back=False),
    ),
    Pose(
        caption="Sitting back until the seat is just touched, the trunk leaning forward",
        hip=(-34, 53),
        pelvis=58,
        waist=58,
        chest=64,
        neck=76,
        head=82,
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-14, fore=-6),
        far_arm=Arm(upper=-12, fore=-4),
        things=chair(-16, 43, back=False),
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-60, 104), (-60, 92), (-60, 76)),),
    ),
)

STEP = (block(14, 60, 20),)
STEP_UP = (
    Pose(
        caption="One whole foot on a step",
        hip=(6, 89),
        pelvis=86,
        waist=86,
        chest=86,
        far_leg=foot_on(-12),
        near_leg=foot_on(30, at=20),
        things=STEP,
    ),
    Pose(
        caption="Standing on the step, the other foot free",
        hip=(28, 110.6),
        far_leg=LegTo(ankle=(14, 36), foot=-18),
        near_leg=foot_on(30, at=20),
        things=STEP,
        working=("near_thigh", "near_shank"),
        arrows=(Arrow((-14, 60), (-14, 76), (-14, 92)),),
    ),
)

SPLIT_SQ = (
    Pose(
        caption="One foot well in front, the trunk upright",
        hip=(-3, 80),
        far_leg=foot_on(-45, foot=-48, toes=0),
        near_leg=foot_on(34),
        near_arm=ArmTo(wrist=(3, 88), elbow=185),
        far_arm=ArmTo(wrist=(5, 88), elbow=185),
    ),
    Pose(
        caption="Straight down, the back knee just above the floor",
        hip=(-4, 51),
        far_leg=foot_on(-45, foot=-66, toes=0, knee=-50),
        near_leg=foot_on(34),
        near_arm=ArmTo(wrist=(3, 59), elbow=185),
        far_arm=ArmTo(wrist=(5, 59), elbow=185),
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-44, 106), (-44, 92), (-44, 76)),),
    ),
)

HELD_BACK = (
    Thing(kind=Kind.BAND, points=("near_knee", (84, 48))),
    Thing(kind=Kind.BAR, points=((84, 2), (84, 75)), behind=True),
)
KNEE_EXT = (
    Pose(
        caption="A band around a post pulls behind the knees, standing tall",
        hip=(-1, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-14, fore=-8),
        far_arm=Arm(upper=-12, fore=-6),
        things=HELD_BACK,
    ),
    Pose(
        caption="Sitting back against the band, the shins and the trunk upright",
        hip=(-40, 58),
        pelvis=74,
        waist=76,
        chest=78,
        neck=80,
        head=86,
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=Arm(upper=-8, fore=-2),
        far_arm=Arm(upper=-6, fore=0),
        things=HELD_BACK,
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-66, 112), (-66, 98), (-66, 82)),),
    ),
)

SLS_REACH = (
    Pose(
        caption="Standing on one leg, hands on the hips",
        hip=(0, 90.4),
        near_leg=foot_on(0),
        far_leg=Leg(thigh=-76, shank=-132, foot=-46),
        near_arm=ArmTo(wrist=(5, 98), elbow=185),
        far_arm=ArmTo(wrist=(7, 98), elbow=185),
    ),
    Pose(
        caption="The standing knee bent a little, the other foot reaches back",
        hip=(-10, 79),
        pelvis=66,
        waist=66,
        chest=70,
        neck=76,
        head=84,
        near_leg=foot_on(0),
        far_leg=LegTo(ankle=(-72.5, 25), foot=-60),
        near_arm=ArmTo(wrist=(1, 87), elbow=165),
        far_arm=ArmTo(wrist=(3, 87), elbow=165),
        working=("near_thigh", "near_shank"),
        arrows=(Arrow((-56, 62), (-70, 52), (-86, 42)),),
    ),
)

STAND_EXT = (
    Pose(
        caption="Standing, both hands on the small of the back",
        hip=(0, STANDING),
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=ArmTo(wrist=(-9, 104), elbow=190, hand=-40),
        far_arm=ArmTo(wrist=(-8, 105), elbow=190, hand=-40),
    ),
    Pose(
        caption="Bent back over the hands, the knees straight, looking up",
        hip=(10, 90.2),
        pelvis=96,
        waist=112,
        chest=128,
        neck=132,
        head=140,
        far_leg=foot_on(0),
        near_leg=foot_on(0),
        near_arm=ArmTo(wrist=(-3, 106), elbow=195, hand=-20),
        far_arm=ArmTo(wrist=(-2, 107), elbow=195, hand=-20),
        working=("trunk",),
        arrows=(Arrow((8, 172), (-24, 176), (-50, 158)),),
    ),
)

SIDE_WALL = (Thing(kind=Kind.WALL, points=((-20, 0, 21), (20, 175, 26)), behind=True),)
SIDE_GLIDE = (
    Pose(
        caption="One shoulder against a wall, the feet a step away from it",
        hip=(0, 88.4, -10),
        pelvis=(90, 9),
        waist=(90, 9),
        chest=(90, 9),
        near_leg=LegTo(ankle=(0, 8, -15), foot=0),
        far_leg=LegTo(ankle=(0, 8, 33), foot=0),
        near_arm=ArmTo(wrist=(14, 112, 2), elbow=(-95, 10), hand=(0, -80)),
        far_arm=ArmTo(wrist=(8, 98, 28), elbow=(190, 70), hand=(-60, -20)),
        view=FRONT,
        things=SIDE_WALL,
    ),
    Pose(
        caption="The hips glide to the wall, the shoulders stay level",
        hip=(0, 84.6, 4),
        pelvis=(90, -12),
        waist=(90, -8),
        chest=(90, 0),
        near_leg=LegTo(ankle=(0, 8, -15), foot=0),
        far_leg=LegTo(ankle=(0, 8, 33), foot=0),
        near_arm=ArmTo(wrist=(14, 108, 0), elbow=(-95, 10), hand=(0, -80)),
        far_arm=ArmTo(wrist=(8, 96, 15), elbow=(190, 70), hand=(-60, -20)),
        view=FRONT,
        things=SIDE_WALL,
        working=("trunk",),
        arrows=(Arrow((0, 84, -52), (0, 84, -40), (0, 84, -26)),),
    ),
)

POSES = {
    "CALF_RAISE": CALF_RAISE,
    "PALLOF": PALLOF,
    "MONSTER": MONSTER,
    "HIP_HINGE": HIP_HINGE,
    "RDL": RDL,
    "SQUAT_BOX": SQUAT_BOX,
    "STEP_UP": STEP_UP,
    "SPLIT_SQ": SPLIT_SQ,
    "KNEE_EXT": KNEE_EXT,
    "SLS_REACH": SLS_REACH,
    "STAND_EXT": STAND_EXT,
    "SIDE_GLIDE": SIDE_GLIDE,
}
