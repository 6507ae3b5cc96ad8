"""What can be done to an appointment, and undone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from clinic import audit, outbox
from clinic.audit import Actor
from clinic.audit.models import Entry
from clinic.database import database, transaction
from clinic.refusals import ChangedMeanwhile
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment, Resource, Status
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.links import LinkGone, link_token, opened_by, revoke_link
from clinic.scheduling.booking.move import NotByLink, NothingToMoveBack
from clinic.scheduling.booking.refusals import InThePast, NotNow
from clinic.scheduling.booking.step_back import DayIsOver
from clinic.scheduling.booking.steps import NotYet
from clinic.scheduling.holds import Hold, TimeTaken
from clinic.scheduling.practice.models import AppointmentType, TypeNeed
from tests.acts import claim
from tests.cast import CAST, NOW, at
from tests.scheduling.booking.test_course import book_course

Book = Callable[..., Appointment]
Do = Callable[..., Any]
ADA = Actor(name="Ada Moore, by link", patient_id=1)
SECRET = "a secret of forty characters for the test"


def test_a_move_keeps_the_calendar_identity_and_raises_sequence_and_revision(book: Book, do: Do) -> None:
    visit = book()
    uid = visit.ics_uid

    moved = do(booking.move, visit, starts_at=at(10), therapist_id=CAST.noor)

    assert (moved.starts_at, moved.ends_at, moved.therapist_id) == (at(10), at(10, 40), CAST.noor)
    assert (moved.ics_uid, moved.ics_sequence, moved.revision, moved.version) == (uid, 1, 1, 2)
    assert disagreements(since=NOW) == []


def test_a_change_of_therapist_alone_tells_the_patient_nothing_new(book: Book, do: Do) -> None:
    visit = book()

    moved = do(booking.move, visit, starts_at=at(9), therapist_id=CAST.noor)

    assert (moved.revision, moved.ics_sequence, moved.version) == (0, 0, 2)
    assert database.session.scalar(select(func.count(outbox.Letter.id))) == 1


def test_a_visit_may_move_into_its_own_time(book: Book, do: Do) -> None:
    visit = book()

    moved = do(booking.move, visit, starts_at=at(9, 20))

    assert moved.starts_at == at(9, 20)
    assert disagreements(since=NOW) == []


def test_a_move_onto_taken_time_is_refused_and_nothing_moves(book: Book, do: Do) -> None:
    book(patient_id=CAST.ben, starts_at=at(10))
    visit = book()

    with pytest.raises(TimeTaken):
        do(booking.move, visit, starts_at=at(10))

    found = database.session.get(Appointment, visit.id)
    assert found is not None
    assert found.starts_at == at(9)
    assert disagreements(since=NOW) == []


def test_a_move_clears_the_confirmation(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)

    moved = do(booking.move, visit, starts_at=at(10))

    assert moved.confirmed_at is None


def test_a_move_agreed_on_the_phone_keeps_the_confirmation(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)

    moved = do(booking.move, visit, starts_at=at(10), agreed_on_the_phone=True)

    assert moved.confirmed_at == NOW


def test_moving_back_brings_the_confirmation_back(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)
    do(booking.move, visit, starts_at=at(10))

    back = do(booking.move_back, visit)

    assert (back.starts_at, back.confirmed_at, back.confirmed_how) == (at(9), NOW, "phone")
    assert disagreements(since=NOW) == []


def test_only_the_last_change_can_be_moved_back(book: Book, do: Do) -> None:
    visit = book()
    do(booking.move, visit, starts_at=at(10))
    do(booking.confirm, visit)

    with pytest.raises(NothingToMoveBack):
        do(booking.move_back, visit)


def test_two_tabs_cannot_both_move(book: Book, do: Do) -> None:
    visit = book()
    do(booking.move, visit, starts_at=at(10), seen=1)

    with pytest.raises(ChangedMeanwhile):
        do(booking.move, visit, starts_at=at(11), seen=1)


@pytest.mark.parametrize("starts_at", [at(16, day=-1), NOW])
def test_a_visit_that_lies_ahead_never_moves_to_a_time_that_has_passed(book: Book, do: Do, starts_at: datetime) -> None:
    visit = book(starts_at=at(9, day=1))

    with pytest.raises(InThePast, match="book it afterwards and cancel this one") as refusal:
        do(booking.move, visit, starts_at=starts_at, reason="he came the day before")

    stands = database.session.get_one(Appointment, visit.id, populate_existing=True)
    assert (refusal.value.field, refusal.value.status) == ("starts_at", 409)
    assert (stands.starts_at, stands.version) == (at(9, day=1), 1)


def test_a_visit_of_the_past_is_set_right_within_the_past(book: Book, do: Do) -> None:
    visit = book(starts_at=at(9, day=-1), reason="walked in")

    moved = do(booking.move, visit, starts_at=at(10, day=-1), reason="it was an hour later")

    assert moved.starts_at == at(10, day=-1)


def test_a_patient_moves_by_link_only_what_its_type_allows_and_in_time(book: Book, do: Do) -> None:
    soon = book(starts_at=at(9))
    evaluation = book(patient_id=CAST.ben, type_id=CAST.evaluation, starts_at=at(9, day=3))
    follow_up = book(patient_id=CAST.cleo, starts_at=at(10, 30, day=3))

    for visit in (soon, evaluation):
        with pytest.raises(NotByLink):
            do(booking.move, visit, starts_at=at(14, day=6), by=ADA)
    moved = do(booking.move, follow_up, starts_at=at(14, day=6), by=ADA)

    assert moved.starts_at == at(14, day=6)


def test_a_visit_keeps_its_length_and_moves_though_its_kind_changed_and_retired(book: Book, do: Do) -> None:
    visit = book(type_id=CAST.gait_lab)
    with transaction() as session:
        session.execute(
            update(AppointmentType).where(AppointmentType.id == CAST.gait_lab).values(length=60, retired_at=NOW)
        )
        session.execute(update(TypeNeed).where(TypeNeed.until_minute == 45).values(until_minute=60))

    moved = do(booking.move, visit, starts_at=at(14))

    resources = sorted(database.session.execute(select(Resource.holder, Resource.starts_at, Resource.ends_at)).all())
    assert moved.ends_at == at(14, 45)
    assert [tuple(row) for row in resources] == [
        ("equipment:1", at(14, 10), at(14, 40)),
        ("room:1", at(14), at(14, 55)),
    ]


def test_canceling_gives_the_time_back_and_deletes_nothing(book: Book, do: Do) -> None:
    visit = book()

    canceled = do(booking.cancel, visit, reason="ill")

    assert database.session.scalar(select(func.count(Hold.cell))) == 0
    assert (canceled.status, canceled.canceled_late, canceled.cancel_reason) == ("canceled", True, "ill")
    assert (canceled.ics_sequence, canceled.revision) == (1, 1)


def test_a_cancellation_by_the_clinic_is_never_late(book: Book, do: Do) -> None:
    visit = book()

    canceled = do(booking.cancel, visit, asked_by="clinic")

    assert not canceled.canceled_late


def test_reinstating_before_the_letter_revives_the_same_row(book: Book, do: Do) -> None:
    visit = book()
    do(booking.cancel, visit)

    back = do(booking.reinstate, visit)

    assert (back.id, back.status, back.ics_sequence) == (visit.id, "booked", 2)
    assert disagreements(since=NOW) == []


def said(visit: Appointment) -> tuple[object, ...]:
    """Return what was told by voice and wished about a visit."""
    return visit.confirmed_at, visit.told_by_phone_at, visit.call_wanted_at, visit.call_wanted_why


def test_the_undo_of_a_cancellation_brings_back_what_was_told_and_wished(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)
    do(booking.want_call, visit, why="Asked for another time")
    canceled = said(do(booking.cancel, visit))

    back = do(booking.reinstate, visit, now=NOW + timedelta(seconds=8))

    assert canceled == (NOW, None, None, "")
    assert said(back) == (NOW, NOW, NOW, "Asked for another time")


@pytest.mark.parametrize(("verb", "later"), [(booking.mark_told, timedelta()), (None, timedelta(days=1))])
def test_a_visit_brought_back_later_or_once_its_end_was_told_is_told_anew(
    book: Book, do: Do, verb: Callable[..., Any] | None, later: timedelta
) -> None:
    visit = book(patient_id=CAST.cleo, starts_at=at(9, day=3))
    do(booking.mark_told, visit)
    do(booking.cancel, visit, asked_by="clinic")
    if verb is not None:
        do(verb, visit)

    back = do(booking.reinstate, visit, now=NOW + later)

    assert (back.id, said(back)) == (visit.id, (None, None, None, ""))


def test_reinstating_after_the_letter_was_claimed_books_anew(book: Book, do: Do) -> None:
    visit = book()
    do(booking.cancel, visit)
    with transaction() as session:
        letter_id = session.scalars(select(outbox.Letter.id).where(outbox.Letter.kind == "canceled")).one()
        claim(now=NOW + timedelta(minutes=4), letter_id=letter_id)

    back = do(booking.reinstate, visit)

    assert (back.reinstated_from_id, back.status) == (visit.id, "booked")
    assert back.ics_uid != visit.ics_uid
    assert do(booking.reinstate, visit).id == back.id


def test_reinstating_onto_taken_time_is_refused(book: Book, do: Do) -> None:
    visit = book()
    do(booking.cancel, visit)
    book(patient_id=CAST.ben)

    with pytest.raises(TimeTaken):
        do(booking.reinstate, visit)


def test_a_visit_goes_through_its_day_and_back(book: Book, do: Do) -> None:
    visit = book()

    steps = [
        do(verb, visit).status
        for verb in (booking.arrive, booking.begin, booking.complete, booking.step_back, booking.step_back)
    ]

    assert steps == ["arrived", "in session", "completed", "in session", "arrived"]


def test_a_double_click_on_arrive_is_one_arrival(book: Book, do: Do) -> None:
    visit = book()
    do(booking.arrive, visit, seen=1)

    again = do(booking.arrive, visit, seen=1)

    assert (again.status, again.version) == ("arrived", 2)


def test_nobody_arrives_on_an_earlier_day_or_misses_a_visit_before_its_time(book: Book, do: Do) -> None:
    tomorrow = book(starts_at=at(9, day=1))
    today = book(patient_id=CAST.ben)

    with pytest.raises(NotYet):
        do(booking.arrive, tomorrow)
    with pytest.raises(NotYet):
        do(booking.no_show, today)


def test_a_no_show_can_be_taken_back_that_day_only(book: Book, do: Do) -> None:
    visit = book()
    do(booking.no_show, visit, now=at(9, 20))

    with pytest.raises(DayIsOver):
        do(booking.step_back, visit, now=at(8, day=1))
    back = do(booking.step_back, visit, now=at(17))

    assert back.status == Status.BOOKED


def test_an_arrived_visit_is_neither_moved_nor_canceled(book: Book, do: Do) -> None:
    visit = book()
    do(booking.arrive, visit)

    for verb, more in ((booking.move, {"starts_at": at(10)}), (booking.cancel, {})):
        with pytest.raises(NotNow):
            do(verb, visit, **more)


def test_every_verb_leaves_a_line_in_the_trail(book: Book, do: Do) -> None:
    visit = book()
    do(booking.confirm, visit)
    do(booking.move, visit, starts_at=at(10))
    do(booking.cancel, visit, reason="ill")

    lines = [(entry.what, entry.by) for entry in audit.entries_about(visit.key)]

    assert lines == [(what, "Kim Alder") for what in ("canceled", "moved", "confirmed", "booked")]


def test_a_link_opens_its_appointment_until_its_day_is_over(book: Book) -> None:
    token = link_token(book(), secret=SECRET)

    assert opened_by(token, secret=SECRET, now=at(23, 59)).starts_at == at(9)
    with pytest.raises(LinkGone):
        opened_by(token, secret=SECRET, now=at(0, day=1))


@pytest.mark.parametrize("token", ["", "x", "WzEsMF0.made-up", "\0", "é", "WzEsMF0"])
def test_a_made_up_link_opens_nothing(book: Book, token: str) -> None:
    book()

    with pytest.raises(LinkGone):
        opened_by(token, secret=SECRET, now=NOW)


def test_a_revoked_link_opens_nothing(book: Book, do: Do) -> None:
    visit = book()
    token = link_token(visit, secret=SECRET)

    do(revoke_link, visit)

    with pytest.raises(LinkGone):
        opened_by(token, secret=SECRET, now=NOW)


def test_the_links_of_a_course_go_together_and_desks_may_go_on_changing_its_other_visits(book: Book, do: Do) -> None:
    course, alone = book_course(), book()
    database.session.rollback()
    of_course = select(Appointment).where(Appointment.course_id == course.id).order_by(Appointment.id)
    first, *others = database.session.scalars(of_course).all()

    do(revoke_link, first)

    database.session.rollback()
    found = database.session.scalars(select(Appointment).order_by(Appointment.id)).all()
    assert [(one.id, one.link_generation, one.version) for one in found] == [
        (first.id, 1, 2),
        *((other.id, 1, 1) for other in others),
        (alone.id, 0, 1),
    ]
    assert [(e.what, e.about) for e in database.session.scalars(select(Entry)) if e.what == "link revoked"] == [
        ("link revoked", course.key),
        ("link revoked", first.key),
    ]


def test_the_link_of_a_canceled_visit_leads_to_the_one_it_was_reinstated_as(book: Book, do: Do) -> None:
    visit = book()
    token = link_token(visit, secret=SECRET)
    do(booking.cancel, visit)
    with transaction() as session:
        letter = session.scalars(select(outbox.Letter).where(outbox.Letter.kind == "canceled")).one()
        claim(now=NOW + timedelta(minutes=4), letter_id=letter.id)
    back = do(booking.reinstate, visit)

    assert opened_by(token, secret=SECRET, now=NOW).id == back.id
