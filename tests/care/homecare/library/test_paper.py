"""Drawings for paper: every part that is drawn, or has a rule on the screen, has its ink."""

import re
from pathlib import Path

from clinic.care.homecare.library import EXERCISES
from clinic.care.homecare.library.figure.paper import INK, in_ink
from clinic.care.homecare.library.poses import drawings

RULES = Path(__file__).parents[4] / "static" / "figure.css"


def test_every_part_has_its_ink() -> None:
    parts = set(re.findall(r"\.figure__([a-z]+)", RULES.read_text()))

    assert set(INK) == parts


def test_on_paper_no_class_is_left() -> None:
    inked = [in_ink(svg) for one in EXERCISES for svg in drawings(one.code)]

    assert [svg for svg in inked if "figure__" in svg] == []
