"""The course screen: a preview of all visits, alternatives, and Enter; and a booked course changed."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from clinic.care.episodes.authorize import authorize
from clinic.database import database
from clinic.doors.desk.booking_choices import read_choice
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Course
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.practice.models import AppointmentType
from tests.care.acts import episode, plan_signed, planned, within
from tests.cast import CAST, KIM, NOW, at
from tests.forms import filled
from tests.visitor import Visitor

NEW = f"/desk/patients/{CAST.ben}/course"
Book = Callable[..., Appointment]


@pytest.fixture
def kim(app: Flask) -> Visitor:
    """Kim at the desk."""
    return Visitor(app).sign_in("kim")


def fields(answer: TestResponse) -> dict[str, Any]:
    """What the course's form shows."""
    return filled(answer.text, having="data-course")


def ask(kim: Visitor, act: str, before: TestResponse | dict[str, Any], path: str = NEW, **changes: Any) -> TestResponse:
    """Press a button of the form as it stands."""
    shown = before if isinstance(before, dict) else fields(before)
    return kim.post(path, {**shown, **changes, "act": act})


def times(answer: TestResponse) -> list[str]:
    """The chosen times, by visit."""
    form = fields(answer)
    return [form[f"row.{n}"][0] for n in range(1, 61) if f"row.{n}" in form]


def visits() -> list[Appointment]:
    """All appointments of courses that stand."""
    database.session.rollback()
    database.session.expire_all()
    query = select(Appointment).where(Appointment.course_id.is_not(None), Appointment.canceled_at.is_(None))
    return list(database.session.scalars(query.order_by(Appointment.starts_at)))


def test_the_page_opens_with_the_whole_usual_course_found(kim: Visitor) -> None:
    page = kim.get(NEW)

    assert "12 as wished" in page.text
    assert "Book 12 visits" in page.text
    assert len(set(times(page))) == 12


def test_enter_books_all_and_a_toast_takes_all_back(kim: Visitor) -> None:
    done = ask(kim, "book", kim.get(NEW))

    assert done.status_code == 303
    assert len(visits()) == 12
    board = kim.get(done.headers["Location"])
    assert "12 visits of Ben Novak booked" in board.text

    undone = kim.post("/desk/courses/1/undo", {"version": 1})

    assert visits() == []
    assert "12 visits of Ben Novak taken back" in kim.get(undone.headers["Location"]).text
    assert disagreements(since=NOW) == []


def test_a_second_enter_on_the_same_page_books_nothing_more(kim: Visitor) -> None:
    page = kim.get(NEW)

    answers = [ask(kim, "book", page).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(visits()) == 12


def test_a_second_course_for_one_patient_is_booked_only_by_who_knows_of_the_first(kim: Visitor) -> None:
    page = kim.get(NEW)
    elsewhere = ask(kim, "find", page, first_on="2027-03-01")
    assert "Another course: " not in page.text

    ask(kim, "book", page, request_id="the-other-desk")
    refused = ask(kim, "book", elsewhere)

    assert (refused.status_code, len(visits())) == (409, 12)
    assert "Kim Alder booked another course for this patient since you opened this page: 12 visits" in refused.text
    assert "Another course: 12 visits to come, " in refused.text
    assert "was just taken" not in refused.text

    meant = ask(kim, "book", refused)

    assert (meant.status_code, len(visits())) == (303, 24)


def test_a_row_taken_meanwhile_is_alone_proposed_anew(kim: Visitor, book: Book) -> None:
    page = kim.get(NEW)
    before = times(page)
    database.session.rollback()
    starts_at, therapist = read_choice(before[6])
    book(patient_id=CAST.ada, therapist_id=therapist, starts_at=starts_at)

    answer = ask(kim, "book", page)

    assert answer.status_code == 409
    assert "Visit 7: The therapist&#39;s time has just been taken. Nothing was booked yet." in answer.text
    after = times(answer)
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b] == [7]
    assert after[6] != ""
    assert visits() == []

    assert ask(kim, "book", answer).status_code == 303
    assert len(visits()) == 12


def test_a_visit_in_hand_shows_other_times_and_takes_one(kim: Visitor) -> None:
    opened = ask(kim, "open.3", kim.get(NEW))
    before = times(opened)
    other = _alternatives(opened)[1]

    chosen = ask(kim, "choose.3", opened, alternative=other)

    assert times(chosen)[2] == other
    assert [n for n, (a, b) in enumerate(zip(before, times(chosen), strict=True), 1) if a != b] == [3]


def _alternatives(answer: TestResponse) -> list[str]:
    return re.findall(r'name="alternative" value="([^"]+)"', answer.text)


def test_the_other_times_keep_their_order_while_a_visit_is_in_hand(kim: Visitor) -> None:
    answer = ask(kim, "open.3", kim.get(NEW))
    shown, taken = _alternatives(answer), []

    for other in [*shown[1:], *reversed(shown[:-1])]:
        answer = ask(kim, "choose.3", answer, alternative=other)
        taken.append(times(answer)[2])
        assert _alternatives(answer) == shown

    assert taken == [*shown[1:], *reversed(shown[:-1])]


def test_what_a_choice_does_to_the_rest_is_said_before(kim: Visitor, book: Book) -> None:
    for day in (1, 3, 6, 8, 10, 14):
        book(patient_id=CAST.ada, therapist_id=CAST.dana, starts_at=at(14, day=day), type_id=CAST.gait_lab)
        database.session.rollback()
    page = ask(kim, "find", kim.get(NEW), therapist_id=str(CAST.dana), therapist_only="y", wished_days=["1", "4"])
    told = Counter[str]()

    for number in range(1, 13):
        opened = ask(kim, f"open.{number}", page)
        before = times(opened)
        for value, effect in _effects(opened):
            after = times(ask(kim, f"choose.{number}", opened, alternative=value))
            moved = [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b and n != number]
            said = [int(found) for found in re.findall(r"\d+", effect)]
            assert (number, moved) == (number, said)
            told[effect[:10]] += 1

    assert told["rest stays"] > 9
    assert told["visit"] + told["visits"] + sum(told.values()) - told["rest stays"] > 0


def _effects(answer: TestResponse) -> list[tuple[str, str]]:
    """The other times of the visit in hand, each with what it does to the rest."""
    found = re.findall(r'name="alternative" value="([^"]+)"([^>]*)>.*?</span></label>', answer.text, re.DOTALL)
    labels = re.findall(r'<label class="course-time">.*?</label>', answer.text, re.DOTALL)
    effects = [(re.findall(r"<small>([^<]*)</small>", label) or [""])[-1] for label in labels]
    return [(value, effect) for (value, more), effect in zip(found, effects, strict=True) if "checked" not in more]


@pytest.mark.parametrize("slip", [{"weeks_1": ""}, {"first_on": "0002-01-01"}, {"per_week_1": "x"}])
def test_what_was_chosen_outlives_a_slip_of_the_pen(kim: Visitor, slip: dict[str, str]) -> None:
    opened = ask(kim, "open.3", kim.get(NEW))
    chosen = ask(kim, "out.5", ask(kim, "choose.3", opened, alternative=_alternatives(opened)[1]))
    right = {name: fields(chosen)[name] for name in slip}

    refused = ask(kim, "find", chosen, **slip)
    mended = ask(kim, "find", refused, **right)

    assert refused.status_code == 422
    assert "0 visits" not in refused.text
    assert [times(mended)[n - 1] for n in (3, 5)] == [times(chosen)[2], ""] != [times(opened)[2], ""]
    assert "Book 11 visits" in mended.text


def test_only_the_choice_that_breaks_a_rule_is_let_go_of(kim: Visitor) -> None:
    page = ask(kim, "find", kim.get(NEW), first_on="2026-12-07", first_within="7")
    chosen = ask(kim, "out.5", ask(kim, "out.2", page))

    answer = ask(kim, "find", {**fields(chosen), "pin": ["1", "2", "5"]}, first_on="2026-11-25", first_within="3")

    assert "too late: the first visit must be by Nov 28, 2026. Visit 1 is found anew; what else was" in answer.text
    assert times(answer)[0] not in ("", times(page)[0])
    assert [times(answer)[n - 1] for n in (2, 5)] == ["", ""]


def test_who_was_chosen_in_place_of_the_therapist_named_is_no_want_of_a_room(kim: Visitor) -> None:
    named = ask(kim, "find", kim.get(NEW), therapist_id=str(CAST.dana))
    other = ask(kim, "find", kim.get(NEW), therapist_id=str(CAST.noor), therapist_only="y")

    chosen = ask(kim, "choose.3", ask(kim, "open.3", named), alternative=times(other)[2])

    assert "not with Dana" in chosen.text
    assert "no room free" not in chosen.text


def test_a_time_taken_while_another_visit_is_looked_at_is_said(kim: Visitor, book: Book) -> None:
    page = kim.get(NEW)
    before = times(page)
    database.session.rollback()
    starts_at, therapist = read_choice(before[6])
    book(patient_id=CAST.ada, therapist_id=therapist, starts_at=starts_at)

    answer = ask(kim, "open.1", page)

    assert "Its time was just taken: visit 7 stands at another time now." in answer.text
    assert "11 as wished" in answer.text
    assert "1 nearest fit" in answer.text
    assert [n for n, (a, b) in enumerate(zip(before, times(answer), strict=True), 1) if a != b] == [7]


def test_a_time_that_was_marked_and_not_taken_is_shown_before_it_is_booked(kim: Visitor) -> None:
    opened = ask(kim, "open.3", kim.get(NEW))
    marked = _alternatives(opened)[2]

    answer = ask(kim, "book", opened, alternative=marked)

    assert "The choices changed" in answer.text
    assert (times(answer)[2], visits()) == (marked, [])


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"therapist_only": "y"}, " is with another therapist, and only the one named"),
        ({"least_apart": "5"}, "are too close: visits must be at least 5 days apart"),
    ],
)
def test_rows_that_break_the_rules_of_the_form_are_not_booked(
    kim: Visitor, rules: dict[str, str], sentence: str
) -> None:
    page = ask(kim, "find", kim.get(NEW), therapist_id=str(CAST.dana), **rules)
    loose = ask(kim, "find", page, therapist_id=str(CAST.noor), therapist_only=[], least_apart="1")
    rows = {f"row.{n}": fields(loose)[f"row.{n}"] for n in (1, 2, 3)}

    answer = ask(kim, "book", page, **rows)

    assert answer.status_code == 409
    assert sentence in answer.text
    assert visits() == []


def test_half_of_another_type_is_no_fault_until_it_is_booked(kim: Visitor) -> None:
    typed = ask(kim, "find", kim.get(NEW), other_type_id=str(CAST.gait_lab))
    numbers = ask(kim, "find", kim.get(NEW), other_visits="7, 12")

    assert [one.status_code for one in (typed, numbers)] == [200, 200]
    assert "Type the numbers of those visits" in ask(kim, "book", typed).text
    assert "Choose the type of these visits" in ask(kim, "book", numbers).text
    assert visits() == []


def test_what_is_not_authorized_is_offered_no_times(kim: Visitor) -> None:
    answer = ask(kim, "open.8", ask(kim, "find", kim.get(NEW), authorized="1"))
    none = ask(kim, "find", answer, authorized="0")

    assert "only 1 visit is authorized" in answer.text
    assert _alternatives(answer) == []
    assert "no visits are authorized" in none.text
    assert "data-book" not in none.text


def test_a_visit_that_is_not_as_wished_says_the_true_reason(kim: Visitor) -> None:
    within(lambda: setattr(database.session.get_one(AppointmentType, CAST.follow_up), "performed_by", "therapist"))
    page = kim.get(NEW)

    ends = ask(kim, "find", page, end_on="2026-12-06")
    helper = ask(kim, "find", page, therapist_id=str(CAST.sam))

    assert "the course ends by Dec 6, 2026" in ends.text
    assert "Sam does not treat Follow-up" in helper.text


def test_the_days_between_hold_to_what_is_booked_already_too(kim: Visitor, book: Book) -> None:
    book(patient_id=CAST.ben, starts_at=at(15, day=8))

    answer = ask(kim, "find", kim.get(NEW), per_week_1="3", least_apart="2", therapist_id="")

    days = [read_choice(time)[0].date().day for time in times(answer) if time]
    assert not {1, 2, 3} & set(days[:6])
    assert days[:2] == [25, 27]


def test_the_plan_of_care_stands_in_the_form(kim: Visitor) -> None:
    one = episode(patient_id=CAST.ben)
    plan_signed(planned(one))
    within(lambda: authorize(episode_id=one.id, visits=5, until_on=at(0, day=60).date(), number="", by=KIM, now=NOW))

    asked = kim.get(NEW)
    page = kim.get(asked.location)
    booked = kim.post(NEW, {**fields(page), "act": "book"})
    rest = kim.get(kim.get(NEW).location)

    assert fields(page) | {"authorized": ["5"], "end_on": ["2027-01-23"], "plan": ["1-12"]} == fields(page)
    assert (booked.status_code, len(visits())) == (303, 5)
    assert fields(rest)["authorized"] == ["0"]
    assert read_choice(times(page)[4])[0] < datetime.fromisoformat(f"{fields(rest)['first_on'][0]}T00:00:00+00:00")
    assert "data-book" not in rest.text


def test_a_visit_left_out_keeps_its_number_and_comes_back(kim: Visitor) -> None:
    page = kim.get(NEW)
    without = ask(kim, "out.5", page)
    assert times(without)[4] == ""
    assert "Book 11 visits" in without.text

    again = ask(kim, "back.5", without)
    done = ask(kim, "book", without)

    assert times(again) == times(page)
    assert done.status_code == 303
    assert [visit.course_number for visit in visits()] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]


def test_choices_that_changed_are_shown_before_they_are_booked(kim: Visitor) -> None:
    answer = ask(kim, "book", kim.get(NEW), per_week_1="1")

    assert "The choices changed" in answer.text
    assert "Book 8 visits" in answer.text
    assert visits() == []


def test_a_wished_time_that_is_not_to_be_had_says_why(kim: Visitor) -> None:
    answer = ask(kim, "find", kim.get(NEW), wished_days=["5"], wished_from="", wished_until="")

    assert "Dana does not work on Sat" in answer.text


def test_resources_and_another_type_at_some_visits(kim: Visitor) -> None:
    asked = {"device.treadmill": ["1", "4"], "other_type_id": str(CAST.gait_lab), "other_visits": "12"}
    found = ask(kim, "find", kim.get(NEW), **asked)

    ask(kim, "book", found)

    booked = visits()
    assert [visit.course_number for visit in booked if visit.devices] == [1, 4]
    assert [visit.type_id for visit in booked][-1] == CAST.gait_lab
    assert {visit.type_id for visit in booked[:-1]} == {CAST.follow_up}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"per_week_1": "x"}, "Between 1 and 7 visits a week."),
        ({"weeks_1": "99"}, "Between 1 and 52 weeks."),
        ({"per_week_1": "7", "weeks_1": "52"}, "at most 60 in one course"),
        ({"type_id": "99"}, "Choose the type of the visits."),
        ({"therapist_id": "99"}, "Choose the therapist."),
        ({"first_on": "tomorrow"}, "Write the date"),
        ({"first_on": ""}, "Type the first day that will do."),
        ({"first_on": "2026-11-23"}, "That day has passed"),
        ({"end_on": "2029-12-31"}, "at most 18 months later"),
        ({"wished_days": "9"}, "Choose days of the week."),
        ({"wished_from": "-5"}, "Choose one of the times."),
        ({"type_id": "1"}, "Choose the type of the visits."),
        ({"other_type_id": "1", "other_visits": "12"}, "Choose the other type."),
        ({"other_type_id": "2", "other_visits": "\x00,'"}, "Type the numbers of those visits"),
        ({"least_apart": "99"}, "Between 1 and 31 days."),
        ({"authorized": "-1"}, "Type how many visits are authorized"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_books_nothing(
    kim: Visitor, typed: dict[str, str], sentence: str
) -> None:
    answer = ask(kim, "book", kim.get(NEW), **typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert visits() == []


@pytest.mark.parametrize("row", ["1.1", "99999999999.1", "29928360.99", "x", "29928361.1"])
def test_times_that_were_made_up_are_never_booked(kim: Visitor, row: str) -> None:
    answer = ask(kim, "book", kim.get(NEW), **{"row.3": row})

    assert answer.status_code in (303, 409, 422)
    assert all(visit.starts_at > NOW for visit in visits())
    assert disagreements(since=NOW) == []


@pytest.mark.parametrize("path", ["/desk/patients/99/course", "/desk/courses/99/change"])
def test_what_is_not_there_is_not_found(kim: Visitor, path: str) -> None:
    assert kim.get(path).status_code == 404


@pytest.fixture
def course(kim: Visitor) -> int:
    """Ben's course, booked from the page."""
    ask(kim, "book", kim.get(NEW))
    return int(database.session.scalar(select(func.max(Course.id))) or 0)


def change(kim: Visitor, act: str, before: TestResponse, course: int, **changes: Any) -> TestResponse:
    """Press a button of the page that changes a course."""
    return ask(kim, act, before, f"/desk/courses/{course}/change", **changes)


def test_this_and_later_visits_move_to_other_days(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/courses/{course}/change?from=9&scope=later")
    assert "0 would change" in page.text
    found = change(kim, "find", page, course, wished_days=["2"])

    done = change(kim, "apply", found, course)

    assert done.status_code == 303
    assert {visit.starts_at.weekday() for visit in visits() if visit.course_number in (9, 10, 11, 12)} == {2}
    assert disagreements(since=NOW) == []


def test_all_visits_get_another_therapist_at_their_times(kim: Visitor, course: int) -> None:
    before = [visit.starts_at for visit in visits()]
    page = kim.get(f"/desk/courses/{course}/change?scope=all&what=therapist")
    found = change(kim, "find", page, course, therapist_id=str(CAST.noor))

    change(kim, "apply", found, course)

    assert [(visit.starts_at, visit.therapist_id) for visit in visits()] == [(at_, CAST.noor) for at_ in before]


def test_later_visits_given_to_another_therapist_come_after_those_that_stay(kim: Visitor, course: int) -> None:
    before = visits()
    path = f"/desk/courses/{course}/change?from=3&scope=later&what=therapist"
    found = change(kim, "find", kim.get(path), course, therapist_id=str(CAST.noor))

    done = change(kim, "apply", found, course)

    assert found.text.count("left out") == 0
    assert done.status_code == 303
    after = visits()
    assert [visit.course_number for visit in after] == list(range(1, 13))
    assert [visit.starts_at for visit in after[:2]] == [visit.starts_at for visit in before[:2]]
    assert [visit.therapist_id for visit in after] == [CAST.dana] * 2 + [CAST.noor] * 10


def test_a_visit_found_anew_with_another_therapist_keeps_its_place_among_the_others(
    kim: Visitor, course: int, book: Book
) -> None:
    second, third, fourth = (visit.starts_at for visit in visits()[1:4])
    database.session.rollback()
    book(patient_id=CAST.ada, therapist_id=CAST.noor, starts_at=third)
    path = f"/desk/courses/{course}/change?from=3&scope=this&what=therapist"

    found = change(kim, "find", kim.get(path), course, therapist_id=str(CAST.noor))

    starts_at, therapist = read_choice(fields(found)["row.3"][0])
    assert therapist == CAST.noor
    assert second < starts_at < fourth
    assert starts_at != third
    opened = change(kim, "open.3", found, course)
    assert {read_choice(other)[1] for other in _alternatives(opened)} == {CAST.noor}


def test_later_visits_are_canceled_with_a_reason_and_come_back_by_undo(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/courses/{course}/change?from=10&scope=later&what=cancel")
    assert "Cancel 3 visits" in page.text

    done = change(kim, "apply", page, course, reason="Better")

    assert [visit.course_number for visit in visits()] == list(range(1, 10))
    undone = kim.post(f"/desk/courses/{course}/undo", {"version": 2})
    assert [visit.course_number for visit in visits()] == list(range(1, 13))
    tenth = visits()[9]
    day = f"/desk/days/{tenth.starts_at.date()}"
    assert (done.headers["Location"], undone.headers["Location"]) == (day, f"{day}?shown={tenth.id}")
    assert "3 visits of Ben Novak taken back" in kim.get(undone.headers["Location"]).text


@pytest.mark.parametrize(
    ("scope", "left"), [("this", []), ("later", ["Cancel 2 visits"]), ("all", ["Cancel 11 visits"])]
)
def test_a_visit_that_somebody_else_canceled_is_not_silently_another_one(
    kim: Visitor, course: int, scope: str, left: list[str]
) -> None:
    pages = [kim.get(f"/desk/courses/{course}/change?from=10&scope={s}&what=cancel") for s in (scope, "this")]
    change(kim, "apply", pages[1], course)

    refused = change(kim, "apply", pages[0], course)

    assert refused.status_code == 409
    assert "Somebody else has just changed this course" in refused.text
    assert re.findall(r"Cancel \d+ visits?", refused.text) == left
    assert ("None of these visits is still to come." in refused.text) == (not left)
    assert len(visits()) == 11


@pytest.mark.parametrize("what", ["move", "therapist", "cancel"])
def test_where_no_visit_is_left_nothing_is_changed(kim: Visitor, course: int, what: str) -> None:
    change(kim, "apply", kim.get(f"/desk/courses/{course}/change?from=10&scope=this&what=cancel"), course)
    gone = f"/desk/courses/{course}/change?from=10&scope=this&what={what}"

    answer = change(kim, "apply", kim.get(gone), course, therapist_id=str(CAST.noor))

    assert answer.status_code in (200, 409, 422)
    assert len(visits()) == 11


@pytest.mark.parametrize(
    "chosen", [{"what": "cancel"}, {"scope": "this"}, {"wished_days": ["3"]}, {"therapist_id": str(CAST.noor)}]
)
def test_nothing_is_done_to_a_course_that_the_page_did_not_show(
    kim: Visitor, course: int, chosen: dict[str, Any]
) -> None:
    before = visits()
    found = change(kim, "find", kim.get(f"/desk/courses/{course}/change?from=9&scope=later"), course, wished_days=["2"])

    answer = change(kim, "apply", found, course, **chosen)

    assert "The choices changed. This is what follows from them" in answer.text
    assert [(one.starts_at, one.therapist_id) for one in visits()] == [
        (one.starts_at, one.therapist_id) for one in before
    ]
    assert change(kim, "apply", answer, course).status_code == 303


def test_what_was_wished_outlives_a_look_at_canceling(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/courses/{course}/change?from=9&scope=later")
    wished = {"wished_days": ["2"], "wished_from": "600", "therapist_id": str(CAST.noor), "therapist_only": "y"}
    moving = change(kim, "find", page, course, **wished)

    canceling = change(kim, "find", moving, course, what="cancel")
    giving = change(kim, "find", canceling, course, what="therapist")
    again = change(kim, "find", giving, course, what="move")

    names = ("wished_days", "wished_from", "therapist_id", "therapist_only")
    assert [fields(again)[name] for name in names] == [["2"], ["600"], [str(CAST.noor)], ["y"]]


def test_taking_a_change_back_brings_back_what_was_asked_of_the_course(kim: Visitor, course: int) -> None:
    def asked() -> tuple[Any, ...]:
        database.session.rollback()
        row = database.session.get_one(Course, course)
        return row.therapist_id, row.therapist_only, row.wished_days, row.wished_from

    before = asked()
    page = kim.get(f"/desk/courses/{course}/change?scope=all&what=therapist")
    found = change(kim, "find", page, course, therapist_id=str(CAST.noor), wished_days=["1", "2", "3"])
    change(kim, "apply", found, course)
    between = asked()

    kim.post(f"/desk/courses/{course}/undo", {"version": 2})

    assert between[0] == CAST.noor
    assert asked() == before


def test_a_change_is_not_taken_back_once_one_of_its_visits_was_moved_again(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/courses/{course}/change?scope=all&what=therapist")
    change(kim, "apply", change(kim, "find", page, course, therapist_id=str(CAST.noor)), course)
    third = visits()[2]
    moved = {"version": third.version, "starts_at": f"{third.starts_at:%Y-%m-%d}T15:00", "therapist_id": CAST.noor}
    kim.post(f"/desk/appointments/{third.id}/move", moved)
    after = [(visit.starts_at, visit.therapist_id) for visit in visits()]

    answer = kim.post(f"/desk/courses/{course}/undo", {"version": 2})

    assert answer.status_code in (409, 422)
    assert [(visit.starts_at, visit.therapist_id) for visit in visits()] == after


def test_a_visit_that_stays_and_was_moved_meanwhile_stops_the_change(kim: Visitor, course: int) -> None:
    found = change(kim, "find", kim.get(f"/desk/courses/{course}/change?from=3"), course, wished_days=["2"])
    second = visits()[1]
    moved = {"version": second.version, "starts_at": f"{second.starts_at:%Y-%m-%d}T15:00", "therapist_id": CAST.dana}
    kim.post(f"/desk/appointments/{second.id}/move", moved)
    before = [visit.starts_at for visit in visits()]

    answer = change(kim, "apply", found, course)

    assert answer.status_code == 409
    assert "Somebody else has just changed this course" in answer.text
    assert [visit.starts_at for visit in visits()] == before


def test_two_desks_cannot_both_change_one_course(kim: Visitor, app: Flask, course: int) -> None:
    path = f"/desk/courses/{course}/change?from=10&scope=later&what=cancel"
    mine, theirs = kim.get(path), kim.get(path)
    change(kim, "apply", mine, course)

    answer = change(kim, "apply", theirs, course)

    assert answer.status_code == 409
    assert "Somebody else has just changed this course" in answer.text
    assert len(visits()) == 9


def test_the_panel_of_a_visit_shows_the_letter_that_told_of_its_course(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/appointments/{visits()[3].id}").text

    assert "No letter was owed." not in page
    assert page.count('href="/desk/letters/') == 1


def test_the_board_says_which_visit_of_how_many(kim: Visitor, course: int) -> None:
    on = visits()[0].starts_at.date()

    assert "Follow-up 1/12" in kim.get(f"/desk/days/{on}").text


def test_a_visit_of_a_course_is_offered_times_that_keep_its_days(kim: Visitor, course: int) -> None:
    one = visits()[3]

    page = kim.get(f"/desk/appointments/{one.id}/move")

    assert "keeps the course&#39;s days" in page.text


def test_two_visits_exchange_their_times_from_the_move_panel(kim: Visitor, course: int, book: Book) -> None:
    mine = visits()[0]
    before = mine.starts_at
    database.session.rollback()
    other = book(patient_id=CAST.ada, therapist_id=CAST.noor, starts_at=at(15, day=1))

    done = kim.post(
        f"/desk/appointments/{mine.id}/swap",
        {"version": mine.version, "other": f"{other.id}.{other.version}"},
    )

    assert done.status_code == 303
    assert visits()[0].starts_at == at(15, day=1)
    undo = filled(kim.get(done.headers["Location"]).text, having="data-undoes")
    kim.post(f"/desk/appointments/{mine.id}/swap", {**undo, "csrf_token": kim.token()})
    assert visits()[0].starts_at == before


def test_two_visits_are_not_exchanged_once_one_of_them_changed(kim: Visitor, course: int, book: Book) -> None:
    mine = visits()[0]
    starts_at = mine.starts_at
    database.session.rollback()
    other = book(patient_id=CAST.ada, therapist_id=CAST.noor, starts_at=starts_at + timedelta(hours=2))
    swap = filled(kim.get(f"/desk/appointments/{mine.id}/move").text, having="data-swap")
    moved = {"version": other.version, "starts_at": at(15, day=1).strftime("%Y-%m-%dT15:00"), "therapist_id": CAST.noor}
    kim.post(f"/desk/appointments/{other.id}/move", moved)

    answer = kim.post(f"/desk/appointments/{mine.id}/swap", swap)

    assert swap["other"] == [f"{other.id}.{other.version}"]
    assert answer.status_code == 409
    assert "Somebody else has just changed this appointment." in answer.text
    assert visits()[0].starts_at == starts_at


def test_visits_that_were_agreed_to_be_exchanged_stay_confirmed(
    kim: Visitor, course: int, book: Book, do: Callable[..., Any]
) -> None:
    mine = do(booking.confirm, visits()[0])
    other = book(patient_id=CAST.ada, therapist_id=CAST.noor, starts_at=at(15, day=1))

    kim.post(
        f"/desk/appointments/{mine.id}/swap",
        {"version": mine.version, "other": f"{other.id}.{other.version}", "agreed": "y"},
    )

    first = visits()[0]
    assert (first.starts_at, first.confirmed_at is not None) == (at(15, day=1), True)


def test_an_exchange_taken_back_brings_back_what_was_confirmed_and_wished(
    kim: Visitor, course: int, book: Book, do: Callable[..., Any]
) -> None:
    mine = do(booking.confirm, visits()[0])
    other = do(
        booking.want_call, book(patient_id=CAST.ada, therapist_id=CAST.noor, starts_at=at(15, day=1)), why="Later"
    )
    starts_at = mine.starts_at
    path = f"/desk/appointments/{mine.id}/swap"
    done = kim.post(path, {"version": mine.version, "other": f"{other.id}.{other.version}"})
    undo = filled(kim.get(done.headers["Location"]).text, having="data-undoes")

    answers = [kim.post(path, {**undo, "csrf_token": kim.token()}).status_code for _ in range(2)]

    database.session.rollback()
    one, two = (database.session.get_one(Appointment, id_) for id_ in (mine.id, other.id))
    assert answers == [303, 409]
    assert (one.starts_at, one.confirmed_at is not None) == (starts_at, True)
    assert (two.starts_at, two.call_wanted_why) == (at(15, day=1), "Later")


def test_a_therapist_books_a_course_too_and_an_assistant_does_not(app: Flask) -> None:
    assert Visitor(app).sign_in("dana").get(NEW).status_code == 200
    assert Visitor(app).sign_in("sam").get(NEW).status_code == 403


def test_the_patients_page_lists_the_course(kim: Visitor, course: int) -> None:
    page = kim.get(f"/desk/patients/{CAST.ben}").text

    assert "12 visits, booked Tue Nov 24" in page


def test_a_course_begins_after_the_evaluation_that_is_to_come(kim: Visitor, book: Book) -> None:
    book(patient_id=CAST.ben, type_id=CAST.evaluation, starts_at=at(9, day=3))

    page = kim.get(NEW)

    assert fields(page)["first_on"] == ["2026-11-29"]


def test_a_course_with_a_visit_moved_by_hand_opens_as_it_is(kim: Visitor, course: int) -> None:
    one, two = visits()[:2]
    kim.post(
        f"/desk/appointments/{two.id}/move",
        {"version": two.version, "starts_at": one.starts_at.strftime("%Y-%m-%dT16:00"), "therapist_id": CAST.dana},
    )

    for visit in visits():
        assert kim.get(f"/desk/appointments/{visit.id}/move").status_code == 200
    assert "0 would change" in kim.get(f"/desk/courses/{course}/change?scope=all").text
    path = f"/desk/courses/{course}/change?from=5&scope=later"
    found = change(kim, "find", kim.get(path), course, wished_days=["2"])
    assert "left out" not in found.text
    assert found.text.count("course-row--stays") == 4


@pytest.mark.parametrize("typed", ["0", "x", "-1", "999999"])
def test_an_address_with_a_frequency_that_cannot_be_says_so(kim: Visitor, typed: str) -> None:
    page = kim.get(f"{NEW}?per_week_1={typed}&weeks_1=4&first_on=2027-01-11&type_id={CAST.follow_up}")

    assert page.status_code in (200, 422)
    assert 'aria-invalid="true"' in page.text


def test_a_time_chosen_for_a_booked_visit_outlives_a_look_at_canceling_and_a_slip(kim: Visitor, course: int) -> None:
    opened = change(kim, "open.9", kim.get(f"/desk/courses/{course}/change?from=9&scope=later"), course)
    chosen = change(kim, "choose.9", opened, course, alternative=_alternatives(opened)[1])

    canceling = change(kim, "find", chosen, course, what="cancel")
    back = change(kim, "find", canceling, course, what="move")
    refused = change(kim, "find", back, course, wished_days=["9"])
    mended = change(kim, "find", refused, course, wished_days=[])

    assert refused.status_code == 422
    assert fields(chosen)["row.9"] == [_alternatives(opened)[1]]
    assert {fields(one)["row.9"][0] for one in (back, mended)} == {_alternatives(opened)[1]}
    assert change(kim, "apply", mended, course).status_code == 303
    assert disagreements(since=NOW) == []


def test_a_time_that_was_marked_for_a_booked_visit_is_shown_before_it_is_taken(kim: Visitor, course: int) -> None:
    before = [visit.starts_at for visit in visits()]
    opened = change(kim, "open.9", kim.get(f"/desk/courses/{course}/change?from=9&scope=this"), course)
    marked = _alternatives(opened)[1]

    answer = change(kim, "apply", opened, course, alternative=marked)

    assert "The choices changed" in answer.text
    assert fields(answer)["row.9"] == [marked]
    assert [visit.starts_at for visit in visits()] == before
    assert change(kim, "apply", answer, course).status_code == 303
