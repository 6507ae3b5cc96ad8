"""The call list: each has its reason to stand there, and one action that takes it off."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from clinic import outbox
from clinic.database import transaction
from clinic.outbox import Letter
from clinic.outbox.mark import Outcome, Verdict
from clinic.people import patients
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from tests.cast import CAST, KIM, NOW, at
from tests.visitor import Visitor

Book = Callable[..., Appointment]


def listed(html: str) -> dict[str, list[str]]:
    """Return the names in each list."""
    parts = re.split(r'<section class="card" id="([a-z-]+)"', html)[1:]
    return {
        name: re.findall(r'class="table__name"[^>]*>(.*?)</a>', part)
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }


def counted(html: str) -> dict[str, int]:
    """Return what the board's counters of the call list say."""
    counters = words_of(html.partition('aria-label="Worklists"')[2].partition("</section>")[0])
    return {
        words: int(found.group(1)) if (found := re.search(rf"(\d+) {words}", counters)) else 0
        for words in ("unconfirmed tomorrow", "to call", "without a status")
    }


def words_of(html: str) -> str:
    """Return what is read of a piece of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


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


@pytest.mark.parametrize("goes", [patients.deactivate, patients.mark_deceased])
def test_nobody_rings_who_does_not_come_any_more(
    desk: Visitor, book: Book, do: Callable[..., Any], goes: Callable[..., Any]
) -> None:
    do(booking.want_call, book(starts_at=at(9, day=1)), why="Asked for another time")
    failed = book(starts_at=at(9, day=2))
    book(patient_id=CAST.cleo, starts_at=at(10, day=1))
    with transaction() as session:
        letter = session.query(Letter).filter_by(about=failed.key).one()
        outbox.mark_not_taken(letter, Outcome(Verdict.REFUSED, "The mail server said 550 No such mailbox"), now=NOW)
    before = (listed(desk.get("/desk/calls").text), counted(desk.get("/desk/").text))
    with transaction():
        for patient_id in (CAST.ada, CAST.cleo):
            goes(patient_id=patient_id, by=KIM, now=NOW)

    after = (listed(desk.get("/desk/calls").text), counted(desk.get("/desk/").text))

    assert before == (
        {
            "wanted": ["Ada Moore"],
            "untold": ["Cleo Hayes", "Ada Moore"],
            "unconfirmed": ["Ada Moore", "Cleo Hayes"],
            "no-status": [],
        },
        {"unconfirmed tomorrow": 2, "to call": 3, "without a status": 0},
    )
    assert after == (
        {"wanted": [], "untold": [], "unconfirmed": [], "no-status": []},
        {"unconfirmed tomorrow": 0, "to call": 0, "without a status": 0},
    )


def test_an_empty_list_says_so(desk: Visitor) -> None:
    page = desk.get("/desk/calls").text

    assert page.count('class="empty empty--good"') == 4


def reasons(html: str) -> list[str]:
    """Return why each on the list of the untold must be rung."""
    part = html.partition('id="untold"')[2].partition("</section>")[0]
    return re.findall(r'class="table__line text-warn">(.*?)</td>', part)


def test_each_whom_no_letter_told_has_its_reason(desk: Visitor, book: Book, do: Callable[..., Any]) -> None:
    failed = book(patient_id=CAST.ada, starts_at=at(9, day=1))
    book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    gone = book(patient_id=CAST.cleo, starts_at=at(9, day=3), now=at(7, day=-1))
    do(booking.cancel, gone, asked_by="clinic")
    with transaction() as session:
        letter = session.query(Letter).filter_by(about=failed.key).one()
        outbox.mark_not_taken(letter, Outcome(Verdict.REFUSED, "The mail server said 550 No such mailbox"), now=NOW)

    assert reasons(desk.get("/desk/calls").text) == [
        "letter failed: 550 No such mailbox",
        "no e-mail",
        "canceled by the clinic: tell them (no e-mail)",
    ]
    assert "Last letter failed" in desk.get(f"/desk/appointments/{failed.id}").text
    assert "Last letter failed" in desk.get(f"/desk/patients/{CAST.ada}").text
    assert "Last letter failed" not in desk.get(f"/desk/patients/{CAST.cleo}").text


def test_after_a_call_the_next_row_is_gone_to_and_the_toast_names_the_patient(desk: Visitor, book: Book) -> None:
    first = book(patient_id=CAST.cleo, starts_at=at(9, day=2))
    second = book(patient_id=CAST.cleo, starts_at=at(9, day=3))
    then = re.findall(r'name="then" value="(untold[^"]*)"', desk.get("/desk/calls").text)

    told = desk.post(f"/desk/appointments/{first.id}/told", {"version": 1, "back": "calls", "then": then[0]})
    made_up = desk.post(f"/desk/appointments/{second.id}/told", {"version": 1, "back": "calls", "then": "//evil"})
    page = desk.get("/desk/calls").text

    assert then == [f"untold-{second.id}", f"untold-{first.id}"]
    assert (told.location, made_up.location) == (f"/desk/calls#untold-{second.id}", "/desk/calls")
    assert "Cleo Hayes was told, Fri Nov 27 at 9:00 am" in page


def test_an_undo_on_the_call_list_leads_back_to_it(desk: Visitor, book: Book) -> None:
    visit = book(starts_at=at(9, day=-1), now=at(7, day=-2))

    desk.post(f"/desk/appointments/{visit.id}/complete", {"version": 1, "back": "calls", "then": "no-status"})
    page = desk.get("/desk/calls").text

    toast = page.partition('id="toasts"')[2]
    assert "Ada Moore&#39;s visit is completed" in toast
    assert '<input type="hidden" name="back" value="calls">' in toast
