"""Draw a string around circles: the outline of a limb, as the data of an SVG path."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

_CORNERS = 48


class Circle(NamedTuple):
    """A circle on the page, y down."""

    x: float
    y: float
    r: float


def outline(circles: Sequence[Circle]) -> str:
    """Return the path around the circles: straight lines between them, arcs along them, always the same way round."""
    corners = _hull(
        [
            (
                circle.x + circle.r * cos(step * 2 * pi / _CORNERS),
                circle.y + circle.r * sin(step * 2 * pi / _CORNERS),
                n,
            )
            for n, circle in enumerate(circles)
            for step in range(_CORNERS)
        ]
    )
    runs = _runs(corners)
    if len(runs) == 1:
        return _whole(circles[runs[0][0][2]])
    path: list[str] = []
    for run in runs:
        (x, y, n), (to_x, to_y, _) = run[0], run[-1]
        path.append(f"{'L' if path else 'M'}{number(x)} {number(y)}")
        if len(run) > 1:
            r = number(circles[n].r)
            path.append(f"A{r} {r} 0 {int(len(run) > _CORNERS / 2 + 1)} 1 {number(to_x)} {number(to_y)}")
    return "".join(path) + "Z"


def number(value: float) -> str:
    """Return a coordinate to a tenth, without a needless zero."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _whole(circle: Circle) -> str:
    y, r = number(circle.y), number(circle.r)
    left, right = number(circle.x - circle.r), number(circle.x + circle.r)
    return f"M{left} {y}A{r} {r} 0 1 1 {right} {y}A{r} {r} 0 1 1 {left} {y}Z"


Corner = tuple[float, float, int]


def _hull(corners: list[Corner]) -> list[Corner]:
    """Return the corners of the convex hull, clockwise on the page."""
    ordered = sorted(corners)
    if len(ordered) < 3:
        return ordered

    def half(run: list[Corner]) -> list[Corner]:
        kept: list[Corner] = []
        for corner in run:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], corner) <= 1e-9:
                kept.pop()
            kept.append(corner)
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Corner, b: Corner, c: Corner) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _runs(corners: list[Corner]) -> list[list[Corner]]:
    """Return the corners in runs that lie on one circle."""
    runs: list[list[Corner]] = []
    for corner in corners:
        if runs and runs[-1][-1][2] == corner[2]:
            runs[-1].append(corner)
        else:
            runs.append([corner])
    if len(runs) > 1 and runs[0][0][2] == runs[-1][0][2]:
        runs[0] = runs.pop() + runs[0]
    return runs
