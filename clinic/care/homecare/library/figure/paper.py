"""A drawing whose ink is written into it, for paper that no stylesheet reaches. Pure."""

import re

OUTLINE = 'stroke="#111" stroke-width="2.4" stroke-linejoin="round" fill="#111"'
THIN = 'stroke="#777" stroke-width="1.2" fill="#eee"'
INK = {
    "floor": 'stroke="#777" stroke-width="1.4" fill="none"',
    "edge": OUTLINE,
    "near": 'fill="#fff"',
    "trunk": 'fill="#edf2f1"',
    "far": 'fill="#bfcbc9"',
    "work": 'fill="#6fb3ad"',
    "motion": 'stroke="#0f766e" stroke-width="2.2" stroke-linecap="round" fill="none"',
    "block": THIN,
    "wall": THIN,
    "mat": THIN,
    "bar": THIN,
    "stick": 'stroke="#111" stroke-width="1.2" fill="#fff"',
    "weight": 'fill="#111"',
    "strap": 'stroke="#444" stroke-width="1.8" fill="none"',
    "band": 'stroke="#444" stroke-width="3" fill="none"',
}
"""What static/figure.css says of each part, in black, gray and one green."""
DRAWING = re.compile(r'<svg class="figure".*?</svg>', re.DOTALL)
PART = re.compile(r'class="figure__([a-z]+)"')


def in_ink(page: str) -> str:
    """Return a page whose drawings of exercises have the ink of each part in place of its class.

    Other drawings, such as the body chart, bring their own ink. Raises ``KeyError`` for a part that is unknown.
    """
    return DRAWING.sub(lambda drawing: PART.sub(lambda part: INK[part[1]], drawing[0]), page)
