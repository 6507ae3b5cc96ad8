"""Episodes: opened, changed, closed and opened again; appointments that join them; visits counted and authorized."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from clinic.audit.models import Entry
from clinic.care.episodes import (
    Authorization,
    Episode,
    adopt,
    adopt_course,
    authorize,
    change_episode,
    close_episode,
    episodes_of,
    open_episodes,
    reopen_episode,
    visits_of,
)
from clinic.care.episodes import episode as episode_by_id
from clinic.care.episodes.queries import authorization_of
from clinic.database import database
from clinic.refusals import ChangedMeanwhile, NotFound, Unacceptable
from clinic.scheduling import booking
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.book_course import Row
from clinic.scheduling.booking.course_asked import Asked
from tests.care.acts import clinician, episode, visit, within
from tests.cast import CAST, KIM, NOW, at

pytestmark = pytest.mark.usefixtures("app")


def change(of: Episode, **changes: Any) -> Episode:
    """Change an episode as it was last seen, by Dana."""
    facts: dict[str, Any] = {"therapist_id": CAST.dana, "problem": of.problem, "payer": of.payer, "referrer": ""}
    facts |= {"referral_on": None, "seen": of.version, "by": clinician("Dana").actor, "now": NOW} | changes
    return within(lambda: change_episode(episode_id=of.id, **facts))


def close(of: Episode, why: str = "Goals met") -> Episode:
    """Close an episode, by Dana."""
    by = clinician("Dana").actor
    return within(lambda: close_episode(episode_id=of.id, why=why, by=by, now=at(12)))


def belongs(appointment_id: int) -> int | None:
    """Let an appointment join its episode, and return which."""
    return within(lambda: adopt(database.session.get_one(Appointment, appointment_id)))


def trail() -> list[str]:
    """Return what the trail says of episodes, in order."""
    query = select(Entry.what).where(Entry.about.startswith("episode:")).order_by(Entry.id)
    return list(database.session.scalars(query))


def test_an_episode_takes_the_appointments_from_yesterday_on_that_have_none() -> None:
    before, today, ahead = visit(starts_at=at(9, day=-4), now=at(8, day=-4)), visit(), visit(starts_at=at(9, day=3))
    others = visit(starts_at=at(11), patient_id=CAST.ben)

    found = episode(problem="  Low back\n pain ", referrer=" Dr. Lee ", referral_on=date(2026, 11, 20))

    owners = database.session.execute(select(Appointment.id, Appointment.episode_id))
    assert dict(map(tuple, owners)) == {before: None, today: found.id, ahead: found.id, others: None}
    assert (found.problem, found.referrer, found.opened_by) == ("Low back pain", "Dr. Lee", "Dana Ruiz")
    assert trail() == ["episode opened"]


def test_the_same_form_opens_one_episode() -> None:
    assert episode(request_id="form-1").id == episode(request_id="form-1").id
    assert trail() == ["episode opened"]


def test_what_cannot_be_opened_is_refused_beside_its_field() -> None:
    tries: list[dict[str, Any]] = [
        {"problem": " "},
        {"problem": "x" * 121},
        {"problem": "a\x00b"},
        {"referrer": "a\x00b"},
        {"payer": "payer.nobody"},
        {"payer": "rule.unsigned"},
        {"therapist_id": 99},
        {"therapist_id": 2**40},
    ]
    fields = []

    for changes in tries:
        with pytest.raises(Unacceptable) as refused:
            episode(**changes)
        fields.append(refused.value.field)
    with pytest.raises(NotFound):
        episode(patient_id=99)

    assert fields == ["problem", "problem", "problem", "referrer", "payer", "payer", "therapist_id", "therapist_id"]
    assert episodes_of(CAST.ada) == []


def test_a_change_counts_a_version_and_meets_what_somebody_else_changed() -> None:
    found = episode()
    seen = found.version

    changed = change(found, therapist_id=CAST.noor, problem="Hip pain", referrer="Dr. Lee")
    with pytest.raises(ChangedMeanwhile):
        change(found, problem="Knee pain", seen=seen)
    with pytest.raises(Unacceptable):
        change(changed, payer="nobody")

    assert (changed.problem, changed.therapist_id, changed.referrer, changed.version) == (
        "Hip pain",
        CAST.noor,
        "Dr. Lee",
        seen + 1,
    )
    entry = database.session.scalars(select(Entry).where(Entry.what == "episode changed")).one()
    assert (entry.before, entry.after) == (
        {"therapist_id": CAST.dana, "payer": "payer.medicare-b"},
        {"therapist_id": CAST.noor, "payer": "payer.medicare-b"},
    )


def test_an_episode_closes_with_a_reason_once_and_opens_again() -> None:
    found = episode()

    for why in (" ", "a\x00b", "x" * 201):
        with pytest.raises(Unacceptable) as refused:
            close(found, why)
    close(found, "Goals  met")
    again = close(found, "Another reason")
    was = (again.closed_why, again.closed_by, again.closed_at, len(open_episodes(CAST.ada)))
    by = clinician("Dana").actor
    opened = within(lambda: reopen_episode(episode_id=found.id, by=by, now=at(13)))
    within(lambda: reopen_episode(episode_id=found.id, by=by, now=at(14)))

    assert refused.value.field == "why"
    assert was == ("Goals met", "Dana Ruiz", at(12), 0)
    assert (opened.closed_at, opened.closed_why, [one.id for one in open_episodes(CAST.ada)]) == (None, "", [found.id])
    assert trail() == ["episode opened", "episode closed", "episode opened again"]


def test_open_episodes_come_first_and_no_other_patients() -> None:
    first, second, third = episode(problem="Back"), episode(problem="Hip"), episode(problem="Knee")
    episode(patient_id=CAST.ben)
    close(third)

    assert [one.id for one in episodes_of(CAST.ada)] == [second.id, first.id, third.id]


def test_an_appointment_joins_the_one_open_episode_and_stays_there() -> None:
    first = episode(problem="Back")
    appointment = visit()

    joined = belongs(appointment)
    close(first)
    second = episode(problem="Hip")

    assert (joined, belongs(appointment)) == (first.id, first.id)
    assert belongs(visit(starts_at=at(10))) == second.id


def test_an_appointment_joins_none_where_there_is_none_or_two() -> None:
    nobodys = visit(patient_id=CAST.ben, starts_at=at(11))
    episode(problem="Back")
    episode(problem="Hip")

    assert (belongs(nobodys), belongs(visit())) == (None, None)


def test_the_visits_of_a_course_join_the_episode_together() -> None:
    found = episode()
    asked = Asked(type_id=CAST.follow_up, phases=((2, 1),), first_on=date(2026, 11, 25))
    rows = [Row(number, at(9, day=day), CAST.dana) for number, day in ((1, 1), (2, 3))]
    course = within(lambda: booking.book_course(patient_id=CAST.ada, asked=asked, rows=rows, by=KIM, now=NOW))

    within(lambda: adopt_course(course.id))

    assert [(one.number, one.starts_at) for one in visits_of(found.id)] == [(1, at(9, day=1)), (2, at(9, day=3))]


def test_visits_are_numbered_without_those_that_were_canceled_or_missed() -> None:
    days = [visit(starts_at=at(9, day=day)) for day in (0, 1, 2, 3)]
    evaluation = visit(starts_at=at(8), type_id=CAST.evaluation, patient_id=CAST.ada, therapist_id=CAST.noor)
    found = episode()

    within(lambda: booking.cancel(appointment_id=days[1], by=KIM, now=NOW))
    within(lambda: booking.arrive(appointment_id=days[0], by=KIM, now=at(9)))
    within(lambda: booking.no_show(appointment_id=evaluation, by=KIM, now=at(9)))

    assert [(one.number, one.id, one.is_attended, one.purpose) for one in visits_of(found.id)] == [
        (1, days[0], True, "follow-up"),
        (2, days[2], False, "follow-up"),
        (3, days[3], False, "follow-up"),
    ]


def test_the_newest_authorization_holds_and_the_earlier_ones_stay() -> None:
    found = episode()

    for visits, until_on, number in ((12, date(2027, 1, 31), " A-1\x00 "), (None, None, ""), (20, None, "A-2")):
        within(
            lambda v=visits, u=until_on, n=number: authorize(
                episode_id=found.id, visits=v, until_on=u, number=n, by=KIM, now=NOW
            )
        )

    query = select(Authorization).order_by(Authorization.id)
    noted = [(one.visits, one.until_on, one.number, one.noted_by) for one in database.session.scalars(query)]
    holds = authorization_of(found.id)
    assert noted == [
        (12, date(2027, 1, 31), "A-1", "Kim Alder"),
        (None, None, "", "Kim Alder"),
        (20, None, "A-2", "Kim Alder"),
    ]
    assert holds is not None
    assert (holds.visits, holds.number) == (20, "A-2")


def test_no_visits_and_too_many_are_not_authorized() -> None:
    found = episode()

    for visits in (0, -1, 501):
        with pytest.raises(Unacceptable):
            within(lambda v=visits: authorize(episode_id=found.id, visits=v, until_on=None, number="", by=KIM, now=NOW))

    assert authorization_of(found.id) is None


def test_an_episode_that_is_none_is_not_found() -> None:
    for wrong in (0, -1, 99, 2**40):
        with pytest.raises(NotFound):
            episode_by_id(wrong)
        with pytest.raises(NotFound):
            within(lambda w=wrong: close_episode(episode_id=w, why="Done", by=KIM, now=NOW))
