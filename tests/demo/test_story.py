"""The story is told through the commands, so what it leaves behind is sound."""

from collections import Counter
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select, text

from clinic import audit
from clinic.care.episodes import Episode
from clinic.care.gait import GaitAnalysis
from clinic.care.homecare import HomeItem
from clinic.care.manual_therapy import TenderPoint
from clinic.care.notes import Note
from clinic.care.notes.sign import is_as_signed, signed_notes
from clinic.care.outcomes.models import Score
from clinic.database import database
from clinic.outbox import OPEN, SENT, Letter
from clinic.people.accounts.queries import users
from clinic.people.patients import HomeLink
from clinic.people.patients.models import Patient
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.practice.models import AppointmentType
from tests.overlaps import overlaps

WEEK = timedelta(days=8)


def test_holds_and_appointments_agree(app: Flask, now: datetime) -> None:
    assert disagreements(since=now - WEEK) == []


def test_nobody_and_nothing_is_booked_twice(app: Flask) -> None:
    assert overlaps() == {"therapist": 0, "patient": 0, "room or device": 0, "time off": 0}


def test_no_letter_went_out_about_what_was_over(app: Flask) -> None:
    late = """
        select count(*) from letters join appointments on about = 'appointment:' || appointments.id
        where state = 'sent' and ended_at >= starts_at
    """

    assert database.session.scalar(text(late)) == 0


def test_every_letter_that_was_due_has_left_or_has_its_reason(app: Flask, now: datetime) -> None:
    left_behind = select(func.count()).select_from(Letter).where(Letter.state.in_(OPEN), Letter.try_at <= now)
    unexplained = (
        select(func.count()).select_from(Letter).where(Letter.state.not_in((*OPEN, SENT)), Letter.outcome == "")
    )

    assert (database.session.scalar(left_behind), database.session.scalar(unexplained)) == (0, 0)


def test_some_letters_wait_for_an_undo_and_some_for_tomorrow(app: Flask, now: datetime) -> None:
    rows = database.session.execute(select(Letter.kind, Letter.try_at).where(Letter.state.in_(OPEN)))
    kinds = Counter(kind for kind, try_at in rows if try_at <= now + timedelta(minutes=3) or kind != "booked")

    assert kinds["booked"] == 2
    assert kinds["tomorrow"] > 0


def test_the_trail_knows_everything_and_nothing_of_the_future(app: Flask, now: datetime) -> None:
    whats = set(database.session.scalars(select(audit.Entry.what).distinct()))
    last = database.session.scalar(select(func.max(audit.Entry.at)))

    assert last is not None
    assert last <= now
    assert whats > {"clinic founded", "registered", "booked", "confirmed", "arrived", "completed", "canceled", "moved"}


def test_this_morning_looks_like_one(app: Flask, now: datetime) -> None:
    today = select(Appointment.status, Appointment.starts_at, Appointment.ends_at).where(
        Appointment.starts_at > now - timedelta(hours=10), Appointment.starts_at < now + timedelta(hours=8)
    )
    rows = database.session.execute(today).all()

    over = {row.status for row in rows if row.ends_at <= now}
    waiting = [row for row in rows if row.status == "arrived" and row.starts_at > now]
    late = [row for row in rows if row.status == "booked" and row.starts_at < now < row.ends_at]
    assert over <= {"completed", "no-show", "canceled"}
    assert (len(waiting), len(late)) == (1, 1)


def test_yesterday_left_two_visits_without_a_status(app: Flask, now: datetime) -> None:
    unfinished = select(func.count()).where(
        Appointment.ends_at < now - timedelta(hours=12), Appointment.status.in_(("booked", "arrived", "in session"))
    )

    assert database.session.scalar(unfinished) == 2


def test_people_are_told_apart_by_how_they_can_be_reached(app: Flask) -> None:
    patients = database.session.scalars(select(Patient)).all()
    phones = Counter(patient.phone for patient in patients)

    assert [patient for patient in patients if not patient.email]
    assert [patient for patient in patients if patient.born_on is None]
    assert max(phones.values()) > 1


def test_the_three_sign_ins_have_the_three_roles(app: Flask) -> None:
    roles = {user.email: sorted(user.roles) for user in users()}

    assert roles["reception@clinic.example"] == ["reception"]
    assert roles["therapist@clinic.example"] == ["therapist"]
    assert roles["manager@clinic.example"] == ["manager"]


def test_most_follow_ups_belong_to_a_course(app: Flask) -> None:
    followed = select(func.count()).select_from(Appointment).join(AppointmentType)
    follow_ups = followed.where(AppointmentType.purpose == "follow-up", Appointment.canceled_at.is_(None))
    every = database.session.scalar(follow_ups) or 0
    in_course = database.session.scalar(follow_ups.where(Appointment.course_id.is_not(None))) or 0

    assert in_course * 2 > every > 50


def test_the_visits_of_a_course_follow_each_other(app: Flask) -> None:
    passed = """
        select count(*) from appointments a join appointments b on a.course_id = b.course_id
        where a.course_number < b.course_number and a.starts_at > b.starts_at
        and 'canceled' not in (a.status, b.status)
    """

    assert database.session.scalar(text(passed)) == 0


def test_three_runners_are_at_different_points_of_their_care(app: Flask) -> None:
    charts = database.session.execute(
        select(Episode.closed_why, func.count(Note.id), func.count(Note.signed_at))
        .join(Note, Note.episode_id == Episode.id)
        .group_by(Episode.id)
        .order_by(Episode.id)
    ).all()

    assert len(charts) == 3
    assert [why for why, *_ in charts].count("Goals met") == 1
    assert sum(written for _, written, _ in charts) - sum(signed for _, _, signed in charts) <= 1
    assert all(is_as_signed(note) for note in signed_notes())


def test_whoever_is_discharged_comes_no_more(app: Flask, now: datetime) -> None:
    over = select(Episode.patient_id).where(Episode.closed_at.is_not(None))
    coming = select(Appointment.id).where(Appointment.patient_id.in_(over), Appointment.starts_at > now)

    assert database.session.scalars(coming).all() == []


def test_the_runners_treatment_is_told_as_data(app: Flask) -> None:
    every = set(database.session.scalars(select(Episode.id)))

    kinds: dict[str, set[int]] = {
        "gait": set(
            database.session.scalars(select(Note.episode_id).join(GaitAnalysis, GaitAnalysis.note_id == Note.id))
        ),
        "points": set(
            database.session.scalars(select(Note.episode_id).join(TenderPoint, TenderPoint.note_id == Note.id))
        ),
        "scores": set(database.session.scalars(select(Note.episode_id).join(Score, Score.note_id == Note.id))),
        "home": set(database.session.scalars(select(HomeItem.episode_id))),
    }

    treated = set(database.session.scalars(select(Note.episode_id).where(Note.kind != "evaluation")))
    assert kinds == dict.fromkeys(kinds, every) | {"points": treated}
    assert len(database.session.scalars(select(HomeLink.id)).all()) == len(every)
