"""Every form that a person can reach is sent with what no page ever sent: it may be refused, and nothing breaks."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Change
from clinic.scheduling.booking.course_queries import visits_of
from tests.care.acts import episode, plan_facts, planned, saved, visit_facts
from tests.care.acts import first_note as the_note
from tests.cast import CAST, at
from tests.conftest import running_engine
from tests.forms import values_of
from tests.scheduling.booking.test_course import asked, book_course
from tests.scheduling.booking.test_course import change as change_course
from tests.visitor import Visitor

engine = pytest.fixture(scope="session", params=["sqlite", "postgresql"], name="engine")(running_engine)

Fields = list[tuple[str, str]]
EVIL = (
    *("", "0", "-1", "1", "2", "7", "99999999999999999999", "9" * 500, "1e9", "NaN", "２", "x", "é" * 300),
    *(
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "\x00",
        "\u202e",
        "😀",
        "{{7*7}}",
        "%s%n",
        "\r\nBcc: all@clinic.example",
    ),
    *(
        "2026-11-01T01:30",
        "2026-03-08T02:30",
        "9999-12-31",
        "0001-01-01",
        "2026-02-30",
        "29934260.5",
        "1.1.1",
        ".",
        "1-3",
    ),
)
BEGIN = {
    "kim": ("/desk/", "/desk/patients", "/desk/courses/1/change", f"/desk/patients/{CAST.ben}/course"),
    "dana": ("/treatment/", "/treatment/charts", f"/treatment/patients/{CAST.ada}"),
    "max": ("/office/", "/office/people", "/office/trail", "/library"),
}
LEFT = re.compile(r"/sign|/account|/static|deactivate|disable|\.ics")
OF_EACH = 2
MOST = 220


@pytest.fixture
def story(app: Flask, book: Callable[..., Appointment]) -> None:
    """A visit, a course that was moved with other wishes, a note and a plan that are being written."""
    book(patient_id=CAST.ben, starts_at=at(11))
    course = book_course()
    moves = [
        Change(one.id, at(10, day=day), CAST.dana, 1) for day, one in zip((7, 9), visits_of(course.id), strict=False)
    ]
    change_course(booking.move_visits, course_id=1, changes=moves, seen=1, asked=asked(wished_days=(0, 2)))
    saved(the_note(), visit_facts())
    planned(episode(patient_id=CAST.ben), plan_facts())


def forms(html: str) -> Iterator[tuple[str, Fields, Fields]]:
    """Yield of each form that posts its action, what it sends as it stands, and its buttons."""
    for form in html5lib.parse(html, namespaceHTMLElements=False).iter("form"):
        if form.get("method") == "post" and not LEFT.search(form.get("action", "/sign")):
            sent = [(str(one.get("name")), value) for one in form.iter() if one.get("name") for value in values_of(one)]
            yield form.get("action", ""), sent, buttons(form)


def buttons(form: Element) -> Fields:
    """Return the buttons of a form that say something."""
    return [(str(one.get("name")), one.get("value", "")) for one in form.iter("button") if one.get("name")]


def spoiled(sent: Fields, dice: random.Random) -> Fields:
    """Return what is sent with some of it changed, doubled, swapped or left out."""
    found = list(sent)
    for _ in range(dice.choice((1, 1, 2, 4))):
        at_ = dice.randrange(len(found))
        name, value = found[at_]
        if name == "csrf_token":
            continue
        found[at_ : at_ + 1] = dice.choice(
            (
                [(name, dice.choice(EVIL))],
                [(name, dice.choice(EVIL))],
                [],
                [(name, value), (name, dice.choice(EVIL))],
                [(name, dice.choice(found)[1])],
            )
        )
    return found


def pattern(path: str) -> str:
    """Return a path without its numbers and days."""
    return re.sub(r"\d[\d-]*", "N", path.split("?")[0])


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("who", sorted(BEGIN))
def test_no_form_breaks_whatever_it_is_sent(visitor: Callable[..., Visitor], who: str) -> None:
    dice = random.Random(who)
    person, todo = visitor(who), list(BEGIN[who])
    walked, sent = Counter[str](), Counter[str]()
    broken = []

    def look(answer: TestResponse, said: str) -> None:
        if answer.status_code >= 500:
            broken.append(said)

    while todo and walked.total() < MOST:
        path = todo.pop(dice.randrange(len(todo)))
        walked[pattern(path)] += 1
        page = person.get(path)
        look(page, path)
        if page.mimetype != "text/html" or page.status_code != 200:
            continue
        for link in map(unescape, re.findall(r'href="(/[^"#]*)', page.text)):
            if (
                not LEFT.search(link)
                and walked[pattern(link)] + [pattern(one) for one in todo].count(pattern(link)) < OF_EACH
            ):
                todo.append(link)
        for action, fields, presses in forms(page.text):
            if sent[pattern(action)] >= 2 * OF_EACH:
                continue
            sent[pattern(action)] += 1
            pressed = fields + ([dice.choice(presses)] if presses else [])
            wrong = spoiled(pressed, dice)
            look(person.send(action, wrong), f"{action} {sorted(set(wrong) - set(pressed))}")

    assert broken == []
    assert person.get(BEGIN[who][0]).status_code == 200
    assert (len(walked), len(sent)) >= (10, 8)
