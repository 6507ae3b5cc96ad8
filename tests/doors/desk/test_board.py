"""The day board: what stands where, what waits, and when it must be drawn anew."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from clinic import clock
from clinic.database import database, transaction
from clinic.doors.desk.worklists import counters, worklists
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Closure, TimeOff
from tests.cast import CAST, NOW, ZONE, at
from tests.visitor import Visitor

Book = Callable[..., Appointment]


def tiles(html: str) -> list[str]:
    """Return the words of each tile."""
    found = re.findall(r'<a class="tile [^>]*>(.*?)</a>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", tile).replace(" ,", ",").split()) for tile in found]


def classes(html: str, name: str) -> list[str]:
    """Return the classes of each element whose first class is ``name``."""
    return re.findall(rf'class="({name} [^"]*)"', html)


def free(html: str) -> list[str]:
    """Return the words of each free stretch."""
    return re.findall(r'<a class="free [^>]*><span>(.*?)</span>', html)


def test_a_visit_stands_in_its_therapists_column_at_its_time(desk: Visitor, book: Book) -> None:
    book(therapist_id=CAST.noor, starts_at=at(9, 20))

    page = desk.get("/desk/days/2026-11-24").text

    assert tiles(page) == ["Ada Moore 9:20 Follow-up Unconfirmed"]
    assert classes(page, "tile") == ["tile kind--followup tile--unconfirmed col-2 row-16 span-8"]


def test_each_state_is_said_in_words(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    patients = [CAST.ada, CAST.ben, CAST.cleo]
    done, missed, here = (book(patient_id=p, starts_at=at(8 + n)) for n, p in enumerate(patients))
    sitting = book(patient_id=CAST.ada, starts_at=at(9), therapist_id=CAST.noor)
    late = book(patient_id=CAST.ben, starts_at=at(10, 20), therapist_id=CAST.noor)
    sure = book(patient_id=CAST.cleo, starts_at=at(11, 20), therapist_id=CAST.noor)
    do(booking.complete, done, now=at(8, 40))
    do(booking.no_show, missed, now=at(9, 20))
    do(booking.arrive, here, now=at(10, 30))
    do(booking.begin, sitting, now=at(9))
    do(booking.confirm, sure)
    clock.set_source(lambda: at(10, 42))
    desk.sign_in("kim")

    page = desk.get("/desk/").text

    assert late.status == "booked"
    assert tiles(page) == [
        "Ada Moore 8:00 Follow-up Done",
        "Ben Novak 9:00 Follow-up No-show",
        "Cleo Hayes 10:00 Follow-up, birth date? Here, 12 min",
        "Ada Moore 9:00 Follow-up In session",
        "Ben Novak 22 min late, due 10:20 Late",
        "Cleo Hayes 11:20 Follow-up Confirmed",
    ]


def test_free_time_leaves_out_lunch_visits_and_what_has_passed(desk: Visitor, book: Book) -> None:
    book(starts_at=at(9))
    clock.set_source(lambda: at(8, 12))
    desk.sign_in("kim")

    page = desk.get("/desk/").text

    assert free(page)[:3] == ["Free 8:15–9:00 am", "Free 9:40 am–12:00 pm", "Free 1:00–6:00 pm"]
    assert re.findall(r'class="block col-1[^>]*>(.*?)<', page) == ["Lunch"]


def test_closures_and_time_off_are_hatched_with_their_label(desk: Visitor) -> None:
    with transaction() as session:
        session.add(TimeOff(therapist_id=CAST.dana, starts_at=at(8), ends_at=at(10), label="Dentist"))
        session.add(Closure(location_id=1, starts_at=at(16), ends_at=at(18), label="Fire drill"))

    page = desk.get("/desk/").text

    assert re.findall(r'class="block col-1[^>]*>(.*?)<', page) == ["Lunch", "Dentist", "Fire drill"]
    assert free(page)[:2] == ["Free 10:00 am–12:00 pm", "Free 1:00–4:00 pm"]


def test_on_a_closed_day_the_board_opens_at_the_next_open_one(desk: Visitor) -> None:
    clock.set_source(lambda: at(9, day=4))
    desk.sign_in("kim")

    page = desk.get("/desk/").text

    assert 'data-day="2026-11-30"' in page


def test_the_counters_are_worklists(desk: Visitor, book: Book) -> None:
    book(patient_id=CAST.ada, starts_at=at(9, day=-1), now=at(7, day=-2))
    book(patient_id=CAST.ben, starts_at=at(9, day=1))
    book(patient_id=CAST.cleo, starts_at=at(10, day=1))

    page = desk.get("/desk/")

    counters = re.search(r'<section class="counters".*?</section>', page.text, re.DOTALL)
    assert counters is not None
    said = " ".join(re.sub(r"<[^>]+>", " ", counters.group()).split())
    assert said == "1 without a status 2 unconfirmed tomorrow 1 to call 0 letters failed"


def test_a_visit_is_without_a_status_from_an_hour_after_its_end(book: Book) -> None:
    over = book(starts_at=at(9)).ends_at + timedelta(hours=1)

    moments = (over - timedelta(seconds=1), over)
    counted = [counters(NOW.date(), zone=ZONE, now=moment).without_status for moment in moments]
    listed = [len(worklists(NOW.date(), zone=ZONE, now=moment).without_status) for moment in moments]

    assert (counted, listed) == ([0, 1], [0, 1])


def test_a_canceled_visit_stands_aside_and_is_hidden_with_no_shows(
    desk: Visitor, book: Book, do: Callable[..., Any]
) -> None:
    do(booking.cancel, book(starts_at=at(9)))
    book(patient_id=CAST.ben, starts_at=at(9))
    do(booking.no_show, book(patient_id=CAST.cleo, starts_at=at(8)), now=at(8, 20))

    shown = desk.get("/desk/").text
    hidden = desk.get("/desk/days/2026-11-24?gone=no").text

    assert [tile.split()[2:4] for tile in classes(shown, "tile")] == [
        ["tile--no-show", "col-1"],
        ["tile--cancelled", "tile--lane-2"],
        ["tile--unconfirmed", "tile--lane-1"],
    ]
    assert tiles(hidden) == ["Ben Novak 9:00 Follow-up Unconfirmed"]


def test_the_zone_has_the_name_of_the_day_that_is_shown(desk: Visitor) -> None:
    winter, summer = (desk.get(f"/desk/days/{day}").text for day in ("2026-11-24", "2027-05-04"))

    assert "Clinic time, Eastern (EST)" in winter
    assert "Clinic time, Eastern (EDT)" in summer


def test_in_the_hour_that_comes_twice_no_visit_hides_another(desk: Visitor, book: Book) -> None:
    one = datetime(2027, 11, 7, 5, tzinfo=UTC)
    book(patient_id=CAST.ada, starts_at=one, reason="Night shift")
    book(patient_id=CAST.ben, starts_at=one + timedelta(hours=1), reason="Night shift")
    book(
        patient_id=CAST.cleo,
        starts_at=one + timedelta(minutes=40),
        reason="Night shift",
        therapist_id=CAST.noor,
    )

    page = desk.get("/desk/days/2027-11-07").text

    assert tiles(page)[:2] == ["Ada Moore 1:00 Follow-up Unconfirmed", "Ben Novak 1:00 Follow-up Unconfirmed"]
    assert [" ".join(tile.split()[-4:]) for tile in classes(page, "tile")] == [
        "tile--lane-1 col-1 row-0 span-8",
        "tile--lane-2 col-1 row-0 span-8",
        "tile--unconfirmed col-2 row-8 span-8",
    ]


def test_a_phone_shows_one_therapist(desk: Visitor) -> None:
    page = desk.get(f"/desk/days/2026-11-24?therapist={CAST.noor}").text

    assert "board__grid cols-3 rows-120 show-2" in page


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "9999-12-31", "0001-01-01", "2026-11-24x"])
def test_a_day_that_cannot_be_is_not_found(desk: Visitor, day: str) -> None:
    assert desk.get(f"/desk/days/{day}").status_code == 404


@pytest.mark.parametrize("query", ["therapist=x", "therapist=99999999999999999999", "shown=-1", "gone=%00"])
def test_what_an_address_adds_is_never_trusted(desk: Visitor, query: str) -> None:
    assert desk.get(f"/desk/days/2026-11-24?{query}").status_code == 200


def test_a_board_is_fresh_until_something_changes(desk: Visitor, book: Book) -> None:
    path, passive = "/desk/days/2026-11-25/version", {"X-Passive": "1", "X-Requested-With": "fetch"}
    first = desk.get(path, headers=passive)
    again = {**passive, "If-None-Match": first.headers["ETag"]}

    before = desk.get(path, headers=again).status_code
    book(starts_at=at(9, day=1))
    after = desk.get(path, headers=again).status_code

    assert (first.status_code, before, after) == (200, 304, 200)


def test_todays_board_grows_old_with_the_minute(desk: Visitor) -> None:
    path = "/desk/days/2026-11-24/version"
    tag = desk.get(path).headers["ETag"]
    clock.set_source(lambda: NOW + timedelta(minutes=1))

    assert desk.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_heading_says_the_year_of_a_day_in_another_one(desk: Visitor) -> None:
    headings = [
        re.findall(r'<span class="wide-only">([^<]*)</span>', desk.get(f"/desk/days/{on}").text)
        for on in ("2026-12-31", "2027-01-04")
    ]

    assert headings == [["Thursday, December 31"], ["Monday, January 4, 2027"]]


def test_the_board_takes_the_same_queries_however_full_it_is(desk: Visitor, app: Flask, book: Book) -> None:
    asked: list[str] = []

    def listen(*facts: Any) -> None:
        asked.append(facts[2])

    event.listen(database.engine, "before_cursor_execute", listen)
    desk.get("/desk/days/2026-11-24")
    empty = len(asked)
    for hour in (9, 10, 11, 14, 15):
        book(starts_at=at(hour))
    asked.clear()
    desk.get("/desk/days/2026-11-24")
    event.remove(database.engine, "before_cursor_execute", listen)

    assert len(asked) == empty


def test_the_toast_of_a_booking_is_shown_once(desk: Visitor) -> None:
    desk.post(
        "/desk/appointments/new",
        {"patient_id": CAST.ada, "therapist_id": CAST.dana, "type_id": CAST.follow_up, "starts_at": "2026-11-24T09:00"},
    )

    first, second = desk.get("/desk/"), desk.get("/desk/")

    assert ("Ada Moore booked today at 9:00 am" in first.text, "booked today" in second.text) == (True, False)


def test_a_therapist_sees_the_board_and_an_assistant_does_not(app: Flask) -> None:
    statuses = [Visitor(app).sign_in(who).get("/desk/").status_code for who in ("dana", "max", "sam")]

    assert statuses == [200, 200, 403]


def test_an_arrival_forgotten_for_an_hour_has_no_status(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    visit = do(booking.arrive, book(starts_at=at(9)), now=at(8, 55))
    clock.set_source(lambda: at(9, day=1))
    desk.sign_in("kim")

    page = desk.get("/desk/days/2026-11-24").text
    panel = desk.get(f"/desk/appointments/{visit.id}", headers={"X-Requested-With": "fetch"}).text
    desk.post(f"/desk/appointments/{visit.id}/step-back", {"version": visit.version})

    assert tiles(page) == ["Ada Moore No status, due 9:00 Without a status"]
    assert re.findall(r'class="button__label">(.*?)<', panel) == ["Not here", "Completed"]
    assert tiles(desk.get("/desk/days/2026-11-24").text) == ["Ada Moore No status, due 9:00 Without a status"]
