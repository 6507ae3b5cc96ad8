"""Times kept while a caller thinks: one for each user, never in anybody's way for longer than five minutes."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from clinic import clock, jobs
from clinic.audit import Actor
from clinic.audit.models import Entry
from clinic.database import database, transaction
from clinic.scheduling import booking, practice
from clinic.scheduling.booking import Appointment, Kept
from clinic.scheduling.booking.agreement import disagreements
from clinic.scheduling.booking.kept_queries import kept_by, not_in_the_way
from clinic.scheduling.booking.offers import able, best_offers, openings_for
from clinic.scheduling.booking.refusals import InThePast, NoLongerHere, NotQualified, OffGrid, OutsideHours
from clinic.scheduling.holds import Hold, Stretch, TimeTaken
from tests.cast import CAST, KIM, NOW, at
from tests.overlaps import overlaps

Book = Callable[..., Appointment]
MAX = Actor(name="Max Weller", user_id=5)
LATER = NOW + timedelta(minutes=5)


def keep(**changes: Any) -> Kept:
    """Keep a follow-up with Dana today at 9, as Kim, in a transaction of its own."""
    facts: dict[str, Any] = {
        "user_id": CAST.kim,
        "therapist_id": CAST.dana,
        "type_id": CAST.follow_up,
        "starts_at": at(9),
        "by": KIM,
        "now": NOW,
    }
    database.session.rollback()
    with transaction():
        return booking.keep(**{**facts, **changes})


def let_go(user_id: int = CAST.kim, now: datetime = NOW) -> bool:
    """Let go of what somebody keeps."""
    database.session.rollback()
    with transaction():
        return booking.let_go_of_kept(user_id=user_id, now=now)


def held() -> dict[str, int]:
    """Return how many cells are held, by owner."""
    database.session.rollback()
    return {
        str(owner): int(count)
        for owner, count in database.session.execute(select(Hold.owner, func.count()).group_by(Hold.owner))
    }


def rows() -> list[tuple[int, datetime]]:
    """Return who keeps what."""
    database.session.rollback()
    return [tuple(row) for row in database.session.execute(select(Kept.user_id, Kept.starts_at).order_by(Kept.id))]


def test_a_kept_time_holds_therapist_room_and_the_patient_who_is_known(app: Flask) -> None:
    keep(patient_id=CAST.ada)

    holders = set(database.session.scalars(select(Hold.holder)))
    read = set(database.session.scalars(select(Stretch.holder)))
    assert holders == read == {"therapist:1", "room:1", "patient:1"}


def test_a_kept_time_is_nobody_elses(app: Flask, book: Book) -> None:
    keep()

    with pytest.raises(TimeTaken):
        keep(user_id=5, by=MAX)
    with pytest.raises(TimeTaken):
        book(by=MAX)
    with pytest.raises(TimeTaken):
        booking_moves_there(book)


def booking_moves_there(book: Book) -> None:
    """Move a visit of another patient into Dana's nine o'clock."""
    visit = book(patient_id=CAST.ben, therapist_id=CAST.noor, by=MAX, starts_at=at(10))
    with transaction():
        booking.move(appointment_id=visit.id, starts_at=at(9), therapist_id=CAST.dana, by=MAX, now=NOW)


def test_each_user_keeps_one(app: Flask) -> None:
    keep()
    keep(starts_at=at(10))

    assert rows() == [(CAST.kim, at(10))]
    assert list(held().values()) == [16]


def test_a_refused_second_leaves_the_first(app: Flask, book: Book) -> None:
    book(starts_at=at(10), by=MAX)
    keep()

    with pytest.raises(TimeTaken):
        keep(starts_at=at(10))

    assert rows() == [(CAST.kim, at(9))]


def test_keeping_the_same_again_begins_the_five_minutes_anew(app: Flask) -> None:
    keep()

    again = keep(now=NOW + timedelta(minutes=2))

    assert again.until == NOW + timedelta(minutes=7)


def test_booking_ends_what_the_user_keeps(app: Flask, book: Book) -> None:
    keep()

    visit = book(patient_id=CAST.ben)

    assert (rows(), set(held()), visit.room_id) == ([], {visit.key}, CAST.room_1)
    assert disagreements(since=NOW) == []


def test_a_refused_booking_keeps_the_time(app: Flask, book: Book) -> None:
    book(starts_at=at(10), by=MAX)
    keep()

    with pytest.raises(TimeTaken):
        book(patient_id=CAST.ben, starts_at=at(10))

    assert rows() == [(CAST.kim, at(9))]


def test_letting_go_gives_the_time_back(app: Flask, book: Book) -> None:
    keep()

    assert (let_go(), let_go(), rows(), held()) == (True, False, [], {})
    database.session.rollback()
    book(by=MAX)


def test_the_tick_lets_go_of_what_ran_out_and_of_nothing_else(app: Flask) -> None:
    keep()
    keep(user_id=5, by=MAX, starts_at=at(10), now=NOW + timedelta(minutes=1))
    database.session.rollback()
    clock.set_source(lambda: LATER)

    jobs._let_go_of_kept_times()

    assert rows() == [(5, at(10))]
    assert len(held()) == 1


def test_a_worker_looks_every_half_minute(app: Flask) -> None:
    from clinic.settings import Settings

    worker = jobs.Worker(Settings(database_url="", secret_key="x" * 40), context=app.app_context, stop=None)  # type: ignore[arg-type]

    assert [tick.every.total_seconds() for tick in worker.ticks if "kept" in tick.name] == [30]


def test_what_ran_out_is_in_nobodys_way(app: Flask, book: Book) -> None:
    keep()

    assert book(by=MAX, now=LATER).starts_at == at(9)
    assert rows() == []


def test_what_ran_out_stops_no_move(app: Flask, book: Book) -> None:
    visit = book(patient_id=CAST.ben, therapist_id=CAST.noor, by=MAX, starts_at=at(10))
    keep()

    database.session.rollback()
    with transaction():
        moved = booking.move(appointment_id=visit.id, starts_at=at(9), therapist_id=CAST.dana, by=MAX, now=LATER)

    assert (moved.starts_at, rows()) == (at(9), [])


def test_what_ran_out_stops_nobody_else_from_keeping_it(app: Flask) -> None:
    keep()

    keep(user_id=5, by=MAX, now=LATER)

    assert rows() == [(5, at(9))]


def test_the_own_kept_time_is_free_in_what_is_offered(app: Flask) -> None:
    keep()
    database.session.rollback()
    kind = practice.types()[1]
    dana = [one for one in able(kind) if one.id == CAST.dana]

    def offered(user_id: int, now: datetime = NOW) -> bool:
        besides = not_in_the_way(user_id, now=now)
        found = openings_for(kind, therapists=dana, not_before=NOW, days=1, besides=besides)
        return any(opening.starts_at == at(9) for opening in found)

    assert (offered(CAST.kim), offered(5), offered(5, LATER)) == (True, False, True)
    assert kept_by(CAST.kim, now=LATER) is None


def test_those_whose_focus_fits_are_offered_first(app: Flask) -> None:
    kind = practice.types()[0]

    def offered(*focus: tuple[str, ...]) -> set[str]:
        return {offer.therapist.name for offer in best_offers(kind, patient=None, now=NOW, focus=focus)}

    assert offered(("low back", "spine")) == {"Noor Haddad"}
    assert offered(("knee",), ("running", "gait")) == {"Dana Ruiz"}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts_at": at(9, 2)}, OffGrid),
        ({"starts_at": at(6)}, InThePast),
        ({"starts_at": at(19)}, OutsideHours),
        ({"therapist_id": 99}, NoLongerHere),
        ({"type_id": -1}, NoLongerHere),
        ({"patient_id": 2**70}, NoLongerHere),
        ({"type_id": CAST.evaluation, "therapist_id": CAST.sam}, NotQualified),
    ],
)
def test_what_could_not_be_booked_is_not_kept(app: Flask, changes: dict[str, Any], refusal: type) -> None:
    with pytest.raises(refusal):
        keep(**changes)

    assert (rows(), held()) == ([], {})


def test_the_trail_says_when_a_time_was_kept_and_let_go_and_by_whom(app: Flask) -> None:
    keep()
    let_go()
    keep()
    with transaction():
        booking.tidy_kept(now=LATER)

    found = database.session.execute(select(Entry.what, Entry.by).where(Entry.about.startswith("kept:")))
    assert [tuple(row) for row in found] == [
        ("time kept", "Kim Alder"),
        ("kept time let go", "Kim Alder"),
        ("time kept", "Kim Alder"),
        ("kept time let go", "Gaitkeeper"),
    ]


def test_sixteen_desks_that_keep_and_book_the_same_openings_never_meet(app: Flask, url: str) -> None:
    command = [sys.executable, "-m", "tests.keepers", url, "25"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=180)
    done = Counter(json.loads(ran.stdout.splitlines()[-1]))

    assert [name for name in done if name.startswith("broken")] == []
    assert overlaps() == {"therapist": 0, "patient": 0, "room or device": 0, "time off": 0}
    assert disagreements(since=NOW) == []
    assert min(done[name] for name in ("keep", "book", "move")) > 0
    assert rows_and_holds_agree()


def rows_and_holds_agree() -> bool:
    """Say whether each kept time has its cells, and no cell is kept for a row that is gone."""
    database.session.rollback()
    kept = {f"kept:{id_}" for id_ in database.session.scalars(select(Kept.id))}
    return kept == {owner for owner in held() if owner.startswith("kept:")}
