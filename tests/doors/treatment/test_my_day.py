"""My day: a step says whose visit it was, and leads back to the row."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from clinic import clock
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, at
from tests.visitor import Visitor

Book = Callable[..., Appointment]


def toast(page: str) -> str:
    """Return what was just done, in words."""
    found = re.search(r"data-toast-text>(.*?)</span>", page)
    return found.group(1).replace("&#39;", "'") if found else ""


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("arrive", "Ada Moore is here"),
        ("begin", "Ada Moore's visit has begun"),
        ("complete", "Ada Moore's visit is completed"),
        ("no-show", "Ada Moore marked as no-show"),
    ],
)
def test_a_step_names_the_patient_and_leads_back_to_their_row(app: Flask, book: Book, step: str, said: str) -> None:
    visit = book()
    clock.set_source(lambda: at(9, 20))
    dana = Visitor(app).sign_in("dana")

    answer = dana.post(f"/treatment/appointments/{visit.id}/{step}", {"version": visit.version})
    page = dana.get("/treatment/").text

    assert (answer.location, toast(page)) == (f"/treatment/#visit-{visit.id}", said)
    assert f'<tr id="visit-{visit.id}" tabindex="-1"' in page


def test_after_a_visit_is_done_the_next_row_is_gone_to(app: Flask, book: Book, do: Callable[..., Any]) -> None:
    first, second = book(), book(patient_id=CAST.ben, starts_at=at(10))
    do(booking.begin, first, now=at(9))
    clock.set_source(lambda: at(9, 40))
    dana = Visitor(app).sign_in("dana")
    then = re.findall(r'name="then" value="(\d+)"', dana.get("/treatment/").text)

    answer = dana.post(f"/treatment/appointments/{first.id}/complete", {"version": 2, "then": then[0]})

    assert (then, answer.location) == ([str(second.id)], f"/treatment/#visit-{second.id}")


def test_an_arrival_forgotten_yesterday_is_completed_or_taken_back(
    app: Flask, book: Book, do: Callable[..., Any]
) -> None:
    visit = do(booking.arrive, book(), now=at(9))
    clock.set_source(lambda: at(9, day=1))
    dana = Visitor(app).sign_in("dana")

    page = dana.get("/treatment/days/2026-11-24").text

    assert re.findall(r'aria-label="([^"]+): Ada Moore[^"]*"', page) == ["Complete", "Not here"]
    assert "No status" in page
    assert visit.status == "arrived"
