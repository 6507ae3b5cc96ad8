"""The gait analysis at the door: typed, compared, its images guarded, its target taken up in the plan."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import select

from clinic.audit.models import Entry
from clinic.care.gait.models import GaitAnalysis, GaitFinding, GaitStill
from clinic.database import database
from tests.care.acts import begun, episode, saved, signed, visit, visit_facts
from tests.cast import CAST, at
from tests.forms import filled
from tests.visitor import Visitor, path_of

ADA = f"/treatment/patients/{CAST.ada}"
Open = Callable[..., Visitor]
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def page(note: str) -> str:
    """The address of the analysis of Ada's visit."""
    return f"{note}/gait"


def jpeg(size: tuple[int, int] = (64, 48)) -> io.BytesIO:
    """Return a picture to hand in."""
    out = io.BytesIO()
    Image.new("RGB", size, "olive").save(out, "JPEG")
    out.seek(0)
    return out


def typed(dana: Visitor, page: str, **fields: str) -> dict[str, str]:
    """Return the form as it stands, with some fields filled in."""
    form = filled(dana.get(page).text, having="data-autosave")
    facts = {"speed": "6:00", "surface": "treadmill", "find.cadence..value": "166", "target_pct": "5"}
    return form | facts | {name.replace("__", "."): value for name, value in fields.items()}


def test_an_analysis_is_typed_and_reckons_its_target(dana: Visitor, page: str) -> None:
    form = typed(dana, page) | {"find.overstride.L.grade": "marked", "find.pelvic-drop.R.value": "8"}

    answer = dana.post(page, form, headers=SCRIPT)

    row = database.session.scalars(select(GaitAnalysis)).one()
    found = {(one.metric, one.side): one.grade or one.value for one in database.session.scalars(select(GaitFinding))}
    assert (answer.status_code, str(row.speed_ms), row.target_spm) == (200, "2.78", 174)
    assert found == {("overstride", "L"): "marked", ("cadence", ""): 166, ("pelvic-drop", "R"): 8}
    assert ">174</b>" in answer.json["parts"]["target"]  # type: ignore[index]
    assert "band 170–178" in dana.get(page).text


@pytest.mark.parametrize(
    ("speed", "expected"),
    [("2.78 m/s", "2.78"), ("10 km/h", "2.78"), ("6:00/km", "2.78"), ("9:40/mi", "2.77"), ("7 mph", "3.13")],
)
def test_a_speed_is_read_as_people_say_it(dana: Visitor, page: str, speed: str, expected: str) -> None:
    dana.post(page, typed(dana, page, speed=speed))

    assert str(database.session.scalars(select(GaitAnalysis.speed_ms)).one()) == expected


@pytest.mark.parametrize(
    "speed", ["10", "0", "6:xx", "fast", "0:00", "1e9", "NaN", "-3 km/h", "1e999999 km/h", "0:1e-999999"]
)
def test_what_is_no_running_speed_is_refused_and_kept(dana: Visitor, page: str, speed: str) -> None:
    answer = dana.post(page, typed(dana, page, speed=speed))

    assert answer.status_code == 422
    assert f'value="{speed}"' in answer.text
    assert "10 km/h, 6:00 a kilometer" in answer.text


def test_a_grade_is_taken_out_again(dana: Visitor, page: str) -> None:
    dana.post(page, typed(dana, page) | {"find.sound.L.grade": "mild"})

    form = typed(dana, page)
    del form["find.sound.L.grade"]
    dana.post(page, form)

    assert database.session.scalars(select(GaitFinding.metric)).all() == ["cadence"]


def test_a_target_outside_of_the_range_asks_for_a_reason(dana: Visitor, page: str) -> None:
    bare = dana.post(page, typed(dana, page, target_pct="12"))
    given = dana.post(page, typed(dana, page, target_pct="12", target_why="Ran so before"))

    assert (bare.status_code, given.status_code) == (422, 303)
    assert "Outside of 3 to 10 %: say why." in bare.text


def test_a_draft_saved_elsewhere_is_not_overwritten(dana: Visitor, page: str) -> None:
    form = typed(dana, page)
    dana.post(page, form)

    answer = dana.post(page, form | {"find.cadence..value": "170"}, headers=SCRIPT)

    assert answer.status_code == 409
    assert database.session.scalars(select(GaitFinding.value)).one() == 166


def test_an_image_is_kept_guarded_and_read_on_record(dana: Visitor, page: str, visitor: Open) -> None:
    dana.post(page, typed(dana, page))

    added = dana.post(f"{page}/stills", {"beside": "overstride.L", "image": (jpeg(), "me at home.jpg")})

    still = database.session.scalars(select(GaitStill)).one()
    address = f"{page}/stills/{still.id}"
    shown = dana.get(address)
    assert path_of(added) == page
    assert (shown.status_code, shown.mimetype, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert [visitor(who).get(address).status_code for who in ("noor", "kim", "max")] == [403] * 3
    database.session.rollback()
    read = select(Entry.after).where(Entry.what == "chart read", Entry.by == "Dana Ruiz")
    assert {"page": "gait image"} in database.session.scalars(read).all()


def test_an_image_takes_the_place_of_the_one_before_and_is_taken_out(dana: Visitor, page: str) -> None:
    dana.post(page, typed(dana, page))
    for size in ((64, 48), (32, 24)):
        dana.post(f"{page}/stills", {"beside": "overstride.L", "image": (jpeg(size), "x.jpg")})

    widths = database.session.scalars(select(GaitStill.width)).all()
    dana.post(f"{page}/stills/1/out", {})

    database.session.rollback()
    assert widths == [32]
    assert database.session.scalars(select(GaitStill.id)).all() == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"image": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, 422),
        ({"image": b"\xff\xd8\xff" + b"x" * 2_100_000}, 422),
        ({"image": b"\xff\xd8\xff" + b"x" * 6_000_000}, 422),
        ({"image": b"x" * 17_000_000}, 413),
        ({"image": b""}, 422),
        ({"beside": "overstride.Q"}, 404),
        ({"beside": "../../etc.L"}, 404),
    ],
)
def test_a_hostile_image_or_place_is_refused(dana: Visitor, page: str, fields: dict[str, object], status: int) -> None:
    dana.post(page, typed(dana, page))

    form = {"beside": "overstride.L", "image": (jpeg(), "x.jpg")} | fields
    answer = dana.post(f"{page}/stills", form)

    assert answer.status_code == status
    assert database.session.scalars(select(GaitStill.id)).all() == []


def test_two_analyses_stand_side_by_side_at_the_same_speed_only(dana: Visitor, page: str) -> None:
    dana.post(page, typed(dana, page) | {"find.overstride.L.grade": "marked", "find.overstride.R.grade": "marked"})
    later = f"{ADA}/notes/{begun(visit(starts_at=at(14))).id}/gait"

    same = dana.post(
        later,
        typed(dana, later, **{"find.cadence..value": "171"})
        | {"find.overstride.L.grade": "mild", "find.overstride.R.grade": "mild"},
        headers=SCRIPT,
    )
    dana.post(later, typed(dana, later, speed="5:00"))

    assert "2 → 1</b> better" in same.json["parts"]["change-overstride"]  # type: ignore[index]
    assert "not comparable: other speed" in dana.get(later).text


def test_a_signed_analysis_is_read_and_not_changed(dana: Visitor, page: str) -> None:
    appointment = visit(starts_at=at(11))
    note = saved(begun(appointment), visit_facts())
    mine = f"{ADA}/notes/{note.id}/gait"
    form = typed(dana, mine)
    dana.post(mine, form)
    database.session.rollback()
    signed(database.session.merge(note, load=True))

    answer = dana.post(mine, form | {"find.cadence..value": "170"})

    assert answer.status_code == 409
    assert "data-autosave" not in dana.get(mine).text
    assert ">166</b>" in dana.get(mine).text


def test_the_target_goes_into_the_plan(dana: Visitor, page: str) -> None:
    dana.post(page, typed(dana, page, protocol="protocol.fade-8"))

    answer = dana.post(f"{page}/plan", {})

    assert path_of(answer) == f"{ADA}/episodes/1/plan?draft="
    assert (
        "174 spm (+5 %), metronome; eight sessions, fading, 15 to 30 min"
        in dana.get(f"{ADA}/episodes/1/plan?draft=").text
    )


def test_another_patients_analysis_is_not_here(dana: Visitor, page: str) -> None:
    other = page.replace(f"/patients/{CAST.ada}/", f"/patients/{CAST.ben}/")
    visit(patient_id=CAST.ben, starts_at=at(15))

    answers = [dana.get(other), dana.post(other, {}), dana.post(f"{other}/plan", {}), dana.get(f"{other}/stills/1")]

    assert [one.status_code for one in answers] == [404] * 4


def test_the_tab_leads_to_the_visit_that_is_being_written(dana: Visitor, page: str) -> None:
    answer = dana.get(f"{ADA}/episodes/1/gait")

    assert path_of(answer) == page


def test_without_any_visit_the_tab_says_where_an_analysis_begins(dana: Visitor) -> None:
    visit()
    episode()

    assert "No gait analysis yet." in dana.get(f"{ADA}/episodes/1/gait").text


def test_the_analysis_stands_on_the_notes_paper(dana: Visitor, page: str) -> None:
    cue = {"cue.cadence +5 %.pain_before": "4", "cue.cadence +5 %.pain_with": "2"}
    form = typed(dana, page) | {"find.overstride.L.grade": "marked", "find.pelvic-drop.R.value": "8"} | cue
    empty = dana.get(page.removesuffix("/gait") + "/print").text

    dana.post(page, form)
    paper = dana.get(page.removesuffix("/gait") + "/print").text

    assert "Running gait" not in empty
    for words in (
        "2.78 m/s (6:00 /km), treadmill",
        "2 marked",
        "8° right",
        "166 spm",
        "174 steps a minute, 5 % above the first cadence, 166 on Nov 24",
    ):
        assert words in paper, words
