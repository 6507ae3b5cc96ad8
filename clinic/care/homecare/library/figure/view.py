"""Look at the body: from space onto the page."""

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple

from clinic.care.homecare.library.figure.flesh import Ball
from clinic.care.homecare.library.figure.hull import Circle
from clinic.care.homecare.library.figure.pose import View
from clinic.care.homecare.library.figure.vectors import Vec

SCALE = 0.72
"""Units of the page for one cm of the body, in every drawing."""


class Spot(NamedTuple):
    """A place on the page, y down, with how near it is to the viewer."""

    x: float
    y: float
    depth: float


def project(at: Vec, view: View) -> Spot:
    """Return where a point of space is seen."""
    yaw, pitch = radians(view.yaw), radians(view.pitch)
    across = at.x * cos(yaw) - at.z * sin(yaw)
    depth = at.x * sin(yaw) + at.z * cos(yaw)
    up = at.y * cos(pitch) - depth * sin(pitch)
    return Spot(across * SCALE, -up * SCALE, (depth * cos(pitch) + at.y * sin(pitch)) * SCALE)


def circles_of(balls: Sequence[Ball], view: View) -> list[Circle]:
    """Return the circles that balls are seen as, each once."""
    spots = [(project(ball.at, view), ball.radius * SCALE) for ball in balls]
    return list(dict.fromkeys(Circle(spot.x, spot.y, radius) for spot, radius in spots))
