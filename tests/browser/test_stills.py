"""A telephone's picture beside a finding."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from clinic.care import gait
from clinic.care.gait.still import LONGEST_SIDE, MOST_BYTES
from clinic.database import database
from tests.care.acts import begun, episode, visit
from tests.cast import CAST


def test_a_telephones_picture_is_made_smaller_before_it_is_handed_in(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    appointment = visit()
    episode()
    note = begun(appointment)
    taken = tmp_path / "taken.jpg"
    Image.effect_noise((3000, 2000), 120).convert("RGB").save(taken, quality=95)
    page = open_as("dana")
    page.goto(f"/treatment/patients/{CAST.ada}/notes/{note.id}/gait")

    page.set_input_files("#image", taken)
    page.wait_for_function("bytes => document.querySelector('#image').files[0].size <= bytes", arg=MOST_BYTES)
    with page.expect_navigation():
        page.locator("#stills button", has_text="Add").click()

    database.session.rollback()
    [still] = gait.analysis_of(note.id).stills
    assert taken.stat().st_size > MOST_BYTES
    assert (still.width, still.height) == (LONGEST_SIDE, round(LONGEST_SIDE * 2 / 3))
