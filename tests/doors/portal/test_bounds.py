"""How far a link reaches: to the times that are offered, and to what is true; in words for patients."""

from datetime import timedelta

import pytest

from clinic import clock
from clinic.database import transaction
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.practice.models import Clinic
from clinic.timetable.grid import EPOCH
from tests.cast import CAST, NOW, at
from tests.doors.portal.test_visit import OPENING, Book, Do, Visit, link, now_is, visit
from tests.forms import filled

__all__ = ["visit"]

PHONE = "(919) 555-0142"
NOT_THEN = f"That time has just been taken, or is no longer offered. Please choose another one, or call {PHONE}."
NOT_HERE = f"This visit can no longer be changed here. Please call the clinic: {PHONE}."


def chosen(starts_at: object, therapist_id: int = CAST.dana) -> dict[str, str]:
    """Return the form of somebody who chose that time."""
    return {"opening": f"{(starts_at - EPOCH) // timedelta(minutes=1)}.{therapist_id}"}  # type: ignore[operator]


@pytest.mark.parametrize(
    "opening",
    [
        chosen(at(8, 5, day=20)),
        chosen(at(19, day=3)),
        chosen(at(9, day=4)),
        chosen(at(9, day=3), CAST.noor),
        chosen(at(16, day=0)),
        chosen(at(9, 2, day=3)),
    ],
    ids=["never offered", "outside hours", "a Saturday", "another therapist", "within the notice", "off the grid"],
)
def test_a_link_moves_only_to_what_is_offered(visitor: Visit, visit: Appointment, opening: dict[str, str]) -> None:
    path = link(visit)

    answer = visitor().post(f"{path}/move", opening, page=path)

    assert (answer.status_code, answer.text.count(NOT_THEN)) == (409, 1)
    assert len(OPENING.findall(answer.text)) == 3
    assert now_is(visit).starts_at == at(9, day=3)


def test_every_time_that_is_offered_keeps_the_notice(visitor: Visit, visit: Appointment) -> None:
    with transaction() as session:
        session.get_one(Clinic, 1).notice_hours = 70

    offered = OPENING.findall(visitor().get(f"{link(visit)}/other").text)

    starts = [EPOCH + timedelta(minutes=int(each.partition(".")[0])) for each in offered]
    assert [each for each in starts if each < NOW + timedelta(hours=70)] == []
    assert len(starts) == 3


def test_a_second_tap_on_the_same_time_changes_nothing(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)
    offered = OPENING.findall(ada.get(f"{path}/other").text)

    statuses = [ada.post(f"{path}/move", {"opening": offered[0]}, page=path).status_code for _ in range(2)]

    assert statuses == [303, 303]
    assert now_is(visit).ics_sequence == 1


@pytest.mark.parametrize("verb", ["call", "confirm", "move"])
def test_a_visit_that_is_canceled_is_for_the_phone(visitor: Visit, visit: Appointment, do: Do, verb: str) -> None:
    path = link(visit)
    do(booking.cancel, visit)

    answer = visitor().post(f"{path}/{verb}", chosen(at(10, day=3)), page=path)

    assert (answer.status_code, answer.text.count(NOT_HERE)) == (409, 1)
    assert now_is(visit).call_wanted_at is None


@pytest.mark.parametrize("verbs", [["arrive"], ["arrive", "begin"], ["arrive", "begin", "complete"]])
def test_no_call_about_a_visit_that_has_begun(visitor: Visit, book: Book, do: Do, verbs: list[str]) -> None:
    today = book(starts_at=at(9))
    path = link(today)
    for verb in verbs:
        do(getattr(booking, verb), today, now=at(9))
    clock.set_source(lambda: at(9, 5))

    answer = visitor().post(f"{path}/call", page=path)

    assert (answer.status_code, answer.text.count(NOT_HERE)) == (409, 1)


def test_no_call_about_a_visit_that_is_over(visitor: Visit, book: Book) -> None:
    path = link(book(starts_at=at(9)))
    clock.set_source(lambda: at(17))

    answer = visitor().post(f"{path}/call", page=path)

    assert (answer.status_code, answer.text.count(NOT_HERE)) == (409, 1)


@pytest.mark.parametrize(("verb", "page"), [("confirm", ""), ("cancel", "/cancel")])
def test_an_old_page_answers_for_no_time_that_it_did_not_show(
    visitor: Visit, visit: Appointment, do: Do, verb: str, page: str
) -> None:
    ada, path = visitor(), link(visit)
    form = filled(ada.get(path + page).text, having=f"{path}/{verb}")
    do(booking.move, visit, starts_at=at(15, day=6))

    answer = ada.post(f"{path}/{verb}", form)
    after = (now_is(visit).status, now_is(visit).confirmed_at)
    again = ada.post(f"{path}/{verb}", filled(ada.get(path + page).text, having=f"{path}/{verb}"))

    assert (answer.status_code, answer.text.count("The time of your visit has changed.")) == (409, 1)
    assert "Mon Nov 30, 3:00–3:40 pm" in answer.text
    assert (*after, again.status_code) == ("booked", None, 303)


@pytest.mark.parametrize("verb", ["confirm", "cancel"])
def test_an_answer_holds_though_the_desk_confirmed_the_same_time_meanwhile(
    visitor: Visit, visit: Appointment, do: Do, verb: str
) -> None:
    ada, path = visitor(), link(visit)
    form = filled(ada.get(path + ("/cancel" if verb == "cancel" else "")).text, having=f"{path}/{verb}")
    do(booking.confirm, visit)

    assert ada.post(f"{path}/{verb}", form).status_code == 303


@pytest.mark.parametrize("said", ["confirmed", "moved", "canceled", "called", "<b>", ""])
def test_the_address_cannot_make_the_page_say_what_is_not_so(visitor: Visit, visit: Appointment, said: str) -> None:
    page = visitor().get(f"{link(visit)}?said={said}").text

    assert "notice" not in page


def test_what_was_just_done_is_said(visitor: Visit, visit: Appointment) -> None:
    ada, path = visitor(), link(visit)

    pages = [
        ada.get(ada.post(f"{path}/{verb}", page=path).headers["Location"]).text
        for verb in ("confirm", "call", "cancel")
    ]

    assert [
        page.count(sentence)
        for page, sentence in zip(
            pages, ["Thank you. Your visit is confirmed.", "We will call you.", "Your visit is canceled."], strict=True
        )
    ] == [1, 1, 1]


def test_the_page_names_the_zone_of_the_visits_own_season(visitor: Visit, book: Book) -> None:
    winter, summer = link(book(starts_at=at(9, day=3))), link(book(starts_at=at(9, day=196)))

    pages = [visitor().get(path).text for path in (winter, summer)]

    assert [[page.count(f"Eastern ({zone}) time") for zone in ("EST", "EDT")] for page in pages] == [[1, 0], [0, 1]]
