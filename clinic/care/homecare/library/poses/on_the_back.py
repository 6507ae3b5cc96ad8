"""Two poses of each exercise on the back: how it starts, and the far end of the movement."""

from dataclasses import replace

from clinic.care.homecare.library.figure import Arm, ArmTo, Arrow, Leg, Pose
from clinic.care.homecare.library.poses.ground import FLAT_ARM, FLAT_LEG, ON_BACK, block, foot_on

HAND_ON_CHEST = Arm(upper=(-4, 55), fore=(98, -30), hand=(170, -50))
HAND_ON_BELLY = Arm(upper=(-8, 52), fore=(48, -38), hand=(0, -60))
HOOK = foot_on(38, knee=90)

KNEES_BENT = Pose(
    caption="On the back, knees bent, feet flat",
    hip=(0, ON_BACK),
    pelvis=180,
    waist=180,
    chest=183,
    neck=186,
    head=184,
    far_leg=HOOK,
    near_leg=HOOK,
    near_arm=FLAT_ARM,
    far_arm=FLAT_ARM,
)
BRIDGE = replace(
    KNEES_BENT,
    hip=(-4.5, 29.6),
    pelvis=204,
    waist=204,
    chest=202,
    neck=184,
    head=178,
)

HAM_ECC_SL = (
    replace(
        KNEES_BENT,
        caption="On the back, heels on a towel, hips lifted",
        hip=(0, 26.5),
        pelvis=205,
        waist=202,
        chest=197,
        neck=184,
        head=178,
        far_leg=foot_on(42, at=1.5, foot=14, knee=90),
        near_leg=foot_on(42, at=1.5, foot=14, knee=90),
        things=(block(32, 62, 1.5),),
    ),
    replace(
        KNEES_BENT,
        caption="The heels slid away, the hips still up",
        hip=(0, 20.2),
        pelvis=196,
        waist=194,
        chest=191,
        neck=184,
        head=180,
        far_leg=foot_on(79, at=1.5, foot=58, knee=90),
        near_leg=foot_on(79, at=1.5, foot=58, knee=90),
        things=(block(68, 98, 1.5),),
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((44, 50), (62, 46), (78, 38)),),
    ),
)

PEL_TILT = (
    replace(
        KNEES_BENT,
        near_arm=HAND_ON_CHEST,
        far_arm=HAND_ON_CHEST,
        caption="On the back, knees bent, the small of the back a little off the floor",
        pelvis=162,
        waist=186,
        chest=192,
    ),
    replace(
        KNEES_BENT,
        near_arm=HAND_ON_CHEST,
        far_arm=HAND_ON_CHEST,
        caption="The pelvis rolled back, the small of the back on the floor",
        hip=(0, 13),
        pelvis=190,
        waist=180,
        chest=180,
        working=("trunk",),
        arrows=(Arrow((8, 34), (-4, 42), (-18, 34)),),
    ),
)

BRACE = (
    replace(
        KNEES_BENT,
        caption="On the back, knees bent, one hand on the belly",
        near_arm=HAND_ON_BELLY,
    ),
    replace(
        KNEES_BENT,
        caption="The belly stiff all around, the breath goes on",
        near_arm=HAND_ON_BELLY,
        working=("trunk",),
        arrows=(
            Arrow((-16, 46), (-16, 40), (-16, 32)),
            Arrow((-32, 46), (-32, 40), (-32, 32)),
        ),
    ),
)

CURLUP_MCG = (
    replace(
        KNEES_BENT,
        caption="On the back, one knee bent, the hands under the small of the back",
        near_leg=FLAT_LEG,
        near_arm=ArmTo(wrist=(-20, 5), elbow=(10, 60), hand=0),
        far_arm=ArmTo(wrist=(-20, 5), elbow=(10, 60), hand=0),
    ),
    replace(
        KNEES_BENT,
        caption="Head and shoulders just off the floor as one piece",
        waist=178,
        chest=158,
        neck=152,
        head=152,
        near_leg=FLAT_LEG,
        near_arm=ArmTo(wrist=(-20, 5), elbow=(10, 60), hand=0),
        far_arm=ArmTo(wrist=(-20, 5), elbow=(10, 60), hand=0),
        working=("trunk",),
        arrows=(Arrow((-88, 30), (-86, 44), (-76, 52)),),
    ),
)

DEAD_BUG = (
    replace(
        KNEES_BENT,
        caption="On the back, arms up, hips and knees at a right angle",
        near_leg=Leg(thigh=92, shank=2),
        far_leg=Leg(thigh=88, shank=0),
        near_arm=Arm(upper=92, fore=90),
        far_arm=Arm(upper=88, fore=88),
    ),
    replace(
        KNEES_BENT,
        caption="One arm lowered overhead, the opposite leg straight above the floor",
        near_leg=Leg(thigh=92, shank=2),
        far_leg=Leg(thigh=12, shank=7),
        near_arm=Arm(upper=166, fore=170),
        far_arm=Arm(upper=88, fore=88),
        working=("near_arm", "far_leg"),
        arrows=(Arrow((-72, 66), (-90, 60), (-100, 42)), Arrow((54, 60), (72, 62), (84, 54))),
    ),
)

BRIDGE_2 = (
    KNEES_BENT,
    replace(
        BRIDGE,
        caption="Hips lifted: knees, hips and shoulders are one line",
        working=("near_thigh", "far_thigh"),
        arrows=(Arrow((-8, 48), (-8, 58), (-8, 72)),),
    ),
)

BRIDGE_1 = (
    replace(KNEES_BENT, caption="On the back, one knee bent, the other leg straight", far_leg=Leg(thigh=40, shank=38)),
    replace(
        BRIDGE,
        caption="Hips lifted on one leg, the thighs side by side",
        far_leg=Leg(thigh=26, shank=26),
        working=("near_thigh",),
        arrows=(Arrow((-8, 48), (-8, 58), (-8, 72)),),
    ),
)

KTC = (
    KNEES_BENT,
    replace(
        KNEES_BENT,
        caption="Both knees drawn to the chest, held with the hands",
        hip=(0, 13.2),
        pelvis=192,
        waist=182,
        chest=180,
        near_leg=Leg(thigh=126, shank=-14, foot=60),
        far_leg=Leg(thigh=123, shank=-16, foot=58),
        near_arm=ArmTo(wrist=(-12, 50), elbow=-60),
        far_arm=ArmTo(wrist=(-10, 50), elbow=-60),
        working=("trunk",),
        arrows=(Arrow((26, 62), (10, 78), (-16, 76)),),
    ),
)

POSES = {
    "HAM_ECC_SL": HAM_ECC_SL,
    "PEL_TILT": PEL_TILT,
    "BRACE": BRACE,
    "CURLUP_MCG": CURLUP_MCG,
    "DEAD_BUG": DEAD_BUG,
    "BRIDGE_2": BRIDGE_2,
    "BRIDGE_1": BRIDGE_1,
    "KTC": KTC,
}
