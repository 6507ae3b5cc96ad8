"""Whether holds and appointments agree, on both engines."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import delete

from clinic import checkup
from clinic.database import database, transaction
from clinic.scheduling.booking import Appointment
from clinic.scheduling.booking.agreement import Disagreement, disagreements
from clinic.scheduling.holds import Hold
from tests.cast import CAST, NOW, at

Book = Callable[..., Appointment]


def test_the_check_counts_a_visit_in_progress_among_those_that_agree(book: Book) -> None:
    book()
    book(starts_at=at(10, 30), patient_id=CAST.ben)

    said = [checkup._holds(now).words for now in (NOW, at(9, 20), at(10, 40))]

    assert said == [
        "agree with all 2 appointments that are not over",
        "agree with all 2 appointments that are not over",
        "agree with the 1 appointment that is not over",
    ]


def test_an_appointment_is_counted_once_however_much_is_wrong_with_it(app: Flask, book: Book) -> None:
    visit = book()
    database.session.rollback()
    with transaction() as session:
        session.execute(delete(Hold).where(Hold.holder == "room:1"))
        first = session.query(Hold.cell).filter(Hold.holder == "patient:1").order_by(Hold.cell).limit(1).scalar()
        session.add(Hold(holder="room:2", cell=first, lane=0, owner=visit.key))

    assert disagreements(since=NOW) == [
        Disagreement(
            visit.key,
            "what is read of its time is not what it holds; 8 of its five-minute holds are missing or another's; "
            "it holds 1 five-minute cells too many",
        )
    ]
    assert checkup._holds(NOW).words.startswith(f"1 appointment disagrees ({visit.key}: what is read")
