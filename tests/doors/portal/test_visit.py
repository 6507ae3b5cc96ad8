"""The link in a letter: one visit, without a sign-in; buttons post, GET changes nothing, nothing of health is shown."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from clinic import clock, outbox
from clinic.database import database, transaction
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.links import link_token, revoke_link
from clinic.timetable.grid import EPOCH
from tests.acts import claim
from tests.cast import CAST, at
from tests.engines import SECRET
from tests.visitor import Visitor

Visit = Callable[..., Visitor]
Book = Callable[..., Appointment]
Do = Callable[..., Any]
OPENING = re.compile(r'name="opening" value="([0-9.]+)"')


@pytest.fixture
def visit(book: Book) -> Appointment:
    """Ada's follow-up on Friday."""
    made = book(starts_at=at(9, day=3))
    database.session.rollback()
    return made


def link(appointment: Appointment) -> str:
    """Return the path in its letters."""
    path = f"/visit/{link_token(appointment, secret=SECRET)}"
    database.session.rollback()
    return path


def now_is(appointment: Appointment) -> Appointment:
    """Read the appointment anew."""
    id_ = appointment.id
    database.session.rollback()
    found = database.session.get_one(Appointment, id_, populate_existing=True)
    database.session.rollback()
    return found


def test_the_page_says_when_and_where_and_nothing_of_health(visitor: Visit, visit: Appointment) -> None:
    page = visitor().get(link(visit)).text

    assert "Fri Nov 27, 9:00–9:40 am" in page
    assert "12 Main Street, Suite 4" in page
    for private in ("Follow-up", "follow-up", "Dana", "running", "Moore"):
        assert private not in page


def test_one_tap_confirms(visitor: Visit, visit: Appointment) -> None:
    path = link(visit)

    answer = visitor().post(f"{path}/confirm", page=path)

    assert answer.status_code == 303
    confirmed = now_is(visit)
    assert (confirmed.confirmed_how, confirmed.confirmed_by) == ("link", "Ada Moore, by link")


def test_three_other_times_are_offered_and_one_tap_moves(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)
    offered = OPENING.findall(ada.get(f"{path}/other").text)

    answer = ada.post(f"{path}/move", {"opening": offered[0]}, page=path)

    assert len(offered) == 3
    assert answer.status_code == 303
    assert now_is(visit).starts_at.timestamp() // 60 == float(offered[0].split(".")[0])


def test_a_time_taken_meanwhile_is_refused_kindly_with_others(visitor: Visit, visit: Appointment, book: Book) -> None:
    ada, path = visitor(), link(visit)
    offered = OPENING.findall(ada.get(f"{path}/other").text)
    minutes, therapist = offered[0].split(".")
    book(patient_id=CAST.ben, therapist_id=int(therapist), starts_at=EPOCH + timedelta(minutes=int(minutes)))
    database.session.rollback()

    answer = ada.post(f"{path}/move", {"opening": offered[0]}, page=path)

    assert answer.status_code == 409
    assert "just been taken" in answer.text
    assert len(OPENING.findall(answer.text)) == 3


@pytest.mark.parametrize(
    "opening", ["", "x", "1.2.3", "99999999999999999999.1", "-5.1", "29700000.999999", "29700001.1"]
)
def test_a_made_up_time_is_refused_and_nothing_moves(visitor: Visit, visit: Appointment, opening: str) -> None:
    path = link(visit)

    answer = visitor().post(f"{path}/move", {"opening": opening}, page=path)

    assert answer.status_code in {409, 422}
    assert now_is(visit).starts_at == at(9, day=3)


def test_inside_the_notice_hours_it_is_canceled_late_and_not_moved(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)
    clock.set_source(lambda: at(12, day=2))

    page = ada.get(f"{path}/other").text
    moved = ada.post(f"{path}/move", {"opening": "29760000.1"}, page=path).status_code
    canceled = ada.post(f"{path}/cancel", page=path).status_code

    assert "less than 24 hours away" in page
    assert (moved, canceled) == (409, 303)
    assert (now_is(visit).canceled_late, now_is(visit).canceled_by) == (True, "patient")


def test_an_evaluation_is_moved_by_phone(visitor: Visit, book: Book) -> None:
    path = link(book(type_id=CAST.evaluation, starts_at=at(9, day=3)))

    assert "This visit is moved by phone" in visitor().get(f"{path}/other").text


def test_who_cannot_come_to_an_evaluation_may_ask_for_a_call(visitor: Visit, book: Book) -> None:
    path = link(book(type_id=CAST.evaluation, starts_at=at(9, day=3)))

    page = visitor().get(f"{path}/cancel").text

    assert ("Would another time do?" in page, f'action="{path}/call"' in page) == (True, True)


def test_asking_for_a_call_puts_it_on_the_call_list(visitor: Visit, visit: Appointment) -> None:
    path = link(visit)

    visitor().post(f"{path}/call", page=path)

    assert now_is(visit).call_wanted_why == "Asked for another time"


def test_a_revoked_made_up_or_old_link_is_not_found(visitor: Visit, visit: Appointment, do: Do) -> None:
    path = link(visit)
    before = visitor().get(path).status_code

    do(revoke_link, visit)

    assert (before, visitor().get(path).status_code, visitor().get("/visit/made-up").status_code) == (200, 404, 404)


def test_the_link_is_gone_after_its_day(visitor: Visit, visit: Appointment) -> None:
    path = link(visit)

    clock.set_source(lambda: at(0, 1, day=4))

    assert visitor().get(path).status_code == 404


def test_canceling_twice_is_one_cancellation(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)

    statuses = [ada.post(f"{path}/cancel", page=path).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert now_is(visit).ics_sequence == 1


def test_a_reinstated_visit_is_reached_by_its_old_link(visitor: Visit, visit: Appointment, do: Do) -> None:
    path = link(visit)
    do(booking.cancel, visit)
    with transaction() as session:
        letter = session.query(outbox.Letter).filter_by(kind="canceled").one()
        claim(now=at(12), letter_id=letter.id)
    do(booking.reinstate, visit)

    assert "I will come" in visitor().get(path).text


def test_a_dead_link_names_the_clinic_and_its_phone_and_no_way_into_the_house(visitor: Visit) -> None:
    answer = visitor().get("/visit/made-up")

    assert answer.status_code == 404
    assert re.findall(r'href="([^"#]+)"', answer.text.partition("<body")[2]) == ["tel:+19195550142"] * 2
    assert "Riverside Clinic" in answer.text
    assert "Gaitkeeper" not in answer.text


def test_a_canceled_visit_is_not_said_to_be_kept(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)
    ada.post(f"{path}/cancel", page=path)

    other, cancel = ada.get(f"{path}/other").text, ada.get(f"{path}/cancel").text

    assert "You keep it" not in other
    assert "is canceled. For another time please call" in other
    assert "<h1>Your visit is canceled</h1>" in cancel
