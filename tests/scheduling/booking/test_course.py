"""A whole course in one step: booked, changed and taken back, all or nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic import audit, outbox
from clinic.database import database, transaction
from clinic.refusals import Refusal, Unacceptable
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Change, Course, Status
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.book import AlreadyBooked
from clinic.scheduling.booking.book_course import Row, RowsTaken
from clinic.scheduling.booking.change_course import CourseChanged, NothingToTakeBack
from clinic.scheduling.booking.course_asked import Asked, asked_of
from clinic.scheduling.booking.course_moves import moves_within_course
from clinic.scheduling.booking.course_supply import CourseSupply
from clinic.scheduling.booking.move import SomeCannotMove
from clinic.scheduling.booking.refusals import ChangedBySomebody
from clinic.scheduling.booking.swap import CannotSwap
from clinic.scheduling.booking.untold_queries import untold
from tests.cast import CAST, KIM, NOW, at

Book = Callable[..., Appointment]
DAYS = (7, 9, 14, 16)
FIRST = date(2026, 12, 1)


def asked(**changes: Any) -> Asked:
    """Twice a week for two weeks, with Dana, the treadmill at the first visit."""
    facts: dict[str, Any] = {
        "type_id": CAST.follow_up,
        "phases": ((2, 2),),
        "first_on": FIRST,
        "therapist_id": CAST.dana,
        "devices": {"treadmill": frozenset({1})},
    }
    return Asked(**{**facts, **changes})


def rows(*, hour: int = 9, therapist_id: int = CAST.dana) -> list[Row]:
    """The four visits, Tuesdays and Thursdays."""
    return [Row(number, at(hour, day=day), therapist_id) for number, day in enumerate(DAYS, 1)]


@pytest.fixture
def course(app: Flask) -> Course:
    """Ada's course, booked."""
    return book_course()


def book_course(**changes: Any) -> Course:
    """Book Ada's course in a transaction of its own."""
    facts: dict[str, Any] = {"patient_id": CAST.ada, "asked": asked(), "rows": rows(), "by": KIM, "now": NOW}
    database.session.rollback()
    with transaction():
        return booking.book_course(**{**facts, **changes})


def change(verb: Callable[..., Any], **facts: Any) -> Any:
    """Do something to a course, as Kim, in a transaction of its own."""
    database.session.rollback()
    with transaction():
        return verb(**{"by": KIM, "now": NOW, **facts})


def visits() -> list[Appointment]:
    """All appointments, by number of visit."""
    database.session.rollback()
    order = (Appointment.course_number.is_(None), Appointment.course_number, Appointment.id)
    return list(database.session.scalars(select(Appointment).order_by(*order)))


def starts() -> list[datetime]:
    """When those that stand start."""
    return [visit.starts_at for visit in visits() if not visit.is_canceled]


def test_a_course_is_its_rows_each_with_a_calendar_identity_of_its_own(course: Course) -> None:
    booked = visits()

    assert [visit.course_number for visit in booked] == [1, 2, 3, 4]
    assert len({visit.ics_uid for visit in booked}) == 4
    assert [visit.devices for visit in booked] == ["treadmill", "", "", ""]
    assert disagreements(since=NOW) == []


def test_one_letter_is_owed_for_the_whole_course(course: Course) -> None:
    owed = database.session.execute(select(outbox.Letter.about, outbox.Letter.kind, outbox.Letter.due_at)).all()

    assert [tuple(row) for row in owed] == [("course:1", "course", NOW + timedelta(minutes=3))]


def test_the_treadmill_of_the_first_visit_is_held_for_all_of_it(course: Course, book: Book) -> None:
    with pytest.raises(Refusal, match="No treadmill is free"):
        book(patient_id=CAST.ben, therapist_id=CAST.noor, type_id=CAST.gait_lab, starts_at=at(9, 25, day=7))


def test_what_was_asked_can_be_read_again(course: Course) -> None:
    assert asked_of(database.session.get_one(Course, course.id)) == asked()


def test_a_row_that_is_taken_books_nothing_and_is_named(app: Flask, book: Book) -> None:
    book(patient_id=CAST.ben, starts_at=at(9, 10, day=14))

    with pytest.raises(RowsTaken) as refused:
        book_course()

    assert refused.value.why == {3: "The therapist's time has just been taken."}
    assert database.session.scalar(select(func.count()).select_from(Course)) == 0
    assert [visit.patient_id for visit in visits()] == [CAST.ben]
    assert disagreements(since=NOW) == []


def test_a_double_click_books_one_course(app: Flask) -> None:
    first, second = book_course(request_id="once"), book_course(request_id="once")

    assert first.id == second.id
    assert len(visits()) == 4


@pytest.mark.parametrize("other", [[], rows()[:3], rows(hour=10)], ids=["nothing", "fewer visits", "another hour"])
def test_a_form_that_has_booked_a_course_books_no_other(app: Flask, other: list[Row]) -> None:
    book_course(request_id="once")

    with pytest.raises(AlreadyBooked, match="with other times than these"):
        book_course(request_id="once", rows=other)

    assert [visit.starts_at for visit in visits()] == [row.starts_at for row in rows()]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": []},
        {"rows": [Row(5, at(9, day=7), 1)]},
        {"rows": [Row(2, at(9, day=7), 1), Row(1, at(9, day=9), 1)]},
        {"rows": [Row(1, at(9, day=7), 1), Row(1, at(9, day=9), 1)]},
        {"asked": asked(authorized=3)},
        {"patient_id": 99},
    ],
)
def test_rows_that_are_no_course_are_refused(app: Flask, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        book_course(**wrong)

    assert visits() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phases": ()}, "per_week_1"),
        ({"phases": ((8, 1),)}, "per_week_1"),
        ({"phases": ((1, 4), (1, 53))}, "weeks_2"),
        ({"phases": ((7, 52),)}, "weeks_1"),
        ({"least_apart": 0}, "least_apart"),
        ({"first_within": -1}, "first_within"),
        ({"end_on": date(2026, 11, 1)}, "end_on"),
        ({"end_on": date(9999, 1, 1)}, "end_on"),
        ({"authorized": -1}, "authorized"),
        ({"therapist_id": None, "therapist_only": True}, "therapist_id"),
        ({"wished_from": 900}, "wished_until"),
        ({"wished_from": 900, "wished_until": 900}, "wished_until"),
    ],
)
def test_a_prescription_that_makes_no_sense_is_refused_beside_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        asked(**wrong)

    assert refused.value.field == field


def test_visits_move_into_each_others_time(course: Course) -> None:
    two, three = visits()[1:3]

    change(
        booking.move_visits,
        course_id=course.id,
        seen=1,
        changes=[Change(two.id, three.starts_at), Change(three.id, at(9, day=15))],
    )

    assert starts() == [at(9, day=7), at(9, day=14), at(9, day=15), at(9, day=16)]
    assert disagreements(since=NOW) == []


def test_moving_all_or_nothing(course: Course, book: Book) -> None:
    book(patient_id=CAST.ben, starts_at=at(11, day=14))
    before = starts()
    changes = [Change(visit.id, visit.starts_at + timedelta(hours=2)) for visit in visits() if visit.course_id]

    with pytest.raises(SomeCannotMove) as refused:
        change(booking.move_visits, course_id=course.id, seen=1, changes=changes)

    assert [refusal.sentence for refusal in refused.value.why.values()] == ["The therapist's time has just been taken."]
    assert list(refused.value.why) == [visits()[2].id]
    assert starts() == before


def test_two_desks_cannot_both_change_a_course(course: Course) -> None:
    one = visits()[0]
    change(booking.move_visits, course_id=course.id, seen=1, changes=[Change(one.id, at(10, day=7))])

    with pytest.raises(CourseChanged):
        change(booking.cancel_visits, course_id=course.id, seen=1, visits={one.id: one.version})


def test_a_visit_that_changed_meanwhile_stops_the_change_of_its_course(course: Course) -> None:
    one = visits()[0]
    change(booking.confirm, appointment_id=one.id)

    with pytest.raises(ChangedBySomebody):
        change(booking.cancel_visits, course_id=course.id, seen=1, visits={one.id: 1})


def test_a_visit_of_another_course_is_refused(course: Course, book: Book) -> None:
    stranger = book(patient_id=CAST.ben, starts_at=at(15))

    with pytest.raises(Unacceptable, match="does not belong"):
        change(booking.cancel_visits, course_id=course.id, seen=1, visits={stranger.id: 1})


def test_visits_change_their_therapist_and_keep_their_times(course: Course) -> None:
    later = visits()[2:]

    change(
        booking.move_visits,
        course_id=course.id,
        seen=1,
        changes=[Change(visit.id, visit.starts_at, CAST.noor) for visit in later],
    )

    assert [visit.therapist_id for visit in visits()] == [CAST.dana, CAST.dana, CAST.noor, CAST.noor]
    assert starts() == [at(9, day=day) for day in DAYS]


def test_a_move_of_a_course_is_taken_back_as_one(course: Course) -> None:
    change(
        booking.move_visits,
        course_id=course.id,
        seen=1,
        changes=[Change(visit.id, visit.starts_at + timedelta(days=1)) for visit in visits()],
    )

    change(booking.take_back, course_id=course.id, seen=2)

    assert starts() == [at(9, day=day) for day in DAYS]
    assert disagreements(since=NOW) == []


def test_a_cancellation_of_a_course_is_taken_back_as_one(course: Course) -> None:
    change(
        booking.cancel_visits,
        course_id=course.id,
        seen=1,
        visits={visit.id: visit.version for visit in visits()},
        reason="Ill",
    )
    assert starts() == []

    change(booking.take_back, course_id=course.id, seen=2)

    assert starts() == [at(9, day=day) for day in DAYS]
    assert [visit.course_number for visit in visits() if not visit.is_canceled] == [1, 2, 3, 4]


def test_a_course_just_booked_is_taken_back_once(course: Course) -> None:
    change(booking.take_back, course_id=course.id, seen=1)
    assert starts() == []

    with pytest.raises(NothingToTakeBack):
        change(booking.take_back, course_id=course.id, seen=2)


def test_two_visits_exchange_times_and_therapists(course: Course, book: Book) -> None:
    other = book(patient_id=CAST.ben, therapist_id=CAST.noor, starts_at=at(15, day=9))
    two = visits()[1]

    change(booking.swap, appointment_id=two.id, other_id=other.id, seen=two.version, other_seen=other.version)

    swapped = {visit.id: (visit.starts_at, visit.therapist_id) for visit in visits()}
    assert swapped[two.id] == (at(15, day=9), CAST.noor)
    assert swapped[other.id] == (at(9, day=9), CAST.dana)
    assert disagreements(since=NOW) == []


def test_a_swap_that_does_not_fit_changes_nothing(course: Course, book: Book) -> None:
    short = book(patient_id=CAST.ben, starts_at=at(9, 40, day=9))
    long = book(patient_id=CAST.cleo, therapist_id=CAST.noor, type_id=CAST.evaluation, starts_at=at(10, day=9))
    book(patient_id=CAST.ben, starts_at=at(10, 20, day=9))
    before = starts()

    with pytest.raises(CannotSwap):
        change(booking.swap, appointment_id=short.id, other_id=long.id)

    assert starts() == before


def test_a_reinstated_visit_is_of_its_course_again_with_its_treadmill(course: Course) -> None:
    one = visits()[0]
    change(booking.cancel, appointment_id=one.id)
    with transaction() as session:
        session.get_one(Appointment, one.id).told_canceled = True

    again = change(booking.reinstate, appointment_id=one.id)

    assert (again.course_id, again.course_number, again.devices) == (course.id, 1, "treadmill")
    assert again.status == Status.BOOKED


def test_wall_clock_times_of_a_course_survive_the_change_of_the_clocks(app: Flask) -> None:
    days = (days_until(date(2027, 3, 11)), days_until(date(2027, 3, 16)))
    across = [Row(number, at(9, day=day), CAST.dana) for number, day in enumerate(days, 1)]

    book_course(asked=asked(phases=((1, 2),), first_on=date(2027, 3, 11), devices={}), rows=across)

    assert [start.hour for start in starts()] == [14, 13]


def days_until(on: date) -> int:
    """Return how many days after the Tuesday on stage ``on`` is."""
    return (on - date(2026, 11, 24)).days


def test_every_change_of_a_course_leaves_a_line_in_the_trail(course: Course) -> None:
    one = visits()[0]
    change(booking.move_visits, course_id=course.id, seen=1, changes=[Change(one.id, at(10, day=7))])
    change(booking.take_back, course_id=course.id, seen=2)

    assert [entry.what for entry in audit.entries_about(course.key)] == [
        "course change taken back",
        "course moved",
        "course booked",
    ]


def test_a_patient_whom_no_letter_reaches_is_rung_once_for_a_course(app: Flask) -> None:
    book_course(patient_id=CAST.cleo)
    assert [found.row.course_number for found in untold(now=NOW)] == [1]

    change(booking.mark_told, appointment_id=visits()[0].id)

    assert [visit.told_by_phone_at for visit in visits()] == [NOW] * 4
    assert untold(now=NOW) == []


def supply(**changes: Any) -> CourseSupply:
    """What is free for Ada's course."""
    database.session.rollback()
    return CourseSupply(asked(**changes), patient_id=CAST.ada, now=NOW)


def test_a_course_is_not_placed_on_a_day_on_which_the_patient_comes_already(app: Flask, book: Book) -> None:
    book(starts_at=at(15, day=8))

    days = set(supply().days)

    assert date(2026, 12, 2) not in days
    assert {date(2026, 12, 1), date(2026, 12, 3)} <= days


def test_a_visit_moved_past_the_rules_by_hand_is_still_offered_other_times(course: Course) -> None:
    two, three = visits()[1:3]
    change(booking.move, appointment_id=three.id, starts_at=two.starts_at + timedelta(hours=5))

    for number in (1, 2, 3, 4):
        assert isinstance(moves_within_course(course.id, number, besides=[], now=NOW), list)


def test_other_times_of_a_visit_lie_between_its_neighbors(course: Course) -> None:
    two = visits()[1]

    offers = moves_within_course(course.id, 2, besides=[two.key], now=NOW)

    assert offers
    assert all(at(0, day=8) <= offer.starts_at < at(0, day=14) for offer in offers)


def test_a_visit_is_offered_who_treats_in_its_part_of_the_course(course: Course) -> None:
    later = [Change(visit.id, visit.starts_at, CAST.noor) for visit in visits()[2:]]
    wishes = asked(therapist_id=CAST.noor)
    change(booking.move_visits, course_id=course.id, changes=later, seen=course.version, asked=wishes)

    first = [moves_within_course(course.id, number, besides=[], now=NOW)[0].therapist.id for number in (1, 2, 3, 4)]

    assert first == [CAST.dana, CAST.dana, CAST.noor, CAST.noor]


def test_a_visit_with_a_stand_in_is_offered_who_treats_the_others(course: Course) -> None:
    change(booking.move, appointment_id=visits()[1].id, starts_at=visits()[1].starts_at, therapist_id=CAST.noor)

    assert moves_within_course(course.id, 2, besides=[], now=NOW)[0].therapist.id == CAST.dana
