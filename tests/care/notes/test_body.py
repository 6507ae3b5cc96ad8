"""The body chart: its list of regions, and the drawing of them."""

from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clinic.care.notes.body import QUALITIES, QUALITY_BY_KEY, REGION_BY_CODE, REGIONS
from tests.visitor import check_page

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[3] / "templates"), autoescape=True, undefined=StrictUndefined
)
MACROS: Any = TEMPLATES.get_template("treatment/_body_chart.html").module
OTHER_SIDE = {"left": "right", "right": "left", "middle": "middle"}


class Chosen(NamedTuple):
    """What the drawing asks of a painted region."""

    number: int
    code: str
    quality: str | None


ACHE = Chosen(1, "back.low-back.left", "ache")
PULLING = Chosen(2, "back.thigh-upper.left", "pulling")


class Drawing:
    """The chart as it stands in a page, checked."""

    def __init__(self, chosen: list[Chosen], **how: Any) -> None:
        self.html = str(MACROS.body_chart(chosen, **how))
        check_page(self.html)
        self.elements = [one for one in html5lib.parseFragment(self.html).iter() if isinstance(one.tag, str)]

    def regions(self) -> list[Any]:
        return [one for one in self.elements if one.get("data-region")]

    def titles(self) -> list[tuple[str, str]]:
        return [(one.get("data-region"), one.find(f"{SVG}title").text) for one in self.regions()]

    def of_class(self, name: str) -> list[str]:
        return [one.get("data-region") for one in self.regions() if name in one.get("class").split()]

    def shape(self, code: str) -> Any:
        return next(one for one in self.regions() if one.get("data-region") == code).find(f"{SVG}path")

    def texts(self, tag: str) -> list[str]:
        return [one.text for one in self.elements if one.tag == tag]

    def fields(self, name: str) -> list[Any]:
        return [one for one in self.elements if one.tag == f"{XHTML}input" and one.get("name") == name]

    def checked(self) -> list[str]:
        return [one.get("value") for one in self.fields("region") if one.get("checked") is not None]


def test_codes_and_names_are_told_apart() -> None:
    assert len(REGION_BY_CODE) == len({region.name for region in REGIONS}) == len(REGIONS) == 65


def test_a_code_says_the_view_and_the_side() -> None:
    assert [(r.code.split(".")[0], r.code.split(".")[2]) for r in REGIONS] == [(r.view, r.side) for r in REGIONS]


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.code)
def test_every_region_has_its_mirror_image(region: Any) -> None:
    view, part, side = region.code.split(".")
    partner = REGION_BY_CODE[f"{view}.{part}.{OTHER_SIDE[side]}"]

    assert partner.name == region.name.replace(f", {region.side}", f", {partner.side}")


def test_every_region_is_drawn_once_under_its_name_and_no_other_is() -> None:
    assert Drawing([]).titles() == [(region.code, region.name) for region in REGIONS]


def test_every_region_can_be_chosen_from_the_list() -> None:
    drawing = Drawing([])

    assert [field.get("value") for field in drawing.fields("region")] == [region.code for region in REGIONS]
    assert drawing.checked() == []


def test_each_shape_is_its_own() -> None:
    drawing = Drawing([])
    shapes = [(r.view, s.get("d"), s.get("transform")) for r in REGIONS for s in [drawing.shape(r.code)]]

    assert len(set(shapes)) == len(REGIONS)


def test_the_patients_right_is_at_the_left_of_the_page_in_front_and_at_the_right_behind() -> None:
    drawing = Drawing([])
    mirrored = {region.code for region in REGIONS if drawing.shape(region.code).get("transform") == "scale(-1 1)"}

    assert mirrored == {r.code for r in REGIONS if (r.view, r.side) in {("front", "left"), ("back", "right")}}
    marks = [text for text in drawing.texts(f"{SVG}text") if len(text) == 1]
    assert marks == ["R", "L", "L", "R"]


def test_what_is_chosen_is_painted_numbered_checked_and_put_in_words() -> None:
    drawing = Drawing([PULLING, ACHE])

    assert drawing.of_class("region--chosen") == [ACHE.code, PULLING.code]
    assert drawing.of_class("region--hatched") == [PULLING.code]
    assert drawing.texts(f"{SVG}text")[-2:] == ["1", "2"]
    assert drawing.checked() == [ACHE.code, PULLING.code]
    assert [field.get("value") for field in drawing.fields("region_order")] == [f"{ACHE.code} {PULLING.code}"]
    assert drawing.texts(f"{SVG}desc") == ["1: Low back, left, ache. 2: Back of upper thigh, left, pulling."]


@pytest.mark.parametrize("quality", QUALITIES, ids=lambda quality: quality.key)
def test_each_quality_is_painted_as_the_list_says(quality: Any) -> None:
    drawing = Drawing([Chosen(1, ACHE.code, quality.key)])

    assert drawing.of_class("region--hatched") == ([ACHE.code] if quality.paint == "hatched" else [])
    assert QUALITY_BY_KEY[quality.key] is quality


def test_a_region_without_a_quality_is_painted_solid() -> None:
    drawing = Drawing([Chosen(1, ACHE.code, None)])

    assert (drawing.of_class("region--chosen"), drawing.of_class("region--hatched")) == ([ACHE.code], [])
    assert drawing.texts(f"{SVG}desc") == ["1: Low back, left."]


def test_a_chart_to_be_read_is_a_picture_with_words_and_nothing_to_fill_in() -> None:
    drawing = Drawing([ACHE], editable=False)
    picture = next(one for one in drawing.elements if one.tag == f"{SVG}svg")

    assert picture.get("role") == "img"
    assert {one.get("id") for one in drawing.elements} >= {
        picture.get("aria-labelledby"),
        picture.get("aria-describedby"),
    }
    assert drawing.texts(f"{SVG}desc") == ["1: Low back, left, ache."]
    assert [one for one in drawing.elements if one.tag == f"{XHTML}input"] == []
    assert "data-body-chart" not in drawing.html


def test_a_chart_without_pain_says_so() -> None:
    assert Drawing([], editable=False).texts(f"{SVG}desc") == ["No region is chosen."]


def test_two_charts_stand_on_one_page() -> None:
    check_page(Drawing([ACHE]).html + Drawing([ACHE], editable=False, id="before").html)
