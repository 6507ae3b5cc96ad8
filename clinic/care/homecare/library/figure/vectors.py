"""Points and directions in space: x forward, y up, z toward the figure's right side, in cm."""

from math import cos, hypot, radians, sin
from typing import NamedTuple


class Vec(NamedTuple):
    """A point or a direction."""

    x: float
    y: float
    z: float = 0.0

    def plus(self, other: "Vec", times: float = 1.0) -> "Vec":
        """Return this point moved by ``times`` of the other."""
        return Vec(self.x + other.x * times, self.y + other.y * times, self.z + other.z * times)

    def minus(self, other: "Vec") -> "Vec":
        """Return the way from the other to this."""
        return self.plus(other, -1.0)

    def dot(self, other: "Vec") -> float:
        """Return the scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: "Vec") -> "Vec":
        """Return the vector product."""
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        """The length in cm."""
        return hypot(self.x, self.y, self.z)

    @property
    def unit(self) -> "Vec":
        """The same direction, 1 cm long."""
        return Vec(self.x / self.length, self.y / self.length, self.z / self.length)


def direction(angle: float, out: float = 0.0) -> Vec:
    """Return the direction at ``angle`` degrees in the plane of the side view (0 forward, 90 up), ``out`` degrees
    from that plane toward the right side.
    """
    a, o = radians(angle), radians(out)
    return Vec(cos(a) * cos(o), sin(a) * cos(o), sin(o))


def lateral(angle: float, out: float = 0.0) -> Vec:
    """Return the direction to the right of a part of the trunk that points at ``angle`` and leans ``out``."""
    a, o = radians(angle), radians(out)
    return Vec(-cos(a) * sin(o), -sin(a) * sin(o), cos(o))


def bend_between(start: Vec, end: Vec, upper: float, lower: float, pole: Vec) -> Vec:
    """Return the joint between two bones of given length that reach from start to end, bent toward ``pole``.

    Where the end is out of reach the bones lie straight; the caller finds the real end by ``reached``.
    """
    way = end.minus(start)
    reach = min(max(way.length, abs(upper - lower) + 0.01), upper + lower - 0.01)
    along = (upper * upper - lower * lower + reach * reach) / (2 * reach)
    aside = max(upper * upper - along * along, 0.0) ** 0.5
    line = way.unit
    bend = pole.plus(line, -pole.dot(line)).unit
    return start.plus(line, along).plus(bend, aside)


def reached(joint: Vec, end: Vec, lower: float) -> Vec:
    """Return where a bone of given length really ends on its way from the joint to the end."""
    return joint.plus(end.minus(joint).unit, lower)
