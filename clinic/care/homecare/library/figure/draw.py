"""Draw a pose as an SVG of plain shapes: classes only, no style, no color.

One cm of the body is ``SCALE`` units of the page in every drawing, so that figures beside each other have one size.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from clinic.care.homecare.library.figure.flesh import Part, parts
from clinic.care.homecare.library.figure.hull import Circle, number, outline
from clinic.care.homecare.library.figure.pose import Lying, Pose
from clinic.care.homecare.library.figure.things import arrow_drawn, spots_of, thing_drawn
from clinic.care.homecare.library.figure.vectors import Vec
from clinic.care.homecare.library.figure.view import circles_of, project

MARGIN = 5.0
FRONTAL = 60
"""From this yaw on both sides of the body are equally near, and none is gray."""


class Frame(NamedTuple):
    """A stretch of the page: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: "Frame") -> "Frame":
        """Return the frame that holds both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def draw(pose: Pose, frame: Frame | None = None) -> str:
    """Return the drawing of a pose; in a ``frame`` that it shares with others, or in its own."""
    frame = frame or frame_of([pose])
    left, top = frame.left - MARGIN, frame.top - MARGIN
    width, height = frame.right - left + MARGIN, frame.bottom - top + MARGIN
    size = f'viewBox="{number(left)} {number(top)} {number(width)} {number(height)}"'
    inside = [*_floor(pose, frame), *_things(pose, behind=True), *_body(pose), *_things(pose, behind=False)]
    return (
        f'<svg class="figure" {size} width="{number(width)}" height="{number(height)}" role="img">'
        f"<title>{escape(pose.caption)}</title>"
        f"{''.join(inside)}{''.join(arrow_drawn(arrow, pose.view) for arrow in pose.arrows)}</svg>"
    )


def frame_of(poses: Sequence[Pose]) -> Frame:
    """Return the frame around poses that are to be drawn to one size on one floor."""
    frame = _extent(poses[0])
    for pose in poses[1:]:
        frame = frame.around(_extent(pose))
    return frame


def _body(pose: Pose) -> list[str]:
    ordered = sorted(parts(pose), key=lambda part: _nearness(part, pose))
    return [_part(part, pose) for part in ordered]


def _nearness(part: Part, pose: Pose) -> float:
    """Return how near a part is to the viewer; an arm lies upon the trunk, a leg under it, the neck behind all."""
    if part.name == "neck":
        return -1000.0
    depths = [project(ball.at, pose.view).depth for piece in part.pieces for ball in piece.balls]
    bias = {"arm": 4.0, "leg": -1.5, "ead": 1.0}.get(part.name[-3:], 0.0)
    return sum(depths) / len(depths) + bias


def _part(part: Part, pose: Pose) -> str:
    edge, fills = [], dict[str, list[str]]()
    for piece in part.pieces:
        path = outline(circles_of(piece.balls, pose.view))
        edge.append(path)
        fills.setdefault(_fill(part.name, piece.name, pose), []).append(path)
    filled = "".join(f'<path class="figure__{fill}" d="{"".join(paths)}"/>' for fill, paths in fills.items())
    return f'<path class="figure__edge" d="{"".join(edge)}"/>{filled}'


def _fill(part: str, piece: str, pose: Pose) -> str:
    if part in pose.working or piece in pose.working:
        return "work"
    if part == "trunk":
        return "trunk"
    return "far" if part.startswith("far") and abs(pose.view.yaw) < FRONTAL and pose.lying is Lying.AS_IS else "near"


def _floor(pose: Pose, frame: Frame) -> list[str]:
    if pose.view.pitch:
        return []
    return [f'<path class="figure__floor" d="M{number(frame.left)} 0.8H{number(frame.right)}"/>']


def _things(pose: Pose, *, behind: bool) -> list[str]:
    return [thing_drawn(thing, pose) for thing in pose.things if thing.behind == behind]


def _extent(pose: Pose) -> Frame:
    circles = [circle for part in parts(pose) for piece in part.pieces for circle in circles_of(piece.balls, pose.view)]
    circles += [Circle(spot.x, spot.y, 4.0) for thing in pose.things for spot in spots_of(thing, pose)]
    circles += [
        Circle(spot.x, spot.y, 3.0)
        for arrow in pose.arrows
        for spot in (project(Vec(*point), pose.view) for point in (arrow.start, arrow.through, arrow.end))
    ]
    circles += [Circle(circles[0].x, 0, 1.0)]
    return Frame(
        min(circle.x - circle.r for circle in circles),
        min(circle.y - circle.r for circle in circles),
        max(circle.x + circle.r for circle in circles),
        max(circle.y + circle.r for circle in circles),
    )
