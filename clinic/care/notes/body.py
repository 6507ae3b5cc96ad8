"""The body chart: the regions that can hurt, front and back, and what pain is like; pure data.

The drawing is in templates/treatment/_body_chart.html, and a test holds the two together.
"""

from typing import Literal, NamedTuple

View = Literal["front", "back"]
Side = Literal["left", "right", "middle"]
Paint = Literal["solid", "hatched"]


class Region(NamedTuple):
    """A place on the body; the side is the patient's own."""

    code: str
    view: View
    side: Side
    name: str


class Quality(NamedTuple):
    """What a pain is like, and how its region is painted: solid as an ache, hatched as a pulling."""

    key: str
    label: str
    paint: Paint


def _pair(view: View, part: str, name: str) -> tuple[Region, Region]:
    left = Region(f"{view}.{part}.left", view, "left", f"{name}, left")
    return left, Region(f"{view}.{part}.right", view, "right", f"{name}, right")


def _middle(view: View, part: str, name: str) -> Region:
    return Region(f"{view}.{part}.middle", view, "middle", name)


REGIONS: tuple[Region, ...] = (
    _middle("front", "head", "Face"),
    _middle("front", "neck", "Front of neck"),
    *_pair("front", "shoulder", "Front of shoulder"),
    *_pair("front", "upper-arm", "Front of upper arm"),
    *_pair("front", "forearm", "Front of forearm and hand"),
    *_pair("front", "chest", "Chest"),
    *_pair("front", "ribs", "Ribs and upper abdomen"),
    *_pair("front", "abdomen", "Lower abdomen"),
    _middle("front", "pubic", "Pubic area"),
    *_pair("front", "hip", "Front of hip"),
    *_pair("front", "groin", "Groin"),
    *_pair("front", "thigh", "Front of thigh"),
    *_pair("front", "inner-thigh", "Inner thigh"),
    *_pair("front", "knee", "Front of knee"),
    *_pair("front", "outer-shin", "Outer shin"),
    *_pair("front", "inner-shin", "Inner shin"),
    *_pair("front", "ankle", "Front of ankle"),
    *_pair("front", "foot", "Foot"),
    _middle("back", "head", "Back of head"),
    _middle("back", "neck", "Back of neck"),
    *_pair("back", "shoulder", "Back of shoulder"),
    *_pair("back", "upper-arm", "Back of upper arm"),
    *_pair("back", "forearm", "Back of forearm and hand"),
    *_pair("back", "upper-back", "Upper back"),
    *_pair("back", "mid-back", "Mid back"),
    *_pair("back", "low-back", "Low back"),
    _middle("back", "low-back", "Low back, middle"),
    _middle("back", "sacrum", "Sacrum"),
    *_pair("back", "hip", "Back of hip"),
    *_pair("back", "buttock", "Buttock"),
    *_pair("back", "thigh-upper", "Back of upper thigh"),
    *_pair("back", "thigh-lower", "Back of lower thigh"),
    *_pair("back", "knee", "Back of knee"),
    *_pair("back", "calf", "Calf"),
    *_pair("back", "achilles", "Achilles"),
    *_pair("back", "heel", "Heel"),
)
REGION_BY_CODE = {region.code: region for region in REGIONS}

QUALITIES: tuple[Quality, ...] = (
    Quality("ache", "Ache", "solid"),
    Quality("pulling", "Pulling", "hatched"),
    Quality("sharp", "Sharp", "solid"),
    Quality("burning", "Burning", "solid"),
    Quality("tingling", "Tingling", "hatched"),
    Quality("numb", "Numb", "hatched"),
    Quality("throbbing", "Throbbing", "solid"),
)
QUALITY_BY_KEY = {quality.key: quality for quality in QUALITIES}
