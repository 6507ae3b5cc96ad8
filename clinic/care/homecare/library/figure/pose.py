"""A pose as data: the angles of the joints, what is held or leaned on, what moves.

Angles are degrees in the side view of a person who faces right: 0 points forward, 90 up, -90 down. A pair
``(angle, out)`` also leaves that plane: ``out`` is away from the body's middle for a limb, toward the right side for
the trunk. "near" is the right side, toward the viewer of a side view; "far" is the left.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Angle = float | tuple[float, float]
Point = tuple[float, float] | tuple[float, float, float]
Anchor = Point | str
"""A point in cm, or the name of a joint."""


@dataclass(frozen=True, kw_only=True)
class Arm:
    """An arm by its angles; the hand follows the forearm unless it says otherwise."""

    upper: Angle = -90
    fore: Angle = -85
    hand: Angle | None = None


@dataclass(frozen=True, kw_only=True)
class ArmTo:
    """An arm whose wrist is at a place; the elbow points toward ``elbow``."""

    wrist: Point
    elbow: Angle = -120
    hand: Angle | None = None


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A leg by its angles; the foot stands at a right angle to the shank unless it says otherwise."""

    thigh: Angle = -90
    shank: Angle = -90
    foot: Angle | None = None
    toes: float | None = None


@dataclass(frozen=True, kw_only=True)
class LegTo:
    """A leg whose ankle is at a place; the knee points toward ``knee``."""

    ankle: Point
    knee: Angle = 0
    foot: Angle = 0
    toes: float | None = None


class Lying(StrEnum):
    """How the whole body is turned before it is drawn."""

    AS_IS = "as is"
    ON_THE_SIDE = "on the side"
    """On the left side with the front toward the viewer, the head to the right: "near" is the upper side."""


class View(NamedTuple):
    """From where one looks: ``yaw`` 0 from the side, 90 from the front; ``pitch`` degrees from above."""

    yaw: float = 0
    pitch: float = 0


FROM_THE_SIDE = View()


class Kind(StrEnum):
    """What a thing is, and so how it is drawn."""

    BLOCK = "block"
    MAT = "mat"
    WALL = "wall"
    BAR = "bar"
    STRAP = "strap"
    BAND = "band"
    STICK = "stick"
    WEIGHT = "weight"


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something beside the body.

    A BLOCK, MAT or WALL is a box between two corners; a BAR, STRAP, BAND, STICK or WEIGHT is a line through points of
    space or joints. ``behind``: drawn before the body.
    """

    kind: Kind
    points: tuple[Anchor, ...]
    behind: bool = False


@dataclass(frozen=True)
class Arrow:
    """A way that is gone: from, through, to; points of space in cm."""

    start: Point
    through: Point
    end: Point


@dataclass(frozen=True, kw_only=True)
class Pose:
    """How a body stands, lies or kneels, and what is shown of it.

    ``hip`` is the middle between the hip joints: ahead, high, and toward the right; without a height the body is let
    down onto the floor. ``pelvis``,
    ``waist`` and ``chest`` are the three parts of the trunk from below. ``working`` names the parts in green:
    "trunk", "near_thigh", "far_arm". ``caption`` says in words what is seen.
    """

    caption: str
    hip: tuple[float, float | None] | tuple[float, float | None, float] = (0, None)
    pelvis: Angle = 90
    waist: Angle = 90
    chest: Angle = 90
    neck: float = 90
    head: float = 90
    near_arm: Arm | ArmTo = Arm()
    far_arm: Arm | ArmTo = Arm()
    near_leg: Leg | LegTo = Leg()
    far_leg: Leg | LegTo = Leg()
    lying: Lying = Lying.AS_IS
    view: View = FROM_THE_SIDE
    working: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    arrows: tuple[Arrow, ...] = ()
