"""The page that a course's letter opens: all its visits, each with the way to its own page, until it is revoked."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from clinic import clock
from clinic.database import database
from clinic.scheduling.booking import Appointment, Course
from clinic.scheduling.booking.links import course_link_token, link_token, revoke_link
from tests.cast import CAST, at
from tests.engines import SECRET
from tests.scheduling.booking.test_course import book_course, rows
from tests.visitor import Visitor


@pytest.fixture
def course(app: Flask) -> Course:
    """Ada's course of four visits."""
    return book_course()


def link(course: Course) -> str:
    """Return the path in its letter."""
    path = f"/visit/course/{course_link_token(course, secret=SECRET)}"
    database.session.rollback()
    return path


def ways(page: str) -> list[str]:
    """Return the paths of the visits that the page of a course shows."""
    return re.findall(r'href="(/visit/[^"]+)"', page)


def first_visit(course: Course) -> Appointment:
    """Return its first visit."""
    of_course = (Appointment.course_id == course.id, Appointment.course_number == 1)
    visit = database.session.scalars(select(Appointment).where(*of_course)).one()
    database.session.rollback()
    return visit


def test_each_visit_is_one_tap_away(app: Flask, course: Course) -> None:
    page = Visitor(app).get(link(course)).text

    assert page.count("please confirm") == 4
    assert [Visitor(app).get(way).status_code for way in ways(page)] == [200] * 4


def test_it_goes_with_its_last_day(app: Flask, course: Course) -> None:
    path = link(course)

    clock.set_source(lambda: at(12, day=16))
    last = Visitor(app).get(path).text
    clock.set_source(lambda: at(0, 1, day=17))

    assert last.count("please confirm") == 1
    assert Visitor(app).get(path).status_code == 404


@pytest.mark.parametrize("token", ["made-up", "WzEsMF0.g5UQHNW1jzoPSkmn73CskNE8U7g"])
def test_a_made_up_token_opens_nothing(app: Flask, course: Course, token: str) -> None:
    assert Visitor(app).get(f"/visit/course/{token}").status_code == 404


def test_the_token_of_a_visit_opens_no_course(app: Flask, course: Course) -> None:
    token = link_token(first_visit(course), secret=SECRET)
    database.session.rollback()

    assert Visitor(app).get(f"/visit/course/{token}").status_code == 404


def test_whoever_makes_the_links_of_a_visit_lead_nowhere_closes_its_course_and_the_other_visits_too(
    app: Flask, course: Course, do: Callable[..., Any]
) -> None:
    path = link(course)
    old = [path, *ways(Visitor(app).get(path).text)]
    before = [Visitor(app).get(each).status_code for each in old]

    do(revoke_link, first_visit(course))

    page = Visitor(app).get(link(database.session.get_one(Course, course.id)))
    assert before == [200] * 5
    assert [Visitor(app).get(each).status_code for each in old] == [404] * 5
    assert [Visitor(app).get(each).status_code for each in ways(page.text)] == [200] * 4


def test_the_links_of_another_course_still_open(app: Flask, course: Course, do: Callable[..., Any]) -> None:
    path = link(book_course(patient_id=CAST.ben, rows=rows(hour=11)))
    others = [path, *ways(Visitor(app).get(path).text)]

    do(revoke_link, first_visit(course))

    assert [Visitor(app).get(each).status_code for each in others] == [200] * 5


def test_the_desk_reads_that_all_links_of_a_course_go_at_once(app: Flask, course: Course) -> None:
    page = Visitor(app).sign_in("kim").get(f"/desk/appointments/{first_visit(course).id}").text

    assert re.findall(r">(Make [^<]*lead nowhere)<", page) == ["Make all old links of the course lead nowhere"]
