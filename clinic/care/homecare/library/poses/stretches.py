"""Two poses of each stretch: how it starts, and how it is held."""

from clinic.care.homecare.library.figure import Arm, ArmTo, Arrow, Kind, Leg, LegTo, Pose, Thing, View
from clinic.care.homecare.library.poses.ground import FLAT_LEG, ON_BACK, block, chair, foot_on, wall

STRAP = (Thing(kind=Kind.STRAP, points=("near_hand", "near_ball")),)
STEP = (block(40, 78, 20),)
WALL = (wall(63),)
MAT = (Thing(kind=Kind.MAT, points=((-84, 0, -30), (62, 0, 30)), behind=True),)

HAM_ST_SUP = (
    Pose(
        caption="On the back, a strap around one foot, that knee bent",
        hip=(0, ON_BACK),
        pelvis=180,
        waist=180,
        chest=183,
        neck=186,
        head=184,
        far_leg=FLAT_LEG,
        near_leg=Leg(thigh=78, shank=2, foot=90),
        near_arm=ArmTo(wrist=(-14, 36), elbow=-90),
        far_arm=ArmTo(wrist=(-12, 37), elbow=-90),
        things=STRAP,
    ),
    Pose(
        caption="The strap pulls the leg up, the knee almost straight, the other leg stays flat",
        hip=(0, ON_BACK),
        pelvis=180,
        waist=180,
        chest=183,
        neck=186,
        head=184,
        far_leg=FLAT_LEG,
        near_leg=Leg(thigh=80, shank=76, foot=160),
        near_arm=ArmTo(wrist=(-14, 44), elbow=-90),
        far_arm=ArmTo(wrist=(-12, 45), elbow=-90),
        things=STRAP,
        working=("near_thigh",),
        arrows=(Arrow((66, 66), (58, 92), (34, 104)),),
    ),
)

HAM_ST_STAND = (
    Pose(
        caption="Standing tall, one heel on a low step, hands on the hips",
        hip=(-9, 90.7),
        far_leg=foot_on(-3),
        near_leg=foot_on(48, at=20, foot=66),
        near_arm=ArmTo(wrist=(-1, 98), elbow=190),
        far_arm=ArmTo(wrist=(1, 98), elbow=190),
        things=STEP,
    ),
    Pose(
        caption="Bent forward from the hips, the back flat and long",
        hip=(-6, 90.6),
        pelvis=52,
        waist=48,
        chest=48,
        neck=50,
        head=55,
        far_leg=foot_on(-3),
        near_leg=foot_on(48, at=20, foot=70),
        near_arm=ArmTo(wrist=(6, 99), elbow=150),
        far_arm=ArmTo(wrist=(8, 99), elbow=150),
        things=STEP,
        working=("near_thigh",),
        arrows=(Arrow((26, 168), (50, 164), (60, 144)),),
    ),
)

HF_ST_KNEEL = (
    Pose(
        caption="Half kneeling, one foot in front, the trunk upright",
        hip=(0, 50.8),
        far_leg=foot_on(46),
        near_leg=Leg(thigh=-90, shank=184, foot=205),
        near_arm=ArmTo(wrist=(32, 56), elbow=-130),
        far_arm=ArmTo(wrist=(34, 57), elbow=-130),
        things=(block(-9, 9, 3),),
    ),
    Pose(
        caption="Tailbone tucked, the hips shifted forward over the front foot",
        hip=(14, 48.4),
        pelvis=98,
        waist=90,
        chest=88,
        far_leg=foot_on(46),
        near_leg=Leg(thigh=-109.5, shank=184, foot=205),
        near_arm=ArmTo(wrist=(44, 57), elbow=-130),
        far_arm=ArmTo(wrist=(46, 58), elbow=-130),
        things=(block(-9, 9, 3),),
        working=("near_thigh",),
        arrows=(Arrow((-26, 60), (-14, 60), (-2, 60)),),
    ),
)

GLUTE_FIG4 = (
    Pose(
        caption="On the back, one ankle crossed over the other knee",
        hip=(0, ON_BACK),
        pelvis=180,
        waist=180,
        chest=183,
        neck=186,
        head=184,
        far_leg=foot_on(38, knee=90),
        near_leg=LegTo(ankle=(14, 55, -15), knee=(60, 60), foot=(70, -40)),
        near_arm=Arm(upper=-6, fore=-3),
        far_arm=Arm(upper=-6, fore=-3),
        view=View(-38, 28),
        things=MAT,
    ),
    Pose(
        caption="Both hands behind the lower thigh draw it toward the chest",
        hip=(0, ON_BACK),
        pelvis=180,
        waist=180,
        chest=183,
        neck=186,
        head=184,
        far_leg=Leg(thigh=100, shank=5),
        near_leg=LegTo(ankle=(-15, 48, -15), knee=(110, 60), foot=(120, -40)),
        near_arm=ArmTo(wrist=(-2, 33, -4), elbow=-90),
        far_arm=ArmTo(wrist=(0, 33, 6), elbow=-90),
        view=View(-38, 28),
        things=MAT,
        working=("near_thigh",),
        arrows=(Arrow((44, 84), (30, 92), (14, 88)),),
    ),
)

CALF_ST = (
    Pose(
        caption="At a wall, one foot well behind the other",
        hip=(-3, 83.5),
        pelvis=84,
        waist=84,
        chest=84,
        far_leg=foot_on(28),
        near_leg=foot_on(-36),
        near_arm=ArmTo(wrist=(56, 120), elbow=-100, hand=85),
        far_arm=ArmTo(wrist=(56, 121), elbow=-100, hand=85),
        things=WALL,
    ),
    Pose(
        caption="Leaning in, the back heel stays down and its knee straight",
        hip=(6, 79.4),
        pelvis=68,
        waist=70,
        chest=72,
        neck=75,
        head=80,
        far_leg=foot_on(28),
        near_leg=foot_on(-36),
        near_arm=ArmTo(wrist=(56, 118), elbow=-100, hand=85),
        far_arm=ArmTo(wrist=(56, 119), elbow=-100, hand=85),
        things=WALL,
        working=("near_shank",),
        arrows=(Arrow((-28, 96), (-16, 96), (-6, 96)),),
    ),
)

NERVE_SLIDER = (
    Pose(
        caption="Sitting tall, the knee bent, looking down",
        hip=(0, 52),
        neck=66,
        head=52,
        far_leg=foot_on(42),
        near_leg=foot_on(38),
        near_arm=ArmTo(wrist=(18, 63), elbow=-140),
        far_arm=ArmTo(wrist=(20, 63), elbow=-140),
        things=chair(26, 43),
        working=("near_shank", "near_foot", "near_toes"),
    ),
    Pose(
        caption="The knee straight, looking up",
        hip=(0, 52),
        neck=98,
        head=116,
        far_leg=foot_on(42),
        near_leg=Leg(thigh=2, shank=-6, foot=72),
        near_arm=ArmTo(wrist=(18, 64), elbow=-140),
        far_arm=ArmTo(wrist=(20, 64), elbow=-140),
        things=chair(26, 43),
        working=("near_shank", "near_foot", "near_toes"),
        arrows=(Arrow((62, 8), (82, 14), (92, 30)), Arrow((26, 118), (28, 132), (18, 140))),
    ),
)

POSES = {
    "HAM_ST_SUP": HAM_ST_SUP,
    "HAM_ST_STAND": HAM_ST_STAND,
    "HF_ST_KNEEL": HF_ST_KNEEL,
    "GLUTE_FIG4": GLUTE_FIG4,
    "CALF_ST": CALF_ST,
    "NERVE_SLIDER": NERVE_SLIDER,
}
