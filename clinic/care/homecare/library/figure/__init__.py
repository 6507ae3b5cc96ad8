"""Figures: a body as joint angles, and one renderer that draws it."""

from clinic.care.homecare.library.figure.draw import Frame, draw, frame_of
from clinic.care.homecare.library.figure.pose import Arm, ArmTo, Arrow, Kind, Leg, LegTo, Lying, Pose, Thing, View

__all__ = [
    "Arm",
    "ArmTo",
    "Arrow",
    "Frame",
    "Kind",
    "Leg",
    "LegTo",
    "Lying",
    "Pose",
    "Thing",
    "View",
    "draw",
    "frame_of",
]
