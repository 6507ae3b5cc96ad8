"""The trail, filtered for the manager."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clinic import audit
from clinic.scheduling import booking
from clinic.scheduling.booking import Change
from clinic.scheduling.booking.course_queries import visits_of
from tests.cast import CAST, KIM, NOW
from tests.doors.office.conftest import fresh, words, write
from tests.scheduling.booking.test_course import asked
from tests.scheduling.booking.test_course import rows as visits
from tests.visitor import Visitor


def rows(html: str) -> list[str]:
    """Return the lines of the table."""
    found = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def note(count: int, what: str = "room renamed", *, days_ago: int = 0) -> None:
    """Write entries into the trail."""
    for _ in range(count):
        audit.record(what, about="room:1", by=KIM, now=NOW - timedelta(days=days_ago))


def test_it_says_who_did_what_about_whom_from_what_to_what(max_: Visitor, book: Callable[..., Any]) -> None:
    book()
    max_.post("/office/rooms/1", {"name": "Window room"})

    answer = max_.get("/office/trail?what=booked")
    renamed = max_.get("/office/trail?what=room%20renamed")

    assert rows(answer.text)[2].startswith("7:00 am Kim Alder Booked appointment 1 Ada Moore Starts at: Nov 24, 2026,")
    assert rows(renamed.text)[1:] == [
        "Tue Nov 24",
        "7:00 am Max Weller Room renamed Window room Name: Room 1 → Window room",
    ]


def test_weekly_hours_are_told_in_words(max_: Visitor) -> None:
    max_.post(
        "/office/hours/1/week", {"week-from_on": "2026-12-07", "week-0_0_from": "08:00", "week-0_0_until": "12:00"}
    )

    answer = max_.get("/office/trail?what=hours%20changed")

    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    week = ", ".join(f"{day} 8:00 am–12:00 pm, {day} 1:00 pm–6:00 pm" for day in days)
    assert rows(answer.text)[2] == (
        "7:00 am Max Weller Hours changed Dana Ruiz From: Jan 1, 2026 → Dec 7, 2026; "
        f"Spans: {week} → Mon 8:00 am–12:00 pm"
    )


def test_it_begins_with_the_last_seven_days(max_: Visitor) -> None:
    write(note, count=1, what="old", days_ago=7)
    write(note, count=1, what="recent", days_ago=6)

    answer = max_.get("/office/trail")

    assert "Recent" in words(answer)
    assert "Old" not in rows(answer.text)
    assert len(rows(max_.get("/office/trail?first=2026-11-17").text)) == len(rows(answer.text)) + 2


def test_it_is_narrowed_to_one_person(max_: Visitor) -> None:
    write(note, count=1)

    his = rows(max_.get("/office/trail?who=5").text)
    hers = rows(max_.get("/office/trail?who=1").text)

    assert [row for row in his if "Kim" in row] == []
    assert hers[2:] == ["7:00 am Kim Alder Room renamed Room 1"]


def test_it_pages_on_by_the_last_entry_and_keeps_the_filter(max_: Visitor) -> None:
    write(note, count=60)

    first = max_.get("/office/trail?who=1&what=room+renamed")
    href = re.findall(r'href="(/office/trail\?[^"]+)"', first.text)[0].replace("&amp;", "&")
    second = max_.get(href)

    assert (len(rows(first.text)) - 2, len(rows(second.text)) - 2) == (50, 10)
    assert "who=1" in href
    assert "Older entries" not in words(second)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("first=yesterday", 422),
        ("first=9999-01-01", 422),
        ("first=2026-11-24&last=2026-11-23", 422),
        ("last=%00", 422),
        ("first=1900-01-01&last=2200-12-31", 200),
        ("who=999999999", 200),
        ("who=%00", 200),
        ("who=99999999999999999999", 200),
        ("what=%00", 200),
        ("what=" + "x" * 300, 200),
        ("before=x", 200),
        ("before=99999999999999999999", 200),
        ("before=-1", 200),
    ],
)
def test_whatever_is_asked_it_answers(max_: Visitor, asked: str, status: int) -> None:
    assert max_.get(f"/office/trail?{asked}").status_code == status


def test_looking_leaves_no_entry_and_nothing_can_be_sent_to_it(max_: Visitor) -> None:
    before = fresh(lambda: len(audit.entries_between(first=NOW - timedelta(days=9), until=NOW + timedelta(days=1))))

    max_.get("/office/trail")
    sent = max_.post("/office/trail")

    assert sent.status_code == 405
    assert before == fresh(
        lambda: len(audit.entries_between(first=NOW - timedelta(days=9), until=NOW + timedelta(days=1)))
    )


def test_a_course_is_named_by_its_number_with_the_way_to_it(max_: Visitor) -> None:
    write(lambda: audit.record("course booked", about="course:7", by=KIM, now=NOW, patient_id=1))

    page = max_.get("/office/trail?what=course%20booked").text

    assert rows(page)[2] == "7:00 am Kim Alder Course booked course 7 Ada Moore"
    assert page.count('href="/desk/courses/7/change"') == 1


def test_what_is_wished_of_a_course_is_told_in_words(max_: Visitor) -> None:
    course = write(lambda: booking.book_course(patient_id=CAST.ada, asked=asked(), rows=visits(), by=KIM, now=NOW))
    moved = [Change(visit.id, visit.starts_at + timedelta(minutes=5), CAST.dana, 1) for visit in visits_of(course.id)]
    wishes = asked(wished_days=(1, 3), wished_from=540, wished_until=720)
    write(lambda: booking.move_visits(course_id=1, changes=moved, asked=wishes, seen=1, by=KIM, now=NOW))

    page = max_.get("/office/trail?what=course%20moved").text

    assert rows(page)[2] == (
        "7:00 am Kim Alder Course moved course 1 Ada Moore Wished days: nothing → Tue, Thu; "
        "Wished from: nothing → 9:00 am; Wished until: nothing → 12:00 pm; Appointments: 1, 2, 3, 4; Visits: 4"
    )
