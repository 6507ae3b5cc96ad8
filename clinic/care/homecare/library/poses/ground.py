"""Ways to be on the ground that many poses share, and things to stand at."""

from clinic.care.homecare.library.figure import Arm, Kind, Leg, LegTo, Thing
from clinic.care.homecare.library.figure.skeleton import ankle_height

STANDING = 91.0
"""Height of the hips of a person who stands, in cm."""

ON_BACK = 11.2
"""Height of the hips of a person who lies on the back, in cm."""

ON_FRONT = 9.2
"""Height of the hips of a person who lies face down, in cm."""

KNEELING = 47.8
"""Height of the hips over a knee on the floor, in cm."""

FLAT_LEG = Leg(thigh=-2, shank=-2, foot=82)
FLAT_ARM = Arm(upper=-6, fore=-3)
KNEELING_LEG = Leg(thigh=-90, shank=181, foot=203)
PRONE_LEG = Leg(thigh=181, shank=181.5, foot=200)


def foot_on(x: float, *, at: float = 0, foot: float = 0, toes: float | None = None, knee: float = 20) -> LegTo:
    """Return a leg whose foot is on the ground, or on something ``at`` cm."""
    return LegTo(ankle=(x, at + ankle_height(foot, toes)), foot=foot, toes=toes, knee=knee)


def block(left: float, right: float, high: float, *, deep: float = 20) -> Thing:
    """Return a step or a box on the floor."""
    return Thing(kind=Kind.BLOCK, points=((left, 0, -deep), (right, high, deep)), behind=True)


def wall(x: float, high: float = 175) -> Thing:
    """Return a wall ahead of a person who faces right."""
    return Thing(kind=Kind.WALL, points=((x, 0, -20), (x + 5, high, 20)), behind=True)


def chair(front: float, seat: float, *, back: bool = True) -> tuple[Thing, ...]:
    """Return a chair that looks to the right, its seat from ``front`` 40 cm to the left."""
    rear = front - 40
    bars: list[Thing] = [
        Thing(kind=Kind.BAR, points=((front - 3, seat - 3), (front - 1, 2)), behind=True),
        Thing(kind=Kind.BAR, points=((rear + 3, seat - 3), (rear + 1, 2)), behind=True),
    ]
    if back:
        bars.append(Thing(kind=Kind.BAR, points=((rear + 2, seat - 3), (rear - 5, seat + 42)), behind=True))
    return (*bars, Thing(kind=Kind.BLOCK, points=((rear, seat - 4, 0), (front, seat, 0)), behind=True))
