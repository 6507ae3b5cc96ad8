"""Draw what is beside the body: steps, walls, bands, weights, and the way of a movement."""

from collections.abc import Mapping
from itertools import pairwise
from math import atan2, cos, sin

from clinic.care.homecare.library.figure.flesh import drop
from clinic.care.homecare.library.figure.hull import Circle, number, outline
from clinic.care.homecare.library.figure.pose import Anchor, Arrow, Kind, Pose, Thing, View
from clinic.care.homecare.library.figure.skeleton import joints
from clinic.care.homecare.library.figure.vectors import Vec
from clinic.care.homecare.library.figure.view import Spot, project

ROUND = {Kind.BAR: 2.0, Kind.STICK: 1.1}
BOXES = (Kind.BLOCK, Kind.MAT, Kind.WALL)


def thing_drawn(thing: Thing, pose: Pose) -> str:
    """Return a thing as SVG."""
    spots = spots_of(thing, pose)
    if thing.kind in BOXES:
        path = outline([Circle(spot.x, spot.y, 0.4) for spot in spots])
        return f'<path class="figure__{thing.kind}" d="{path}"/>'
    if thing.kind is Kind.WEIGHT:
        return _weight(spots[0])
    if thing.kind in ROUND:
        radius = ROUND[thing.kind]
        pairs = [outline([Circle(a.x, a.y, radius), Circle(b.x, b.y, radius)]) for a, b in pairwise(spots)]
        return f'<path class="figure__{thing.kind}" d="{"".join(pairs)}"/>'
    line = "L".join(f"{number(spot.x)} {number(spot.y)}" for spot in spots)
    return f'<path class="figure__{thing.kind}" d="M{line}"/>'


def _weight(at: Spot) -> str:
    bar = outline([Circle(at.x - 6, at.y, 1.6), Circle(at.x + 6, at.y, 1.6)])
    ends = "".join(
        outline([Circle(at.x + side * 6, at.y - 2.4, 1.8), Circle(at.x + side * 6, at.y + 2.4, 1.8)])
        for side in (-1, 1)
    )
    return f'<path class="figure__weight" d="{bar}{ends}"/>'


def spots_of(thing: Thing, pose: Pose) -> list[Spot]:
    """Return the points of a thing on the page; of a box, its corners."""
    if thing.kind in BOXES:
        return [project(corner, pose.view) for corner in _corners(thing)]
    found, up = joints(pose), Vec(0, drop(pose))
    return [project(_at(anchor, found, up), pose.view) for anchor in thing.points]


def _at(anchor: Anchor, found: Mapping[str, Vec], up: Vec) -> Vec:
    if isinstance(anchor, str):
        return found[anchor].plus(up)
    return Vec(*anchor)


def _corners(thing: Thing) -> list[Vec]:
    (x0, y0, z0), (x1, y1, z1) = (Vec(*point) for point in thing.points if not isinstance(point, str))
    return [Vec(x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (z0, z1)]


def arrow_drawn(arrow: Arrow, view: View) -> str:
    """Return the way of a movement as SVG."""
    start, through, end = (project(Vec(*point), view) for point in (arrow.start, arrow.through, arrow.end))
    back = atan2(through.y - end.y, through.x - end.x)
    wings = [f"{number(end.x + 6 * cos(back + turn))} {number(end.y + 6 * sin(back + turn))}" for turn in (0.55, -0.55)]
    tip = f"{number(end.x)} {number(end.y)}"
    curve = f"M{number(start.x)} {number(start.y)}Q{number(through.x)} {number(through.y)} {tip}"
    return f'<path class="figure__motion" d="{curve}M{wings[0]}L{tip}L{wings[1]}"/>'
