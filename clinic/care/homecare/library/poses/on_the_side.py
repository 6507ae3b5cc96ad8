"""Two poses of each exercise on the side, seen from the front: "near" is the upper side."""

from dataclasses import replace

from clinic.care.homecare.library.figure import Arm, ArmTo, Arrow, Kind, Leg, LegTo, Lying, Pose, Thing, View

ON_THE_SIDE = Pose(
    caption="On the side",
    lying=Lying.ON_THE_SIDE,
    pelvis=(90, 5),
    waist=(90, 7),
    chest=(90, 6),
    near_arm=ArmTo(wrist=(24, 30, -8), elbow=(-60, 40)),
    far_arm=Arm(upper=(90, 4), fore=(90, -4)),
    view=View(0, 0),
)

SIDE_PLANK = (
    replace(
        ON_THE_SIDE,
        caption="On the side, the elbow under the shoulder, the hip on the floor",
        pelvis=(90, 22),
        waist=(90, 36),
        chest=(90, 44),
        far_arm=Arm(upper=(90, 84), fore=(55, 0)),
        near_arm=ArmTo(wrist=(10, 6, 17), elbow=(180, 80)),
        near_leg=Leg(thigh=(-90, -9), shank=(-90, -5), foot=-35),
        far_leg=Leg(thigh=(-90, 2), shank=(-90, 2), foot=-35),
    ),
    replace(
        ON_THE_SIDE,
        caption="Hips lifted: one line from head to feet, on forearm and feet",
        pelvis=(90, 17),
        waist=(90, 17),
        chest=(90, 17),
        far_arm=Arm(upper=(90, 86), fore=(50, 0)),
        near_arm=ArmTo(wrist=(10, 6, 17), elbow=(180, 80)),
        near_leg=Leg(thigh=(-90, -21), shank=(-90, -21), foot=-35),
        far_leg=Leg(thigh=(-90, 15), shank=(-90, 15), foot=-35),
        working=("trunk",),
        arrows=(Arrow((0, 62), (0, 72), (0, 84)),),
    ),
)

MAT = (Thing(kind=Kind.MAT, points=((-92, 0, -26), (112, 0, 52)), behind=True),)
CLAM = (
    replace(
        ON_THE_SIDE,
        caption="On the side, hips and knees bent, feet together",
        far_leg=Leg(thigh=-40, shank=-132),
        near_leg=Leg(thigh=(-40, -7), shank=(-132, -5)),
        things=MAT,
        view=View(-14, 24),
    ),
    replace(
        ON_THE_SIDE,
        caption="The upper knee opened, the feet still together",
        far_leg=Leg(thigh=-40, shank=-132),
        near_leg=LegTo(ankle=(4.7, -57.5, 2), knee=(-40, 60), foot=(-42, 20)),
        view=View(-14, 24),
        things=MAT,
        working=("near_thigh", "near_shank"),
        arrows=(Arrow((-66, 34), (-66, 52), (-52, 62)),),
    ),
)

SL_HIPABD = (
    replace(
        ON_THE_SIDE,
        caption="On the side, the upper leg straight in line with the body",
        far_leg=Leg(thigh=-70, shank=-112),
        near_leg=Leg(thigh=(-90, -6), shank=(-90, -6), foot=-30),
    ),
    replace(
        ON_THE_SIDE,
        caption="The upper leg lifted, the toes forward",
        far_leg=Leg(thigh=-70, shank=-112),
        near_leg=Leg(thigh=(-92, 30), shank=(-92, 30), foot=-30),
        working=("near_thigh", "near_shank"),
        arrows=(Arrow((-82, 30), (-88, 46), (-84, 60)),),
    ),
)

POSES = {"SIDE_PLANK": SIDE_PLANK, "CLAM": CLAM, "SL_HIPABD": SL_HIPABD}
