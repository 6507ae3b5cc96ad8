"""The call list: each has its reason to stand there, and one action that takes it off."""

import re
from collections.abc import Callable
from typing import Any

from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, at
from tests.visitor import Visitor

Book = Callable[..., Appointment]


def listed(html: str) -> dict[str, list[str]]:
    """Return the names in each list."""
    parts = re.split(r'<section class="card" id="([a-z-]+)"', html)[1:]
    return {
        name: re.findall(r'class="table__name"[^>]*>(.*?)</a>', part)
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def test_everybody_to_ring_is_listed_once_for_each_reason(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    wish = book(patient_id=CAST.ada, starts_at=at(9, day=3))
    do(booking.want_call, wish, why="Asked for another time")
    book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    book(patient_id=CAST.ben, starts_at=at(9, day=1))
    do(booking.confirm, book(patient_id=CAST.ada, starts_at=at(11, day=1)))
    book(patient_id=CAST.ben, starts_at=at(9, day=-1), now=at(7, day=-2))

    page = desk.get("/desk/calls").text

    assert listed(page) == {
        "wanted": ["Ada Moore"],
        "untold": ["Cleo Hayes"],
        "unconfirmed": ["Ben Novak"],
        "no-status": ["Ben Novak"],
    }


def test_who_was_told_leaves_the_list(desk: Visitor, book: Book) -> None:
    visit = book(patient_id=CAST.cleo, starts_at=at(9, day=2))

    desk.post(f"/desk/appointments/{visit.id}/told", {"version": 1, "back": "calls"})

    assert listed(desk.get("/desk/calls").text)["untold"] == []


def test_who_was_called_leaves_the_list(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    visit = do(booking.want_call, book(starts_at=at(9, day=3)), why="Asked for another time")

    desk.post(f"/desk/appointments/{visit.id}/called", {"version": visit.version, "back": "calls"})

    assert listed(desk.get("/desk/calls").text)["wanted"] == []


def test_an_empty_list_says_so(desk: Visitor) -> None:
    page = desk.get("/desk/calls").text

    assert page.count('class="empty empty--good"') == 4
