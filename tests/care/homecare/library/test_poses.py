"""Each exercise has two drawings of a body that could do it."""

import re
from pathlib import Path
from xml.etree import ElementTree

from clinic.care.homecare.library import BY_CODE
from clinic.care.homecare.library.figure import ArmTo, Leg, LegTo, Lying, Pose
from clinic.care.homecare.library.figure.flesh import lowest, parts
from clinic.care.homecare.library.figure.limits import beyond_limits
from clinic.care.homecare.library.figure.skeleton import joints
from clinic.care.homecare.library.poses import POSES, drawings

ROOT = Path(__file__).parents[4]
GOLDEN = ROOT / "tests" / "golden" / "figures" / "bird-dog.svg"
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg": {"class", "viewBox", "width", "height", "role"}, "title": set(), "path": {"class", "d"}}
EACH = [(f"{code} {n}", pose) for code, poses in POSES.items() for n, pose in enumerate(poses, 1)]
OFF_THE_FLOOR = {"STEP_UP 2": 20.0, "HAM_ECC_SL 1": 0.0, "HAM_ECC_SL 2": 0.0}
"""How high, in cm, the lowest part is where a step carries the body."""


def test_every_exercise_has_two_poses_that_differ() -> None:
    alike = [
        code for code, (start, end) in POSES.items() if joints(start) == joints(end) and start.arrows == end.arrows
    ]

    assert set(POSES) == set(BY_CODE)
    assert alike == []
    assert [code for code in POSES if drawings(code)[0] == drawings(code)[1]] == []


def test_the_second_pose_shows_what_works_and_which_way_it_goes() -> None:
    assert [code for code, (_, end) in POSES.items() if not (end.working and end.arrows)] == []


def test_every_joint_can_do_what_the_pose_asks() -> None:
    assert {name: beyond_limits(pose) for name, pose in EACH if beyond_limits(pose)} == {}


def test_a_knee_bent_backward_and_a_broken_back_are_noticed() -> None:
    wrong = Pose(caption="", near_leg=Leg(thigh=-90, shank=-40), waist=10)

    assert beyond_limits(wrong) == ["low back -80", "upper back 80", "near knee -50"]


def test_nothing_is_below_the_floor_and_something_rests_on_it() -> None:
    heights = {name: lowest(parts(pose)) - OFF_THE_FLOOR.get(name, 0.0) for name, pose in EACH}

    assert {name: height for name, height in heights.items() if not -0.6 <= height <= 1.5} == {}


def test_hands_and_feet_reach_their_places() -> None:
    missed = {
        f"{name} {limb} {end}": round(off, 1)
        for name, pose in EACH
        for limb, end in (("near_arm", "wrist"), ("far_arm", "wrist"), ("near_leg", "ankle"), ("far_leg", "ankle"))
        if (off := _missed_by(pose, limb, end)) > 1.0
    }

    assert missed == {}


def test_the_drawings_are_plain_shapes_with_classes_and_a_title() -> None:
    for code in POSES:
        for text in drawings(code):
            root = ElementTree.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
            used = {element.tag.removeprefix(SVG): set(element.attrib) for element in root.iter()}

            assert used == ALLOWED
            assert (root.get("role"), root[0].tag, bool(root[0].text)) == ("img", f"{SVG}title", True)
            assert "nan" not in text


def test_every_drawing_has_the_same_scale_and_both_of_an_exercise_the_same_frame() -> None:
    boxes = {
        code: [re.findall(r'viewBox="([^"]+)" width="([^"]+)" height="([^"]+)"', text) for text in drawings(code)]
        for code in POSES
    }

    for ((box, width, height),), end in boxes.values():
        assert [(box, width, height)] == end
        assert box.split()[2:] == [width, height]


def test_every_class_of_a_drawing_has_a_rule_that_names_no_raw_color() -> None:
    css = (ROOT / "static" / "figure.css").read_text()
    drawn = {name for code in POSES for text in drawings(code) for name in re.findall(r'class="([^"]+)"', text)}

    assert drawn - set(re.findall(r"\.(figure[_a-z]*)", css)) == set()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgb|\bhsl", css) == []


def test_the_bird_dog_looks_as_it_was_looked_at() -> None:
    assert drawings("BIRD_DOG")[1] + "\n" == GOLDEN.read_text()


def _missed_by(pose: Pose, limb: str, end: str) -> float:
    aim = getattr(pose, limb)
    if not isinstance(aim, ArmTo | LegTo):
        return 0.0
    found, side = joints(pose), limb.split("_")[0]
    at = found[f"{side}_{end}"]
    if pose.lying is Lying.ON_THE_SIDE:
        at = type(at)(at.z, at.x, at.y)
    place = aim.wrist if isinstance(aim, ArmTo) else aim.ankle
    return float(((at.x - place[0]) ** 2 + (at.y - place[1]) ** 2) ** 0.5)
